//! What staff note on a contact, for themselves.

use domain::identity::AuditAction;
use domain::ids::{AccountId, NoteId};
use domain::leads::{Contact, ContactNote};
use domain::{ContactId, Failure, TenantId};
use serde_json::json;

use crate::Contacts;
use crate::leads::keys::CONTACT_NOTE;
use crate::table::documents::{Trace, busy, entry};
use crate::table::item::{from_item, readable, to_item};
use crate::table::keys;
use crate::table::writes::{Ran, Writes};

/// So many of the latest notes are shown.
const SHOWN: usize = 100;

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
        writes.put_new(to_item("contact_note", &key, &note)?)?;
        writes.audit(&entry(tenant, AuditAction::Created, &subject, 1, None, Some(after), trace))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(note),
            Ran::Raced => Err(busy("note")),
            Ran::Refused(_) => {
                let stored = self.store.item("contact_note", &key).await?;
                from_item("contact_note", &stored.ok_or_else(|| busy("note"))?)
            }
        }
    }

    /// The notes on a contact and on those that were merged into it, newest first.
    pub(crate) async fn notes(self, tenant: &TenantId, contact: &Contact) -> Result<Vec<ContactNote>, Failure> {
        let mut notes: Vec<ContactNote> = Vec::new();
        for id in std::iter::once(&contact.id).chain(&contact.merged_from) {
            let items = self.store.partition(&keys::of(tenant).person(*id), CONTACT_NOTE).await?;
            notes.extend(readable("contact_note", &items));
        }
        notes.sort_by_key(|note: &ContactNote| std::cmp::Reverse((note.at, note.id)));
        notes.truncate(SHOWN);
        Ok(notes)
    }
}
