//! Data rights: taking a tenant's data away, erasing a contact or a whole tenant, and forgetting what is old.
//!
//! Keys say what belongs to a contact ([`ContactPlan`]). To be sure that nothing was overlooked, an erasure reads the whole table, which
//! nothing else does, again and again until one reading finds nothing. Every step can run twice. A job is kept in the table with what
//! comes next ([`Progress`]), and moves on under a condition.

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
