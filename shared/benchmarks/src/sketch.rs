//! One metric's values of many businesses, small, and mergeable in any order.
//!
//! Up to [`EXACT_UP_TO`] values are kept as they are; more are counted in eight equal parts of each cell of the metric's public
//! grid. So a sketch depends on the values alone, not on the order they came in or how they were split: merging is exactly
//! associative and commutative. A quantile is exact in the first case, and within half a part ([`Sketch::error_at`]) in the
//! second; the counts in the cells, from which figures are published, are exact in both.
//!
//! The values are clipped to public bounds, so buckets are known beforehand. KLL is random and a t-digest depends on the order
//! of merging, so neither gives the same answer twice; `DDSketch` is these buckets with logarithmic widths, which says nothing
//! near zero, where rates are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Metric,
    grid::{self, CELLS},
};

/// So many values are kept as they are.
pub const EXACT_UP_TO: usize = 256;
/// The form that is written today.
const VERSION: u8 = 1;
/// Parts of a grid.
const ALL_PARTS: u16 = 96;

/// The values of one metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Sketch {
    metric: Metric,
    values: Values,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Values {
    /// In ascending order.
    Exact(Vec<i64>),
    /// How many are in a part of the grid; those that have any.
    Parts(BTreeMap<u16, u64>),
}

/// Sketches of different metrics cannot be merged.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("sketches of different metrics")]
pub struct OtherMetric;

/// Why stored bytes are no sketch.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damaged {
    /// A newer version wrote it.
    #[error("version {0} of a sketch is not known here")]
    Version(u8),
    /// Neither values nor parts, both, too many, or outside the metric's grid.
    #[error("not what a sketch can hold")]
    Content,
}

impl Sketch {
    /// Of no values.
    #[must_use]
    pub const fn new(metric: Metric) -> Self {
        Self { metric, values: Values::Exact(Vec::new()) }
    }

    /// Of what.
    #[must_use]
    pub const fn metric(&self) -> Metric {
        self.metric
    }

    /// Adds a value, clipped to the metric's bounds.
    pub fn add(&mut self, value: i64) {
        let value = self.metric.clip(value);
        match &mut self.values {
            Values::Exact(values) => values.insert(values.partition_point(|other| *other <= value), value),
            Values::Parts(parts) => *parts.entry(grid::part(self.metric, value)).or_default() += 1,
        }
        self.settle();
    }

    /// Adds the values of another.
    ///
    /// # Errors
    /// [`OtherMetric`]; nothing is added then.
    pub fn merge(&mut self, other: &Self) -> Result<(), OtherMetric> {
        if self.metric != other.metric {
            return Err(OtherMetric);
        }
        match (&mut self.values, &other.values) {
            (Values::Exact(values), Values::Exact(more)) => {
                values.extend(more);
                values.sort_unstable();
            }
            (mine, theirs) => {
                let mut parts = in_parts(self.metric, mine);
                for (part, count) in in_parts(self.metric, theirs) {
                    let sum = parts.entry(part).or_default();
                    *sum = sum.saturating_add(count);
                }
                *mine = Values::Parts(parts);
            }
        }
        self.settle();
        Ok(())
    }

    /// How many values it has.
    #[must_use]
    pub fn count(&self) -> u64 {
        match &self.values {
            Values::Exact(values) => values.len() as u64,
            Values::Parts(parts) => parts.values().fold(0, |sum, count| sum.saturating_add(*count)),
        }
    }

    /// The smallest value that at least `percent` (1 to 100) of all are not above; none without values. For operators and tests:
    /// nothing that is published is computed from it.
    #[must_use]
    pub fn quantile(&self, percent: u8) -> Option<i64> {
        let rank = self.count().saturating_mul(u64::from(percent.clamp(1, 100))).div_ceil(100);
        match &self.values {
            Values::Exact(values) => values.get(usize::try_from(rank.checked_sub(1)?).ok()?).copied(),
            Values::Parts(parts) => {
                let mut below = 0_u64;
                let found = parts.iter().find(|(_, count)| {
                    below = below.saturating_add(**count);
                    below >= rank
                });
                found.map(|(part, _)| grid::middle(self.metric, *part))
            }
        }
    }

    /// How far a quantile that came out as `value` may be from the exact one: nothing while values are kept, else half a part
    /// of the cell that the value is in, and one for rounding.
    #[must_use]
    pub fn error_at(&self, value: i64) -> i64 {
        let width = grid::spans(self.metric).nth(grid::cell(self.metric, value)).map_or(0, |cell| cell.high - cell.low);
        if matches!(self.values, Values::Exact(_)) { 0 } else { width / 16 + 1 }
    }

    /// How many values are in each cell of the public grid, exactly.
    pub(crate) fn cells(&self) -> [i64; CELLS] {
        let mut cells = [0_i64; CELLS];
        for (part, count) in in_parts(self.metric, &self.values) {
            if let Some(cell) = cells.get_mut(usize::from(part / 8)) {
                *cell = cell.saturating_add(i64::try_from(count).unwrap_or(i64::MAX));
            }
        }
        cells
    }

    fn settle(&mut self) {
        if let Values::Exact(values) = &self.values
            && values.len() > EXACT_UP_TO
        {
            self.values = Values::Parts(in_parts(self.metric, &self.values));
        }
    }
}

fn in_parts(metric: Metric, values: &Values) -> BTreeMap<u16, u64> {
    match values {
        Values::Parts(parts) => parts.clone(),
        Values::Exact(values) => {
            let mut parts = BTreeMap::new();
            for value in values {
                *parts.entry(grid::part(metric, *value)).or_default() += 1;
            }
            parts
        }
    }
}

/// How a sketch is stored.
#[derive(Serialize, Deserialize)]
struct Written {
    v: u8,
    metric: Metric,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    exact: Option<Vec<i64>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parts: Option<Vec<(u16, u64)>>,
}

impl From<Sketch> for Written {
    fn from(sketch: Sketch) -> Self {
        let (exact, parts) = match sketch.values {
            Values::Exact(values) => (Some(values), None),
            Values::Parts(parts) => (None, Some(parts.into_iter().collect())),
        };
        Self { v: VERSION, metric: sketch.metric, exact, parts }
    }
}

impl TryFrom<Written> for Sketch {
    type Error = Damaged;

    fn try_from(written: Written) -> Result<Self, Damaged> {
        let metric = written.metric;
        if written.v != VERSION {
            return Err(Damaged::Version(written.v));
        }
        let values = match (written.exact, written.parts) {
            (Some(mut values), None) if values.len() <= EXACT_UP_TO => {
                values.sort_unstable();
                let inside = values.iter().all(|value| metric.clip(*value) == *value);
                inside.then_some(Values::Exact(values))
            }
            (None, Some(parts)) => {
                let inside = parts.iter().all(|(part, count)| *part < ALL_PARTS && *count > 0);
                let written = parts.len();
                let parts: BTreeMap<u16, u64> = parts.into_iter().collect();
                (inside && parts.len() == written).then_some(Values::Parts(parts))
            }
            _ => None,
        };
        let sketch = Self { metric, values: values.ok_or(Damaged::Content)? };
        let small = sketch.count() <= EXACT_UP_TO as u64;
        if small == matches!(sketch.values, Values::Exact(_)) { Ok(sketch) } else { Err(Damaged::Content) }
    }
}
