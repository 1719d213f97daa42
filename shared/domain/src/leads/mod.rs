//! People and what they want: contacts, leads, qualification, score, status, merging.

mod card;
mod changes;
mod contact;
mod extra;
pub mod import;
mod keyword;
mod lead;
mod note;
mod qualification;
mod stage;
mod status;
mod typed_in;
mod visit_answer;

pub use crate::rating::Score;
pub use card::{Card, MAX_TAG_CHARS};
pub use changes::{LeadPatch, MAX_LOST_REASON};
pub use contact::{Contact, GivenDetails, KnownAddress};
pub use extra::LeadExtra;
pub use keyword::{Keyword, KeywordChanges, Question};
pub use lead::{Lead, RequestedVisit, StatusChange, VisitAnswer};
pub use note::ContactNote;
pub use qualification::{Qualification, Urgency};
pub use stage::Stage;
pub use status::LeadStatus;
pub use typed_in::{ContactChange, NamedAddress, named_addresses, typed_in, typed_in_id, what_differs};
pub use visit_answer::AskedTime;
