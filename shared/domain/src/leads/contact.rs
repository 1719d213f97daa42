//! A person who writes in.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

use super::{Card, Keyword};
use crate::ContactId;
use crate::ids::AccountId;
use crate::messaging::{Address, Email, Phone, Strength};
use crate::tenancy::Language;

/// The most proven addresses of a contact. A newcomer cannot prove an address for someone else.
const MAX_PROVEN: usize = 16;
/// The most telephone numbers and mailboxes of a contact that are only given: newcomers can give them.
pub(super) const MAX_GIVEN: usize = 8;
/// The most chat sessions of a contact; an older one makes room.
const MAX_SESSIONS: usize = 8;
/// The most other names and possible duplicates that are noted of a contact.
const MAX_NOTED: usize = 8;

/// A person, known by one or more addresses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Contact {
    /// Derived from the first message they sent.
    pub id: ContactId,
    /// The name they gave first.
    #[serde(default)]
    pub name: Option<String>,
    /// Other names that came with their addresses, at most eight: families share a number, and anybody can type one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 8)]
    pub other_names: Vec<String>,
    /// Every address they are known by, and how sure it is that it is theirs.
    pub addresses: Vec<KnownAddress>,
    /// The language they last wrote in.
    #[serde(default)]
    pub language: Option<Language>,
    /// Set when this is the same person as another contact, who goes on.
    #[serde(default)]
    pub merged_into: Option<ContactId>,
    /// Contacts that were merged into this one.
    #[serde(default)]
    pub merged_from: Vec<ContactId>,
    /// Contacts that may be the same person, at most eight: staff decide (`GET /v1/duplicates`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 8)]
    pub possible_duplicates: Vec<ContactId>,
    /// What the staff keep of them.
    #[serde(default, skip_serializing_if = "Card::is_empty")]
    pub card: Card,
    /// Whose contact it is: a member of the team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<AccountId>,
    /// The entries of the search index that lead here.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub found_by: BTreeSet<Keyword>,
    /// A test key made it: until they write themselves, nothing is sent to them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub test: bool,
    /// When they first wrote, or were typed in (UTC).
    pub created_at: Timestamp,
    /// Counts writes; a write carries the version it read.
    pub version: u64,
}

/// An address that a contact is known by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct KnownAddress {
    /// The address.
    #[serde(flatten)]
    pub address: Address,
    /// How sure it is that it is theirs.
    #[serde(default)]
    pub strength: Strength,
    /// It came after the contact's first addresses and is not proven: anybody may have typed it beside an address that leads to
    /// this contact, so nothing that the business begins goes there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_added: bool,
}

impl KnownAddress {
    /// An address of `strength`, known from the start.
    #[must_use]
    pub fn new(address: Address, strength: Strength) -> Self {
        Self { address, strength, is_added: false }
    }

    /// Whether what the business begins may go there: it is proven, or nothing is and it came with their first message.
    #[must_use]
    pub fn is_trusted(&self, contact: &Contact) -> bool {
        if contact.is_proven() { self.strength == Strength::Proven } else { !self.is_added }
    }

    /// An address that a message came from.
    #[must_use]
    pub fn proven(address: Address) -> Self {
        Self::new(address, Strength::Proven)
    }

    /// An address that someone typed.
    #[must_use]
    pub fn given(address: Address) -> Self {
        Self::new(address, Strength::Given)
    }

    fn is_session(&self) -> bool {
        matches!(self.address, Address::Chat(_))
    }
}

impl Contact {
    /// Someone of whom nothing is known yet and nothing is stored.
    #[must_use]
    pub fn new(id: ContactId, created_at: Timestamp) -> Self {
        Self {
            id,
            name: None,
            other_names: Vec::new(),
            addresses: Vec::new(),
            language: None,
            merged_into: None,
            merged_from: Vec::new(),
            possible_duplicates: Vec::new(),
            card: Card::default(),
            assignee: None,
            found_by: BTreeSet::new(),
            test: false,
            created_at,
            version: 0,
        }
    }

    /// Whether they are known by `address`.
    #[must_use]
    pub fn knows(&self, address: &Address) -> bool {
        self.strength_of(address).is_some()
    }

    /// How sure it is that `address` is theirs; `None` where they are not known by it.
    #[must_use]
    pub fn strength_of(&self, address: &Address) -> Option<Strength> {
        self.addresses.iter().find(|known| known.address == *address).map(|known| known.strength)
    }

    /// Whether any address is proven to be theirs.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.addresses.iter().any(|known| known.strength == Strength::Proven)
    }

    /// Whether it is a test contact: a test key made it, and no one has written from one of its addresses.
    #[must_use]
    pub fn is_for_tests(&self) -> bool {
        self.test && !self.is_proven()
    }

    /// Whether nothing is known of them but the browser they wrote from.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        self.addresses.iter().all(KnownAddress::is_session)
    }

    /// Takes `address` down as theirs, or as surer than it was. A contact has so many addresses and no more
    /// (the limits are above); of chat sessions the oldest makes room.
    pub fn learn(&mut self, address: &Address, strength: Strength) {
        if let Some(known) = self.addresses.iter_mut().find(|known| known.address == *address) {
            known.strength = known.strength.max(strength);
            known.is_added &= known.strength != Strength::Proven;
            return;
        }
        let mut new = KnownAddress::new(address.clone(), strength);
        // Of an anonymous visitor of the chat nothing is known that someone else could add to.
        new.is_added = self.version > 0 && !self.is_anonymous() && strength == Strength::Given && !new.is_session();
        let alike = |known: &KnownAddress| known.is_session() == new.is_session() && known.strength == strength;
        let count = self.addresses.iter().filter(|known| alike(known)).count();
        let limit = match strength {
            Strength::Given if new.is_session() => {
                if count >= MAX_SESSIONS {
                    let oldest = self.addresses.iter().position(alike);
                    oldest.map(|at| self.addresses.remove(at));
                }
                usize::MAX
            }
            Strength::Given => MAX_GIVEN,
            Strength::Proven => MAX_PROVEN,
        };
        if count < limit {
            self.addresses.push(new);
        }
    }

    /// Takes a name down that came with `strength`. The first one is theirs, another one is a note; so is one that anybody
    /// typed for someone who is proven.
    pub fn learn_name(&mut self, name: &str, strength: Strength) {
        let same = |known: &str| known.to_lowercase() == name.to_lowercase();
        let may_name = strength == Strength::Proven || !self.is_proven();
        match &self.name {
            None if may_name => self.name = Some(name.to_owned()),
            Some(known) if same(known) => {}
            _ if self.other_names.iter().any(|other| same(other)) || self.other_names.len() >= MAX_NOTED => {}
            _ => self.other_names.push(name.to_owned()),
        }
    }

    /// Notes that `other` may be the same person. Gives whether that is news.
    pub fn suspect(&mut self, other: ContactId) -> bool {
        let news = !self.possible_duplicates.contains(&other) && self.possible_duplicates.len() < MAX_NOTED;
        if news {
            self.possible_duplicates.push(other);
        }
        news
    }
}

/// What a person said about themselves inside a message, validated. An address in it is only mentioned: it identifies no one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GivenDetails {
    /// Their name.
    pub name: Option<String>,
    /// The e-mail address that they say is their own.
    pub email: Option<Email>,
    /// The number that they say is their own.
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
