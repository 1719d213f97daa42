//! What staff note on a contact, for themselves.

use domain::identity::AuditAction;
use domain::ids::{AccountId, NoteId};
use domain::leads::{Contact, ContactNote};
use domain::{ContactId, Failure, TenantId};
use serde_json::json;

use crate::Contacts;
use crate::table::cursors::Scope;
use crate::table::documents::{Trace, busy, entry};
use crate::table::error::failure;
use crate::table::item::{Item, from_item, get_text, readable, text as attribute, to_item};
use crate::table::keys::{self, PartitionKey};
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
        let mut item = to_item("contact_note", &key, &note)?;
        item.insert("gsi1pk".into(), attribute(keys::of(tenant).contact_note_list(contact)));
        item.insert("gsi1sk".into(), attribute(keys::by_time(note.at, &id.to_string())));
        let mut writes = Writes::new(&self.store.table);
        // A contact that is being erased meanwhile takes the note with it, or the note is refused.
        writes.check(&keys::of(tenant).contact(contact), "entity = :contact", ":contact", attribute("contact"))?;
        writes.put_new(item)?;
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
        let scope = Scope::new(&keys::of(tenant).contact_note_list(contact.id), &[]);
        let before = cursor.map(|cursor| scope.place::<1>(cursor)).transpose()?.map(|[place]| place);
        let mut items: Vec<Item> = Vec::new();
        for id in std::iter::once(&contact.id).chain(&contact.merged_from) {
            let list = keys::of(tenant).contact_note_list(*id);
            items.extend(self.noted_before(&list, before.as_deref(), limit + 1).await?);
        }
        items.sort_by(|one, other| get_text(other, "gsi1sk").cmp(get_text(one, "gsi1sk")));
        let more = items.len() > limit;
        items.truncate(limit);
        let last = items.last().filter(|_| more).map(|item| scope.cursor(&[get_text(item, "gsi1sk")]));
        Ok(Page { items: readable("contact_note", &items), cursor: last })
    }

    /// The latest of one list of notes, of those before a place.
    async fn noted_before(self, list: &PartitionKey, before: Option<&str>, limit: usize) -> Result<Vec<Item>, Failure> {
        // Behind every time there is.
        let before = before.unwrap_or("~");
        let query = self
            .store
            .dynamo
            .query()
            .table_name(&self.store.table)
            .index_name("gsi1")
            .scan_index_forward(false)
            .key_condition_expression("gsi1pk = :list AND gsi1sk < :before")
            .expression_attribute_values(":list", attribute(list))
            .expression_attribute_values(":before", attribute(before))
            .limit(i32::try_from(limit).unwrap_or(i32::MAX));
        let answer = query.send().await.map_err(|error| failure("list notes", &error))?;
        Ok(answer.items.unwrap_or_default())
    }
}
