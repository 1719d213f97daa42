//! The nightly review: which version fails too often, and what became of looking into it.
//!
//! Of a live version is counted what staff made of its texts on the last seven whole days of UTC. Where more than ten were edited or turned
//! down, and these are more than 30 of a hundred of which anything became, it is looked into. A review is about figures of all businesses
//! together: a kind of change is shown where at least three businesses made it, so that it tells of none of them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

use super::{PromptFeedback, PromptState, PromptTask, PromptTraffic, PromptVersion, TextChange};
use crate::TenantId;

/// So many days are looked at.
const DAYS: i64 = 7;
/// So many failures are no reason yet.
const FEW: u64 = 10;
/// Nor is this share of what became of texts, in percent.
const BEARABLE_PERCENT: u64 = 30;
/// So many businesses made a change that is shown.
const FEWEST_TENANTS: usize = 3;
/// So many days a proposal waits before another one is made.
const OPEN_DAYS: i64 = 28;

/// A review that is to be looked into: the body of a message on the queue `PromptReviews`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueReview {
    /// What the model is asked.
    pub task: PromptTask,
    /// In which night it was found.
    pub night: Date,
}

/// What staff made of a version's texts, all businesses together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReviewFigures {
    /// In how many businesses.
    pub tenants: u64,
    /// Sent as they were.
    pub accepted: u64,
    /// Sent in other words.
    pub edited: u64,
    /// Dismissed.
    pub rejected: u64,
    /// Replaced by another one that was asked for.
    pub regenerated: u64,
    /// How many of a hundred characters were changed in those that were edited, on average.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean_distance_percent: Option<u64>,
    /// How often which kind of change was made, where at least three businesses made it.
    pub changes: BTreeMap<String, u64>,
}

/// What became of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// It is being looked into.
    Asked,
    /// A version is proposed: a draft, which no conversation gets.
    Proposed,
    /// No model is configured.
    NoModel,
    /// No model could be had, or what it proposed cannot be used.
    Failed,
}

/// A review of a task in a night.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromptReview {
    /// What the model is asked.
    pub task: PromptTask,
    /// In which night: the day of UTC on which it ran. The seven days before it are looked at.
    pub night: Date,
    /// The version that fails too often, which was live.
    pub of: PromptVersion,
    /// How often, and how.
    #[serde(default)]
    pub figures: ReviewFigures,
    /// What became of it.
    pub state: ReviewState,
    /// The version that is proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<PromptVersion>,
    /// Why none is, where a model was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When those who run the platform were told (UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_at: Option<Timestamp>,
}

/// The first and the last of the days that a review in `night` looks at.
#[must_use]
pub fn reviewed_days(night: Date) -> (Date, Date) {
    (night.saturating_sub(DAYS.days()), night.saturating_sub(1.day()))
}

impl ReviewFigures {
    /// What was counted in each business, summed up.
    #[must_use]
    pub fn of(by_tenant: &BTreeMap<TenantId, PromptFeedback>) -> Self {
        let mut sum = PromptFeedback::default();
        by_tenant.values().for_each(|feedback| sum.add(feedback));
        let is_shown = |change: TextChange| {
            by_tenant.values().filter(|feedback| feedback.of(change) > 0).count() >= FEWEST_TENANTS
        };
        let shown = TextChange::ALL.iter().filter(|change| is_shown(**change));
        let PromptFeedback { accepted, edited, rejected, regenerated, distance_percent, .. } = sum;
        Self {
            tenants: u64::try_from(by_tenant.len()).unwrap_or(u64::MAX),
            accepted,
            edited,
            rejected,
            regenerated,
            mean_distance_percent: distance_percent.saturating_add(edited / 2).checked_div(edited),
            changes: shown.map(|change| (change.as_str().to_owned(), sum.of(*change))).collect(),
        }
    }

    /// How many were edited or turned down.
    #[must_use]
    pub const fn failures(&self) -> u64 {
        self.edited.saturating_add(self.rejected).saturating_add(self.regenerated)
    }

    /// How many there were of which anything became.
    #[must_use]
    pub const fn settled(&self) -> u64 {
        self.accepted.saturating_add(self.failures())
    }

    /// The share of failures, in whole percent.
    #[must_use]
    pub fn failed_percent(&self) -> u64 {
        self.failures().saturating_mul(100).checked_div(self.settled()).unwrap_or_default()
    }

    /// Whether it is to be looked into.
    #[must_use]
    pub const fn is_too_much(&self) -> bool {
        let failures = self.failures();
        failures > FEW && failures.saturating_mul(100) > self.settled().saturating_mul(BEARABLE_PERCENT)
    }

    /// What they say, a line each: numbers and our own words.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let Self { tenants, accepted, edited, rejected, regenerated, .. } = self;
        let mut lines = vec![
            format!("businesses: {tenants}"),
            format!("sent as they were: {accepted}"),
            format!("sent in other words: {edited}"),
            format!("dismissed: {rejected}"),
            format!("replaced by another one that was asked for: {regenerated}"),
        ];
        let mean = self.mean_distance_percent;
        lines.extend(mean.map(|mean| format!("characters changed in those sent in other words, on average: {mean} %")));
        let changes = TextChange::ALL.iter().filter_map(|change| Some((change, self.changes.get(change.as_str())?)));
        lines.extend(changes.map(|(change, count)| format!("{}: {count} times", change.words())));
        lines
    }
}

impl PromptReview {
    /// Of the live version, to be looked into.
    #[must_use]
    pub fn begin(traffic: &PromptTraffic, night: Date, figures: ReviewFigures) -> Self {
        let (task, of) = (traffic.task, traffic.live.clone());
        Self { task, night, of, figures, state: ReviewState::Asked, proposed: None, reason: None, told_at: None }
    }

    /// The version that it may propose: the same one however often it is looked into.
    #[must_use]
    pub fn next_version(&self) -> PromptVersion {
        self.of.next_of_review(self.night)
    }

    /// Whether the live version is not to be looked into in `night` because of this earlier review: the days overlap, or what it proposed
    /// still waits or is tried.
    #[must_use]
    pub fn stands_against(&self, traffic: &PromptTraffic, night: Date) -> bool {
        if self.task != traffic.task || self.of != traffic.live {
            return false;
        }
        let is_within = |days: i64| self.night.saturating_add(days.days()) > night;
        let is_open = |version: &PromptVersion| traffic.state_of(version).0 != PromptState::Retired;
        is_within(DAYS) || (is_within(OPEN_DAYS) && self.proposed.as_ref().is_some_and(is_open))
    }
}

#[cfg(test)]
mod tests;
