//! Contacts as an export file has them. The audit record says who took how many, before anybody has them.

use domain::identity::AuditAction;
use domain::ids::AuditId;
use domain::leads::KnownAddress;
use domain::messaging::{Address, OptOutState, Source, Strength};
use domain::{ContactId, Failure, TenantId};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use utoipa::ToSchema;

use crate::leads::contacts::ContactEntry;
use crate::leads::search::ContactFilter;
use crate::messaging::opt_out_states::opt_out_state_from;
use crate::table::documents::{Trace, entry};
use crate::table::item::get_text;
use crate::table::keys;
use crate::table::lists::{MAX_PAGE, Page};
use crate::{Contacts, Store};

/// So many pages of the list are one page of an export: at most 500 contacts.
const PAGES: usize = 5;

/// A contact for a file.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ExportedContact {
    /// Its id.
    pub id: ContactId,
    /// Their name.
    pub name: Option<String>,
    /// Their telephone numbers: those that are proven, or where none is, those that came with their first message.
    pub phones: Vec<String>,
    /// Their mailboxes, likewise.
    pub emails: Vec<String>,
    /// They wrote from an address of theirs; else anybody may have typed them.
    pub proven: bool,
    /// They asked to hear nothing more.
    pub opted_out: bool,
    /// Words that the staff find them by.
    pub tags: Vec<String>,
    /// The business's own fields.
    pub fields: BTreeMap<String, String>,
    /// How they came with their latest lead.
    pub source: Source,
    /// When their lead or the contact last changed (UTC).
    pub updated_at: Timestamp,
}

impl ExportedContact {
    /// `None`: a key for tests made it, and it is no one.
    fn of(contact: ContactEntry, state: &OptOutState) -> Option<Self> {
        let proven = contact.addresses.iter().any(|known| known.strength == Strength::Proven);
        let is_theirs = |known: &&KnownAddress| match proven {
            true => known.strength == Strength::Proven,
            false => !known.is_added,
        };
        let theirs: Vec<&Address> = contact.addresses.iter().filter(is_theirs).map(|known| &known.address).collect();
        let phones = theirs.iter().filter_map(|address| match address {
            Address::Phone(phone) => Some(phone.as_str().to_owned()),
            _ => None,
        });
        let emails = theirs.iter().filter_map(|address| match address {
            Address::Email(email) => Some(email.as_str().to_owned()),
            _ => None,
        });
        (!contact.test).then(|| Self {
            id: contact.id,
            phones: phones.collect(),
            emails: emails.collect(),
            name: contact.name,
            proven,
            opted_out: state.refused,
            tags: contact.tags,
            fields: contact.fields,
            source: contact.source,
            updated_at: contact.updated_at,
        })
    }
}

impl Contacts<'_> {
    /// A page of those that a filter lets through. A line of the audit record says who took how many away, for each page, before they have it.
    ///
    /// # Errors
    /// As [`Contacts::list`].
    pub async fn export(
        self,
        tenant: &TenantId,
        filter: &ContactFilter,
        cursor: Option<&str>,
        trace: &Trace,
    ) -> Result<Page<ExportedContact>, Failure> {
        let (mut items, mut next) = (Vec::new(), cursor.map(str::to_owned));
        for _ in 0..PAGES {
            let page = self.list(tenant, filter, MAX_PAGE, next.as_deref()).await?;
            items.extend(self.store.exported(tenant, page.items).await?);
            next = page.cursor;
            if next.is_none() {
                break;
            }
        }
        let count = Some(json!({"contacts": items.len()}));
        let line = entry(tenant, AuditAction::Exported, "contacts", 0, None, count, trace);
        let at = trace.at.as_nanosecond().to_string();
        let id = AuditId::derive(tenant, &["contacts", &trace.correlation_id, &at, cursor.unwrap_or_default()]);
        self.store.audit().record(&domain::identity::AuditEntry { id, ..line }).await?;
        Ok(Page { items, cursor: next })
    }
}

impl Store {
    /// Contacts with their opt-out states.
    async fn exported(&self, tenant: &TenantId, contacts: Vec<ContactEntry>) -> Result<Vec<ExportedContact>, Failure> {
        let place = |id: ContactId| keys::of(tenant).opt_out_state(id);
        let items = self.batch_get(contacts.iter().map(|contact| place(contact.id)).collect()).await?;
        let states: HashMap<&str, OptOutState> =
            items.iter().map(|item| (get_text(item, "pk"), opt_out_state_from(item))).collect();
        let unsaid = OptOutState::default();
        let exported = |contact: ContactEntry| {
            let pk = place(contact.id).pk;
            ExportedContact::of(contact, states.get(&*pk).unwrap_or(&unsaid))
        };
        Ok(contacts.into_iter().filter_map(exported).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::messaging::{Email, Phone};

    fn contact(addresses: Vec<KnownAddress>) -> ContactEntry {
        ContactEntry {
            id: ContactId::derive(&TenantId::new("acme").unwrap(), &["ana"]),
            name: Some("Ana".to_owned()),
            other_names: Vec::new(),
            addresses,
            language: None,
            tags: Vec::new(),
            fields: BTreeMap::new(),
            assignee: None,
            source: Source::Sms,
            open_lead: None,
            test: false,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn only_addresses_that_are_theirs_are_exported_and_nobody_for_tests() {
        let phone = Address::Phone(Phone::e164("+13035550101", "phone").unwrap());
        let email = |text: &str| Address::Email(Email::new(text, "email").unwrap());
        let (given, added) = (KnownAddress::given(email("ana@example.com")), email("other@example.com"));
        let added = KnownAddress { is_added: true, ..KnownAddress::given(added) };
        let state = OptOutState { refused: true, ..OptOutState::default() };
        let all = contact(vec![KnownAddress::proven(phone), given.clone(), added.clone()]);
        let proven = ExportedContact::of(all.clone(), &state).unwrap();
        assert_eq!((proven.phones.as_slice(), proven.emails.as_slice()), (&["+13035550101".to_owned()][..], &[][..]));
        assert!(proven.proven && proven.opted_out);
        let typed_in = ExportedContact::of(contact(vec![given, added]), &OptOutState::default()).unwrap();
        assert_eq!(typed_in.emails, ["ana@example.com"]);
        assert!(!typed_in.proven && !typed_in.opted_out);
        assert_eq!(ExportedContact::of(ContactEntry { test: true, ..all }, &state), None);
    }
}
