//! What is counted of a version: flat counters that add up, of all tenants together or of one.

use serde::{Deserialize, Serialize};

use super::{PromptTask, PromptTrial, PromptUse};

macro_rules! counters {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// What is counted of a version. Sums of squares are there for intervals around means.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct PromptCounts {
            $($(#[$doc])* pub $name: u64,)+
        }

        impl PromptCounts {
            /// Each count with the name under which it is stored.
            #[must_use]
            pub fn named(&self) -> Vec<(&'static str, u64)> {
                vec![$((stringify!($name), self.$name)),+]
            }

            /// Adds `other`.
            pub fn add(&mut self, other: &Self) {
                $(self.$name = self.$name.saturating_add(other.$name);)+
            }
        }
    };
}

counters! {
    /// Questions to a model, all tries of one together.
    calls,
    /// Those whose text was taken out by the checks.
    refused,
    /// How long they took, in milliseconds, together.
    latency_ms,
    /// The squares of these.
    latency_squares,
    /// What they cost, in millionths of a dollar, together.
    cost_microdollars,
    /// The squares of these.
    cost_squares,
    /// Conversations that were answered with it for the first time.
    conversations,
    /// Of these, those in which a time was asked for or booked afterwards.
    converted,
    /// Suggestions to staff with a text of the model.
    suggested,
    /// Those that were sent as they were.
    accepted,
    /// Those that were sent in other words.
    edited,
    /// Those that were dismissed.
    rejected,
    /// Those that another one was asked for in place of.
    regenerated,
}

impl PromptCounts {
    /// One question to a model; nothing where none was asked, because it was answered before.
    #[must_use]
    pub fn call(trial: &PromptTrial) -> Self {
        if trial.kept {
            return Self::default();
        }
        Self {
            calls: 1,
            refused: u64::from(trial.refused),
            latency_ms: trial.latency_ms,
            latency_squares: trial.latency_ms.saturating_pow(2),
            cost_microdollars: trial.cost_microdollars,
            cost_squares: trial.cost_microdollars.saturating_pow(2),
            ..Self::default()
        }
    }

    /// What a task's versions are tried for: of how many, how many succeeded. A conversation cannot be converted twice, nor a suggestion
    /// be sent twice, whatever was counted.
    #[must_use]
    pub fn successes(&self, task: PromptTask) -> (u64, u64) {
        let (all, good) = match task {
            PromptTask::Suggest => (self.suggested, self.accepted),
            PromptTask::Respond
            | PromptTask::Route
            | PromptTask::Write
            | PromptTask::Campaign
            | PromptTask::Style
            | PromptTask::Summarize
            | PromptTask::Analyze => (self.conversations, self.converted),
        };
        (all, good.min(all))
    }
}

/// What is added to the counts of one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromptCount {
    /// What the model was asked.
    pub task: PromptTask,
    /// With which version, in which test.
    pub used: PromptUse,
    /// What is added.
    pub counts: PromptCounts,
}
