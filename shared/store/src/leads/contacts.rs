//! A contact as staff see it: in a list, and whole.

use domain::ids::AccountId;
use domain::journeys::{ConsentRecord, Person};
use domain::leads::{Contact, ContactNote, KnownAddress, Lead};
use domain::messaging::{Address, Channel, OptOutState, Source};
use domain::tenancy::Language;
use domain::{ContactId, Failure, LeadId, TenantId};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

use crate::leads::contact_notes::SHOWN;
use crate::leads::keys::MAX_MERGES;
use crate::table::documents::Versioned;
use crate::table::item::{from_item, readable};
use crate::table::keys;
use crate::{Contacts, Page};

/// A contact in a list.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ContactEntry {
    /// Its id.
    pub id: ContactId,
    /// Their name.
    pub name: Option<String>,
    /// Other names that came with their addresses.
    pub other_names: Vec<String>,
    /// Telephone numbers, mailboxes and WhatsApp names, and how sure it is that they are theirs. Sessions of the chat reach
    /// no one, and whoever has one could read it: they are left out.
    pub addresses: Vec<KnownAddress>,
    /// The language they last wrote in.
    pub language: Option<Language>,
    /// Words that the staff find them by.
    pub tags: Vec<String>,
    /// The business's own fields.
    pub fields: BTreeMap<String, String>,
    /// Whose contact it is.
    pub assignee: Option<AccountId>,
    /// How they came with their latest lead.
    pub source: Source,
    /// Their open lead.
    pub open_lead: Option<LeadId>,
    /// A key for tests made it: nothing is sent to it until someone writes from its address.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub test: bool,
    /// When they first wrote, or were typed in (UTC).
    pub created_at: Timestamp,
    /// When their lead or the contact last changed (UTC).
    pub updated_at: Timestamp,
}

/// A contact, whole.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ContactView {
    /// As in a list.
    #[serde(flatten)]
    pub entry: ContactEntry,
    /// They asked to hear nothing more, on whatever channel, and have not taken it back.
    pub opted_out: bool,
    /// When they last said whether they want to hear from the business (UTC).
    pub opted_at: Option<Timestamp>,
    /// How they stand on each channel that they are known on.
    pub channels: Vec<ChannelState>,
    /// What they agreed to or refused, by channel and purpose.
    pub consents: Vec<ConsentRecord>,
    /// What the staff noted last, newest first, at most 20 notes (all: `GET /v1/contacts/{id}/notes`).
    pub notes: Vec<ContactNote>,
    /// Contacts that were merged into this one.
    pub merged_from: Vec<ContactId>,
    /// Contacts that may be the same person (`GET /v1/duplicates`).
    pub possible_duplicates: Vec<ContactId>,
}

/// A contact beside what names it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NamedContact {
    /// Its id: of a contact that was merged, the one that goes on.
    pub id: ContactId,
    /// Their name.
    pub name: Option<String>,
    /// As in a list of contacts.
    pub addresses: Vec<KnownAddress>,
    /// The language they last wrote in.
    pub language: Option<Language>,
    /// Words that the staff find them by.
    pub tags: Vec<String>,
    /// The business's own fields.
    pub fields: BTreeMap<String, String>,
    /// Whose contact it is.
    pub assignee: Option<AccountId>,
    /// A key for tests made it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub test: bool,
}

/// How someone stands on a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChannelState {
    /// The channel.
    pub channel: Channel,
    /// They get nothing there: they asked for no more messages, or told the vendor of text messages so for every number of theirs.
    pub opted_out: bool,
    /// Vendors say that none of their addresses can be reached there.
    pub unreachable: bool,
    /// When they last wrote there (UTC).
    pub heard_at: Option<Timestamp>,
}

