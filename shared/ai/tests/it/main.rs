//! The crate from outside: against a stub of Anthropic's Messages API.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

mod answering;
mod composing;
mod prompts;
mod reading;
mod recorded;
mod routing;
mod scene;
mod stub;
mod trouble;
