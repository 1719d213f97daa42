//! Contacts out of a CSV file (RFC 4180): how the file is read piece by piece, which column is what, what each line says and
//! what is wrong with it, and how far an import is.
//!
//! A line that cannot be read loses no other. Lines are counted as an editor counts them, the head being the first. Nothing here
//! holds more than a piece of the file, and the addresses of the lines that became contacts.

mod columns;
mod progress;
mod sorting;
mod told;

pub use crate::csv::{PIECE_BYTES, Place};
pub use columns::{Head, ImportRow, Mapping};
pub use progress::{Import, ImportState, ImportStep, MAX_IMPORT_BYTES, MAX_TOLD};
pub use sorting::{Seen, Sorted, contact_of_line, line_cause, sort};
pub use told::{ToldKind, ToldLine};

/// The most records of a piece.
pub const PIECE_RECORDS: usize = 250;
