//! What is counted of suggestions: by the day on which they were asked for, and by the version of the instructions.
//!
//! An outcome counts on the day of its suggestion, whenever it came: of a hundred that were made, never more than a hundred are used.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Outcome, Settled};
use crate::prompts::PromptVersion;

/// What a suggestion counts towards.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DayAndPrompt {
    /// The day, in the tenant's zone as it was then.
    pub day: Date,
    /// What was asked of the model.
    pub task: String,
    /// The version of the instructions.
    pub prompt: PromptVersion,
}

/// Counts, which add up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Suggestions with a text.
    pub suggested: u64,
    /// Those that were sent as they were.
    pub accepted: u64,
    /// Those that were sent in other words.
    pub edited: u64,
    /// Those that were dismissed.
    pub rejected: u64,
    /// Those that another one was asked for in place of.
    pub regenerated: u64,
    /// How much was changed of those that were edited, in percent, together.
    pub distance_percent: u64,
    /// How long it took until those that were sent were sent, in seconds, together.
    pub seconds: u64,
}

impl Counts {
    /// One that was made.
    pub const SUGGESTED: Self =
        Self { suggested: 1, accepted: 0, edited: 0, rejected: 0, regenerated: 0, distance_percent: 0, seconds: 0 };

    /// One of which something became.
    #[must_use]
    pub fn settled(settled: &Settled) -> Self {
        let one = Self::default();
        let seconds = settled.seconds;
        let distance_percent = settled.distance_percent.map(u64::from).unwrap_or_default();
        match settled.outcome {
            Outcome::Accepted => Self { accepted: 1, seconds, ..one },
            Outcome::Edited => Self { edited: 1, seconds, distance_percent, ..one },
            Outcome::Rejected => Self { rejected: 1, ..one },
            Outcome::Regenerated => Self { regenerated: 1, ..one },
        }
    }

    /// Each count with the name under which it is stored.
    #[must_use]
    pub fn named(&self) -> [(&'static str, u64); 7] {
        [
            ("suggested", self.suggested),
            ("accepted", self.accepted),
            ("edited", self.edited),
            ("rejected", self.rejected),
            ("regenerated", self.regenerated),
            ("distance_percent", self.distance_percent),
            ("seconds", self.seconds),
        ]
    }

    /// Adds `other`.
    pub fn add(&mut self, other: &Self) {
        let pairs = [
            (&mut self.suggested, other.suggested),
            (&mut self.accepted, other.accepted),
            (&mut self.edited, other.edited),
            (&mut self.rejected, other.rejected),
            (&mut self.regenerated, other.regenerated),
            (&mut self.distance_percent, other.distance_percent),
            (&mut self.seconds, other.seconds),
        ];
        for (sum, more) in pairs {
            *sum = sum.saturating_add(more);
        }
    }
}

/// What became of suggestions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = SuggestionFigures)]
pub struct Figures {
    /// Suggestions that were made, with a text.
    #[schema(example = 20)]
    pub suggested: u64,
    /// Of these, how many were sent as they were.
    #[schema(example = 9)]
    pub accepted: u64,
    /// How many were sent in other words.
    #[schema(example = 6)]
    pub edited: u64,
    /// How many were dismissed.
    #[schema(example = 2)]
    pub rejected: u64,
    /// How many another one was asked for in place of.
    #[schema(example = 1)]
    pub regenerated: u64,
    /// How many of a hundred characters were changed in those that were edited, on average; absent where none was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 100, example = 18)]
    pub mean_distance_percent: Option<u64>,
    /// How long it took until one was sent, in seconds, on average; absent where none was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 35)]
    pub mean_seconds: Option<u64>,
}

impl From<&Counts> for Figures {
    fn from(sum: &Counts) -> Self {
        let Counts { suggested, accepted, edited, rejected, regenerated, distance_percent, seconds } = *sum;
        Self {
            suggested,
            accepted,
            edited,
            rejected,
            regenerated,
            mean_distance_percent: mean(distance_percent, edited),
            mean_seconds: mean(seconds, accepted.saturating_add(edited)),
        }
    }
}

/// Rounded; `None` of nothing.
fn mean(sum: u64, count: u64) -> Option<u64> {
    sum.saturating_add(count / 2).checked_div(count)
}

/// What became of the suggestions of one day that were made with one version of the instructions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = SuggestionFiguresOfDay)]
pub struct FiguresOfDay {
    /// The day, in the tenant's zone.
    #[schema(value_type = String, format = Date, example = "2026-11-20")]
    pub day: Date,
    /// What was asked of the model.
    #[schema(example = "suggest")]
    pub task: String,
    /// Which version of the instructions it was given.
    pub prompt: PromptVersion,
    /// What became of them.
    #[serde(flatten)]
    pub figures: Figures,
}

/// What became of the suggestions of a range of days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SuggestionReport {
    /// The first day, in the tenant's zone.
    #[schema(value_type = String, format = Date, example = "2026-11-01")]
    pub from: Date,
    /// The last day.
    #[schema(value_type = String, format = Date, example = "2026-11-30")]
    pub to: Date,
    /// Of the whole range.
    pub totals: Figures,
    /// By day and version of the instructions, in this order; days without any are missing.
    pub days: Vec<FiguresOfDay>,
}

impl SuggestionReport {
    /// Adds up what was counted on the days from `from` to `to`.
    #[must_use]
    pub fn of((from, to): (Date, Date), all: Vec<(DayAndPrompt, Counts)>) -> Self {
        // One version may have been counted in two places: before versions were semantic they were whole numbers.
        let mut counted: BTreeMap<DayAndPrompt, Counts> = BTreeMap::new();
        for (place, sum) in all {
            counted.entry(place).or_default().add(&sum);
        }
        let mut totals = Counts::default();
        counted.values().for_each(|sum| totals.add(sum));
        let of_day = |(DayAndPrompt { day, task, prompt }, sum): (DayAndPrompt, Counts)| FiguresOfDay {
            day,
            task,
            prompt,
            figures: Figures::from(&sum),
        };
        Self { from, to, totals: Figures::from(&totals), days: counted.into_iter().map(of_day).collect() }
    }
}
