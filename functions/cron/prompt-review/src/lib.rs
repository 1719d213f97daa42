//! The night of the prompts: what has passed its test becomes live where that is switched on, and what fails too often is looked into.
//!
//! Runs once a night. A review is one document a task and night: a second run finds it, and asks again only for what is not done. Putting a
//! version live is what `porchlight prompts promote-proven` does too, with the same line in the platform's record.

use domain::Failure;
use domain::identity::Actor;
use domain::prompts::{DueReview, PromptTask};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use runtime::queue::Queue;
use store::{Store, Trace};

/// What the night needs.
#[derive(Debug)]
pub struct PromptReviews {
    /// The table.
    pub store: Store,
    /// Where reviews go that are to be looked into.
    pub queue: Queue<DueReview>,
}

impl PromptReviews {
    /// Does a night's work; returns how many reviews it asked for. What fails stops nothing else, and is tried with the next run.
    ///
    /// # Errors
    /// The first [`Failure`] of the table or the queue.
    pub async fn run(&self, now: Timestamp) -> Result<usize, Failure> {
        let night = now.to_zoned(TimeZone::UTC).date();
        let correlation_id = format!("prompt-review-{night}");
        let trace = Trace { actor: Actor::System, at: now, address: None, correlation_id };
        let promoted = self.store.prompts().promote_proven(&trace).await;
        let mut failed = None;
        match promoted {
            Ok(promoted) => {
                for (task, version) in promoted {
                    tracing::info!(%task, %version, "a version has passed its test and is live");
                }
            }
            Err(failure) => failed = Some(failure),
        }
        let mut asked = 0_usize;
        for task in PromptTask::ALL {
            let due = match self.store.prompts().review_due(task, night, &trace).await {
                Ok(Some(due)) => self.queue.send_all(&[due]).await.map(|()| 1),
                Ok(None) => Ok(0),
                Err(failure) => Err(failure),
            };
            match due {
                Ok(count) => asked = asked.saturating_add(count),
                Err(failure) => {
                    tracing::error!(%task, reason = %failure, "a prompt was not reviewed");
                    failed.get_or_insert(failure);
                }
            }
        }
        failed.map_or(Ok(asked), Err)
    }
}
