//! A person who writes in.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ContactId;
use crate::messaging::{Address, Email, Phone};
use crate::tenancy::Language;

/// A person, known by one or more addresses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Contact {
    /// Derived from the first message they sent.
    pub id: ContactId,
    /// The name they gave.
    #[serde(default)]
    pub name: Option<String>,
    /// Every address they are known by.
    pub addresses: Vec<Address>,
    /// The language they last wrote in.
    #[serde(default)]
    pub language: Option<Language>,
    /// Set when this turned out to be the same person as another contact, who goes on.
    #[serde(default)]
    pub merged_into: Option<ContactId>,
    /// Contacts that were merged into this one.
    #[serde(default)]
    pub merged_from: Vec<ContactId>,
    /// When they first wrote (UTC).
    pub created_at: Timestamp,
    /// Counts writes; a write carries the version it read.
    pub version: u64,
}

/// Details a person gave inside a message, validated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GivenDetails {
    /// Their name.
    pub name: Option<String>,
    /// Their e-mail address.
    pub email: Option<Email>,
    /// Their number.
    pub phone: Option<Phone>,
}

impl GivenDetails {
    /// The addresses among them.
    #[must_use]
    pub fn addresses(&self) -> Vec<Address> {
        let phone = self.phone.clone().map(Address::Phone);
        let email = self.email.clone().map(Address::Email);
        phone.into_iter().chain(email).collect()
    }
}
