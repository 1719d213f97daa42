//! Whether a version that is tried may become live by itself.
//!
//! It is found better by the test that compares the texts of sequences
//! ([`journeys::variants`](crate::journeys::variants)): the mixture sequential probability ratio test of two counts of successes. Of all
//! successes since the traffic changed, the share that the tried version has is, if both are equally good, its share π of what was
//! counted; with a Beta(κπ, κ(1-π)) mixture of other shares around it the ratio `M` is a martingale that begins at 1, so that it ever
//! reaches `1/α` with a probability of at most α (Ville's inequality). So one may look after every count. α is 5 percent, κ is 40.
//!
//! Found better is not enough. **Safety**: the high end of the interval of the difference between the shares of texts that the checks took
//! out is at most one percentage point. **Cost**: the high end of the interval of the difference between the mean costs is at most five
//! percent of the live version's mean. What is not known well enough counts as worse.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{PromptCounts, PromptDifferences, PromptTask};
use crate::evidence::evidence;

/// The share of promotions that may be false: one in twenty.
const ALPHA: f64 = 0.05;
/// Fewer than this of either version say nothing.
const FLOOR: u64 = 100;
/// How many percentage points more texts may be taken out, at worst.
const REFUSED_TO_SPARE: f64 = 1.0;
/// How much dearer a text may be, at worst, as a share of what the live version's costs.
const COST_TO_SPARE: f64 = 0.05;
/// More evidence than this is not told apart.
const MOST_EVIDENCE: f64 = 1_000_000.0;

/// Why a version does not become live by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VerdictReason {
    /// Fewer than 100 were counted of one of the two.
    TooFew,
    /// It is not found better.
    NotBetter,
    /// It is found worse.
    Worse,
    /// The checks may take out more of its texts.
    MoreRefused,
    /// Its texts may cost more.
    Dearer,
}

/// What the counts say of a version that is tried.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PromptVerdict {
    /// How many times likelier the counts are if the versions differ; at most a million.
    #[schema(example = 3.4)]
    pub evidence: f64,
    /// How much is needed: the reciprocal of the share of false findings.
    #[schema(example = 20.0)]
    pub needed: f64,
    /// Why it does not become live by itself; empty: it may.
    pub against: Vec<VerdictReason>,
}

impl PromptVerdict {
    /// What the counts of one test say.
    #[must_use]
    pub fn of(task: PromptTask, live: &PromptCounts, tried: &PromptCounts) -> Self {
        let (of_live, of_tried) = (live.successes(task), tried.successes(task));
        let ln_ratio = evidence(of_live, of_tried);
        let mut against = Vec::new();
        if of_live.0.min(of_tried.0) < FLOOR {
            against.push(VerdictReason::TooFew);
        }
        let is_higher = success(of_tried) > success(of_live);
        match ln_ratio >= -ALPHA.ln() {
            true if is_higher => {}
            true => against.push(VerdictReason::Worse),
            false => against.push(VerdictReason::NotBetter),
        }
        let differences = PromptDifferences::of(task, live, tried);
        if differences.refused.is_none_or(|refused| refused.high > REFUSED_TO_SPARE) {
            against.push(VerdictReason::MoreRefused);
        }
        let mean_cost = live.cost_microdollars as f64 / live.calls.max(1) as f64;
        if differences.cost_microdollars.is_none_or(|cost| cost.high > COST_TO_SPARE * mean_cost) {
            against.push(VerdictReason::Dearer);
        }
        let evidence = (ln_ratio.exp().min(MOST_EVIDENCE) * 100.0).round() / 100.0;
        Self { evidence, needed: 1.0 / ALPHA, against }
    }

    /// Whether it may become live by itself.
    #[must_use]
    pub fn promotes(&self) -> bool {
        self.against.is_empty()
    }
}

fn success((all, good): (u64, u64)) -> f64 {
    good as f64 / all.max(1) as f64
}
