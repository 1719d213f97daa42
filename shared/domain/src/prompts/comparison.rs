//! Two versions beside each other.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Mean, PromptCounts, PromptDifferences, PromptTask, PromptTraffic, PromptVerdict, PromptVersion, Share};

/// What came of one version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PromptFigures {
    /// Which.
    pub version: PromptVersion,
    /// What the versions are tried for: of the conversations that it answered, those in which a time was asked for or booked; of the
    /// suggestions with its text, those that were sent as they were.
    pub success: Share,
    /// Of the suggestions, those that were sent in other words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited: Option<Share>,
    /// Of the suggestions, those that were dismissed, or that another one was asked for in place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejected: Option<Share>,
    /// Of the texts, those that the checks took out.
    pub refused: Share,
    /// How long a text took, in milliseconds.
    pub latency_ms: Mean,
    /// What a text cost, in millionths of a dollar; only with `usage:read`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_microdollars: Option<Mean>,
}

/// The live version beside the one that is tried, counted since the traffic changed last. All intervals are of 95 percent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PromptComparison {
    /// What the model is asked.
    pub task: PromptTask,
    /// Since which change of the traffic is counted.
    pub test: u32,
    /// The live version.
    pub live: PromptFigures,
    /// The one that is tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub challenger: Option<PromptFigures>,
    /// How much it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub differences: Option<PromptDifferences>,
    /// Whether it may become live by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<PromptVerdict>,
}

impl PromptFigures {
    /// What `counts` say of `version`.
    #[must_use]
    pub fn of(task: PromptTask, version: PromptVersion, counts: &PromptCounts) -> Self {
        let (all, good) = counts.successes(task);
        let of_suggested = |count: u64| (task == PromptTask::Suggest).then(|| Share::new(count, counts.suggested));
        let PromptCounts { calls, refused, .. } = *counts;
        Self {
            version,
            success: Share::new(good, all),
            edited: of_suggested(counts.edited),
            rejected: of_suggested(counts.rejected.saturating_add(counts.regenerated)),
            refused: Share::new(refused, calls),
            latency_ms: Mean::new(calls, counts.latency_ms, counts.latency_squares),
            cost_microdollars: Some(Mean::new(calls, counts.cost_microdollars, counts.cost_squares)),
        }
    }
}

impl PromptComparison {
    /// What was counted of the versions of `traffic` since it changed last; `counts` gives what was counted of one.
    #[must_use]
    pub fn of(traffic: &PromptTraffic, counts: impl Fn(&PromptVersion) -> PromptCounts) -> Self {
        let task = traffic.task;
        let live = counts(&traffic.live);
        let tried = traffic.challenger.as_ref().map(|tried| (tried.version.clone(), counts(&tried.version)));
        Self {
            task,
            test: traffic.test,
            differences: tried.as_ref().map(|(_, tried)| PromptDifferences::of(task, &live, tried)),
            verdict: tried.as_ref().map(|(_, tried)| PromptVerdict::of(task, &live, tried)),
            challenger: tried.map(|(version, tried)| PromptFigures::of(task, version, &tried)),
            live: PromptFigures::of(task, traffic.live.clone(), &live),
        }
    }

    /// Without what texts cost.
    #[must_use]
    pub fn without_costs(mut self) -> Self {
        self.live.cost_microdollars = None;
        if let Some(tried) = &mut self.challenger {
            tried.cost_microdollars = None;
        }
        if let Some(differences) = &mut self.differences {
            differences.cost_microdollars = None;
        }
        self
    }
}
