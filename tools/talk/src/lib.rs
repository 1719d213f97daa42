//! Conversations with the built-in assistant, in memory ([`domain::turns::talk`]): [`dialogue`] has written dialogues and what must be
//! known at their end.

pub mod dialogue;

pub use domain::turns::talk::{Known, Replied, Talk, Way};
