//! The only way to a model: tasks that are declared once, asked of the cheapest model that will do.
//!
//! Promises an [`Answer`](domain::conversations::Answer) to every turn, within the deadline it is given: a model's
//! where one can be had and holds up to validation, otherwise the built-in responder's. What a customer or a document
//! says reaches a model only as delimited data in a user message, and a model's words have an effect only through the
//! typed input of one tool, validated in [`respond`].
//!
//! Reads no environment but in [`Assistant::from_env`], and no store: keys, excerpts, the place of the circuit breakers and the registry
//! of prompts are passed in. No error and no log line holds a prompt or a reply, and no debug print a key.

mod analyze;
mod answer;
mod assistant;
mod breaker;
mod cache;
mod campaign;
mod client;
mod compose;
mod configured;
mod degraded;
mod embed;
mod engine;
mod excerpts;
mod field;
mod hearing;
pub mod prompt;
mod registry;
pub mod respond;
mod said;
mod sse;
mod style;
mod suggest;
mod summarize;
mod sure;
mod task;
mod tool;
mod triage;
mod vendors;

pub use analyze::{ANALYZE_BUDGET, Analyzed, Proposal};
pub use answer::{TURN_BUDGET, Turned};
pub use assistant::Assistant;
pub use campaign::{CAMPAIGN_BUDGET, Drafted};
pub use compose::{COMPOSE_BUDGET, Composed};
pub use degraded::Degraded;
pub use embed::{Asked, Embedded};
pub use excerpts::look_up;
pub use hearing::{Heard, Listener, Stop, listening};
pub use style::{Extracted, STYLE_BUDGET};
pub use suggest::{Draft, SUGGEST_BUDGET, Suggested};
pub use summarize::{SUMMARIZE_BUDGET, Summarized};
pub use sure::sure;
pub use task::{Declared, Keeping, SURE};
pub use triage::Routed;
pub use vendors::{EmbeddingModel, Models, Vendor};

/// All tasks there are.
pub const TASKS: [Declared; 8] = [
    answer::DECLARED,
    triage::DECLARED,
    compose::DECLARED,
    suggest::DECLARED,
    campaign::DECLARED,
    style::DECLARED,
    summarize::DECLARED,
    analyze::DECLARED,
];
