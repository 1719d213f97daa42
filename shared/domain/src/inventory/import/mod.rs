//! Items out of a CSV file (RFC 4180): which column is what, what a line says, and what becomes of its item.
//!
//! A line is one item, or one more supplier or place of it: lines of one SKU are laid over each other in their order. An empty cell changes
//! nothing. A line that cannot be read or kept loses no other.

mod columns;
mod figures;
mod lines;
#[cfg(test)]
mod tests;

pub use columns::ItemMapping;
pub use lines::{ImportKnown, ItemCount, ItemLine, ItemOutcome, import_items};

/// The most lines of a file, the head not counted.
pub const MAX_IMPORT_LINES: usize = 2_000;
