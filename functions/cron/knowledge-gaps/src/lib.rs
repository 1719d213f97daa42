//! Has the week's suggestions for the frequent questions made for every business, on its Monday morning.
//!
//! Runs every six hours on Sunday and Monday (UTC), so that one run falls into the early morning of Monday wherever a business is. It makes
//! none itself: it puts one tenant job a business on the queue `TenantJobs`, whose worker knows the business's clock, and makes the
//! suggestions of a week once. Run again it asks again.

use domain::Failure;
use domain::tenancy::tenant_jobs::TenantJob;
use fanout::is_served;
use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::{Offset, TimeZone};
use runtime::queue::Queue;
use store::{Store, TenantEntry};

/// The clocks that are furthest ahead of UTC and behind it, in hours.
const FURTHEST: [i8; 2] = [14, -12];

/// What asking needs.
#[derive(Debug)]
pub struct KnowledgeGaps {
    /// The table.
    pub store: Store,
    /// Where tenant jobs go.
    pub queue: Queue<TenantJob>,
}

impl KnowledgeGaps {
    /// Asks every business that is served, where it is Monday anywhere; returns how many there are.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table or the queue does not answer; what was asked for until then is done.
    pub async fn ask(&self, now: Timestamp) -> Result<usize, Failure> {
        if !is_monday_somewhere(now) {
            return Ok(0);
        }
        let tenant_job =
            |entry: TenantEntry| is_served(&entry).then_some(TenantJob::KnowledgeGaps { tenant: entry.tenant });
        let asked = fanout::ask(&self.store, &self.queue, tenant_job).await?;
        tracing::info!(tenants = asked, "asked for the week's suggestions");
        Ok(asked)
    }
}

fn is_monday_somewhere(now: Timestamp) -> bool {
    let is_monday = |hours| now.to_zoned(TimeZone::fixed(Offset::constant(hours))).weekday() == Weekday::Monday;
    FURTHEST.into_iter().any(is_monday)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::knowledge::gaps::week_due;
    use std::collections::BTreeSet;

    /// When the schedule of the template runs it in a week.
    fn runs() -> Vec<Timestamp> {
        let begin: Timestamp = "2026-11-29T00:10:00Z".parse().unwrap();
        (0..8).map(|run| begin + jiff::SignedDuration::from_hours(6 * run)).collect()
    }

    #[test]
    fn a_run_falls_into_every_business_monday_morning() {
        for zone in ["Pacific/Kiritimati", "Pacific/Auckland", "Asia/Kolkata", "Europe/Madrid", "UTC", "America/Denver"]
        {
            let zone = TimeZone::get(zone).unwrap();
            let due: Vec<_> = runs().into_iter().filter(|now| week_due(*now, &zone).is_some()).collect();
            let first = due.first().unwrap_or_else(|| panic!("{zone:?}"));
            assert!(first.to_zoned(zone.clone()).hour() < 10, "{zone:?} {first}");
            assert!(due.iter().all(|now| is_monday_somewhere(*now)), "{zone:?}");
            assert_eq!(due.iter().filter_map(|now| week_due(*now, &zone)).collect::<BTreeSet<_>>().len(), 1);
        }
        let idle = runs().into_iter().filter(|now| !is_monday_somewhere(*now)).count();
        assert_eq!(idle, 2, "on Sunday at 00:10 and 06:10 it is Monday nowhere");
    }
}
