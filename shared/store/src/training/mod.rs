//! Trainings that are under way, the guides that were confirmed, and what staff change in suggestions.
//!
//! The guide that is in force stands in the tenant's document, which every prompt is made from. A confirmation writes its version, puts it
//! there and ends the training, in one transaction. Of edits only counts are kept, by week.

mod edits;
pub(crate) mod entities;
pub(crate) mod keys;
mod repository;
#[cfg(test)]
pub(crate) mod samples;

crate::repositories! {
    /// How businesses word their texts.
    training: Trainings;
}
