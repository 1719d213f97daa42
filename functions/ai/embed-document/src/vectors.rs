//! The vectors of an index: that it has all, and in which space.
//!
//! They are those of a vendor's model where one is configured, and where the documents are not too many; else the built-in table's. An index
//! whose space is another one is embedded as a whole, from the texts that it holds, and then swapped: until then the one before serves. What
//! has its vector already is not embedded again, and while the budget of the business is used up nothing is: such an index stays in the
//! space where it is, and what it lacks is found by its words.

use ai::Degraded;
use domain::{Failure, TenantId};
use jiff::Timestamp;
use knowledge::{Index, Segment};
use std::collections::HashMap;
use std::time::{Duration, Instant};

use crate::{ATTEMPTS, Embedder};

/// When it is tried again what the vendor could not do. Queues hold nothing back for longer.
pub(crate) const AGAIN_AFTER: Duration = Duration::from_secs(900);
/// With more chunks, or bytes of text, the vendor would take longer than there is time: the table has to do.
const MOST_CHUNKS: usize = 10_000;
const MOST_BYTES: usize = 4_000_000;

/// Whether a vendor that failed so may do it later.
pub(crate) fn may_pass(reason: Degraded) -> bool {
    matches!(reason, Degraded::Unreachable | Degraded::TimedOut | Degraded::Busy(_) | Degraded::Paused)
}

impl Embedder {
    /// Sees to it that the index of a business has all vectors, in the space that they are to be of. Says why the vendor did not make all.
    pub(crate) async fn embed(
        &self,
        tenant: &TenantId,
        now: Timestamp,
        deadline: Instant,
    ) -> Result<Option<Degraded>, Failure> {
        let mut points = HashMap::new();
        for _ in 0..ATTEMPTS {
            let Some(before) = self.library.snapshot(tenant).await? else { return Ok(None) };
            let space = self.assistant.space().filter(|_| is_small(&before.index));
            let is_there = if space.is_some() { before.index.space() == space } else { before.index.is_built_in() };
            if is_there && before.index.lacking().is_empty() {
                return Ok(None);
            }
            if space.is_some() && !self.may_ask(tenant, now).await? {
                return Ok(None);
            }
            let mut next = before.index.moved_to(space);
            next.fill(&points);
            let lacking = next.lacking();
            let (mut degraded, mut spent) = (None, Vec::new());
            if !lacking.is_empty() {
                let embedded = self.assistant.embed(&lacking, deadline).await;
                (degraded, spent) = (embedded.degraded, embedded.spent);
                self.library.store().usage().count(tenant, (&spent, &[]), tenant.as_str(), now).await?;
                points.extend(lacking.into_iter().zip(embedded.points));
                next.fill(&points);
            }
            let has_all = next.lacking().is_empty();
            if !is_there && !has_all {
                // What came is lost: to pay for that again every quarter of an hour is no help.
                return Ok(degraded.filter(|_| spent.is_empty()));
            }
            if next == *before.index {
                return Ok(degraded);
            }
            if self.library.exchange(tenant, &before, next).await? {
                tracing::info!(%tenant, ?space, has_all, "the index has other vectors");
                return Ok(degraded);
            }
        }
        Err(Failure::Retryable("the index of a business changes all the time".into()))
    }

    async fn may_ask(&self, tenant: &TenantId, now: Timestamp) -> Result<bool, Failure> {
        let store = self.library.store();
        let Some(tenant) = store.tenants().known(tenant).await? else { return Ok(false) };
        let cost_mode = store.usage().cost_mode(&tenant, now).await?;
        Ok(self.assistant.may_ask(&tenant, cost_mode))
    }
}

fn is_small(index: &Index) -> bool {
    let chunks = index.segments().iter().flat_map(Segment::chunks);
    let bytes: usize = chunks.map(|chunk| chunk.text.len() + chunk.heading.len()).sum();
    index.chunks() <= MOST_CHUNKS && bytes <= MOST_BYTES
}
