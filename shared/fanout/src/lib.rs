//! Work over all tenants: a cron function asks for one message a tenant, and a worker does one tenant at a time.
//!
//! A [`RunKind`] is asked for by the hour: each run of the cron function asks the tenants whose local hour has come since the run before,
//! so that an hour that was missed is made up for. Asking twice is harmless: the worker looks first what became of the run.

use domain::Failure;
use domain::TenantId;
use domain::tenancy::runs::{LATE_AFTER, Outcome, Run, RunKind, RunReport};
use domain::tenancy::{TenantKind, TenantStatus};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use runtime::queue::{Queue, Queued};
use std::collections::{BTreeMap, BTreeSet};
use store::{Store, TenantEntry};

/// What is logged of a run that is not complete; `infra/logs.yaml` raises an alarm on exactly this message.
pub const NOT_COMPLETE: &str = "a run is not complete";

/// The clock of who has none.
static UTC: TimeZone = TimeZone::UTC;

/// So many hours are made up for where the cron function did not run. What is older is left for the next period.
const MAX_HOURS: i64 = 12;

/// For how long a schedule may ask for nothing: one starts every night, one every hour from Sunday to Tuesday. The third looks at both.
const PAUSES: [(RunKind, SignedDuration); 2] = [
    (RunKind::Benchmarks, SignedDuration::from_hours(26)),
    (RunKind::WeeklyOrders, SignedDuration::from_hours(5 * 24)),
];

/// Whether work is done for a tenant: a business that is served.
#[must_use]
pub fn is_served(entry: &TenantEntry) -> bool {
    entry.status == TenantStatus::Active && entry.kind == TenantKind::Business
}

/// Puts on the queue what `jobs` makes of each tenant; returns for how many it made any.
///
/// # Errors
/// [`Failure::Retryable`] when the table or the queue does not answer; what was asked for until then is done.
pub async fn ask<J: Queued, I: IntoIterator<Item = J>>(
    store: &Store,
    queue: &Queue<J>,
    jobs: impl Fn(TenantEntry) -> I,
) -> Result<usize, Failure> {
    let mut asked = 0_usize;
    let take = async |tenants: Vec<TenantEntry>, _: Vec<TenantId>| {
        let mut page = Vec::new();
        for entry in tenants {
            let before = page.len();
            page.extend(jobs(entry));
            asked = asked.saturating_add(usize::from(page.len() > before));
        }
        queue.send_all(&page).await
    };
    store.tenants().for_each(take).await?;
    Ok(asked)
}

/// Asks every served business that became due for `kind` since it was last asked; returns how many for each run.
///
/// One that has no zone, or of which the document or the entry of the list cannot be read, is due by the clock of UTC, counts as asked and
/// fails there: it keeps no other from being asked, and the run does not look complete without it. Each of these hours is
/// [watched](watch): where a run that was asked hours before has failed or missing tenants, an error is logged.
///
/// # Errors
/// [`Failure::Retryable`] when the table or the queue does not answer: the next try asks for the same hours again.
pub async fn ask_due<J: Queued>(
    store: &Store,
    queue: &Queue<J>,
    kind: RunKind,
    now: Timestamp,
    job: impl Fn(TenantId, &Run) -> J,
) -> Result<BTreeMap<Run, u64>, Failure> {
    let mut all = BTreeMap::new();
    for hour in hours(store.runs().asked_through(kind).await?, now) {
        let mut runs: BTreeMap<Run, u64> = BTreeMap::new();
        let take = async |tenants: Vec<TenantEntry>, unreadable: Vec<TenantId>| {
            let mut page = Vec::new();
            for entry in tenants.into_iter().filter(is_served) {
                let zone = zone(store, &entry).await?;
                let Some(run) = kind.due(hour, zone.as_ref().unwrap_or(&UTC)) else { continue };
                match zone {
                    Some(_) => page.push(job(entry.tenant, &run)),
                    None => store.runs().note(&run, &entry.tenant, Outcome::failed("no_zone"), now).await?,
                }
                let count = runs.entry(run).or_default();
                *count = count.saturating_add(1);
            }
            if let Some(run) = kind.due(hour, &UTC) {
                let failed = note_unreadable(store, &run, &unreadable, now).await?;
                if failed > 0 {
                    let count = runs.entry(run).or_default();
                    *count = count.saturating_add(failed);
                }
            }
            queue.send_all(&page).await
        };
        store.tenants().for_each(take).await?;
        let counted: Vec<(Run, u64)> = runs.iter().map(|(run, tenants)| (run.clone(), *tenants)).collect();
        store.runs().asked(&counted, hour, now).await?;
        // Before the hour counts as done, so that a try that fails here judges again.
        watch(store, kind, hour).await?;
        store.runs().set_asked_through(kind, hour).await?;
        for (run, tenants) in runs {
            tracing::info!(%run, %hour, tenants, "asked");
            let count: &mut u64 = all.entry(run).or_default();
            *count = count.saturating_add(tenants);
        }
    }
    Ok(all)
}

