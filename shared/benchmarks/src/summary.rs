//! The sketches of one cohort: what workers make in parallel and merge.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Cohort, Contribution, Metric, Sketch};

/// The contributions of a cohort, as one sketch a metric. Whoever fills it sees to it that each business is added once a period,
/// and that it is stored encrypted: a small one holds values of businesses, without names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    cohort: Cohort,
    sketches: BTreeMap<Metric, Sketch>,
}

/// Summaries of different cohorts are not merged.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("summaries of different cohorts")]
pub struct OtherCohort;

impl Summary {
    /// Of no one yet.
    #[must_use]
    pub const fn new(cohort: Cohort) -> Self {
        Self { cohort, sketches: BTreeMap::new() }
    }

    /// Of whom.
    #[must_use]
    pub const fn cohort(&self) -> &Cohort {
        &self.cohort
    }

    /// Adds what one business puts in.
    pub fn add(&mut self, contribution: &Contribution) {
        for (metric, value) in contribution.values() {
            self.sketches.entry(metric).or_insert_with(|| Sketch::new(metric)).add(value);
        }
    }

    /// Adds what another part of the same cohort has.
    ///
    /// # Errors
    /// [`OtherCohort`]; nothing is added then.
    pub fn merge(&mut self, other: &Self) -> Result<(), OtherCohort> {
        if self.cohort != other.cohort {
            return Err(OtherCohort);
        }
        self.add_all(other);
        Ok(())
    }

    /// Its sketch of a metric, where anyone put a value in.
    #[must_use]
    pub fn sketch(&self, metric: Metric) -> Option<&Sketch> {
        self.sketches.get(&metric)
    }

    /// Adds a smaller cohort's contributions, metric by metric.
    pub(crate) fn add_all(&mut self, other: &Self) {
        for (metric, sketch) in &other.sketches {
            let mine = self.sketches.entry(*metric).or_insert_with(|| Sketch::new(*metric));
            // Both are of this metric: `add` alone and this write the map.
            let _ = mine.merge(sketch);
        }
    }
}
