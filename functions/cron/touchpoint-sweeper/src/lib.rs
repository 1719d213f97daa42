//! Puts steps of sequences on the queue that are due and were not done: what a lost schedule leaves.
//!
//! Runs every five minutes. A step is left to its schedule for five minutes; beyond that it is put on the queue here, again
//! at every run until it is done. A step that is on the queue twice is done once.

use domain::Failure;
use jiff::{SignedDuration, Timestamp};
use runtime::touchpoint_queue::TouchpointQueue;
use store::Store;

/// How long a step is left to its schedule.
const LEAVE_TO_THE_SCHEDULE: SignedDuration = SignedDuration::from_mins(5);

/// What sweeping needs.
#[derive(Debug)]
pub struct Sweeper {
    /// The table.
    pub store: Store,
    /// The queue `Touchpoints`.
    pub queue: TouchpointQueue,
}

impl Sweeper {
    /// Puts what is overdue at `now` on the queue; returns how many steps.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table or the queue does not answer; the next run finds them again.
    pub async fn sweep(&self, now: Timestamp) -> Result<usize, Failure> {
        let points = self.store.overdue_touchpoints(now - LEAVE_TO_THE_SCHEDULE).await?;
        self.queue.send_all(&points).await?;
        tracing::info!(points = points.len(), "swept");
        Ok(points.len())
    }
}
