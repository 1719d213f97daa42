//! Indexes that a warm function remembers: those of the tenants that were asked for last, up to a size.

use domain::TenantId;
use knowledge::Index;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So many chunks are remembered of all indexes together. The one that was asked for last is remembered whatever its size.
const MOST_CHUNKS: usize = 60_000;
const FEWER_CHUNKS: usize = 20_000;

/// For so long it is remembered that a tenant has no index, and of so many tenants.
const NOTHING_FOR: Duration = Duration::from_secs(30);
const MOST_TENANTS: usize = 1_000;

/// The indexes, the one that was asked for last at the end.
#[derive(Debug)]
pub(crate) struct Memory {
    most_chunks: usize,
    indexes: Mutex<Vec<Remembered>>,
    /// The tenants that had no index when it was last asked for, and when that was.
    nothing: Mutex<Vec<(TenantId, Instant)>>,
}

#[derive(Debug)]
struct Remembered {
    tenant: TenantId,
    name: String,
    index: Arc<Index>,
}

impl Default for Memory {
    fn default() -> Self {
        Self { most_chunks: MOST_CHUNKS, indexes: Mutex::default(), nothing: Mutex::default() }
    }
}

impl Memory {
    /// For a function with little memory.
    pub(crate) fn small() -> Self {
        Self { most_chunks: FEWER_CHUNKS, ..Self::default() }
    }

    /// The index of this name.
    pub(crate) fn get(&self, tenant: &TenantId, name: &str) -> Option<Arc<Index>> {
        let mut all = self.indexes.lock().unwrap_or_else(PoisonError::into_inner);
        let at = all.iter().position(|one| one.tenant == *tenant && one.name == name)?;
        let found = all.remove(at);
        let index = Arc::clone(&found.index);
        all.push(found);
        Some(index)
    }

    /// Whether the tenant had no index a moment ago.
    pub(crate) fn has_nothing(&self, tenant: &TenantId, now: Instant) -> bool {
        let all = self.nothing.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().any(|(one, at)| one == tenant && now.saturating_duration_since(*at) < NOTHING_FOR)
    }

    /// Remembers that the tenant has no index.
    pub(crate) fn keep_nothing(&self, tenant: &TenantId, now: Instant) {
        let mut all = self.nothing.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|(one, at)| one != tenant && now.saturating_duration_since(*at) < NOTHING_FOR);
        if all.len() < MOST_TENANTS {
            all.push((tenant.clone(), now));
        }
    }

    /// Remembers an index in the place of an earlier one of the tenant, and forgets those that were not asked for the longest.
    pub(crate) fn keep(&self, tenant: &TenantId, name: &str, index: &Arc<Index>) {
        let mut all = self.indexes.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|one| one.tenant != *tenant);
        all.push(Remembered { tenant: tenant.clone(), name: name.to_owned(), index: Arc::clone(index) });
        let chunks = |all: &Vec<Remembered>| all.iter().map(|one| one.index.chunks()).sum::<usize>();
        while all.len() > 1 && chunks(&all) > self.most_chunks {
            all.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knowledge::{Block, Document, Page, Segment, Source};

    fn tenant(slug: &str) -> TenantId {
        TenantId::new(slug).unwrap()
    }

    fn index(rows: usize) -> Arc<Index> {
        let row = |n: usize| Block::Row { header: Vec::new(), cells: vec![format!("row {n}")] };
        let pages = vec![Page { number: None, blocks: (0..rows).map(row).collect() }];
        let source = Source { id: "d".into(), name: "d".into(), location: None, category: None };
        let mut index = Index::default();
        index.put(Segment::new(source, &Document { title: None, pages, unread: Vec::new() }, None));
        Arc::new(index)
    }

    #[test]
    fn a_tenant_without_documents_is_asked_for_again_after_half_a_minute() {
        let (memory, now) = (Memory::default(), Instant::now());
        assert!(!memory.has_nothing(&tenant("acme"), now));
        memory.keep_nothing(&tenant("acme"), now);
        assert!(memory.has_nothing(&tenant("acme"), now + Duration::from_secs(29)));
        assert!(!memory.has_nothing(&tenant("bolt"), now));
        assert!(!memory.has_nothing(&tenant("acme"), now + NOTHING_FOR));
    }

    #[test]
    fn only_the_current_index_is_found_and_the_one_not_asked_for_the_longest_is_forgotten() {
        let memory = Memory { most_chunks: 10, ..Memory::default() };
        let small = index(3);
        memory.keep(&tenant("acme"), "1", &small);
        memory.keep(&tenant("bolt"), "1", &small);
        assert!(memory.get(&tenant("acme"), "2").is_none(), "it was swapped");
        assert!(memory.get(&tenant("acme"), "1").is_some());
        let large = index(9);
        memory.keep(&tenant("cove"), "1", &large);
        assert!(memory.get(&tenant("bolt"), "1").is_none());
        assert!(memory.get(&tenant("acme"), "1").is_none(), "together they are too many");
        assert!(memory.get(&tenant("cove"), "1").is_some());
        memory.keep(&tenant("cove"), "2", &small);
        assert!(memory.get(&tenant("cove"), "1").is_none() && memory.get(&tenant("cove"), "2").is_some());
    }
}
