//! Has the visits of every tenant looked at that may be missed.
//!
//! Runs every 30 minutes. It looks at none itself: it puts one tenant job a business on the queue `TenantJobs`, whose worker
//! has customers asked once more. Once a week it also has the chances learned. Run again it asks again: each customer is asked
//! once for each time agreed on, and the same visits give the same weights.

use domain::Failure;
use domain::tenancy::tenant_jobs::TenantJob;
use fanout::is_served;
use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use runtime::queue::Queue;
use store::{Store, TenantEntry};

/// What asking needs.
#[derive(Debug)]
pub struct NoShowRescue {
    /// The table.
    pub store: Store,
    /// Where tenant jobs go.
    pub queue: Queue<TenantJob>,
}

impl NoShowRescue {
    /// Asks every business that is served; returns how many there are.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table or the queue does not answer; what was asked for until then is done.
    pub async fn ask(&self, now: Timestamp) -> Result<usize, Failure> {
        let learns = learns(now);
        let tenant_jobs = |entry: TenantEntry| {
            let served = is_served(&entry).then_some(entry.tenant);
            let learning = served.clone().filter(|_| learns).map(|tenant| TenantJob::NoShowLearning { tenant });
            served.map(|tenant| TenantJob::NoShowRescue { tenant }).into_iter().chain(learning)
        };
        let asked = fanout::ask(&self.store, &self.queue, tenant_jobs).await?;
        tracing::info!(tenants = asked, learns, "asked to look at visits that may be missed");
        Ok(asked)
    }
}

/// Whether it is the first run after three o'clock on a Sunday (UTC).
fn learns(now: Timestamp) -> bool {
    let now = now.to_zoned(TimeZone::UTC);
    now.weekday() == Weekday::Sunday && now.hour() == 3 && now.minute() < 30
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_run_a_week_has_the_chances_learned() {
        let begin: Timestamp = "2026-11-29T00:10:00Z".parse().unwrap();
        let runs = (0..7 * 48).map(|run| begin + jiff::SignedDuration::from_mins(30 * run));
        let learning: Vec<_> = runs.filter(|now| learns(*now)).map(|now| now.to_string()).collect();
        assert_eq!(learning, ["2026-11-29T03:10:00Z"]);
    }
}
