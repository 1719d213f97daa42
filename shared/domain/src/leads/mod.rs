//! People and what they want: contacts, leads, qualification, score, status, merging.

mod contact;
mod filing;
mod lead;
mod person;
mod qualification;
mod status;

pub use contact::{Contact, GivenDetails, KnownAddress};
pub use filing::{Filing, file};
pub use lead::{Lead, RequestedVisit};
pub use person::{Leftovers, Person, survivor};
pub use qualification::{Qualification, Urgency};
pub use status::{LeadStatus, Score};
