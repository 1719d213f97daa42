//! The business of Porchlight as plain values: types and rules.
//!
//! Nothing here reads a clock, draws a random number or talks to a network: time and identifiers are passed in,
//! and every function gives the same answer for the same arguments. One folder per bounded context; the same names
//! appear in `store`, in `functions/api` and in `docs/`.

pub mod answer_cache;
pub mod approvals;
pub mod billing;
pub mod campaigns;
pub mod circuits;
pub mod conversations;
mod csv;
pub mod events;
mod evidence;
pub mod failure;
pub mod identity;
pub mod ids;
pub mod insights;
pub mod inventory;
pub mod journeys;
pub mod knowledge;
pub mod language;
pub mod leads;
pub mod messaging;
pub mod metadata;
pub mod money;
mod phrases;
pub mod prompts;
pub mod quotes;
pub mod rating;
pub mod rights;
#[cfg(test)]
mod samples;
pub mod scheduling;
pub mod tenancy;
pub mod training;
pub mod turns;
pub mod webhooks;

pub use failure::Failure;
pub use ids::{ContactId, ConversationId, EscalationId, EventId, LeadId, MessageId, TenantId};
