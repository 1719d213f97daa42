//! Which version was used, and what one question with it took.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PromptVersion;

/// Which version was used, in which test. Counts of different tests are not compared with each other.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct PromptUse {
    /// The version.
    pub version: PromptVersion,
    /// How often the traffic had changed when it was assigned; 0 where no registry said which version is live.
    #[serde(default)]
    #[schema(example = 3)]
    pub test: u32,
}

/// One question to a model, and what it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptTrial {
    /// With which version.
    pub used: PromptUse,
    /// The checks took the text out.
    pub refused: bool,
    /// It was answered before, with this version: no model was asked.
    pub kept: bool,
    /// How long it took, all tries together, in milliseconds.
    pub latency_ms: u64,
    /// What it cost, all tries together, in millionths of a dollar; 0 for models whose price is not known.
    pub cost_microdollars: u64,
}

/// The version that a conversation was last answered with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ThreadPrompt {
    /// Which.
    pub version: PromptVersion,
    /// In which test.
    #[serde(default)]
    #[schema(example = 3)]
    pub test: u32,
    /// Whether it was counted that a time was asked for or booked since.
    #[serde(default)]
    pub converted: bool,
}

impl ThreadPrompt {
    /// A conversation that is answered with it for the first time.
    #[must_use]
    pub fn begun(used: &PromptUse) -> Self {
        Self { version: used.version.clone(), test: used.test, converted: false }
    }

    /// Which version, in which test.
    #[must_use]
    pub fn used(&self) -> PromptUse {
        PromptUse { version: self.version.clone(), test: self.test }
    }
}
