//! Contacts that staff type in, and what staff change of any contact.
//!
//! What staff type proves nothing: such an address is *given*, like one that someone typed into a form. Staff cannot take away a proven
//! address.

use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

use super::card::{checked_tags, patched_fields};
use super::contact::MAX_GIVEN;
use super::{Card, Contact, KnownAddress, Lead, LeadStatus};
use crate::ids::AccountId;
use crate::messaging::{Address, Email, Phone, Source, Strength};
use crate::tenancy::{BusinessContext, Tenant};
use crate::{ContactId, Failure, LeadId, TenantId};

/// The longest name, in characters.
const MAX_NAME_CHARS: usize = 200;

/// An address that staff named, and the field that it stood in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedAddress {
    /// Such as `phones[0]`.
    pub field: String,
    /// The address.
    pub address: Address,
}

/// Reads the numbers and mailboxes that staff typed, each once; a number without a country's code is one of `region`.
///
/// # Errors
/// [`Failure::Rejected`] naming the one that is invalid.
pub fn named_addresses(phones: &[String], emails: &[String], region: &str) -> Result<Vec<NamedAddress>, Failure> {
    let mut named: Vec<NamedAddress> = Vec::new();
    let phone = |(index, text): (usize, &String)| {
        let field = format!("phones[{index}]");
        Ok(NamedAddress { address: Address::Phone(Phone::typed(text, region, &field)?), field })
    };
    let email = |(index, text): (usize, &String)| {
        let field = format!("emails[{index}]");
        Ok(NamedAddress { address: Address::Email(Email::new(text, &field)?), field })
    };
    for one in phones.iter().enumerate().map(phone).chain(emails.iter().enumerate().map(email)) {
        let one = one?;
        if !named.iter().any(|known| known.address == one.address) {
            named.push(one);
        }
    }
    Ok(named)
}

/// What staff change of a contact; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactChange {
    /// The name; an inner `None` takes it away.
    pub name: Option<Option<String>>,
    /// All tags.
    pub tags: Option<Vec<String>>,
    /// Fields to set, and to take away.
    pub fields: BTreeMap<String, Option<String>>,
    /// Whose contact it is; an inner `None`: no one's.
    pub assignee: Option<Option<AccountId>>,
    /// Addresses to give them.
    pub add: Vec<NamedAddress>,
    /// Given addresses that are not theirs.
    pub remove: Vec<NamedAddress>,
}

impl ContactChange {
    /// Refuses one that would give the contact an address of the business's own. Taking such a one away is welcome.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub fn checked(self, tenant: &Tenant, own: &BusinessContext) -> Result<Self, Failure> {
        for NamedAddress { field, address } in &self.add {
            tenant.demand_customers(address, own, field)?;
        }
        Ok(self)
    }

    /// The contact with this change. The same change again changes nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub fn apply(&self, contact: &Contact, now: Timestamp) -> Result<Contact, Failure> {
        let mut after = contact.clone();
        if let Some(name) = &self.name {
            after.name = name.as_deref().map(checked_name).transpose()?;
        }
        if let Some(tags) = &self.tags {
            after.card.tags = checked_tags(tags)?;
        }
        after.card.fields = patched_fields(&after.card.fields, &self.fields)?;
        if let Some(assignee) = self.assignee {
            after.assignee = assignee;
        }
        for NamedAddress { field, address } in &self.remove {
            if after.strength_of(address) == Some(Strength::Proven) {
                let what = format!("{field}: they wrote from this address, so it is theirs and stays");
                return Err(Failure::invalid(field.clone(), what));
            }
            after.addresses.retain(|known| known.address != *address);
        }
        for NamedAddress { field, address } in &self.add {
            give(&mut after, field, address)?;
        }
        if after != *contact {
            after.card.changed_at = Some(now);
        }
        Ok(after)
    }

    /// What of it the contact does not have: nothing that is there is replaced.
    #[must_use]
    pub fn missing_in(&self, contact: &Contact) -> Self {
        let Card { tags, fields, changed_at: _ } = &contact.card;
        let new = |tag: &&String| !tags.iter().any(|known| known.to_lowercase() == tag.to_lowercase());
        let more: Vec<&String> = self.tags.iter().flatten().filter(new).collect();
        let set = |(key, value): (&String, &Option<String>)| {
            (value.is_some() && !fields.contains_key(key)).then(|| (key.clone(), value.clone()))
        };
        Self {
            name: self.name.clone().filter(|_| contact.name.is_none()),
            tags: (!more.is_empty()).then(|| tags.iter().chain(more).cloned().collect()),
            fields: self.fields.iter().filter_map(set).collect(),
            add: self.add.iter().filter(|named| !contact.knows(&named.address)).cloned().collect(),
            ..Self::default()
        }
    }
}

/// The id of the contact that a request types in.
#[must_use]
pub fn typed_in_id(tenant: &TenantId, cause: &str) -> ContactId {
    ContactId::derive(tenant, &["typed in", cause])
}

