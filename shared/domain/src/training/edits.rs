//! What staff change in suggestions before they send them, as counts of a week: nothing that anyone wrote is kept.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::extract::{Found, numbered, of_shifts};
use super::shifts::Shift;
use crate::tenancy::StyleRule;

/// So many edited suggestions say something.
pub const MIN_EDITS: u64 = 10;
/// Four weeks, and the one that runs.
pub const EDITS_KEPT_FOR: SignedDuration = SignedDuration::from_hours(5 * 7 * 24);

/// What was changed in suggestions within four weeks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StyleEdits {
    /// How many suggestions were sent in other words.
    #[schema(example = 14)]
    pub edits: u64,
    /// In how many of them what was changed: `greeting_hey`, `shorter`, `emoji_added`.
    pub shifts: BTreeMap<String, u64>,
}

impl StyleEdits {
    /// Adds those of another week.
    pub fn add(&mut self, other: &Self) {
        self.edits = self.edits.saturating_add(other.edits);
        for (name, times) in &other.shifts {
            let sum = self.shifts.entry(name.clone()).or_default();
            *sum = sum.saturating_add(*times);
        }
    }

    /// The rules that they come to, for the owner to read; none where there are too few of them.
    #[must_use]
    pub fn proposed(&self) -> Vec<StyleRule> {
        if self.edits < MIN_EDITS {
            return Vec::new();
        }
        let times = |times: u64| usize::try_from(times).unwrap_or(usize::MAX);
        let known = self.shifts.iter().filter_map(|(name, count)| {
            Some((Shift::named(name)?, Found { times: times(*count), examples: Vec::new() }))
        });
        numbered(of_shifts(times(self.edits), &known.collect()))
    }
}

/// The ISO week of a day, as it sorts: `2026-W49`.
#[must_use]
pub fn week_of(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}
