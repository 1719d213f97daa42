//! People and what they want: contacts, leads, qualification, score, status, merging.

mod contact;
mod lead;
mod qualification;
mod stage;
mod status;

pub use crate::rating::Score;
pub use contact::{Contact, GivenDetails, KnownAddress};
pub use lead::{Lead, RequestedVisit};
pub use qualification::{Qualification, Urgency};
pub use stage::Stage;
pub use status::LeadStatus;
