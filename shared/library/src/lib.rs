//! A business's knowledge where it is kept: the index of its documents, an object of the bucket, and the item of the table that says which
//! object is the current one.
//!
//! An index is never changed in place. Whoever changes it stores another object and swaps the item on the condition that no one else did
//! since, in one transaction with the records of the documents that it was changed for. Who loses the race takes the winner's index and
//! makes the change there. An object that took another's place stays until it is followed by a next one, for readers on their way to it.
//!
//! An index that another version of Porchlight made cannot be read. It is made again from the documents: see [`Library::lost`].

mod answering;
mod memory;

pub use answering::Known;

use auth::secrets::random_name;
use domain::knowledge::{DocumentNotice, DocumentStatus, KnowledgeDocument, MAX_CHUNKS};
use domain::{Failure, TenantId};
use files::{Files, INDEX_FILE, Prefix};
use knowledge::{Index, Segment};
use std::sync::Arc;
use store::{IndexHead, MAX_REMOVED, Store, Swap, SwappedFor, Trace, Versioned};

use memory::Memory;

/// So often a change is made again that another one was faster than.
const ATTEMPTS: usize = 12;
/// The largest index that is read.
const MAX_INDEX_BYTES: usize = 256 * 1024 * 1024;
/// The largest one that a document is put into, so that whoever answers can hold it twice.
const MAX_STORED: usize = 80 * 1024 * 1024;
/// A chunk has so many bytes of its own beside its text and its vector: its words' places.
const BYTES_BESIDE_TEXT: usize = 448;
/// The most objects of indexes that are looked through for those that are over.
const MAX_OBJECTS: usize = 1_000;

/// The indexes of all businesses, and what a warm function remembers of them.
#[derive(Debug, Clone)]
pub struct Library {
    store: Store,
    files: Files,
    memory: Arc<Memory>,
    /// An index of more bytes is not fetched.
    most_bytes: usize,
}

/// What became of a document that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// Its record and the index are stored.
    Done,
    /// Nothing is: its record changed meanwhile, or it was deleted.
    Moved,
    /// Nothing is: the index would hold more than it may.
    Full,
}

/// An index that cannot be read.
#[derive(Debug)]
pub struct Lost {
    head: Versioned<IndexHead>,
    /// That the documents are to be looked at, one each.
    pub notices: Vec<DocumentNotice>,
}

/// An index as it is now.
#[derive(Debug)]
pub struct Snapshot {
    head: Versioned<IndexHead>,
    /// It.
    pub index: Arc<Index>,
}

/// The current index, and what says so.
struct Current {
    head: Versioned<IndexHead>,
    /// `None`: another version of Porchlight made it.
    index: Option<Arc<Index>>,
}

impl Current {
    fn index(&self) -> Result<&Arc<Index>, Failure> {
        let unreadable = || Failure::Permanent("a stored index is of a form that this version cannot read".into());
        self.index.as_ref().ok_or_else(unreadable)
    }
}

impl Library {
    /// Over table and bucket; nothing is remembered yet.
    #[must_use]
    pub fn new(store: Store, files: Files) -> Self {
        Self { store, files, memory: Arc::default(), most_bytes: MAX_INDEX_BYTES }
    }

    /// As [`Library::new`], for a function that answers and has half a gigabyte of memory: fewer indexes are remembered, and what would
    /// not fit is not fetched.
    #[must_use]
    pub fn to_answer(store: Store, files: Files) -> Self {
        Self { store, files, memory: Arc::new(Memory::small()), most_bytes: MAX_STORED }
    }

    /// The table.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The bucket.
    #[must_use]
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// What a tenant's documents say now; `None`: nothing. It comes from memory where that is still the current one.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when table or bucket do not answer; [`Failure::Permanent`] when the index is one of another version.
    pub async fn index(&self, tenant: &TenantId) -> Result<Option<Arc<Index>>, Failure> {
        let current = self.current(tenant).await?;
        let index = current.index()?;
        Ok(current.head.value.name.is_some().then(|| Arc::clone(index)))
    }

    /// What a tenant's documents say now, to [exchange](Self::exchange) it; `None`: nothing.
    ///
    /// # Errors
    /// As [`Library::index`].
    pub async fn snapshot(&self, tenant: &TenantId) -> Result<Option<Snapshot>, Failure> {
        let current = self.current(tenant).await?;
        let index = Arc::clone(current.index()?);
        Ok(current.head.value.name.is_some().then_some(Snapshot { head: current.head, index }))
    }

