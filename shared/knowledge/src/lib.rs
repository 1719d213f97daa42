//! What a business's documents say: cut into pieces, kept in an index, and found by what a customer asks.
//!
//! Pure: no file is opened, no clock is asked, nothing is sent anywhere. How files become a [`Document`] is the matter of the crate
//! `documents`, and where an index is kept that of `store` and `files`.
//!
//! A search has two steps. Words (BM25 over stems) and vectors bring up candidates; each of these is then read, sentence by sentence,
//! for whether it has what was asked for. Only the second step says whether something is an answer at all.

mod answer;
mod bytes;
mod chunk;
mod document;
mod index;
mod lexicon;
mod pairs;
mod postings;
mod question;
mod rank;
mod reading;
mod segment;
mod shown;
mod text;
mod vectors;

pub use bytes::Malformed;
pub use chunk::{Chunk, ChunkKind};
pub use document::{Block, Document, Page, Unread, UnreadPage};
pub use index::{Candidate, FLOOR, Found, Index, Query, Ranking};
pub use segment::{Segment, Source};

#[cfg(test)]
mod tests;
