//! Puts steps of sequences on the queue that are due and were not done: what a lost schedule leaves.
//!
//! Runs every five minutes. A step is left to its schedule for five minutes; beyond that it is put on the queue here, as many
//! as fit into the run, and again a quarter of an hour later if it was not done until then. A step that is on the queue twice
//! is done once. One journey that cannot be read never stops the rest: it is looked at again an hour later, and fails the
//! run, which an alarm watches.

use domain::Failure;
use domain::journeys::DueStep;
use jiff::{SignedDuration, Timestamp};
use runtime::queue::Queue;
use runtime::sweep::sweep;
use std::time::SystemTime;
use store::{Backlog, Due, Store};

/// How long a step is left to its schedule.
const LEAVE_TO_THE_SCHEDULE: SignedDuration = SignedDuration::from_mins(5);
/// How long a step on the queue is left to `worker-sequence-step`.
const LEAVE_TO_THE_QUEUE: SignedDuration = SignedDuration::from_mins(15);
/// When a journey that cannot be read is looked at again.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_hours(1);
/// Journeys that are read at once of each shard.
const PAGE: i32 = 200;

/// What sweeping needs.
#[derive(Debug)]
pub struct Sweeper {
    /// The table.
    pub store: Store,
    /// The queue `SequenceSteps`.
    pub queue: Queue<DueStep>,
}

impl Sweeper {
    /// Puts what is overdue at `now` on the queue, as much as fits before `deadline`; returns of how many journeys.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when some could not be put there; a later run finds them again.
    pub async fn sweep(&self, now: Timestamp, deadline: SystemTime) -> Result<usize, Failure> {
        let before = now - LEAVE_TO_THE_SCHEDULE;
        let page = async |shard, from| self.store.journeys().overdue(shard, before, from, PAGE).await;
        let swept = sweep(Backlog::SHARDS, deadline, page, async |due| self.put(due, now).await).await;
        let left =
            if swept.out_of_time { self.store.pending().count(Backlog::SequenceSteps, before).await? } else { 0 };
        tracing::info!(journeys = swept.done, failed = swept.failed, left, "swept");
        match swept.failed {
            0 => Ok(swept.done),
            failed => Err(Failure::Retryable(format!("{failed} overdue journeys stay"))),
        }
    }

    async fn put(&self, due: Due<Vec<DueStep>>, now: Timestamp) -> Result<(), Failure> {
        match due.what {
            Ok(points) => {
                self.queue.send_all(&points).await?;
                self.store.pending().set_aside(&due.place, now + LEAVE_TO_THE_QUEUE).await
            }
            Err(unreadable) => {
                self.store.pending().set_aside(&due.place, now + LOOK_AGAIN).await?;
                Err(unreadable)
            }
        }
    }
}
