//! Has every business summed up in the night, and the figures of all published once that is done.
//!
//! Runs every hour from 03:00 to 09:00 UTC. The first run of a day puts one tenant job a business on the queue `TenantJobs`. A later one
//! looks how far that is: where it is complete, or two hours have passed, it puts one step a list on the queue `Aggregate`, whose worker
//! goes on from there. Where too much is missing, nothing is published from that night: the next one is as good. The last runs say so
//! where the night is not complete. Each run may be repeated.

use domain::Failure;
use domain::insights::benchmarks::AggregateStep;
use domain::tenancy::runs::{Run, RunKind, RunReport};
use domain::tenancy::tenant_jobs::TenantJob;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use runtime::queue::Queue;
use store::Store;

/// So long it is waited for businesses that are not summed up yet.
const PATIENCE: SignedDuration = SignedDuration::from_hours(2);
/// The most that may be missing of a night that figures are published from: one of so many. Figures stand for half a year.
const ONE_MISSING_OF: u64 = 20;

/// What a night needs.
#[derive(Debug)]
pub struct Benchmarks {
    /// The table.
    pub store: Store,
    /// Where tenant jobs go.
    pub jobs: Queue<TenantJob>,
    /// Where the steps go that sum up.
    pub steps: Queue<AggregateStep>,
}

/// What is to be done about a night.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// Businesses are still being summed up.
    Wait,
    /// Too many are missing.
    LeaveIt,
    /// They can be put together.
    SumUp,
}

impl Benchmarks {
    /// Does what this hour's run has to do; returns how many messages it sent.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table or a queue does not answer: the next try, or the next hour, does it.
    pub async fn run(&self, now: Timestamp) -> Result<u64, Failure> {
        let today = now.to_zoned(TimeZone::UTC);
        let day = today.date();
        let run = RunKind::Benchmarks.of_day(day);
        let asked_through = self.store.runs().asked_through(RunKind::Benchmarks).await?;
        let is_asked = asked_through.is_some_and(|through| through.to_zoned(TimeZone::UTC).date() >= day);
        let sent = if is_asked {
            self.go_on(&run, day, now).await?
        } else {
            let job = |tenant, run: &Run| TenantJob::BenchmarkSummary { tenant, period: run.period.clone() };
            let asked = fanout::ask_all(&self.store, &self.jobs, &run, now, job).await?;
            self.store.runs().set_asked_through(RunKind::Benchmarks, now).await?;
            asked
        };
        fanout::watch(&self.store, RunKind::Benchmarks, now).await?;
        Ok(sent)
    }

    /// Asks for the lists that are not summed up, once there is enough to sum up.
    async fn go_on(&self, run: &Run, day: Date, now: Timestamp) -> Result<u64, Failure> {
        let night = self.store.benchmarks().night(day).await?.unwrap_or_default();
        let steps: Vec<AggregateStep> =
            night.open().into_iter().map(|shard| AggregateStep::Shard { day, shard }).collect();
        if steps.is_empty() {
            return Ok(0);
        }
        let report = self.store.runs().report(run).await?;
        match next(&report, now) {
            Next::Wait => return Ok(0),
            Next::LeaveIt => {
                let (failed, missing) = (report.failed_count(), report.missing());
                tracing::warn!(%run, failed, missing, "too much is missing: nothing is published from this night");
                return Ok(0);
            }
            Next::SumUp => {}
        }
        self.store.benchmarks().begin(day, now).await?;
        self.steps.send_all(&steps).await?;
        tracing::info!(%day, lists = steps.len(), "asked for the night to be summed up");
        Ok(u64::try_from(steps.len()).unwrap_or(u64::MAX))
    }
}

fn next(report: &RunReport, now: Timestamp) -> Next {
    let Some(asked_last) = report.asked_last.filter(|_| report.asked > 0) else { return Next::Wait };
    if report.missing() > 0 && now.duration_since(asked_last) < PATIENCE {
        return Next::Wait;
    }
    let lacking = report.missing().saturating_add(report.failed_count());
    if lacking.saturating_mul(ONE_MISSING_OF) > report.asked { Next::LeaveIt } else { Next::SumUp }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::tenancy::runs::Outcome;

    fn report(done: u64, failed: u64) -> RunReport {
        let asked_last = "2026-11-30T03:00:20Z".parse().ok();
        let mut report = RunReport { asked: 100, asked_last, ..RunReport::default() };
        (0..done).for_each(|_| report.count(&Outcome::Done));
        (0..failed).for_each(|_| report.count(&Outcome::failed("unreadable")));
        report
    }

    #[test]
    fn a_night_is_summed_up_once_it_is_complete_or_waited_for_and_never_with_much_missing() {
        let at = |time: &str| format!("2026-11-30T{time}Z").parse().unwrap();
        assert_eq!(next(&report(99, 0), at("04:00:10")), Next::Wait);
        assert_eq!(next(&report(100, 0), at("04:00:10")), Next::SumUp);
        assert_eq!(next(&report(95, 0), at("05:00:19")), Next::Wait);
        assert_eq!(next(&report(95, 0), at("05:00:20")), Next::SumUp);
        assert_eq!(next(&report(94, 0), at("06:00:10")), Next::LeaveIt);
        assert_eq!(next(&report(94, 6), at("04:00:10")), Next::LeaveIt, "six could not be read");
        assert_eq!(next(&RunReport::default(), at("04:00:10")), Next::Wait, "there is no business");
    }
}