    /// Makes `index`, the same documents with other vectors, the current one in the place of `before`; `false`: another one took its place
    /// first.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when table or bucket do not answer.
    pub async fn exchange(&self, tenant: &TenantId, before: &Snapshot, index: Index) -> Result<bool, Failure> {
        Ok(self.swap(tenant, &before.head, index, SwappedFor::Itself).await? == Swap::Done)
    }

    /// Where the index cannot be read, because another version of Porchlight made it: what it takes to make it again. All documents are
    /// marked as waiting to be read. Whoever asks is to send the notices to the queue `Knowledge`, and then to start over; who dies in
    /// between leaves the index as it is, and it is done again.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when table or bucket do not answer.
    pub async fn lost(&self, tenant: &TenantId) -> Result<Option<Lost>, Failure> {
        let current = self.current(tenant).await?;
        if current.index.is_some() {
            return Ok(None);
        }
        tracing::warn!("the index of a business is made again: another version made the one that is there");
        let knowledge = self.store.knowledge();
        let mut notices = Vec::new();
        for Versioned { value: document, version } in knowledge.all(tenant).await? {
            notices.push(DocumentNotice::Look { tenant: tenant.clone(), document: document.id });
            if document.status != DocumentStatus::WaitingForFile {
                // One that changes meanwhile is put into whatever index there is then.
                knowledge.note(tenant, &document.queued(), version).await?;
            }
        }
        Ok(Some(Lost { head: current.head, notices }))
    }

    /// Begins with an empty index in the place of one that cannot be read, unless someone else has.
    ///
    /// # Errors
    /// As [`Library::lost`].
    pub async fn start_over(&self, tenant: &TenantId, lost: &Lost) -> Result<(), Failure> {
        self.swap(tenant, &lost.head, Index::default(), SwappedFor::Itself).await?;
        Ok(())
    }

    /// Stores a document that was read, with what the index has of it from now on; `None`: nothing.
    ///
    /// `version` is the one of its record that was read.
    ///
    /// # Errors
    /// As [`Library::index`]; [`Failure::Retryable`] when others swap the index all the time.
    pub async fn settle(
        &self,
        tenant: &TenantId,
        document: &KnowledgeDocument,
        version: u64,
        segment: Option<&Segment>,
    ) -> Result<Settled, Failure> {
        let id = document.id.to_string();
        for _ in 0..ATTEMPTS {
            let current = self.current(tenant).await?;
            let is_in = current.index()?.get(&id).is_some();
            if segment.is_none() && !is_in {
                let noted = self.store.knowledge().note(tenant, document, version).await?;
                return Ok(if noted.is_some() { Settled::Done } else { Settled::Moved });
            }
            let mut index = Index::clone(current.index()?);
            match segment {
                Some(segment) => index.put(segment.clone()),
                None => _ = index.remove(&id),
            }
            if segment.is_some() && (index.chunks() > MAX_CHUNKS || size(&index) > MAX_STORED) {
                return Ok(Settled::Full);
            }
            match self.swap(tenant, &current.head, index, SwappedFor::Read(document, version)).await? {
                Swap::Done => return Ok(Settled::Done),
                Swap::DocumentMoved => return Ok(Settled::Moved),
                Swap::IndexMoved => {}
            }
        }
        Err(busy())
    }

    /// Deletes documents that someone deletes, with what the index has of them. Their files stay: `ai-embed-document`, asked to look at
    /// them, takes them away. Says whether all were as they are given; those that were not are still there.
    ///
    /// # Errors
    /// As [`Library::settle`].
    pub async fn delete(
        &self,
        tenant: &TenantId,
        documents: &[Versioned<KnowledgeDocument>],
        trace: &Trace,
    ) -> Result<bool, Failure> {
        let mut all = true;
        for some in documents.chunks(MAX_REMOVED) {
            all &= self.delete_some(tenant, some, trace).await?;
        }
        Ok(all)
    }

    async fn delete_some(
        &self,
        tenant: &TenantId,
        documents: &[Versioned<KnowledgeDocument>],
        trace: &Trace,
    ) -> Result<bool, Failure> {
        for _ in 0..ATTEMPTS {
            let current = self.current(tenant).await?;
            let mut index = Index::clone(current.index()?);
            for document in documents {
                index.remove(&document.value.id.to_string());
            }
            match self.swap(tenant, &current.head, index, SwappedFor::Deleted(documents, trace)).await? {
                Swap::Done => return Ok(true),
                Swap::DocumentMoved => return Ok(false),
                Swap::IndexMoved => {}
            }
        }
        Err(busy())
    }

