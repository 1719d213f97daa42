//! Orders as PDFs, read again.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper of tests fails by panicking")]

mod limits;
mod read_again;
mod samples;
mod structure;
