//! What was counted of each day, and how businesses compare.

pub(crate) mod benchmarks;
pub(crate) mod days;
pub(crate) mod entities;
mod extras;
pub(crate) mod keys;
#[cfg(test)]
pub(crate) mod samples;

crate::repositories! {
    /// Counts by day, of tenants and of their locations.
    insights: InsightDays;
    /// Own figures beside those of others.
    benchmarks: Benchmarks;
}
