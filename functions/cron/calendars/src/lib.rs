//! Has the outside calendars read that are due: each is put on the queue of `worker-calendars`.
//!
//! Runs every minute; a calendar is due a quarter of an hour after its last reading, and at once when it was connected. One
//! that is on the queue twice is read once. One that cannot be put there never stops the rest: a later run finds it again, and
//! this one fails, which an alarm watches.

use domain::Failure;
use domain::scheduling::DueCalendar;
use jiff::{SignedDuration, Timestamp};
use runtime::queue::Queue;
use runtime::sweep::sweep;
use std::time::SystemTime;
use store::{Backlog, Due, Store};

/// When an entry that cannot be read is looked at again.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_hours(1);
/// Calendars that are found at once in each shard.
const PAGE: i32 = 200;

/// What asking needs.
#[derive(Debug)]
pub struct DueCalendars {
    /// The table.
    pub store: Store,
    /// The queue `Calendars`.
    pub queue: Queue<DueCalendar>,
}

impl DueCalendars {
    /// Puts what is due at `now` on the queue, as much as fits before `deadline`; returns how many.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when some could not be put there; a later run finds them again.
    pub async fn ask(&self, now: Timestamp, deadline: SystemTime) -> Result<usize, Failure> {
        let page = async |shard, from| self.store.outside_calendars().due(shard, now, from, PAGE).await;
        let swept = sweep(Backlog::SHARDS, deadline, page, async |due| self.put(due, now).await).await;
        let left = if swept.out_of_time { self.store.pending().count(Backlog::Calendars, now).await? } else { 0 };
        tracing::info!(calendars = swept.done, failed = swept.failed, left, "asked to read");
        match swept.failed {
            0 => Ok(swept.done),
            failed => Err(Failure::Retryable(format!("{failed} calendars that are due stay"))),
        }
    }

    async fn put(&self, due: Due<DueCalendar>, now: Timestamp) -> Result<(), Failure> {
        match due.what {
            Ok(calendar) => self.queue.send(&calendar).await,
            Err(unreadable) => {
                self.store.pending().set_aside(&due.place, now + LOOK_AGAIN).await?;
                Err(unreadable)
            }
        }
    }
}
