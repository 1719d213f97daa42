//! Conversations with the built-in assistant, in memory: a business, a customer, a clock that the caller moves, and no store.
//!
//! A turn runs through the very code that `ai-converse` runs (`Turn::open`, `due`, `read_message`, `reply_context`, `close`, and the responder in
//! between); [`Talk`] only keeps between turns what the store would keep. [`dialogue`] has written dialogues and what must be
//! known at their end.

mod desk;
pub mod dialogue;

pub use desk::{Known, Replied, Talk, Way};
