//! What one business puts in, and whether it may.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Metric;

/// A business's own value of a metric over the last twelve months, and how many observations it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observed {
    /// In the metric's unit.
    pub value: i64,
    /// Quotes, conversations, appointments, reviews, customers or jobs.
    pub observations: u32,
}

/// What one business puts in: at most one clipped value a metric. Each counts once, however large the business is: no one
/// outweighs another, and of the twenty that a cohort has at least, each has a twentieth.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contribution {
    values: BTreeMap<Metric, i64>,
}

impl Contribution {
    /// Clipped, without the metrics that too few observations speak for.
    #[must_use]
    pub fn of(observed: &BTreeMap<Metric, Observed>) -> Self {
        let enough = |(metric, seen): &(&Metric, &Observed)| seen.observations >= metric.min_observations();
        Self {
            values: observed.iter().filter(enough).map(|(metric, seen)| (*metric, metric.clip(seen.value))).collect(),
        }
    }

    /// Its values, in the order of the metrics.
    pub fn values(&self) -> impl Iterator<Item = (Metric, i64)> {
        self.values.iter().map(|(metric, value)| (*metric, *value))
    }

    /// Whether it has no value at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

/// What decides whether a business counts. It makes an invented business cost what a real one costs; it cannot tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TenantFacts {
    /// Whether it lets its figures be used (`tenant.benchmarks`).
    pub opted_in: bool,
    /// Whether it is there for tests or shows.
    pub test: bool,
    /// Whether it pays for a plan and is not behind with it.
    pub paying: bool,
    /// Days since it was opened.
    pub age_days: u32,
    /// Days since its industry or region last changed, where they ever did.
    pub moved_days: Option<u32>,
    /// Days of the last 90 on which customers wrote to it.
    pub active_days: u32,
    /// Different customers with a proven address in the last 90 days.
    pub customers: u32,
}

/// Why a business does not count; the first that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ineligible {
    /// It does not want to.
    OptedOut,
    /// It is there for tests or shows.
    Test,
    /// It has no paid plan.
    NotPaying,
    /// It was opened less than [`MIN_AGE_DAYS`] ago.
    TooNew,
    /// It changed industry or region less than [`MIN_SETTLED_DAYS`] ago.
    MovedLately,
    /// Customers wrote on fewer than [`MIN_ACTIVE_DAYS`] days, or fewer than [`MIN_CUSTOMERS`] did.
    TooQuiet,
}

/// Days that a business must have been there.
pub const MIN_AGE_DAYS: u32 = 90;
/// Days that it must have been in its industry and region after a move: a half-year, so that no period's figures have it twice.
pub const MIN_SETTLED_DAYS: u32 = 184;
/// Days of the last 90 on which customers wrote.
pub const MIN_ACTIVE_DAYS: u32 = 20;
/// Different customers in the last 90 days.
pub const MIN_CUSTOMERS: u32 = 20;

/// Whether a business counts in the next run.
///
/// # Errors
/// Why it does not.
pub fn eligible(facts: &TenantFacts) -> Result<(), Ineligible> {
    if !facts.opted_in {
        Err(Ineligible::OptedOut)
    } else if facts.test {
        Err(Ineligible::Test)
    } else if !facts.paying {
        Err(Ineligible::NotPaying)
    } else if facts.age_days < MIN_AGE_DAYS {
        Err(Ineligible::TooNew)
    } else if facts.moved_days.is_some_and(|days| days < MIN_SETTLED_DAYS) {
        Err(Ineligible::MovedLately)
    } else if facts.active_days < MIN_ACTIVE_DAYS || facts.customers < MIN_CUSTOMERS {
        Err(Ineligible::TooQuiet)
    } else {
        Ok(())
    }
}
