//! Orders as PDFs, read again.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

mod limits;
mod read_again;
mod samples;
mod structure;
