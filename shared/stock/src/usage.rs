//! What a visit uses: learned from jobs.
//!
//! The mean over the jobs of a service, drawn toward the shop's default (or zero) as if that had been seen on
//! [`DEFAULT_JOBS`] jobs more, so that one job does not make a habit. A quantity that is far from the others of its kind is
//! counted as the highest that is not: a slip of the pen, or a job of another kind, does not fill the shelf.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// How many jobs the default counts for.
pub const DEFAULT_JOBS: f64 = 3.0;

/// A job that was done, and what it used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobUse {
    /// Its service.
    pub service: String,
    /// Units by item; what is not named was not used.
    pub used: BTreeMap<String, i64>,
}

/// What one visit of a service uses of one item.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Typical {
    /// Units a visit.
    pub mean: f64,
    /// Of the units of one visit, squared.
    pub variance: f64,
    /// From how many jobs it was learned; 0 where it is the default alone.
    pub jobs: u32,
}

/// What visits use: by service, then by item.
pub type Usage = BTreeMap<String, BTreeMap<String, Typical>>;

/// Learns from jobs, the same in any order. `defaults` are units a visit by service and item, where the shop has named them; an
/// item without one is taken to be unused until jobs say otherwise.
#[must_use]
pub fn learn(jobs: &[JobUse], defaults: &BTreeMap<String, BTreeMap<String, f64>>) -> Usage {
    let services: BTreeSet<&String> = jobs.iter().map(|job| &job.service).chain(defaults.keys()).collect();
    let of = |service: &String| {
        let done: Vec<&JobUse> = jobs.iter().filter(|job| job.service == *service).collect();
        let defaults = defaults.get(service);
        let named = defaults.into_iter().flat_map(BTreeMap::keys);
        let items: BTreeSet<&String> = done.iter().flat_map(|job| job.used.keys()).chain(named).collect();
        let typical = |item: &String| {
            let quantities: Vec<i64> = done.iter().map(|job| job.used.get(item).copied().unwrap_or_default()).collect();
            Typical::learn(&quantities, defaults.and_then(|items| items.get(item)).copied().unwrap_or_default())
        };
        items.into_iter().map(|item| (item.clone(), typical(item))).collect()
    };
    services.into_iter().map(|service| (service.clone(), of(service))).collect()
}

impl Typical {
    /// Learns from what each job used, jobs that used none included, and from the default.
    #[must_use]
    pub fn learn(quantities: &[i64], default: f64) -> Self {
        let default = default.max(0.0);
        let used = quantities.iter().filter(|quantity| **quantity > 0).map(|quantity| *quantity as f64);
        let cap = cap(used.chain((default > 0.0).then_some(default)).collect());
        let mut held: Vec<f64> = quantities.iter().map(|quantity| (*quantity as f64).clamp(0.0, cap)).collect();
        held.sort_by(f64::total_cmp);
        let jobs = held.len() as f64;
        let mean = (held.iter().sum::<f64>() + DEFAULT_JOBS * default) / (jobs + DEFAULT_JOBS);
        let spread: f64 = held.iter().map(|quantity| (quantity - mean).powi(2)).sum();
        // The default varies as a Poisson does.
        let spread = spread + DEFAULT_JOBS * (default + (default - mean).powi(2));
        let variance = spread / (jobs + DEFAULT_JOBS - 1.0);
        Self { mean, variance, jobs: u32::try_from(quantities.len()).unwrap_or(u32::MAX) }
    }
}

/// The highest of some quantities above zero that is not far from the others: five standard deviations (by the median deviation)
/// above the median, and at least four times the median. One alone is not far from anything.
pub(crate) fn cap(mut quantities: Vec<f64>) -> f64 {
    if quantities.len() < 2 {
        return f64::INFINITY;
    }
    let middle = lower_median(&mut quantities);
    let mut away: Vec<f64> = quantities.iter().map(|quantity| (quantity - middle).abs()).collect();
    (middle + 5.0 * 1.4826 * lower_median(&mut away)).max(4.0 * middle)
}

fn lower_median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len().saturating_sub(1) / 2).copied().unwrap_or_default()
}
