//! Publishes outbox rows that are due and still there: those that wait for a later time, and those the stream missed.
//!
//! Runs every minute. A row that the stream is about to publish is left to it for a minute; beyond that it is published
//! here, as many as fit into the run. One row that cannot be published never stops the rest; one that cannot be read is
//! looked at again an hour later. Either fails the run, which an alarm watches.

use domain::Failure;
use jiff::{SignedDuration, Timestamp};
use runtime::bus::Bus;
use runtime::sweep::sweep;
use std::time::SystemTime;
use store::{Backlog, Due, OutboxRow, Store};

/// How long a row is left to `worker-outbox`.
const LEAVE_TO_THE_STREAM: SignedDuration = SignedDuration::from_secs(60);
/// When a row that cannot be read is looked at again.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_hours(1);
/// Rows that are read at once of each shard.
const PAGE: i32 = 200;

/// What sweeping needs.
#[derive(Debug)]
pub struct Sweeper {
    /// The table.
    pub store: Store,
    /// The bus.
    pub bus: Bus,
}

impl Sweeper {
    /// Publishes what is overdue at `now`, as much as fits before `deadline`; returns how many rows.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when some could not be published; they are still there for a later run.
    pub async fn sweep(&self, now: Timestamp, deadline: SystemTime) -> Result<usize, Failure> {
        let before = now - LEAVE_TO_THE_STREAM;
        let page = async |shard, from| self.store.outbox().overdue(shard, before, from, PAGE).await;
        let swept = sweep(Backlog::SHARDS, deadline, page, async |due| self.publish(due, now).await).await;
        let left = if swept.out_of_time { self.store.pending().count(Backlog::Outbox, before).await? } else { 0 };
        tracing::info!(rows = swept.done, failed = swept.failed, left, "swept");
        match swept.failed {
            0 => Ok(swept.done),
            failed => Err(Failure::Retryable(format!("{failed} overdue rows stay"))),
        }
    }

    async fn publish(&self, due: Due<OutboxRow>, now: Timestamp) -> Result<(), Failure> {
        match due.what {
            Ok(row) => {
                self.bus.publish(&row.events).await?;
                self.store.outbox().forget(&row).await
            }
            Err(unreadable) => {
                self.store.pending().set_aside(&due.place, now + LOOK_AGAIN).await?;
                Err(unreadable)
            }
        }
    }
}