/// A contact that staff type in, and the lead that everybody has: one that is not followed up, because no one asked for anything yet.
/// `cause` names the request: its repeat gives the same ids.
///
/// # Errors
/// [`Failure::Rejected`] naming the field, also where nothing is said by which the contact could be known again.
pub fn typed_in(
    tenant: &TenantId,
    cause: &str,
    given: &ContactChange,
    now: Timestamp,
) -> Result<(Contact, Lead), Failure> {
    let id = typed_in_id(tenant, cause);
    let contact = given.apply(&Contact::new(id, now), now)?;
    if contact.name.is_none() && contact.addresses.is_empty() {
        return Err(Failure::invalid("name", "a contact must have a name, a phone number or an e-mail address"));
    }
    let lead = Lead {
        name: contact.name.clone(),
        status: LeadStatus::Nurturing,
        ..Lead::new(LeadId::derive(tenant, &["typed in", cause]), id, Source::Entered, now)
    };
    Ok((contact, lead))
}

/// What differs between two states of a contact, by name: what of it the record of changes keeps, since it outlives the contact.
#[must_use]
pub fn what_differs(before: &Contact, after: &Contact) -> BTreeSet<&'static str> {
    let Card { tags, fields, changed_at: _ } = &before.card;
    let differs = [
        ("name", before.name != after.name),
        ("addresses", before.addresses != after.addresses),
        ("tags", *tags != after.card.tags),
        ("fields", *fields != after.card.fields),
        ("assignee", before.assignee != after.assignee),
    ];
    differs.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect()
}

fn checked_name(name: &str) -> Result<String, Failure> {
    let name = name.trim();
    if !(1..=MAX_NAME_CHARS).contains(&name.chars().count()) || name.contains(char::is_control) {
        return Err(Failure::invalid("name", format!("name must be 1 to {MAX_NAME_CHARS} characters in one line")));
    }
    Ok(name.to_owned())
}

