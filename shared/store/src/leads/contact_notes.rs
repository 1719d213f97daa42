//! What staff note on a contact, for themselves.

use domain::identity::AuditAction;
use domain::ids::{AccountId, NoteId};
use domain::leads::{Contact, ContactNote};
use domain::{ContactId, Failure, MessageId, TenantId};
use serde_json::json;

use crate::conversations::turns::seen_item;
use crate::leads::keys::{BY_TIME, CONTACT_NOTE};
use crate::table::cursors::Scope;
use crate::table::documents::{Trace, busy, entry};
use crate::table::item::{Item, from_item, get_text, readable, text as attribute, to_item};
use crate::table::keys::{self, TableKey};
use crate::table::lists::{MAX_PAGE, Page};
use crate::table::writes::{Ran, Writes};
use crate::{Contacts, Store};

/// So many of the latest notes are shown with a contact.
pub(crate) const SHOWN: usize = 20;

impl Contacts<'_> {
    /// Keeps a note on a contact, or on who goes on where it was merged, with the members of the team whom it is to mention, and whom its text
    /// does. `cause` names the request: its repeat finds the note.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, or naming `mentions` where one is no member of the team.
    pub async fn add_note(
        self,
        tenant: &TenantId,
        contact: ContactId,
        (said, mentions): (&str, &[AccountId]),
        cause: &str,
        trace: &Trace,
    ) -> Result<ContactNote, Failure> {
        let person = self.store.journeys().visit(tenant, contact).await?;
        let contact = person.ok_or_else(|| Failure::not_found("contact"))?.contact.id;
        for (index, account) in mentions.iter().enumerate() {
            self.demand_member(tenant, *account, &format!("mentions[{index}]")).await?;
        }
        let id = NoteId::derive(tenant, &["contact", &contact.to_string(), cause]);
        let (text, mut mentions) = (said.to_owned(), mentions.to_vec());
        let named = self.store.conversations().mentioned_in(tenant, said).await?.into_iter();
        mentions.extend(named.filter(|account| !mentions.contains(account)).collect::<Vec<_>>());
        mentions.truncate(ContactNote::MAX_MENTIONS);
        let note = ContactNote { id, contact, text, mentions, by: trace.actor.clone(), at: trace.at };
        let key = keys::of(tenant).contact_note(contact, trace.at, id);
        // It lies under the time of the first request: the mark leads its repeat there.
        let request = MessageId::derive(tenant, &["contact note", &id.to_string()]);
        let mut mark = seen_item(tenant, request, trace.at);
        mark.insert("ref".to_owned(), attribute(&key.sk));
        let (subject, after) = (format!("note/{id}"), json!({ "contact": contact }));
        let mut writes = Writes::new(&self.store.table);
        // A contact that is being erased meanwhile takes the note with it, or the note is refused.
        writes.check(&keys::of(tenant).contact(contact), "entity = :contact", ":contact", attribute("contact"))?;
        writes.put_new(mark)?;
        writes.put_new(to_item("contact_note", &key, &note)?)?;
        writes.audit(&entry(tenant, AuditAction::Created, &subject, 1, None, Some(after), trace))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(note),
            Ran::Raced => Err(busy("note")),
            Ran::Refused(which) if which.contains(&0) => Err(Failure::not_found("contact")),
            Ran::Refused(_) => {
                let mark =
                    self.store.item("seen", &keys::of(tenant).seen(request)).await?.ok_or_else(|| busy("note"))?;
                let key = TableKey { sk: get_text(&mark, "ref").to_owned(), ..key };
                let stored = self.store.item("contact_note", &key).await?;
                from_item("contact_note", &stored.ok_or_else(|| busy("note"))?)
            }
        }
    }

    /// The notes on a contact and on those that were merged into it, newest first.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, or naming `cursor` when it is not one of ours.
    pub async fn notes(
        self,
        tenant: &TenantId,
        contact: ContactId,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<ContactNote>, Failure> {
        let person =
            self.store.journeys().visit(tenant, contact).await?.ok_or_else(|| Failure::not_found("contact"))?;
        self.notes_of(tenant, &person.contact, limit, cursor).await
    }

    pub(crate) async fn notes_of(
        self,
        tenant: &TenantId,
        contact: &Contact,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<ContactNote>, Failure> {
        let limit = limit.clamp(1, MAX_PAGE);
        let scope = Scope::new(&keys::of(tenant).person(contact.id), &[("prefix", CONTACT_NOTE)]);
        let before = cursor.map(|cursor| scope.place::<1>(cursor)).transpose()?.map(|[place]| place);
        let mut notes: Vec<(String, ContactNote)> = Vec::new();
        for id in std::iter::once(&contact.id).chain(&contact.merged_from) {
            notes.extend(self.noted(tenant, *id, limit, before.as_deref()).await?);
        }
        notes.sort_by(|(one, _), (other, _)| other.cmp(one));
        let more = notes.len() > limit;
        notes.truncate(limit);
        let cursor = notes.last().filter(|_| more).map(|(place, _)| scope.cursor(&[place]));
        Ok(Page { items: notes.into_iter().map(|(_, note)| note).collect(), cursor })
    }

    /// The notes on one contact before the place `before`, each with its own: more than `limit` of them, or all, consistently. Those
    /// that an earlier version kept by their ids come after all others and in no order, so that with the first of them all are read.
    async fn noted(
        self,
        tenant: &TenantId,
        contact: ContactId,
        limit: usize,
        before: Option<&str>,
    ) -> Result<Vec<(String, ContactNote)>, Failure> {
        let person = keys::of(tenant).person(contact);
        let from = before.map(|place| if place.starts_with(BY_TIME) { place } else { BY_TIME });
        let to = |place: &str| Store::cursor_to(&person, CONTACT_NOTE, false, &format!("{CONTACT_NOTE}{place}"));
        let (mut notes, mut cursor) = (Vec::new(), from.map(to));
        loop {
            let (items, next) = self.store.page_of(&person, CONTACT_NOTE, false, limit + 1, cursor.as_deref()).await?;
            let in_order = items.iter().all(|item| place_of(item).is_some());
            for item in &items {
                let note: Option<ContactNote> = readable("contact_note", [item]).pop();
                let by_id = |note: &ContactNote| keys::by_time(note.at, &note.id.to_string());
                notes.extend(note.map(|note| (place_of(item).map_or_else(|| by_id(&note), str::to_owned), note)));
            }
            cursor = next;
            if cursor.is_none() || (in_order && notes.len() > limit) {
                notes.retain(|(place, _)| before.is_none_or(|before| place.as_str() < before));
                return Ok(notes);
            }
        }
    }
}

/// Where a note lies that is kept by its time.
fn place_of(item: &Item) -> Option<&str> {
    get_text(item, "sk").strip_prefix(CONTACT_NOTE).filter(|place| place.starts_with(BY_TIME))
}