impl Contacts<'_> {
    /// A contact, or who goes on where it was merged, with its version.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such contact.
    pub async fn get(self, tenant: &TenantId, id: ContactId) -> Result<Versioned<ContactView>, Failure> {
        let (mut contact, notes) = self.with_notes(tenant, id, SHOWN, None).await?;
        contact.value.notes = notes.items;
        Ok(contact)
    }

    /// The same with a page of its notes beside it, and none in it.
    ///
    /// # Errors
    /// As of [`Contacts::get`], or naming `cursor` when it is not one of ours.
    pub async fn with_notes(
        self,
        tenant: &TenantId,
        id: ContactId,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<(Versioned<ContactView>, Page<ContactNote>), Failure> {
        let person = self.store.journeys().visit(tenant, id).await?.ok_or_else(|| Failure::not_found("contact"))?;
        let notes = self.notes_of(tenant, &person.contact, limit, cursor).await?;
        Ok((Versioned { version: person.contact.version, value: ContactView::of(person, Vec::new()) }, notes))
    }
}

impl Contacts<'_> {
    /// A contact, or who goes on where it was merged, without what else is known of them; `None`: there is no such contact.
    pub(crate) async fn survivor(self, tenant: &TenantId, id: ContactId) -> Result<Option<Contact>, Failure> {
        let mut id = id;
        for _ in 0..=MAX_MERGES {
            let Some(item) = self.store.item("contact", &keys::of(tenant).contact(id)).await? else { return Ok(None) };
            let contact: Contact = from_item("contact", &item)?;
            match contact.merged_into {
                Some(into) => id = into,
                None => return Ok(Some(contact)),
            }
        }
        Err(Failure::Permanent("a contact was merged more often than is followed".into()))
    }

    /// Who each of `ids` is today: the contact that goes on where they were merged. Who is gone is left out. One call for 100 of them, and
    /// one more for each merge in a row.
    pub(crate) async fn survivors(
        self,
        tenant: &TenantId,
        ids: impl Iterator<Item = ContactId>,
    ) -> Result<BTreeMap<ContactId, Contact>, Failure> {
        // Whom each of them leads to by now.
        let mut ends: BTreeMap<ContactId, ContactId> = ids.map(|id| (id, id)).collect();
        let mut found: BTreeMap<ContactId, Contact> = BTreeMap::new();
        for _ in 0..=MAX_MERGES {
            let unknown = ends.values().filter(|id| !found.contains_key(*id));
            let wanted = unknown.map(|id| keys::of(tenant).contact(*id)).collect();
            let contacts = readable::<Contact>("contact", &self.store.batch_get(wanted).await?);
            found.extend(contacts.into_iter().map(|contact| (contact.id, contact)));
            let mut is_through = true;
            for end in ends.values_mut() {
                if let Some(into) = found.get(end).and_then(|contact| contact.merged_into) {
                    (*end, is_through) = (into, false);
                }
            }
            if is_through {
                break;
            }
        }
        let end = |(id, end): (ContactId, ContactId)| Some((id, found.get(&end)?.clone()));
        Ok(ends.into_iter().filter_map(end).collect())
    }

    /// Those contacts, or those that they became, as they stand beside what names them.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn by_ids(
        self,
        tenant: &TenantId,
        asked: impl Iterator<Item = ContactId>,
    ) -> Result<BTreeMap<ContactId, NamedContact>, Failure> {
        let known = self.survivors(tenant, asked).await?;
        Ok(known.into_iter().map(|(id, contact)| (id, NamedContact::from(contact))).collect())
    }

    /// Whether a contact is a test contact ([`Contact::is_for_tests`]).
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such contact.
    pub async fn is_for_tests(self, tenant: &TenantId, id: ContactId) -> Result<bool, Failure> {
        let contact = self.survivor(tenant, id).await?.ok_or_else(|| Failure::not_found("contact"))?;
        Ok(contact.is_for_tests())
    }
}

impl From<Contact> for NamedContact {
    fn from(contact: Contact) -> Self {
        Self {
            id: contact.id,
            name: contact.name,
            addresses: shown(contact.addresses),
            language: contact.language,
            tags: contact.card.tags,
            fields: contact.card.fields,
            assignee: contact.assignee,
            test: contact.test,
        }
    }
}

/// Addresses without sessions of the chat.
fn shown(addresses: Vec<KnownAddress>) -> Vec<KnownAddress> {
    addresses.into_iter().filter(|known| !matches!(known.address, Address::Chat(_))).collect()
}

