//! A business beside others of its trade: its own figures of the last twelve months, whom it is compared with, and what is shown.
//!
//! What goes in is what the product has stored: days of insights, visits, technicians. A figure that nothing stands behind is absent,
//! and says why. What leaves the business, and what is published of many, is decided by the crate `benchmarks`; `docs/insights.md` says
//! what each figure means.

mod measure;
mod place;
mod report;
mod step;
#[cfg(test)]
mod tests;

use ::benchmarks::{Cohort, Contribution, Ineligible, Metric, Observed, TenantFacts, eligible};
use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::{Counter, Counts, Range};
use crate::ContactId;
use crate::messaging::Source;
use crate::tenancy::{Location, Tenant};

pub use place::cohort_of;
pub use report::{BenchmarkLine, BenchmarkReport, ComparedWith, Level, NoComparison, State};
pub use step::{AggregateStep, SHARDS, shard_of};

/// So many days a figure looks back: whole years, because trades have seasons.
const YEAR: i64 = 365;
/// So many days before, the same figure was another one: the trend is between the two.
const TREND: i64 = 90;
/// On so many of the last days customers wrote, and so many wrote: what [`eligible`] asks.
const LATELY: i64 = 90;

/// A visit that took place, or that the customer missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Visit {
    /// With whom.
    pub contact: ContactId,
    /// On which day, in the tenant's zone.
    pub day: Date,
    /// Whether the customer was not there.
    pub missed: bool,
}

/// What was read of a business.
#[derive(Debug)]
pub struct Facts<'f> {
    /// The business.
    pub tenant: &'f Tenant,
    /// Its places.
    pub locations: &'f [Location],
    /// What was counted on the days of [`days_read`].
    pub days: &'f BTreeMap<Date, Counts>,
    /// Its visits since [`visits_since`], in any order.
    pub visits: &'f [Visit],
    /// How many people do the work.
    pub technicians: u32,
    /// The day of the run: figures end with the day before.
    pub today: Date,
}

/// The days of insights that figures of `today` need.
///
/// # Errors
/// [`crate::Failure::Rejected`] at the end of the calendar.
pub fn days_read(today: Date) -> Result<Vec<Range>, crate::Failure> {
    // A range is a year at most.
    let (end, middle) = (back(today, 1), back(today, YEAR));
    Ok(vec![Range::new(back(today, YEAR + TREND), back(middle, 1))?, Range::new(middle, end)?])
}

/// The first day whose visits figures of `today` need.
#[must_use]
pub fn visits_since(today: Date) -> Date {
    back(today, 2 * YEAR + TREND)
}

fn back(day: Date, days: i64) -> Date {
    let days: Span = days.days();
    day.saturating_sub(days)
}

/// Why a business has no figure of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BenchmarkAbsent)]
pub enum Absent {
    /// Nothing of the kind happened or was reported to us: quotes, reviews and payments come from other systems.
    NothingKnown,
    /// Less than it takes to say more than chance.
    TooFew,
    /// What is known goes back less than it takes.
    TooShort,
    /// No one who can be booked does the work.
    NoTechnicians,
    /// It reckons in another currency than its country.
    OtherCurrency,
}

/// Why a business's figures are not among those that are summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BenchmarkLeftOut)]
pub enum LeftOut {
    /// It does not want to.
    OptedOut,
    /// It has not been here for long.
    TooNew,
    /// It has changed its trade or region lately.
    MovedLately,
    /// Few customers wrote to it lately.
    TooQuiet,
    /// Its trade has no name that can be compared.
    NoTrade,
    /// It has no figure that enough stands behind.
    NoFigures,
    /// It is not served, or there for tests.
    NotServed,
}

impl LeftOut {
    /// The reason as runs are counted by it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OptedOut => "opted_out",
            Self::TooNew => "too_new",
            Self::MovedLately => "moved_lately",
            Self::TooQuiet => "too_quiet",
            Self::NoTrade => "no_trade",
            Self::NoFigures => "no_figures",
            Self::NotServed => "not_served",
        }
    }
}

impl From<Ineligible> for LeftOut {
    fn from(why: Ineligible) -> Self {
        match why {
            Ineligible::OptedOut => Self::OptedOut,
            Ineligible::Test | Ineligible::NotPaying => Self::NotServed,
            Ineligible::TooNew => Self::TooNew,
            Ineligible::MovedLately => Self::MovedLately,
            Ineligible::TooQuiet => Self::TooQuiet,
        }
    }
}

