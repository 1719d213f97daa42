//! How much two versions differ.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Difference, PromptCounts, PromptTask};

/// How much the version that is tried differs from the live one. Absent where there is too little of one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PromptDifferences {
    /// Of `success`, in percentage points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success: Option<Difference>,
    /// Of `refused`, in percentage points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Difference>,
    /// Of `latency_ms`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latency_ms: Option<Difference>,
    /// Of `cost_microdollars`; only with `usage:read`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_microdollars: Option<Difference>,
}

impl PromptDifferences {
    /// `tried` less `live`.
    #[must_use]
    pub fn of(task: PromptTask, live: &PromptCounts, tried: &PromptCounts) -> Self {
        let success = |counts: &PromptCounts| {
            let (all, good) = counts.successes(task);
            (good, all)
        };
        let refused = |counts: &PromptCounts| (counts.refused, counts.calls);
        let latency = |counts: &PromptCounts| (counts.calls, counts.latency_ms, counts.latency_squares);
        let cost = |counts: &PromptCounts| (counts.calls, counts.cost_microdollars, counts.cost_squares);
        Self {
            success: Difference::of_shares(success(live), success(tried)),
            refused: Difference::of_shares(refused(live), refused(tried)),
            latency_ms: Difference::of_means(latency(live), latency(tried)),
            cost_microdollars: Difference::of_means(cost(live), cost(tried)),
        }
    }
}