/// Asks every served business for a run that is for all at once, whatever the hour; returns how many. Of the same run again it asks again,
/// and counts each business once. One of which the entry cannot be read counts as asked and fails.
///
/// # Errors
/// [`Failure::Retryable`] when the table or the queue does not answer; what was asked for until then is done.
pub async fn ask_all<J: Queued>(
    store: &Store,
    queue: &Queue<J>,
    run: &Run,
    now: Timestamp,
    job: impl Fn(TenantId, &Run) -> J,
) -> Result<u64, Failure> {
    let mut tenants = 0_u64;
    let take = async |entries: Vec<TenantEntry>, unreadable: Vec<TenantId>| {
        let failed = note_unreadable(store, run, &unreadable, now).await?;
        let page: Vec<J> = entries.into_iter().filter(is_served).map(|entry| job(entry.tenant, run)).collect();
        tenants = tenants.saturating_add(failed).saturating_add(u64::try_from(page.len()).unwrap_or(u64::MAX));
        queue.send_all(&page).await
    };
    store.tenants().for_each(take).await?;
    // One hour for all tries, so that a repeat counts no one twice.
    store.runs().asked(&[(run.clone(), tenants)], Timestamp::UNIX_EPOCH, now).await?;
    tracing::info!(%run, tenants, "asked");
    Ok(tenants)
}

/// Notes that a run failed for those of whose entry nothing can be read; returns how many they are.
async fn note_unreadable(store: &Store, run: &Run, tenants: &[TenantId], now: Timestamp) -> Result<u64, Failure> {
    for tenant in tenants {
        store.runs().note(run, tenant, Outcome::failed("unreadable_entry"), now).await?;
    }
    Ok(u64::try_from(tenants.len()).unwrap_or(u64::MAX))
}

/// The whole hours after `through` until `now`, the hour of `now` included. Of a kind that was never asked for, that hour alone.
fn hours(through: Option<Timestamp>, now: Timestamp) -> Vec<Timestamp> {
    let current = hour_of(now).saturating_mul(3_600);
    let first = through.map_or(current, |through| through.as_second().saturating_add(3_600));
    let oldest = current.saturating_sub((MAX_HOURS - 1) * 3_600);
    let hours = (0..MAX_HOURS).map(|hour| first.max(oldest).saturating_add(hour * 3_600));
    hours.take_while(|hour| *hour <= current).filter_map(|hour| Timestamp::from_second(hour).ok()).collect()
}

/// The zone of a tenant; `None`: its zone is none, or it cannot be read.
async fn zone(store: &Store, entry: &TenantEntry) -> Result<Option<TimeZone>, Failure> {
    let name = match &entry.zone {
        Some(zone) => Some(zone.clone()),
        None => match store.tenants().known(&entry.tenant).await {
            Err(retryable @ Failure::Retryable(_)) => return Err(retryable),
            known => known.ok().flatten().map(|tenant| tenant.zone.clone()),
        },
    };
    Ok(name.and_then(|name| TimeZone::get(&name).ok()))
}

/// Judges the runs whose last tenants were asked [`LATE_AFTER`] before the hour of `now`: of one that is not complete an error is logged,
/// which is what the alarm looks at, and it is returned. To be called once in every hour in which a run may become late.
///
/// It reads when a run's tenants were asked, one small query a run; what became of each of them it reads in that one hour only.
///
/// # Errors
/// [`Failure::Retryable`] when the table does not answer.
pub async fn watch(store: &Store, kind: RunKind, now: Timestamp) -> Result<Vec<(Run, RunReport)>, Failure> {
    let mut incomplete = Vec::new();
    for run in recent(kind, now) {
        let asked_last = store.runs().asked_last(&run).await?;
        let Some(late) = asked_last.and_then(|last| late_in_hour(last, now)) else { continue };
        let report = store.runs().report(&run).await?;
        if report.needs_a_look(late) {
            let (failed, missing) = (report.failed_count(), report.missing());
            tracing::error!(%run, asked = report.asked, done = report.done, failed, missing, reasons = ?report.failed, "{NOT_COMPLETE}");
            incomplete.push((run, report));
        } else {
            tracing::info!(%run, asked = report.asked, done = report.done, skipped = ?report.skipped, "a run is complete");
        }
    }
    Ok(incomplete)
}

