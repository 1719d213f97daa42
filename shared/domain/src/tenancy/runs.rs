//! Work that is done for every tenant once a period: which period it is, and what became of it for each tenant.
//!
//! A run is a kind of work and its period: the weekly orders of `2026-W49`. A tenant whose outcome is [`Outcome::Done`] or
//! [`Outcome::Skipped`] has nothing more to do in it, however often it is asked. One that [`Outcome::Failed`] may still be done when its
//! message is sent again.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// How long after it was asked a tenant's outcome may be missing: the queue's tries and their pauses fit in.
pub const LATE_AFTER: SignedDuration = SignedDuration::from_hours(4);

/// What is done for every tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunKind {
    /// Forecasts are held against a tenant's triggers: every morning.
    Weather,
    /// A tenant's figures are summed up for the benchmarks: every night.
    Benchmarks,
    /// Purchase orders are drafted: every Monday morning.
    WeeklyOrders,
}

/// When a kind of work is done, on the clock of each tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalHour {
    /// On which day; none: on every day.
    pub weekday: Option<Weekday>,
    /// In which hour, 0 to 23.
    pub hour: i8,
}

impl RunKind {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Weather, Self::Benchmarks, Self::WeeklyOrders];

    /// The name used in keys and logs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Weather => "weather",
            Self::Benchmarks => "benchmarks",
            Self::WeeklyOrders => "weekly_orders",
        }
    }

    /// When it is done where the tenant is; `None`: for all at once, at a time of UTC.
    #[must_use]
    pub fn local_hour(self) -> Option<LocalHour> {
        match self {
            Self::Weather => Some(LocalHour { weekday: None, hour: 6 }),
            Self::Benchmarks => None,
            Self::WeeklyOrders => Some(LocalHour { weekday: Some(Weekday::Monday), hour: 8 }),
        }
    }

    /// The run that a day belongs to: a day's own, or its week's.
    #[must_use]
    pub fn of_day(self, day: Date) -> Run {
        let period = match self {
            Self::Weather | Self::Benchmarks => day.to_string(),
            Self::WeeklyOrders => {
                let week = day.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
        };
        Run { kind: self, period }
    }

    /// The run that a tenant in `zone` is due for in the hour that begins at `hour` (UTC); `None`: in none.
    ///
    /// An hour of UTC begins once in each hour of any zone, so that a tenant is due once, wherever it is. On a day that has the hour
    /// twice it is due twice for the same run.
    #[must_use]
    pub fn due(self, hour: Timestamp, zone: &TimeZone) -> Option<Run> {
        let Some(wanted) = self.local_hour() else { return Some(self.of_day(hour.to_zoned(TimeZone::UTC).date())) };
        let local = hour.to_zoned(zone.clone());
        let fits = local.hour() == wanted.hour && wanted.weekday.is_none_or(|weekday| weekday == local.weekday());
        fits.then(|| self.of_day(local.date()))
    }
}

/// One period's work of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Run {
    /// What is done.
    pub kind: RunKind,
    /// Of which period: `2026-11-30` or `2026-W49`.
    pub period: String,
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.as_str(), self.period)
    }
}

/// What became of a run for one tenant. A reason is one of few short words (`no_address`): runs are counted by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It was done.
    Done,
    /// There was nothing to do.
    Skipped {
        /// Why.
        reason: String,
    },
    /// It could not be done, and is not tried again by itself.
    Failed {
        /// Why.
        reason: String,
    },
}

impl Outcome {
    /// Nothing to do, for this reason.
    #[must_use]
    pub fn skipped(reason: &str) -> Self {
        Self::Skipped { reason: reason.to_owned() }
    }

    /// Not done, for this reason.
    #[must_use]
    pub fn failed(reason: &str) -> Self {
        Self::Failed { reason: reason.to_owned() }
    }

    /// Whether nothing is to be done any more.
    #[must_use]
    pub fn is_final(&self) -> bool {
        !matches!(self, Self::Failed { .. })
    }
}

/// How far a run is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunReport {
    /// How many tenants were asked.
    pub asked: u64,
    /// When the last of them was.
    pub asked_last: Option<Timestamp>,
    /// For how many it was done.
    pub done: u64,
    /// For how many there was nothing to do, by reason.
    pub skipped: BTreeMap<String, u64>,
    /// For how many it could not be done, by reason.
    pub failed: BTreeMap<String, u64>,
}

