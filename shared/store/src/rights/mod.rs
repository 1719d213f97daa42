//! Data rights: taking a tenant's data away, erasing a contact or a whole tenant, and forgetting what is old.
//!
//! What belongs to a contact is known by keys ([`ContactPlan`]). That nothing was overlooked is known by reading the whole
//! table, which nothing else does: an erasure reads it again and again until one reading finds nothing. Every step can run
//! twice; a job is kept in the table with what comes next ([`Progress`]), and moves on under a condition.

mod contact;
mod delete;
pub(crate) mod entities;
mod export;
mod jobs;
mod keys;
mod plan;
mod retention;
#[cfg(test)]
pub(crate) mod samples;
mod scan;
mod sweep;
mod tenant;

pub use export::Line;
pub use jobs::{DataJobRun, Progress};
pub use plan::{ContactPlan, Place};

crate::repositories! {
    /// Exports, erasures, and what is too old.
    rights: Rights;
}
