//! Conversations with the built-in assistant, in memory ([`domain::turns::rehearsal`]): [`dialogue`] has written dialogues and what must be
//! known at their end.

pub mod dialogue;

pub use domain::turns::rehearsal::{Known, Replied, Talk, Way};
