//! What somebody said about themselves in one conversation.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use crate::ids::QuestionId;
use crate::leads::{Qualification, RequestedVisit};
use crate::messaging::Address;
use crate::tenancy::intake;

/// The most addresses that are kept of what somebody mentions.
const MAX_MENTIONED: usize = 4;

/// What somebody said about themselves in one conversation.
///
/// Addresses and a name are only mentioned: they are for staff to read, and identify nobody. The rest is kept of writers who are
/// not proven to be the contact: it is all that they are answered from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Stated {
    /// The name they gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Addresses that they say are their own, at most four.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 4)]
    pub addresses: Vec<Address>,
    /// What they want.
    #[serde(default)]
    pub qualification: Qualification,
    /// What they answered to the business's own questions.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub intake: BTreeMap<QuestionId, intake::Answer>,
    /// The time they asked for, in their words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requested_time: Option<String>,
    /// The day and the hours that it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requested_visit: Option<RequestedVisit>,
}

impl Stated {
    /// Takes an address down that they say is their own.
    pub fn mention(&mut self, address: Address) {
        if self.addresses.len() < MAX_MENTIONED && !self.addresses.contains(&address) {
            self.addresses.push(address);
        }
    }
}