impl RunReport {
    /// Counts one tenant's outcome.
    pub fn count(&mut self, outcome: &Outcome) {
        let place = match outcome {
            Outcome::Done => &mut self.done,
            Outcome::Skipped { reason } => self.skipped.entry(reason.clone()).or_default(),
            Outcome::Failed { reason } => self.failed.entry(reason.clone()).or_default(),
        };
        *place = place.saturating_add(1);
    }

    /// For how many tenants it is not known yet what became of it.
    #[must_use]
    pub fn missing(&self) -> u64 {
        let known = self.done.saturating_add(self.skipped.values().sum::<u64>()).saturating_add(self.failed_count());
        self.asked.saturating_sub(known)
    }

    /// For how many tenants it could not be done.
    #[must_use]
    pub fn failed_count(&self) -> u64 {
        self.failed.values().sum()
    }

    /// Whether an operator has to look: something failed, or is missing for longer than the queue's tries take.
    #[must_use]
    pub fn needs_a_look(&self, now: Timestamp) -> bool {
        let is_late = self.asked_last.is_some_and(|last| now.duration_since(last) >= LATE_AFTER);
        self.failed_count() > 0 || (is_late && self.missing() > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const ZONES: [&str; 8] = [
        "Pacific/Kiritimati",
        "Pacific/Chatham",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Europe/Berlin",
        "America/Denver",
        "America/St_Johns",
        "Pacific/Pago_Pago",
    ];

    /// The runs of a kind that fall due hour by hour for `days` days, with the local hour.
    fn due(kind: RunKind, zone: &TimeZone, begin: &str, days: i64) -> Vec<(Run, i8)> {
        let begin: Timestamp = begin.parse().unwrap();
        let hours = (0..24 * days).map(|hour| begin + SignedDuration::from_hours(hour));
        hours.filter_map(|hour| Some((kind.due(hour, zone)?, hour.to_zoned(zone.clone()).hour()))).collect()
    }

    #[test]
    fn every_tenant_is_due_once_a_period_in_its_own_hour() {
        for zone in ZONES {
            let zone = TimeZone::get(zone).unwrap();
            // Over both changes of the clock in the north.
            for (kind, begin, days, runs) in [
                (RunKind::Weather, "2026-10-20T00:00:00Z", 14, 14),
                (RunKind::Weather, "2026-03-01T00:00:00Z", 31, 31),
                (RunKind::WeeklyOrders, "2026-10-20T00:00:00Z", 28, 4),
                (RunKind::WeeklyOrders, "2026-12-22T00:00:00Z", 21, 3),
            ] {
                let due = due(kind, &zone, begin, days);
                let periods: BTreeSet<&str> = due.iter().map(|(run, _)| run.period.as_str()).collect();
                assert_eq!((due.len(), periods.len()), (runs, runs), "{kind:?} {zone:?} {begin} {due:?}");
                let hour = kind.local_hour().map(|local| local.hour);
                assert!(due.iter().all(|(_, local)| Some(*local) == hour), "{zone:?}");
            }
        }
    }

    #[test]
    fn a_run_is_named_by_its_day_or_week() {
        let day = jiff::civil::date(2027, 1, 1);
        let name = |kind: RunKind| kind.of_day(day).to_string();
        assert_eq!(RunKind::ALL.map(name), ["weather/2027-01-01", "benchmarks/2027-01-01", "weekly_orders/2026-W53"]);
        let all_at_once = RunKind::Benchmarks.due("2026-11-30T03:00:00Z".parse().unwrap(), &TimeZone::UTC).unwrap();
        assert_eq!(all_at_once.period, "2026-11-30");
    }

    #[test]
    fn a_run_needs_a_look_where_something_failed_or_is_late() {
        let asked: Timestamp = "2026-11-30T08:05:00Z".parse().unwrap();
        let mut report = RunReport { asked: 4, asked_last: Some(asked), ..RunReport::default() };
        for outcome in [Outcome::Done, Outcome::skipped("no_address"), Outcome::skipped("no_address")] {
            report.count(&outcome);
        }
        assert_eq!((report.missing(), report.skipped.get("no_address")), (1, Some(&2)));
        assert!(!report.needs_a_look(asked + SignedDuration::from_hours(3)));
        assert!(report.needs_a_look(asked + LATE_AFTER));
        report.count(&Outcome::Done);
        assert!(!report.needs_a_look(asked + LATE_AFTER));
        report.asked += 1;
        report.count(&Outcome::failed("provider"));
        assert!(report.needs_a_look(asked) && report.missing() == 0);
    }
}
