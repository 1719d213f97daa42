//! Looks after customers who wait: announces each wait that lasts longer than the tenant promised itself, once, and has the
//! tenant's rules act where none of the staff answered in time.
//!
//! Runs every minute. A thread is stored with what was announced, in one transaction under its version: a second run, at the same
//! time or after a crash, finds it done. One thread that cannot be looked after never stops the rest.

use domain::conversations::rules::overdue;
use domain::{ConversationId, Failure, TenantId};
use jiff::Timestamp;
use store::Store;

/// Threads of each shard in one run; the next run, a minute later, takes the rest.
const THREADS_PER_SHARD: i32 = 100;

/// What watching needs.
#[derive(Debug)]
pub struct Watch {
    /// The table.
    pub store: Store,
}

/// What became of one thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Looked {
    /// Something was announced or done.
    Acted,
    /// There was nothing to do: it was done, the wait is over, or the thread is gone.
    Nothing,
    /// Somebody wrote meanwhile: the next run looks again.
    Busy,
}

impl Watch {
    /// Looks after the threads of which something is due at `now`; returns of how many something was announced or done.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when some could not be looked after; they are still there for the next run.
    pub async fn look(&self, now: Timestamp) -> Result<usize, Failure> {
        let threads = self.store.overdue_sla(now, THREADS_PER_SHARD).await?;
        let (mut acted, mut busy, mut failed) = (0, 0, 0);
        for (tenant, id) in &threads {
            match self.look_after(tenant, *id, now).await {
                Ok(Looked::Acted) => acted += 1,
                Ok(Looked::Nothing) => {}
                Ok(Looked::Busy) => busy += 1,
                Err(failure) => {
                    tracing::warn!(%tenant, conversation = %id, reason = %failure, "a waiting thread stays");
                    failed += 1;
                }
            }
        }
        tracing::info!(threads = threads.len(), acted, busy, failed, "watched");
        if failed > 0 { Err(Failure::Retryable(format!("{failed} waiting threads stay"))) } else { Ok(acted) }
    }

    async fn look_after(&self, tenant: &TenantId, id: ConversationId, now: Timestamp) -> Result<Looked, Failure> {
        let Some(read) = self.store.clocked(tenant, id).await? else { return Ok(Looked::Nothing) };
        let tenant = self.store.tenant(tenant).await?;
        let Some(done) = overdue(&tenant, &read.thread, &read.lead, now) else { return Ok(Looked::Nothing) };
        let stored = self.store.note_overdue(&tenant.id, &read, &done, now).await?;
        Ok(if stored { Looked::Acted } else { Looked::Busy })
    }
}
