//! Publishes outbox rows that are due and still there: those that wait for a later time, and those the stream missed.
//!
//! Runs every minute. A row that the stream is about to publish is left to it for a minute; beyond that it is published
//! here. One row that cannot be published never stops the rest.

use domain::Failure;
use jiff::{SignedDuration, Timestamp};
use runtime::bus::Bus;
use store::{OutboxRow, Store};

/// How long a row is left to `worker-outbox`.
const LEAVE_TO_THE_STREAM: SignedDuration = SignedDuration::from_secs(60);
/// Rows of each shard in one run; the next run, a minute later, takes the rest.
const ROWS_PER_SHARD: i32 = 250;

/// What sweeping needs.
#[derive(Debug)]
pub struct Sweeper {
    /// The table.
    pub store: Store,
    /// The bus.
    pub bus: Bus,
}

impl Sweeper {
    /// Publishes what is overdue at `now`; returns how many rows.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when some could not be published; they are still there for the next run.
    pub async fn sweep(&self, now: Timestamp) -> Result<usize, Failure> {
        let rows = self.store.overdue(now - LEAVE_TO_THE_STREAM, ROWS_PER_SHARD).await?;
        let mut failed = 0;
        for row in &rows {
            if let Err(failure) = self.publish(row).await {
                tracing::warn!(reason = %failure, "an overdue row stays");
                failed += 1;
            }
        }
        tracing::info!(rows = rows.len(), failed, "swept");
        if failed > 0 { Err(Failure::Retryable(format!("{failed} overdue rows stay"))) } else { Ok(rows.len()) }
    }

    async fn publish(&self, row: &OutboxRow) -> Result<(), Failure> {
        self.bus.publish(&row.events).await?;
        self.store.forget(row).await
    }
}
