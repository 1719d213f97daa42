//! Has the week's purchase orders drafted for every business, at 08:00 of its Monday.
//!
//! Runs every hour on Sunday and Monday (UTC): between them it is Monday, 08:00 everywhere. It drafts nothing itself: it puts one tenant job a
//! business whose hour it is on the queue `TenantJobs`, whose worker drafts the orders of a week once. Run again it asks again; an hour
//! that was missed is made up for.

use domain::tenancy::runs::{Run, RunKind};
use domain::tenancy::tenant_jobs::TenantJob;
use domain::{Failure, TenantId};
use jiff::Timestamp;
use runtime::queue::Queue;
use store::Store;

/// What asking needs.
#[derive(Debug)]
pub struct WeeklyOrders {
    /// The table.
    pub store: Store,
    /// Where tenant jobs go.
    pub queue: Queue<TenantJob>,
}

impl WeeklyOrders {
    /// Asks the businesses whose Monday morning has come since the run before; returns how many.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table or the queue does not answer; the next try asks for the same hours again.
    pub async fn ask(&self, now: Timestamp) -> Result<u64, Failure> {
        let asked = fanout::ask_due(&self.store, &self.queue, RunKind::WeeklyOrders, now, job).await?;
        Ok(asked.values().fold(0, |sum, tenants| sum.saturating_add(*tenants)))
    }
}

fn job(tenant: TenantId, run: &Run) -> TenantJob {
    TenantJob::WeeklyOrder { tenant, period: run.period.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;
    use jiff::tz::TimeZone;

    /// When the schedule of the template runs it in a week: `cron(5 * ? * SUN,MON,TUE *)`.
    fn runs() -> impl Iterator<Item = Timestamp> {
        let begin: Timestamp = "2026-11-29T00:05:00Z".parse().unwrap();
        (0..72).map(move |hour| begin + SignedDuration::from_hours(hour))
    }

    #[test]
    fn a_run_falls_into_the_eighth_hour_of_every_business_monday() {
        for zone in
            ["Pacific/Kiritimati", "Pacific/Auckland", "Asia/Kolkata", "UTC", "America/Denver", "Pacific/Pago_Pago"]
        {
            let zone = TimeZone::get(zone).unwrap();
            let due: Vec<Run> = runs().filter_map(|now| RunKind::WeeklyOrders.due(hour(now), &zone)).collect();
            assert_eq!(due.iter().map(|run| run.period.as_str()).collect::<Vec<_>>(), ["2026-W49"], "{zone:?}");
        }
    }

    fn hour(now: Timestamp) -> Timestamp {
        Timestamp::from_second(now.as_second() - now.as_second() % 3_600).unwrap()
    }
}
