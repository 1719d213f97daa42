//! People and what they want: contacts, leads, qualification, score, status, merging.

mod contact;
mod lead;
mod qualification;
mod status;

pub use contact::{Contact, GivenDetails};
pub use lead::Lead;
pub use qualification::{Qualification, Urgency};
pub use status::{LeadStatus, Score};
