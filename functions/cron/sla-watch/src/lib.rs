//! Looks after customers who wait: announces each wait that lasts longer than the tenant promised itself, once, and has the
//! tenant's rules act where none of the staff answered in time.
//!
//! Runs every minute, and looks after as many as fit into the run. A thread is stored with what was announced, in one
//! transaction under its version: a second run, at the same time or after a crash, finds it done. One thread that cannot be
//! looked after never stops the rest; where no retry can help, it is looked at again an hour later. Either fails the run,
//! which an alarm watches.

use domain::conversations::rules::overdue;
use domain::{ConversationId, Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use runtime::sweep::sweep;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;
use store::{Backlog, Due, Store};

/// When a thread that nothing can be done about is looked at again.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_hours(1);
/// Threads that are read at once of each shard.
const PAGE: i32 = 200;

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
    /// Someone wrote meanwhile: the next run looks again.
    Busy,
}

impl Watch {
    /// Looks after the threads of which something is due at `now`, as many as fit before `deadline`; returns of how many
    /// something was announced or done.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when some could not be looked after; they are still there for a later run.
    pub async fn look(&self, now: Timestamp, deadline: SystemTime) -> Result<usize, Failure> {
        let (acted, busy) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let page = async |shard, from| self.store.sla().overdue(shard, now, from, PAGE).await;
        let handle = async |due| {
            match self.look_at(due, now).await? {
                Looked::Acted => acted.fetch_add(1, Ordering::Relaxed),
                Looked::Busy => busy.fetch_add(1, Ordering::Relaxed),
                Looked::Nothing => 0,
            };
            Ok(())
        };
        let swept = sweep(Backlog::SHARDS, deadline, page, handle).await;
        let left = if swept.out_of_time { self.store.pending().count(Backlog::Sla, now).await? } else { 0 };
        let (acted, busy) = (acted.into_inner(), busy.into_inner());
        tracing::info!(threads = swept.done, acted, busy, failed = swept.failed, left, "watched");
        match swept.failed {
            0 => Ok(acted),
            failed => Err(Failure::Retryable(format!("{failed} waiting threads stay"))),
        }
    }

    async fn look_at(&self, due: Due<(TenantId, ConversationId)>, now: Timestamp) -> Result<Looked, Failure> {
        let looked = match due.what {
            Ok((tenant, id)) => self.look_after(&tenant, id, now).await,
            Err(unreadable) => Err(unreadable),
        };
        if let Err(Failure::Permanent(_) | Failure::Rejected { .. }) = &looked {
            self.store.pending().set_aside(&due.place, now + LOOK_AGAIN).await?;
        }
        looked
    }

    async fn look_after(&self, tenant: &TenantId, id: ConversationId, now: Timestamp) -> Result<Looked, Failure> {
        let Some(read) = self.store.sla().clocked(tenant, id).await? else { return Ok(Looked::Nothing) };
        let tenant = self.store.tenants().get(tenant).await?;
        let Some(done) = overdue(&tenant, &read.thread, &read.lead, now) else { return Ok(Looked::Nothing) };
        let stored = self.store.sla().note_overdue(&tenant.id, &read, &done, now).await?;
        Ok(if stored { Looked::Acted } else { Looked::Busy })
    }
}