    /// The current index. Where it took another one's place while that was fetched, and that is gone, it is asked for again.
    async fn current(&self, tenant: &TenantId) -> Result<Current, Failure> {
        for _ in 0..ATTEMPTS {
            let head = self.store.knowledge().head(tenant).await?;
            let Some(name) = &head.value.name else {
                return Ok(Current { head, index: Some(Arc::default()) });
            };
            if let Some(index) = self.memory.get(tenant, name) {
                return Ok(Current { head, index: Some(index) });
            }
            if head.value.bytes > self.most_bytes {
                return Err(Failure::Permanent("the index is larger than this function has memory for".into()));
            }
            let key = Prefix::index(tenant, name).key(INDEX_FILE);
            let Some(bytes) = self.files.read_piece(&key, 0, MAX_INDEX_BYTES).await? else { continue };
            let index = Index::from_bytes(&bytes).map(Arc::new).ok();
            if let Some(index) = &index {
                self.memory.keep(tenant, name, index);
            }
            return Ok(Current { head, index });
        }
        Err(Failure::Retryable("the index that is the current one is not in the bucket".into()))
    }

    /// Stores `index` and makes it the current one in the place of `before`. Where that does not come about, it is taken away again.
    async fn swap(
        &self,
        tenant: &TenantId,
        before: &Versioned<IndexHead>,
        index: Index,
        swapped_for: SwappedFor<'_>,
    ) -> Result<Swap, Failure> {
        let mut head = IndexHead { documents: index.segments().len(), chunks: index.chunks(), ..IndexHead::default() };
        if head.documents > 0 {
            let bytes = index.to_bytes();
            let name = name(before.version + 1, &random_name()?);
            head.bytes = bytes.len();
            self.files.put_kept(&Prefix::index(tenant, &name).key(INDEX_FILE), bytes).await?;
            head.name = Some(name);
        }
        let swap = self.store.knowledge().swap(tenant, &head, before.version, swapped_for).await?;
        match (swap, &head.name) {
            (Swap::Done, name) => {
                if let Some(name) = name {
                    self.memory.keep(tenant, name, &Arc::new(index));
                }
                self.clean(tenant, before.version).await;
            }
            (_, Some(name)) => self.take_back(tenant, name).await?,
            (_, None) => {}
        }
        Ok(swap)
    }

    /// Takes away an index that did not become the current one. No other attempt has an object of this name.
    async fn take_back(&self, tenant: &TenantId, name: &str) -> Result<(), Failure> {
        let current = self.store.knowledge().head(tenant).await?.value.name;
        if current.as_deref() != Some(name) {
            self.files.erase_some(&Prefix::index(tenant, name)).await?;
        }
        Ok(())
    }

    /// Takes away the indexes of versions before `version`, which is itself over but may still be on its way to a reader. What is left
    /// over is taken away after the next swap.
    async fn clean(&self, tenant: &TenantId, version: u64) {
        if let Err(failure) = self.clean_before(tenant, version).await {
            tracing::warn!(reason = %failure, "old indexes were not taken away");
        }
    }

    async fn clean_before(&self, tenant: &TenantId, version: u64) -> Result<(), Failure> {
        let all = Prefix::indexes(tenant);
        for object in self.files.list(&all, MAX_OBJECTS).await? {
            let Some(name) = all.name_of(&object.key).and_then(|rest| rest.split('/').next()) else { continue };
            if version_of(name).is_some_and(|made| made < version) {
                self.files.erase_some(&Prefix::index(tenant, name)).await?;
            }
        }
        Ok(())
    }
}

/// What an index is called: its version, and what tells it from others that are made at the same time, also of the same content: whoever
/// loses a race takes its own object away, and never the winner's.
fn name(version: u64, attempt: &str) -> String {
    format!("{version:010}-{attempt}")
}

fn version_of(name: &str) -> Option<u64> {
    name.split('-').next()?.parse().ok()
}

/// About how many bytes an index has when it is stored: twice its text, for the words are kept beside it.
fn size(index: &Index) -> usize {
    let chunks = index.segments().iter().flat_map(Segment::chunks);
    let beside = BYTES_BESIDE_TEXT + index.space().map_or(0, |space| usize::from(space.dimensions));
    chunks.map(|chunk| 2 * (chunk.text.len() + chunk.heading.len()) + beside).sum()
}

fn busy() -> Failure {
    Failure::Retryable("the index of a business changes all the time".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_the_order_of_versions() {
        let names = [name(9, "5f"), name(10, "00"), name(1_000_000, "0a")];
        assert!(names.is_sorted());
        assert_eq!(names.map(|name| version_of(&name)), [Some(9), Some(10), Some(1_000_000)]);
        assert_eq!(version_of("other"), None);
    }
}
