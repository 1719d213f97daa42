//! What the crate promises, on generated data.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

mod accuracy;
mod attack;
mod attacks;
mod comparisons;
mod draws;
mod figures;
mod rules;
mod sketches;