impl ContactEntry {
    pub(crate) fn of(contact: Contact, lead: &Lead) -> Self {
        Self {
            id: contact.id,
            name: contact.name,
            other_names: contact.other_names,
            addresses: shown(contact.addresses),
            language: contact.language,
            tags: contact.card.tags,
            fields: contact.card.fields,
            assignee: contact.assignee,
            source: lead.source,
            open_lead: (!lead.status.is_closed()).then_some(lead.id),
            test: contact.test,
            created_at: contact.created_at,
            updated_at: contact.card.changed_at.map_or(lead.updated_at, |at| at.max(lead.updated_at)),
        }
    }
}

impl ContactView {
    fn of(person: Person, notes: Vec<ContactNote>) -> Self {
        let Person { contact, lead, opt_out_state, journey, .. } = person;
        Self {
            opted_out: opt_out_state.refused,
            opted_at: opt_out_state.said_at,
            channels: channels(&contact, &opt_out_state),
            consents: journey.map(|journey| journey.consents).unwrap_or_default(),
            notes,
            merged_from: contact.merged_from.clone(),
            possible_duplicates: contact.possible_duplicates.clone(),
            entry: ContactEntry::of(contact, &lead),
        }
    }
}

/// The channels on which someone is known.
fn channels(contact: &Contact, state: &OptOutState) -> Vec<ChannelState> {
    let takes = |channel: Channel, address: &Address| match address {
        Address::Phone(_) => matches!(channel, Channel::Sms | Channel::Whatsapp),
        Address::Email(_) => channel == Channel::Email,
        Address::Chat(_) => channel == Channel::Chat,
        Address::WhatsappUser(_) => channel == Channel::Whatsapp,
    };
    let on = |channel: Channel| {
        let addresses: Vec<&Address> =
            contact.addresses.iter().map(|known| &known.address).filter(|address| takes(channel, address)).collect();
        let heard_at = state.heard.get(&channel).copied();
        (!addresses.is_empty() || heard_at.is_some()).then(|| ChannelState {
            channel,
            opted_out: state.refused || every(&addresses, |address| state.is_stopped(channel, address)),
            unreachable: every(&addresses, |address| state.cannot_reach(address, channel)),
            heard_at,
        })
    };
    [Channel::Whatsapp, Channel::Sms, Channel::Email, Channel::Chat].into_iter().filter_map(on).collect()
}

/// Whether it holds of all addresses, and there are some.
fn every(addresses: &[&Address], holds: impl Fn(&Address) -> bool) -> bool {
    !addresses.is_empty() && addresses.iter().all(|address| holds(address))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::messaging::Phone;

    #[test]
    fn a_channel_is_closed_where_every_address_is() {
        let tenant = TenantId::new("acme").unwrap();
        let number = |text: &str| Address::Phone(Phone::e164(text, "phone").unwrap());
        let (one, two) = (number("+13035550101"), number("+13035550102"));
        let mut contact = Contact::new(ContactId::derive(&tenant, &["ana"]), Timestamp::UNIX_EPOCH);
        let mut state = OptOutState::default();
        assert_eq!(channels(&contact, &state), []);
        contact.addresses = vec![KnownAddress::proven(one.clone()), KnownAddress::given(two.clone())];
        state.stopped.insert(one.key());
        state.heard.insert(Channel::Sms, Timestamp::UNIX_EPOCH);
        let sms =
            |state: &OptOutState| channels(&contact, state).into_iter().find(|on| on.channel == Channel::Sms).unwrap();
        assert!(!sms(&state).opted_out, "the other number gets messages");
        state.stopped.insert(two.key());
        assert!(sms(&state).opted_out && !sms(&state).unreachable);
        let whatsapp = &channels(&contact, &state)[0];
        assert_eq!((whatsapp.channel, whatsapp.opted_out, whatsapp.heard_at), (Channel::Whatsapp, false, None));
        state.refused = true;
        assert!(channels(&contact, &state).iter().all(|on| on.opted_out));
        for address in [&one, &two] {
            state.unreachable.insert(OptOutState::unreachable_on(address, Some(Channel::Sms)));
        }
        assert!(sms(&state).unreachable);
    }
}
