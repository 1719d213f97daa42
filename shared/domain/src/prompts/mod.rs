//! The instructions that models get: their versions, which one a conversation gets, and what came of each.
//!
//! A version is written once and never changed ([`PromptContent`]). Which version is live, and which one is tried on a share of the
//! conversations, is one small document a task ([`PromptTraffic`]), so that putting a version live and taking it back is one write.
//! A conversation gets the same version as long as the traffic stays as it is: the draw is a hash of its id. What came of a version is
//! counted ([`PromptCounts`]) and compared ([`PromptComparison`]).

mod comparison;
mod content;
mod counts;
mod differences;
mod feedback;
mod intervals;
mod judging;
mod listed;
mod registry;
mod review;
#[cfg(test)]
mod tests;
mod traffic;
mod trial;
mod version;

pub use comparison::{PromptComparison, PromptFigures};
pub use content::{MAX_PROMPT_CHARS, MaxTokens, PromptContent, StoredPrompt};
pub use counts::{PromptCount, PromptCounts};
pub use differences::PromptDifferences;
pub use feedback::{PromptFeedback, TextChange};
pub use intervals::{Difference, Mean, Share};
pub use judging::{PromptVerdict, VerdictReason};
pub use listed::ListedPrompt;
pub use registry::PromptRegistry;
pub use review::{DueReview, PromptReview, ReviewFigures, ReviewState, reviewed_days};
pub use traffic::{Challenger, MAX_CHALLENGER_PERCENT, PromptState, PromptTraffic, TrafficChange};
pub use trial::{PromptTrial, PromptUse, ThreadPrompt};
pub use version::PromptVersion;

pub use crate::tenancy::{PromptTask, PromptWishes};
