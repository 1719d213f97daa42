//! What models are asked, and what a business may say about the instructions that they get for that.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Failure;

/// The longest addition, in characters: it travels with every question to a model.
const MAX_CHARS: usize = 1_000;

/// What a model is asked: each task has one prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PromptTask {
    /// Answer a customer's message.
    Respond,
    /// Sort a message that the rules are unsure of.
    Route,
    /// Write a step of a sequence.
    Write,
    /// Propose a reply to staff.
    Suggest,
    /// Write what a campaign says.
    Campaign,
    /// Make rules of how a business words its texts.
    Style,
    /// Sum up a conversation.
    Summarize,
    /// Propose a better version of a prompt.
    Analyze,
}

impl PromptTask {
    /// All there are.
    pub const ALL: [Self; 8] = [
        Self::Respond,
        Self::Route,
        Self::Write,
        Self::Suggest,
        Self::Campaign,
        Self::Style,
        Self::Summarize,
        Self::Analyze,
    ];

    /// The name used in JSON and keys.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Respond => "respond",
            Self::Route => "route",
            Self::Write => "write",
            Self::Suggest => "suggest",
            Self::Campaign => "campaign",
            Self::Style => "style",
            Self::Summarize => "summarize",
            Self::Analyze => "analyze",
        }
    }

    /// The task of that name.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub fn parse(name: &str) -> Result<Self, Failure> {
        Self::ALL.into_iter().find(|task| task.as_str() == name).ok_or_else(|| Failure::not_found("prompt"))
    }

    /// Whether it is counted what came of its versions: only then two can be tried against each other.
    #[must_use]
    pub const fn is_counted(self) -> bool {
        matches!(self, Self::Respond | Self::Suggest)
    }
}

impl fmt::Display for PromptTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a business adds to the instructions of models, beside its tone and instructions, which hold for all of them. An addition comes
/// with how to sound, after the rules: it changes what a text is like, and none of what is checked before a text goes out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PromptWishes {
    /// For answers to customers.
    #[schema(max_length = 1000, example = "Offer the free inspection where it fits.")]
    pub respond: String,
    /// For replies that are suggested to staff.
    #[schema(max_length = 1000)]
    pub suggest: String,
    /// For messages of sequences.
    #[schema(max_length = 1000)]
    pub write: String,
    /// For campaigns.
    #[schema(max_length = 1000)]
    pub campaign: String,
    /// No new version is tried in its conversations: it gets each one once that is live.
    pub no_tests: bool,
}

impl PromptWishes {
    /// Whether nothing is wished.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is added to the prompt of `task`; nothing for one whose text no one reads.
    #[must_use]
    pub fn addition(&self, task: PromptTask) -> Option<&str> {
        let addition = match task {
            PromptTask::Respond => &self.respond,
            PromptTask::Suggest => &self.suggest,
            PromptTask::Write => &self.write,
            PromptTask::Campaign => &self.campaign,
            PromptTask::Route | PromptTask::Style | PromptTask::Summarize | PromptTask::Analyze => return None,
        };
        Some(addition.trim()).filter(|addition| !addition.is_empty())
    }

    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub(super) fn validate(&self) -> Result<(), Failure> {
        for task in PromptTask::ALL {
            if self.addition(task).is_some_and(|text| text.chars().count() > MAX_CHARS) {
                let field = format!("prompts.{task}");
                return Err(Failure::invalid(&field, format!("{field} has at most {MAX_CHARS} characters")));
            }
        }
        Ok(())
    }
}
