//! What a message carries that nobody waits for.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{RunId, SequenceId, StepId, VariantId};
use crate::messaging::Kind;

/// What makes a message a touch point: one that the business begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Touch {
    /// What it is.
    pub kind: Kind,
    /// When it was due (UTC).
    pub due: Timestamp,
    /// After this moment it says nothing worth saying, and is dropped (UTC).
    pub expires_at: Timestamp,
    /// The step that it came from, where it came from a sequence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepRef>,
    /// The subject line, by e-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The approved template that says the same, by WhatsApp outside its window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Template>,
}

/// A step of a passage through a sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StepRef {
    /// The sequence.
    pub sequence: SequenceId,
    /// The passage.
    pub run: RunId,
    /// The step.
    pub step: StepId,
    /// Which of its texts, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<VariantId>,
}

/// A template that Meta has approved, with what stands in its places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Its name at Meta.
    #[schema(min_length = 1, max_length = 512, pattern = "^[a-z0-9_]+$", example = "quote_reminder")]
    pub name: String,
    /// Its language at Meta.
    #[schema(example = "en_US")]
    pub language: String,
    /// What stands in its places `{{1}}`, `{{2}}` and so on.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub values: Vec<String>,
}