/// A business's own figure of one metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnFigure {
    /// Of what.
    pub metric: Metric,
    /// In the metric's unit; none: [`OwnFigure::absent`] says why.
    #[serde(default)]
    pub value: Option<i64>,
    /// How many quotes, waits, visits, reviews, customers or payments it rests on.
    pub observations: u32,
    /// The same figure of the twelve months that ended 90 days earlier.
    #[serde(default)]
    pub previous: Option<i64>,
    /// Why there is none.
    #[serde(default)]
    pub absent: Option<Absent>,
}

/// A business's own figures of a night. What was out of bounds or rests on little is as it is: clipping comes with the contribution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnFigures {
    /// The day of the run.
    pub day: Date,
    /// Whom it is compared with first; none: its trade has no name.
    #[serde(default)]
    pub cohort: Option<Cohort>,
    /// The last one that was known: kept while its trade has no name.
    #[serde(default)]
    pub last_cohort: Option<Cohort>,
    /// Since when it is there, where it was elsewhere before.
    #[serde(default)]
    pub moved_on: Option<Date>,
    /// Why it does not go into the figures of all; none: it does.
    #[serde(default)]
    pub left_out: Option<LeftOut>,
    /// Its figures; of who does not take part none are kept.
    #[serde(default)]
    pub figures: Vec<OwnFigure>,
}

impl OwnFigures {
    /// Those of a business, after `before`, the ones of an earlier night. The same facts give the same figures.
    #[must_use]
    pub fn of(facts: &Facts<'_>, before: Option<&Self>) -> Self {
        let cohort = cohort_of(facts.tenant, facts.locations);
        let known = before.and_then(|before| before.cohort.as_ref().or(before.last_cohort.as_ref()));
        // A trade without a name in between is no way around: what it was before still counts.
        let moved_on = match (known, &cohort) {
            (Some(known), Some(cohort)) if known != cohort => Some(facts.today),
            _ => before.and_then(|before| before.moved_on),
        };
        let last_cohort = cohort.as_ref().or(known).cloned();
        let mut own = Self { day: facts.today, cohort, last_cohort, moved_on, left_out: None, figures: Vec::new() };
        if facts.tenant.benchmarks {
            own.figures = measure::all(facts);
        }
        let eligible = eligible(&tenant_facts(facts, moved_on)).map_err(LeftOut::from);
        own.left_out = match (eligible, &own.cohort) {
            (Err(why), _) => Some(why),
            (Ok(()), None) => Some(LeftOut::NoTrade),
            (Ok(()), Some(_)) if own.clipped().is_empty() => Some(LeftOut::NoFigures),
            (Ok(()), Some(_)) => None,
        };
        own
    }

    /// What it puts in, and into which cohort; `None`: nothing.
    #[must_use]
    pub fn contribution(&self) -> Option<(&Cohort, Contribution)> {
        let cohort = self.cohort.as_ref().filter(|_| self.left_out.is_none())?;
        Some((cohort, self.clipped()))
    }

    fn clipped(&self) -> Contribution {
        let observed = self.figures.iter().filter_map(|own| {
            let observed = Observed { value: own.value?, observations: own.observations };
            Some((own.metric, observed))
        });
        Contribution::of(&observed.collect())
    }
}

/// What decides whether it counts. That it is served is looked at before; its age is that of the first day that was counted.
fn tenant_facts(facts: &Facts<'_>, moved_on: Option<Date>) -> TenantFacts {
    let lately: Vec<&Counts> = facts.days.range(back(facts.today, LATELY)..facts.today).map(|(_, day)| day).collect();
    let wrote =
        |counts: &&&Counts| Counter::channels().into_iter().any(|channel| counts.get(Counter::MessagesIn(channel)) > 0);
    // What staff or another system entered shows no customer.
    let came = |counts: &&Counts| {
        let sources = Counter::sources().into_iter().filter(|source| *source != Source::Entered);
        sources.map(|source| counts.get(Counter::Reached(super::Step::Leads, source))).sum::<u64>()
    };
    TenantFacts {
        opted_in: facts.tenant.benchmarks,
        test: false,
        paying: true,
        age_days: measure::first_day(facts.days).map_or(0, |first| days_between(first, facts.today)),
        moved_days: moved_on.map(|moved| days_between(moved, facts.today)),
        active_days: small(lately.iter().filter(wrote).count()),
        customers: u32::try_from(lately.iter().map(came).sum::<u64>()).unwrap_or(u32::MAX),
    }
}

/// How many days lie between two; 0 where the second is the earlier one.
fn days_between(from: Date, to: Date) -> u32 {
    from.until(to).ok().and_then(|span| u32::try_from(span.get_days()).ok()).unwrap_or(0)
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
