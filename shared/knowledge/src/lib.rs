//! What a business's documents say: cut into pieces, kept in an index, and found by what a customer asks.
//!
//! Pure: no file is opened, no clock is asked, nothing is sent anywhere. How files become a [`Document`] is the matter of the crate
//! `documents`, and where an index is kept that of `store` and `files`.

mod chunk;
mod document;
mod index;

pub use chunk::{Chunk, ChunkKind};
pub use document::{Block, Document, Page, Unread, UnreadPage};
pub use index::{FLOOR, Found, Index, Malformed, Query, Segment, Source};
