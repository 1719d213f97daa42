//! What was counted of each day.

pub(crate) mod days;
pub(crate) mod entities;
mod extras;
pub(crate) mod keys;
#[cfg(test)]
pub(crate) mod samples;

crate::repositories! {
    /// Counts by day, of tenants and of their locations.
    insights: InsightDays;
}
