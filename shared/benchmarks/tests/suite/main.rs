//! What the crate promises, on generated data.

mod attack;
mod attacks;
mod comparisons;
mod draws;
mod rules;
mod sketches;