/// The kinds of work that were not asked for in so long that their schedule does not start any more. Nothing judges a run that is never asked
/// for, so a schedule that does start looks: of each an error is logged, which is what the alarm looks at, and it is returned. Of a kind
/// that was never asked for nothing is known.
///
/// # Errors
/// [`Failure::Retryable`] when the table does not answer.
pub async fn silent(store: &Store, now: Timestamp) -> Result<Vec<RunKind>, Failure> {
    let mut silent = Vec::new();
    for (kind, pause) in PAUSES {
        let Some(through) = store.runs().asked_through(kind).await? else { continue };
        if now.duration_since(through) > pause {
            tracing::error!(kind = kind.as_str(), %through, "{NOT_COMPLETE}");
            silent.push(kind);
        }
    }
    Ok(silent)
}

/// The runs whose last tenants may have been asked [`LATE_AFTER`] before `now`: in every zone the day was one of three.
fn recent(kind: RunKind, now: Timestamp) -> BTreeSet<Run> {
    let then = now.checked_sub(LATE_AFTER).unwrap_or(now).to_zoned(TimeZone::UTC).date();
    let days = [then.yesterday(), Ok(then), then.tomorrow()];
    days.into_iter().flatten().map(|day| kind.of_day(day)).collect()
}

/// From when on a run is late whose last tenants were asked at `asked_last`; `None`: that is not in the hour of `now`. By hours, because
/// starts of a schedule are some seconds early or late.
fn late_in_hour(asked_last: Timestamp, now: Timestamp) -> Option<Timestamp> {
    asked_last.checked_add(LATE_AFTER).ok().filter(|late| hour_of(*late) == hour_of(now))
}

/// In which hour of the epoch an instant is.
fn hour_of(at: Timestamp) -> i64 {
    at.as_second().div_euclid(3_600)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_run_is_judged_in_one_hour_whichever_second_it_was_asked_in() {
        let judged = |asked: &str| {
            let starts = (0..12).map(|hour| at("2026-11-30T08:05:03Z") + SignedDuration::from_hours(hour));
            let in_hour = |now: &Timestamp| late_in_hour(at(asked), *now).is_some();
            starts.filter(in_hour).map(|now| now.strftime("%H").to_string()).collect::<Vec<_>>()
        };
        for asked in ["2026-11-30T08:05:00Z", "2026-11-30T08:05:10Z", "2026-11-30T08:59:59Z"] {
            assert_eq!(judged(asked), ["12"], "{asked}");
        }
        let runs = |kind: RunKind| -> Vec<String> {
            recent(kind, at("2026-11-30T03:05:00Z")).iter().map(ToString::to_string).collect()
        };
        assert_eq!(runs(RunKind::Weather), ["weather/2026-11-28", "weather/2026-11-29", "weather/2026-11-30"]);
        assert_eq!(runs(RunKind::WeeklyOrders), ["weekly_orders/2026-W48", "weekly_orders/2026-W49"]);
    }

    #[test]
    fn hours_that_were_missed_are_made_up_for() {
        let now = at("2026-11-30T09:05:12Z");
        let texts = |through: Option<&str>| {
            hours(through.map(at), now).iter().map(|hour| hour.strftime("%dT%H").to_string()).collect::<Vec<_>>()
        };
        assert_eq!(texts(None), ["30T09"]);
        assert_eq!(texts(Some("2026-11-30T08:00:00Z")), ["30T09"]);
        assert_eq!(texts(Some("2026-11-30T06:00:00Z")), ["30T07", "30T08", "30T09"]);
        assert_eq!(texts(Some("2026-11-30T09:00:00Z")), Vec::<String>::new(), "started twice in an hour");
        let after_an_outage = texts(Some("2026-11-20T09:00:00Z"));
        assert_eq!((after_an_outage.len(), after_an_outage.first().map(String::as_str)), (12, Some("29T22")));
    }
}
