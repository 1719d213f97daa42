//! Puts a night's contributions of all businesses together, and publishes the figures of a trade once a half-year.
//!
//! Reads the queue `Aggregate`: a step a list sums up its cohorts; whoever finds all lists done asks for a step a trade; that one publishes
//! under the rules of the crate `benchmarks`. Every step may be done twice, at the same time too. What is published holds no business's own
//! figures, and neither do logs.

use domain::Failure;
use domain::insights::benchmarks::AggregateStep;
use jiff::Timestamp;
use jiff::civil::Date;
use runtime::queue::Queue;
use std::time::Duration;
use store::Store;

/// The most time one record takes. A list of 100,000 businesses, all that there may be in one cohort, is some 40 pages of 1 MB.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(100);

/// What summing up needs.
#[derive(Debug)]
pub struct Aggregate {
    /// The table.
    pub store: Store,
    /// Where the steps go that follow.
    pub queue: Queue<AggregateStep>,
    /// Whether figures of businesses in the United States are published (decision 037: not before a lawyer has advised).
    pub publishes_us: bool,
}

/// The country whose figures are published only where an operator says so, as cohorts name it.
const US: &str = "us";

/// The countries whose businesses are in no published figure.
fn left_out(publishes_us: bool) -> &'static [&'static str] {
    if publishes_us { &[] } else { &[US] }
}

/// Whether the parameter `PublishUsBenchmarks` switches publishing in the United States on: nothing but `true` does.
#[must_use]
pub fn is_switched_on(parameter: Option<&str>) -> bool {
    parameter == Some("true")
}

impl Aggregate {
    /// Does one step.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: deliver it again; [`Failure::Permanent`]: no retry can help.
    pub async fn work(&self, step: &AggregateStep, now: Timestamp) -> Result<(), Failure> {
        match step {
            AggregateStep::Shard { day, shard } => self.sum_up(*day, *shard, now).await,
            AggregateStep::Industry { day, industry } => self.publish(*day, industry, now).await,
        }
    }

    async fn sum_up(&self, day: Date, shard: u8, now: Timestamp) -> Result<(), Failure> {
        let night = self.store.benchmarks().sum_up(day, shard, now).await?;
        let open = night.open().len();
        tracing::info!(%day, shard, open, "summed up a list");
        if open > 0 {
            return Ok(());
        }
        let trades = self.store.benchmarks().trades(day).await?;
        let steps: Vec<AggregateStep> =
            trades.into_iter().map(|industry| AggregateStep::Industry { day, industry }).collect();
        if !steps.is_empty() {
            self.queue.send_all(&steps).await?;
        }
        Ok(())
    }

    async fn publish(&self, day: Date, industry: &str, now: Timestamp) -> Result<(), Failure> {
        match self.store.benchmarks().publish(day, industry, left_out(self.publishes_us), now).await? {
            // How many businesses there are is not said here either.
            Some(made) => {
                tracing::info!(%day, industry, published = made.published.len(), withheld = made.withheld.len(), "published");
            }
            None => tracing::info!(%day, industry, "the half-year's figures are out"),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_united_states_are_left_out_unless_an_operator_says_so() {
        for parameter in [None, Some("false"), Some("TRUE"), Some("yes")] {
            assert_eq!(left_out(is_switched_on(parameter)), ["us"], "{parameter:?}");
        }
        assert!(left_out(is_switched_on(Some("true"))).is_empty());
    }
}
