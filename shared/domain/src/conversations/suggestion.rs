//! A reply that is proposed to staff, what they made of it, and how much of it they kept.
//!
//! It is a text and nothing else: proposing it sends nothing, changes nothing in the thread and decides nothing. What becomes of it is
//! recorded once ([`Settled`]): who sends it a second time, or dismisses what was sent, changes nothing.

mod changes;
mod distance;
mod figures;
pub mod stream;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Author;
use crate::identity::Actor;
use crate::ids::SuggestionId;
use crate::prompts::{PromptCount, PromptCounts, PromptFeedback, PromptTask, PromptUse, PromptVersion, TextChange};
use crate::tenancy::{CostMode, Language};
use crate::{ConversationId, MessageId};

use changes::text_changes;
pub use distance::distance_percent;
pub use figures::{Counts, DayAndPrompt, Figures, FiguresOfDay, SuggestionReport};

/// How long one is kept.
pub const KEPT_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);
/// What is turned down within so many seconds was not read twice.
const AT_ONCE_SECONDS: u64 = 10;
/// What it is called among the things that models are asked.
pub const TASK: &str = "suggest";

/// A reply that is proposed to staff.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Suggestion {
    /// Derived from the request that asked for it.
    pub id: SuggestionId,
    /// The conversation.
    pub conversation: ConversationId,
    /// What it proposes to write; absent where nothing can be proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        max_length = 1600,
        example = "A roof inspection is 149.00 USD and takes an hour. Which day would suit you?"
    )]
    pub text: Option<String>,
    /// The language of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Who wrote the text, a model or the built-in responder, and at what cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Author>,
    /// Why no model wrote it, where none did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without_model: Option<WithoutModel>,
    /// How much was saved on models when it was asked for.
    pub cost_mode: CostMode,
    /// What it was made from.
    pub basis: Basis,
    /// Who asked for it.
    pub asked_by: Actor,
    /// When (UTC).
    pub at: Timestamp,
    /// The day that it counts on, in the tenant's zone.
    #[schema(value_type = String, format = Date, example = "2026-11-20")]
    pub day: Date,
    /// What staff made of it, once they have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<Settled>,
}

/// What a suggestion was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = SuggestionBasis)]
pub struct Basis {
    /// What was asked of the model.
    #[schema(example = "suggest")]
    pub task: String,
    /// Which version of the instructions it was given, or would have been.
    pub prompt: PromptVersion,
    /// In which test of that version; absent where no model wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 3)]
    pub test: Option<u32>,
    /// How many messages the conversation had.
    #[schema(example = 4)]
    pub messages: u32,
    /// When the last of them came or went (UTC).
    pub last_message_at: Timestamp,
}

/// Why no model wrote a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WithoutModel {
    /// No model is configured.
    NotConfigured,
    /// The month's tokens are used up.
    BudgetUsedUp,
    /// None could be had, or none gave an answer of the agreed form in time.
    Unavailable,
    /// It declined.
    Declined,
    /// What it wrote may not go out.
    Unfit,
}

/// What staff made of a suggestion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = SettledSuggestion)]
pub struct Settled {
    /// What became of it.
    pub outcome: Outcome,
    /// How many of a hundred characters staff changed; of one that was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 100, example = 12)]
    pub distance_percent: Option<u8>,
    /// How long it took until then, in seconds.
    #[schema(example = 41)]
    pub seconds: u64,
    /// The message with which it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageId>,
    /// Who did that.
    pub by: Actor,
    /// When (UTC).
    pub at: Timestamp,
}

/// What became of a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SuggestionOutcome)]
pub enum Outcome {
    /// It was sent as it was.
    Accepted,
    /// It was sent in other words.
    Edited,
    /// It was dismissed.
    Rejected,
    /// Another one was asked for in its place.
    Regenerated,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Accepted, Self::Edited, Self::Rejected, Self::Regenerated];

    /// The name used in JSON and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Edited => "edited",
            Self::Rejected => "rejected",
            Self::Regenerated => "regenerated",
        }
    }
}

impl Suggestion {
    /// What follows from `text` being sent with `message`; `None`: it proposed nothing, or something became of it before.
    #[must_use]
    pub fn sent(&self, text: &str, message: MessageId, by: &Actor, at: Timestamp) -> Option<Settled> {
        let distance = distance_percent(self.text.as_deref()?.trim(), text.trim());
        let outcome = if distance == 0 { Outcome::Accepted } else { Outcome::Edited };
        let settled = self.settled_as(outcome, by, at)?;
        Some(Settled { distance_percent: Some(distance), message: Some(message), ..settled })
    }

    /// What follows from it being dismissed, or replaced by another; `None` as of [`Suggestion::sent`].
    #[must_use]
    pub fn unused(&self, outcome: Outcome, by: &Actor, at: Timestamp) -> Option<Settled> {
        self.text.as_ref().and_then(|_| self.settled_as(outcome, by, at))
    }

    fn settled_as(&self, outcome: Outcome, by: &Actor, at: Timestamp) -> Option<Settled> {
        let seconds = u64::try_from(at.duration_since(self.at).as_secs()).unwrap_or_default();
        let settled = Settled { outcome, distance_percent: None, seconds, message: None, by: by.clone(), at };
        self.settled.is_none().then_some(settled)
    }

    /// What is counted of the version that it was written with where this becomes of it; nothing where no model wrote it.
    #[must_use]
    pub fn prompt_count(&self, outcome: Outcome) -> Option<PromptCount> {
        let none = PromptCounts::default();
        let counts = match outcome {
            Outcome::Accepted => PromptCounts { accepted: 1, ..none },
            Outcome::Edited => PromptCounts { edited: 1, ..none },
            Outcome::Rejected => PromptCounts { rejected: 1, ..none },
            Outcome::Regenerated => PromptCounts { regenerated: 1, ..none },
        };
        let used = PromptUse { version: self.basis.prompt.clone(), test: self.basis.test? };
        Some(PromptCount { task: PromptTask::Suggest, used, counts })
    }

    /// What is counted for the review of its version where this becomes of it, `sent` being what was sent; nothing where no model wrote it.
    #[must_use]
    pub fn feedback(&self, settled: &Settled, sent: Option<&str>) -> Option<PromptFeedback> {
        self.basis.test?;
        let none = PromptFeedback::default();
        let distance = settled.distance_percent.unwrap_or_default();
        let at_once = (settled.seconds <= AT_ONCE_SECONDS).then_some(TextChange::AtOnce).into_iter().collect();
        Some(match settled.outcome {
            Outcome::Accepted => PromptFeedback { accepted: 1, ..none },
            Outcome::Edited => {
                let changes = text_changes(self.text.as_deref()?, sent?, distance);
                PromptFeedback { edited: 1, distance_percent: u64::from(distance), ..none }.with(&changes)
            }
            Outcome::Rejected => PromptFeedback { rejected: 1, ..none }.with(&at_once),
            Outcome::Regenerated => PromptFeedback { regenerated: 1, ..none }.with(&at_once),
        })
    }

    /// Where it is counted.
    #[must_use]
    pub fn counted_at(&self) -> DayAndPrompt {
        DayAndPrompt { day: self.day, task: self.basis.task.clone(), prompt: self.basis.prompt.clone() }
    }
}
