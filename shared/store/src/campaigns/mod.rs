//! Campaigns: the document, the customers whom it is for, and what came of it.
//!
//! Each step is one transaction that names what it was decided on, so that a repeat changes nothing: a campaign carries a version, a page of
//! customers its number, an invitation the state of its invitee. Figures are added in the transaction that moves the invitee.

pub(crate) mod counting;
pub(crate) mod entities;
pub(crate) mod gathering;
pub(crate) mod inviting;
pub(crate) mod keys;
pub(crate) mod preview;
pub(crate) mod records;
pub(crate) mod rules;
#[cfg(test)]
pub(crate) mod samples;
pub(crate) mod suggested;
pub(crate) mod told;

crate::repositories! {
    /// Campaigns, whom they are for, and what came of them.
    campaigns: Campaigns;
}
