//! A version in a list.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{PromptState, PromptTraffic, PromptVersion, StoredPrompt};

/// A version without its texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ListedPrompt {
    /// Which.
    pub version: PromptVersion,
    /// What becomes of it.
    pub state: PromptState,
    /// How many of a hundred conversations get it.
    #[schema(maximum = 100, example = 80)]
    pub percent: u8,
    /// What is different from the version before.
    pub changelog: String,
    /// Why it is proposed, where a review proposed it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// When it was stored (UTC).
    pub created_at: Timestamp,
}

impl ListedPrompt {
    /// `stored` in `traffic`.
    #[must_use]
    pub fn of(stored: &StoredPrompt, traffic: &PromptTraffic) -> Self {
        let (state, percent) = traffic.state_of(&stored.content.version);
        let (version, changelog) = (stored.content.version.clone(), stored.content.changelog.clone());
        Self { version, state, percent, changelog, reasons: stored.reasons.clone(), created_at: stored.created_at }
    }
}