/// Staff may be told a number on the phone: what the business begins may go there, unlike to one that someone unknown added.
fn give(contact: &mut Contact, field: &str, address: &Address) -> Result<(), Failure> {
    if contact.knows(address) {
        return Ok(());
    }
    let is_given = |known: &&KnownAddress| known.strength == Strength::Given && known.address.text().is_some();
    if contact.addresses.iter().filter(is_given).count() >= MAX_GIVEN {
        let what = format!("{field}: a contact may have at most {MAX_GIVEN} addresses that they did not write from");
        return Err(Failure::invalid(field, what));
    }
    contact.addresses.push(KnownAddress::given(address.clone()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acme() -> TenantId {
        TenantId::new("acme").unwrap()
    }

    fn noon() -> Timestamp {
        "2026-11-20T12:00:00Z".parse().unwrap()
    }

    fn texts(given: &[&str]) -> Vec<String> {
        given.iter().map(|text| (*text).to_owned()).collect()
    }

    fn named(phones: &[&str], emails: &[&str]) -> Vec<NamedAddress> {
        named_addresses(&texts(phones), &texts(emails), "US").unwrap()
    }

    fn ana() -> ContactChange {
        ContactChange {
            name: Some(Some(" Ana Vale ".to_owned())),
            tags: Some(texts(&["VIP"])),
            fields: BTreeMap::from([("gate".to_owned(), Some("4711".to_owned()))]),
            add: named(&["(303) 555-0101"], &["Ana@Example.com"]),
            ..ContactChange::default()
        }
    }

    fn field_of<T: std::fmt::Debug>(result: Result<T, Failure>) -> String {
        match result {
            Err(Failure::Rejected { field: Some(field), .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_staff_type_in_is_a_contact_with_given_addresses_and_a_lead_that_nothing_follows_up() {
        let (contact, lead) = typed_in(&acme(), "request", &ana(), noon()).unwrap();
        assert_eq!(contact.name.as_deref(), Some("Ana Vale"));
        assert!(contact.addresses.iter().all(|known| known.strength == Strength::Given && known.is_trusted(&contact)));
        assert_eq!(contact.addresses.len(), 2);
        assert_eq!((contact.card.changed_at, contact.version), (Some(noon()), 0));
        assert_eq!((lead.source, lead.status, lead.contact), (Source::Entered, LeadStatus::Nurturing, contact.id));
        assert_eq!(
            typed_in(&acme(), "request", &ana(), noon()).unwrap(),
            (contact.clone(), lead),
            "a repeat is the same"
        );
        assert_ne!(typed_in(&acme(), "other", &ana(), noon()).unwrap().0.id, contact.id);
    }

    #[test]
    fn no_one_is_no_contact() {
        assert_eq!(field_of(typed_in(&acme(), "r", &ContactChange::default(), noon())), "name");
        for name in ["", "  ", "two\nlines", &"x".repeat(201)] {
            let change = ContactChange { name: Some(Some(name.to_owned())), ..ContactChange::default() };
            assert_eq!(field_of(typed_in(&acme(), "r", &change, noon())), "name", "{name:?}");
        }
    }

    #[test]
    fn an_address_that_is_none_is_named_by_its_place_and_one_that_comes_twice_counts_once() {
        let read = |phones: &[&str], emails: &[&str]| named_addresses(&texts(phones), &texts(emails), "US");
        assert_eq!(field_of(read(&["303 555 0101", "12"], &[])), "phones[1]");
        assert_eq!(field_of(read(&[], &["ana"])), "emails[0]");
        assert_eq!(named(&["303 555 0101", "+1 303-555-0101"], &["a@b.co", "A@B.co"]).len(), 2);
        let abroad = named(&["+49 151 23456720"], &[]);
        assert_eq!(abroad[0].address.text(), Some("+4915123456720"), "all digits of a number from abroad");
    }

    #[test]
    fn a_change_changes_what_it_names_and_again_it_changes_nothing() {
        let (contact, _) = typed_in(&acme(), "r", &ana(), noon()).unwrap();
        let later = noon() + jiff::SignedDuration::from_mins(5);
        let change = ContactChange {
            name: Some(None),
            fields: BTreeMap::from([("gate".to_owned(), None)]),
            add: named(&["+49 30 12345678"], &[]),
            remove: named(&[], &["ana@example.com", "nobody@example.com"]),
            ..ContactChange::default()
        };
        let after = change.apply(&contact, later).unwrap();
        assert_eq!(what_differs(&contact, &after), BTreeSet::from(["name", "addresses", "fields"]));
        assert_eq!((&after.name, &after.card.tags), (&None, &texts(&["VIP"])));
        let phones: Vec<_> = after.addresses.iter().filter_map(|known| known.address.text()).collect();
        assert_eq!(phones, ["+13035550101", "+493012345678"]);
        assert_eq!(after.card.changed_at, Some(later));
        let again = change.apply(&after, later + jiff::SignedDuration::from_mins(5)).unwrap();
        assert_eq!(again, after);
    }

    #[test]
    fn an_address_of_the_business_is_no_ones_and_is_taken_away_where_it_is_someones() {
        let tenant = crate::samples::roofer();
        let owned = NamedAddress { field: "phones[1]".to_owned(), ..named(&["+1 303 555 0100"], &[]).remove(0) };
        let adding = ContactChange { add: [ana().add, vec![owned.clone()]].concat(), ..ana() };
        assert_eq!(field_of(adding.checked(&tenant, BusinessContext::NONE)), "phones[1]");
        let (mut contact, _) = typed_in(&acme(), "r", &ana(), noon()).unwrap();
        contact.addresses.push(KnownAddress::given(owned.address.clone()));
        let removing = ContactChange { remove: vec![owned.clone()], ..ContactChange::default() };
        let after = removing.checked(&tenant, BusinessContext::NONE).unwrap().apply(&contact, noon()).unwrap();
        assert!(!after.knows(&owned.address));
    }

    #[test]
    fn an_address_that_they_wrote_from_is_not_taken_away() {
        let (mut contact, _) = typed_in(&acme(), "r", &ana(), noon()).unwrap();
        let phone = named(&["303 555 0101"], &[]);
        contact.learn(&phone[0].address, Strength::Proven);
        let change = ContactChange { remove: phone.clone(), ..ContactChange::default() };
        assert_eq!(field_of(change.apply(&contact, noon())), "phones[0]");
        let change = ContactChange { add: phone, ..ContactChange::default() };
        assert_eq!(change.apply(&contact, noon()).unwrap(), contact, "nor made less sure");
    }

    #[test]
    fn a_contact_has_so_many_given_addresses_and_no_more() {
        let emails: Vec<String> = (0..9).map(|n| format!("a{n}@example.com")).collect();
        let add = named_addresses(&[], &emails, "US").unwrap();
        let change = ContactChange { add, ..ContactChange::default() };
        assert_eq!(field_of(typed_in(&acme(), "r", &change, noon())), "emails[8]");
    }

    #[test]
    fn what_a_contact_does_not_have_is_added_and_nothing_that_is_there_is_replaced() {
        let (contact, _) = typed_in(&acme(), "one", &ana(), noon()).unwrap();
        let given = ContactChange {
            name: Some(Some("Another Name".to_owned())),
            tags: Some(texts(&["new"])),
            fields: BTreeMap::from([("source".to_owned(), Some("fair".to_owned()))]),
            add: named(&["303 555 0177"], &[]),
            ..ContactChange::default()
        };
        let after = given.missing_in(&contact).apply(&contact, noon()).unwrap();
        assert_eq!(after.name, contact.name);
        assert!(
            contact.card.tags.iter().all(|tag| after.card.tags.contains(tag))
                && after.card.tags.contains(&"new".to_owned())
        );
        assert_eq!(after.card.fields["source"], "fair");
        assert_eq!(after.addresses.len(), contact.addresses.len() + 1);
        assert_eq!(given.missing_in(&after), ContactChange::default(), "again, it is nothing");
    }
}
