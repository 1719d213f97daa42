//! People and what they want: contacts, leads, qualification, score, status, merging.

mod changes;
mod contact;
mod lead;
mod qualification;
mod stage;
mod status;

pub use crate::rating::Score;
pub use changes::{LeadPatch, MAX_LOST_REASON};
pub use contact::{Contact, GivenDetails, KnownAddress};
pub use lead::{Lead, RequestedVisit, StatusChange};
pub use qualification::{Qualification, Urgency};
pub use stage::Stage;
pub use status::LeadStatus;
