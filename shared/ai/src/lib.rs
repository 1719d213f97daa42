//! Models: prompts, the typed tools through which a model answers, and the client of Anthropic's Messages API.
//!
//! Writes the texts of outreach too, where a step asks for it ([`Assistant::compose`]).
//!
//! Promises an [`Answer`](domain::conversations::Answer) to every turn, within the deadline it is given: the model's
//! where it can be had and holds up to validation, otherwise the built-in responder's. What a customer or a document
//! says reaches a model only as delimited data in a user message, and a model's words have an effect only through the
//! typed input of one tool, validated in [`respond`].
//!
//! Reads no clock but the one of the deadline, no environment and no store: keys, model names and snippets are passed
//! in. No error and no log line holds a prompt or a reply, and no debug print the key.

mod anthropic;
mod assistant;
mod compose;
mod degraded;
pub mod prompt;
pub mod respond;
mod triage;

pub use assistant::{Assistant, Models, Routed, TURN_BUDGET, Turned};
pub use compose::{COMPOSE_BUDGET, Composed};
pub use degraded::Degraded;
