//! One lead, one conversation, with all that was said; and the status that staff set.

use domain::conversations::{Conversation, Message, Note, Summary};
use domain::leads::Contact;
use domain::{ContactId, ConversationId, Failure, LeadId, TenantId};
use std::collections::BTreeMap;

use crate::Conversations;
use crate::conversations::keys::{MESSAGE, thread_places};
use crate::conversations::queues::ThreadFilter;
use crate::conversations::summaries::{SUMMARY, is_summary};
use crate::leads::keys::{MAX_MERGES, PAST};
use crate::table::item::{Item, from_item, get_text, readable};
use crate::table::keys::{self, TableKey};
use crate::table::lists::Page;

/// A conversation with every message, oldest first: what the customer wrote, what was answered, why, and what became of it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, utoipa::ToSchema)]
pub struct Replay {
    /// The thread.
    #[serde(flatten)]
    pub conversation: Conversation,
    /// Its messages.
    pub messages: Vec<Message>,
    /// What staff noted about it, oldest first; with the first page of messages.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// What was said before, summed up, once it was; with the first page of messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Summary>,
    /// Where the next page of messages begins; `None` at the end.
    #[serde(default)]
    pub cursor: Option<String>,
}

impl Conversations<'_> {
    /// A tenant's conversations.
    ///
    /// # Errors
    /// As [`crate::Leads::list`].
    pub async fn list(
        self,
        tenant: &TenantId,
        filter: ThreadFilter<'_>,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<Conversation>, Failure> {
        match filter.unread_by {
            Some((account, now)) => self.unread(tenant, filter, (account, now), limit, cursor).await,
            None => {
                let list = filter.partition(tenant);
                self.store.list("thread", tenant, &list, filter.terms(), limit, cursor).await
            }
        }
    }

    /// The contact of a thread, as it was when the thread was last moved; `None` when there is no such thread.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn contact(self, tenant: &TenantId, conversation: ConversationId) -> Result<Option<ContactId>, Failure> {
        self.store.owner(&keys::of(tenant).thread_pointer(conversation)).await
    }

    /// Conversations by their ids, at most 100; one that is gone is left out. Two calls for 50 of them: pointers lead to them.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn by_ids(
        self,
        tenant: &TenantId,
        asked: impl Iterator<Item = ConversationId>,
    ) -> Result<BTreeMap<ConversationId, Conversation>, Failure> {
        let asked: BTreeMap<TableKey, ConversationId> =
            asked.map(|id| (keys::of(tenant).thread_pointer(id), id)).collect();
        let pointers = self.store.batch_get(asked.keys().cloned().collect()).await?;
        let places = pointers.iter().filter_map(|pointer| {
            let contact = ContactId::parse(get_text(pointer, "contact")).ok()?;
            Some(thread_places(tenant, *asked.get(&TableKey::of(pointer))?, contact, get_text(pointer, "channel")))
        });
        let items = self.store.batch_get(places.flatten().collect()).await?;
        let threads = readable::<Conversation>("thread", &items).into_iter().map(|thread| (thread.id, thread));
        Ok(threads.filter(|(id, _)| asked.values().any(|asked| asked == id)).collect())
    }

    /// A conversation with its whole replay, however long: for tenant jobs and tests. The API reads pages.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such conversation.
    pub async fn replay(self, tenant: &TenantId, id: ConversationId) -> Result<Replay, Failure> {
        let items = self.store.partition(&keys::of(tenant).thread_pointer(id).pk, "").await?;
        let pointer = items.iter().find(|item| get_text(item, "entity") == "pointer");
        let pointer = pointer.ok_or_else(|| Failure::not_found("conversation"))?;
        let (_, conversation) = self.head(tenant, pointer, id).await?;
        let messages = items.iter().filter(|item| get_text(item, "entity") == "message");
        let notes = self.notes(tenant, id).await?;
        let summary = summary_among(&items);
        Ok(Replay { conversation, messages: readable("message", messages), notes, summary, cursor: None })
    }

    /// A conversation with a page of its messages, oldest first; at most 100 of them.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found when this tenant has no such conversation, or naming `cursor` when it is not one of
    /// this conversation's.
    pub async fn page(
        self,
        tenant: &TenantId,
        id: ConversationId,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Replay, Failure> {
        let place = keys::of(tenant).thread_pointer(id);
        let beside = self.store.batch_get(vec![place.clone(), keys::of(tenant).summary(id)]).await?;
        let pointer = beside.iter().find(|item| get_text(item, "entity") == "pointer");
        let pointer = pointer.ok_or_else(|| Failure::not_found("conversation"))?;
        let (_, conversation) = self.head(tenant, pointer, id).await?;
        let summary = summary_among(&beside).filter(|_| cursor.is_none());
        let notes = if cursor.is_none() { self.notes(tenant, id).await? } else { Vec::new() };
        let (items, cursor) = self.store.page_of(&place.pk, MESSAGE, true, limit, cursor).await?;
        Ok(Replay { conversation, messages: readable("message", &items), notes, summary, cursor })
    }

    /// A thread as it is now, and where it is kept: its pointer leads there.
    pub(crate) async fn head(
        self,
        tenant: &TenantId,
        pointer: &Item,
        id: ConversationId,
    ) -> Result<(TableKey, Conversation), Failure> {
        let contact = ContactId::parse(get_text(pointer, "contact"))?;
        let places = thread_places(tenant, id, contact, get_text(pointer, "channel"));
        for item in self.store.batch_get(places.to_vec()).await? {
            let thread: Conversation = from_item("thread", &item)?;
            if thread.id == id {
                return Ok((TableKey::of(&item), thread));
            }
        }
        Err(Failure::not_found("conversation"))
    }

    /// Every conversation of a lead's contact, those before a merge too, oldest first.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such lead.
    pub async fn of_lead(self, tenant: &TenantId, id: LeadId) -> Result<Vec<Conversation>, Failure> {
        let (contact, _) = self.store.leads().pointer(tenant, id).await?;
        let mut partition = self.store.partition(&keys::of(tenant).person(contact), "").await?;
        // A lead that was over before a merge stayed where it was; its contact goes on elsewhere.
        for _ in 0..MAX_MERGES {
            let Some(into) = contact_of(&partition)?.merged_into else { break };
            partition = self.store.partition(&keys::of(tenant).person(into), "").await?;
        }
        for earlier in contact_of(&partition)?.merged_from {
            partition.extend(self.store.partition(&keys::of(tenant).person(earlier), PAST).await?);
        }
        let threads = partition.iter().filter(|item| get_text(item, "entity") == "thread");
        let mut threads: Vec<Conversation> = readable("thread", threads);
        threads.sort_by_key(|thread| thread.started_at);
        Ok(threads)
    }
}

/// The contact among the items of its partition.
fn contact_of(partition: &[Item]) -> Result<Contact, Failure> {
    let contact = partition.iter().find(|item| get_text(item, "entity") == "contact");
    from_item("contact", contact.ok_or_else(|| Failure::not_found("lead"))?)
}

/// The summary among a thread's items.
pub(crate) fn summary_among(items: &[Item]) -> Option<Summary> {
    readable(SUMMARY, items.iter().filter(is_summary)).pop()
}
