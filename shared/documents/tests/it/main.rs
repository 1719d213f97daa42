//! Files of each format, made by the tests, and what is read of them.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper of tests fails by panicking")]

mod fixtures;
mod formats;
mod limits;
mod pdf;
mod samples;
