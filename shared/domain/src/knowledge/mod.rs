//! What a business knows, and what its customers ask that it does not.

pub mod clusters;
pub mod gaps;
