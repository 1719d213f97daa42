//! Leads that staff or another system enter: someone rang, came in, or asked where Porchlight does not listen.
//!
//! What is entered is only given, never proven. One of the addresses may lead to a known contact, as with the sender of a form ([`file`]).
//! A contact with an open lead gets no second one.

use jiff::Timestamp;
use std::collections::BTreeMap;

use super::{Person, file};
use crate::events::EventKind;
use crate::ids::LocationId;
use crate::leads::{Contact, KnownAddress, Lead, Qualification};
use crate::messaging::{Address, Source, Strength};
use crate::tenancy::{BusinessContext, Tenant};
use crate::{ContactId, Failure, LeadId};

/// The longest name, in characters.
const MAX_NAME: usize = 200;
/// The longest name of a service, in characters.
const MAX_SERVICE: usize = 120;
/// The longest note of what they want, in characters: as every field of a form.
const MAX_MESSAGE: usize = 500;
/// The field of a lead that holds what they want, as it was entered.
pub const MESSAGE_FIELD: &str = "message";

/// What was entered.
#[derive(Debug, Clone, PartialEq)]
pub struct LeadEntry {
    /// Their name.
    pub name: Option<String>,
    /// Telephone number and mailbox; one at least.
    pub addresses: Vec<Address>,
    /// How they came.
    pub source: Source,
    /// What they ask for.
    pub service: Option<String>,
    /// What they want, in the words of whoever took it down.
    pub message: Option<String>,
    /// The location that looks after it.
    pub location: Option<LocationId>,
    /// The caller's own pairs, which were checked.
    pub metadata: BTreeMap<String, String>,
}

/// What follows from it.
#[derive(Debug, Clone, PartialEq)]
pub enum Entered {
    /// They have an open lead: it stays as it is.
    Open(Box<Lead>),
    /// A lead is opened.
    Opened(Box<Opened>),
}

/// A lead that is opened, with what goes with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// Whose; its `version` is the one that was read.
    pub contact: Contact,
    /// Addresses that lead to them from now on.
    pub addresses: Vec<KnownAddress>,
    /// The lead; its `version` is that of its place.
    pub lead: Lead,
    /// The closed lead that stood in its place.
    pub past: Option<Lead>,
    /// What others hear of.
    pub events: Vec<EventKind>,
}

impl Opened {
    /// Whether `address` leads to its contact from now on, and did not before.
    #[must_use]
    pub fn gains(&self, address: &Address) -> bool {
        self.addresses.iter().any(|known| known.address == *address)
    }
}

impl LeadEntry {
    /// Trims it and checks it.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub fn checked(self, tenant: &Tenant, own: &BusinessContext) -> Result<Self, Failure> {
        if self.addresses.is_empty() {
            return Err(Failure::invalid("phone", "phone or email is needed: a lead must be reachable"));
        }
        for address in &self.addresses {
            tenant.demand_customers(
                address,
                own,
                if matches!(address, Address::Email(_)) { "email" } else { "phone" },
            )?;
        }
        let service = trimmed("service", self.service, MAX_SERVICE)?;
        let named = |text: String| {
            let is_it = |name: &str| name.to_lowercase() == text.to_lowercase();
            let known = tenant.services.iter().find(|service| is_it(&service.name) || is_it(service.id.as_str()));
            known.map_or(text.clone(), |service| service.name.clone())
        };
        Ok(Self {
            name: trimmed("name", self.name, MAX_NAME)?,
            service: service.map(named),
            message: trimmed("message", self.message, MAX_MESSAGE)?,
            ..self
        })
    }

    /// What follows. `found` is everybody known by one of the addresses, `id` the lead that this request opens.
    #[must_use]
    pub fn entered(&self, found: Vec<Person>, id: LeadId, contact: ContactId, now: Timestamp) -> Entered {
        let Some(first) = self.addresses.first() else { return self.opened(None, &[], id, contact, now) };
        let filing = file(found, first, Strength::Given);
        match filing.owner {
            Some(owner) if !owner.lead.status.is_closed() => Entered::Open(Box::new(owner.lead)),
            owner => {
                let others: Vec<Person> = filing.others.into_iter().chain(filing.visitor).collect();
                self.opened(owner, &others, id, contact, now)
            }
        }
    }

    fn opened(
        &self,
        owner: Option<Person>,
        others: &[Person],
        id: LeadId,
        contact: ContactId,
        now: Timestamp,
    ) -> Entered {
        let past = owner.as_ref().map(|owner| owner.lead.clone());
        let mut contact = owner.map_or_else(|| Contact::new(contact, now), |owner| owner.contact);
        let known = contact.addresses.clone();
        // What leads to someone else goes on leading there.
        let free = |address: &&Address| !others.iter().any(|other| other.contact.knows(address));
        for address in self.addresses.iter().filter(free) {
            contact.learn(address, Strength::Given);
        }
        if let Some(name) = &self.name {
            contact.learn_name(name, Strength::Given);
        }
        let lead = Lead {
            name: contact.name.clone(),
            qualification: Qualification { service_interest: self.service.clone(), ..Qualification::default() },
            location: self.location.clone(),
            fields: self.message.iter().map(|text| (MESSAGE_FIELD.to_owned(), text.clone())).collect(),
            metadata: self.metadata.clone(),
            version: past.as_ref().map_or(0, |past| past.version),
            ..Lead::new(id, contact.id, self.source, now)
        };
        let addresses = contact.addresses.iter().filter(|address| !known.contains(address)).cloned().collect();
        let events = vec![EventKind::LeadCreated { lead: id, contact: contact.id, source: self.source }];
        Entered::Opened(Box::new(Opened { contact, addresses, lead, past, events }))
    }
}

/// A text without blanks around it; `None` if it is empty.
fn trimmed(field: &str, text: Option<String>, most: usize) -> Result<Option<String>, Failure> {
    let text = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    match text {
        Some(text) if text.chars().count() > most => {
            Err(Failure::invalid(field, format!("{field} may have at most {most} characters")))
        }
        text => Ok(text),
    }
}

#[cfg(test)]
mod tests;
