//! What a text means, told without any service: embeddings from a built-in table, and a classifier that runs on the spot.
//!
//! Both are lookups and additions: no model runs, no clock is asked, nothing is sent anywhere, and the same text gives the same
//! answer. At most [`language::MAX_CHARS`] characters of a text are read. `docs/decisions/032` says where the data comes from and
//! how good it is.

mod embedding;
mod features;
pub mod likeness;
mod linear;
mod pieces;
pub mod sentences;
mod separate;
mod table;
mod train;
pub mod triage;

pub use embedding::{Embedding, Space};
pub use features::{Features, features};
pub use linear::{Guess, Linear, Malformed};
pub use table::Table;
pub use train::{Example, HeldOut, Settings, hold_out, train};
pub use triage::spoken;

#[cfg(test)]
mod tests;
