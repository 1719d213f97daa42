//! What staff note on a contact, for themselves.

use domain::identity::AuditAction;
use domain::ids::{AccountId, NoteId};
use domain::leads::{Contact, ContactNote};
use domain::{ContactId, Failure, TenantId};
use serde_json::json;

use crate::Contacts;
use crate::leads::keys::CONTACT_NOTE;
use crate::table::cursors::Scope;
use crate::table::documents::{Trace, busy, entry};
use crate::table::item::{from_item, readable, text as attribute, to_item};
use crate::table::keys;
use crate::table::lists::{MAX_PAGE, Page};
use crate::table::writes::{Ran, Writes};

/// So many of the latest notes are shown with a contact.
pub(crate) const SHOWN: usize = 20;

impl Contacts<'_> {
    /// Keeps a note on a contact, or on who goes on where it was merged. `cause` names the request: its repeat finds the note.
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
        let (text, mentions) = (said.to_owned(), mentions.to_vec());
        let note = ContactNote { id, contact, text, mentions, by: trace.actor.clone(), at: trace.at };
        let key = keys::of(tenant).contact_note(contact, id);
        let (subject, after) = (format!("note/{id}"), json!({ "contact": contact }));
        let mut writes = Writes::new(&self.store.table);
        // A contact that is being erased meanwhile takes the note with it, or the note is refused.
        writes.check(&keys::of(tenant).contact(contact), "entity = :contact", ":contact", attribute("contact"))?;
        writes.put_new(to_item("contact_note", &key, &note)?)?;
        writes.audit(&entry(tenant, AuditAction::Created, &subject, 1, None, Some(after), trace))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(note),
            Ran::Raced => Err(busy("note")),
            Ran::Refused(which) if which.contains(&0) => Err(Failure::not_found("contact")),
            Ran::Refused(_) => {
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
            let all = self.noted(tenant, *id).await?;
            notes.extend(all.into_iter().map(|note| (keys::by_time(note.at, &note.id.to_string()), note)));
        }
        notes.retain(|(place, _)| before.as_ref().is_none_or(|before| place < before));
        notes.sort_by(|(one, _), (other, _)| other.cmp(one));
        let more = notes.len() > limit;
        notes.truncate(limit);
        let cursor = notes.last().filter(|_| more).map(|(place, _)| scope.cursor(&[place]));
        Ok(Page { items: notes.into_iter().map(|(_, note)| note).collect(), cursor })
    }

    /// Every note on one contact, consistently, in no order. They lie in the person's partition, where all versions of the code
    /// put them; a person has few.
    async fn noted(self, tenant: &TenantId, contact: ContactId) -> Result<Vec<ContactNote>, Failure> {
        let (mut notes, mut cursor) = (Vec::new(), None);
        loop {
            let person = keys::of(tenant).person(contact);
            let (items, next) = self.store.page_of(&person, CONTACT_NOTE, true, MAX_PAGE, cursor.as_deref()).await?;
            notes.extend(readable("contact_note", &items));
            cursor = next;
            if cursor.is_none() {
                return Ok(notes);
            }
        }
    }
}
