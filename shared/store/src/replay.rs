//! One lead, one conversation, with all that was said; and the status that staff set.

use aws_sdk_dynamodb::types::Update;
use domain::conversations::{Conversation, Message};
use domain::events::{Event, EventKind};
use domain::failure::Rejection;
use domain::leads::{Contact, Lead, LeadStatus};
use domain::{ContactId, ConversationId, EventId, Failure, LeadId, TenantId};

use crate::Store;
use crate::documents::{Trace, busy, changed};
use crate::error::failure;
use crate::item::{Item, from_item, get_text, key_item, number, readable, text};
use crate::keys::{self, TableKey};
use crate::outbox::OutboxRow;
use crate::people::MAX_MERGES;
use crate::writes::{Ran, Writes};

/// A conversation with every message, oldest first: what the customer wrote, what was answered, why, and what became of it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, utoipa::ToSchema)]
pub struct Replay {
    /// The thread.
    #[serde(flatten)]
    pub conversation: Conversation,
    /// Its messages.
    pub messages: Vec<Message>,
    /// Where the next page of them begins; `None` at the end.
    #[serde(default)]
    pub cursor: Option<String>,
}

impl Store {
    /// A lead.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such lead.
    pub async fn lead(&self, tenant: &TenantId, id: LeadId) -> Result<Lead, Failure> {
        Ok(self.locate_lead(tenant, id).await?.1)
    }

    async fn locate_lead(&self, tenant: &TenantId, id: LeadId) -> Result<(TableKey, Lead), Failure> {
        let (contact, id) = self.lead_pointer(tenant, id).await?;
        let places = vec![keys::lead(tenant, contact), keys::past_lead(tenant, contact, id)];
        for item in self.batch_get(places).await? {
            let lead: Lead = from_item("lead", &item)?;
            if lead.id == id {
                return Ok((place(&item), lead));
            }
        }
        Err(Failure::not_found("lead"))
    }

    /// Whose partition a lead is in, and its id: a lead that was merged points to the one that goes on, as often as that happened.
    async fn lead_pointer(&self, tenant: &TenantId, id: LeadId) -> Result<(ContactId, LeadId), Failure> {
        let mut id = id;
        for _ in 0..MAX_MERGES {
            let pointer = self.batch_get(vec![keys::lead_pointer(tenant, id)]).await?;
            let pointer = pointer.first().ok_or_else(|| Failure::not_found("lead"))?;
            match LeadId::parse(get_text(pointer, "lead")) {
                Ok(other) if other != id => id = other,
                _ => return Ok((ContactId::parse(get_text(pointer, "contact"))?, id)),
            }
        }
        Err(Failure::Permanent("a lead was merged more often than is followed".into()))
    }

    /// Moves version `read` of a lead to `status` on behalf of staff. The same move again is the same.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, precondition failed when the lead is not at that version any more, or a conflict
    /// when it cannot become that from what it is.
    pub async fn set_lead_status(
        &self,
        tenant: &TenantId,
        id: LeadId,
        status: LeadStatus,
        read: u64,
        trace: &Trace,
    ) -> Result<Lead, Failure> {
        let now = trace.at;
        let (key, lead) = self.locate_lead(tenant, id).await?;
        if lead.version != read {
            let done = lead.version == read + 1 && lead.status == status;
            return if done { Ok(lead) } else { Err(changed(read)) };
        }
        if !lead.status.allows(status) {
            let message = format!("a lead that is {} cannot become {}", lead.status.as_str(), status.as_str());
            return Err(Failure::rejected(Rejection::Conflict, message));
        }
        if lead.status == status {
            return Ok(lead);
        }
        let after = Lead { status, updated_at: now, version: lead.version + 1, ..lead.clone() };
        let update = Update::builder()
            .table_name(&self.table)
            .set_key(Some(key_item(&key)))
            .update_expression("SET #status = :status, updated_at = :now, version = :version, gsi1sk = :order")
            .condition_expression("version = :read")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":status", text(status.as_str()))
            .expression_attribute_values(":now", text(now.to_string()))
            .expression_attribute_values(":version", number(after.version))
            .expression_attribute_values(":read", number(lead.version))
            .expression_attribute_values(":order", text(keys::by_time(now, &lead.id.to_string())))
            .build()
            .map_err(|error| Failure::Permanent(error.to_string()))?;
        let cause = format!("{}|{}", lead.id, after.version);
        let event = Event {
            id: EventId::derive(tenant, &["status", &cause]),
            tenant: tenant.clone(),
            at: now,
            correlation_id: trace.correlation_id.clone(),
            kind: EventKind::LeadStatusChanged { lead: lead.id, status, was: lead.status },
        };
        let mut writes = Writes::new(&self.table);
        writes.update(update);
        writes.outbox(&OutboxRow::new(EventId::derive(tenant, &["outbox", &cause]), tenant.clone(), &[event], now))?;
        match self.run(writes).await? {
            Ran::Done => Ok(after),
            Ran::Raced => Err(busy("lead")),
            Ran::Refused(_) => Err(changed(read)),
        }
    }

    /// A conversation with its whole replay, however long: for chores and tests. The API reads pages.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such conversation.
    pub async fn replay(&self, tenant: &TenantId, id: ConversationId) -> Result<Replay, Failure> {
        let items = self.partition(&keys::thread_pointer(tenant, id).pk, "").await?;
        let pointer = items.iter().find(|item| get_text(item, "entity") == "pointer");
        let pointer = pointer.ok_or_else(|| Failure::not_found("conversation"))?;
        let (_, conversation) = self.head(tenant, pointer, id).await?;
        let messages = items.iter().filter(|item| get_text(item, "entity") == "message");
        Ok(Replay { conversation, messages: readable("message", messages), cursor: None })
    }

    /// A conversation with a page of its messages, oldest first; at most 100 of them.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found when this tenant has no such conversation, or naming `cursor` when it is not one of
    /// this conversation's.
    pub async fn replay_page(
        &self,
        tenant: &TenantId,
        id: ConversationId,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Replay, Failure> {
        let place = keys::thread_pointer(tenant, id);
        let pointer = self.batch_get(vec![place.clone()]).await?;
        let pointer = pointer.first().ok_or_else(|| Failure::not_found("conversation"))?;
        let (_, conversation) = self.head(tenant, pointer, id).await?;
        let (items, cursor) = self.page_of(&place.pk, keys::MESSAGE, true, limit, cursor).await?;
        Ok(Replay { conversation, messages: readable("message", &items), cursor })
    }

    /// A thread as it is now, and where it is kept: its pointer leads there.
    pub(crate) async fn head(
        &self,
        tenant: &TenantId,
        pointer: &Item,
        id: ConversationId,
    ) -> Result<(TableKey, Conversation), Failure> {
        let contact = ContactId::parse(get_text(pointer, "contact"))?;
        let now = TableKey {
            pk: keys::person(tenant, contact),
            sk: format!("{}THREAD#{}", keys::NOW, get_text(pointer, "channel")),
        };
        for item in self.batch_get(vec![now, keys::past_thread(tenant, contact, id)]).await? {
            let thread: Conversation = from_item("thread", &item)?;
            if thread.id == id {
                return Ok((place(&item), thread));
            }
        }
        Err(Failure::not_found("conversation"))
    }

    /// Every conversation of a lead's contact, those before a merge too, oldest first.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such lead.
    pub async fn conversations_of_lead(&self, tenant: &TenantId, id: LeadId) -> Result<Vec<Conversation>, Failure> {
        let (contact, _) = self.lead_pointer(tenant, id).await?;
        let mut partition = self.partition(&keys::person(tenant, contact), "").await?;
        // A lead that was over before a merge stayed where it was; its contact goes on elsewhere.
        for _ in 0..MAX_MERGES {
            let Some(into) = contact_of(&partition)?.merged_into else { break };
            partition = self.partition(&keys::person(tenant, into), "").await?;
        }
        for earlier in contact_of(&partition)?.merged_from {
            partition.extend(self.partition(&keys::person(tenant, earlier), keys::PAST).await?);
        }
        let threads = partition.iter().filter(|item| get_text(item, "entity") == "thread");
        let mut threads: Vec<Conversation> = readable("thread", threads);
        threads.sort_by_key(|thread| thread.started_at);
        Ok(threads)
    }

    /// All items of a partition whose sort key begins with `prefix`, in order.
    async fn partition(&self, pk: &str, prefix: &str) -> Result<Vec<Item>, Failure> {
        let mut items = Vec::new();
        let mut start = None;
        loop {
            let mut query = self
                .dynamo
                .query()
                .table_name(&self.table)
                .expression_attribute_values(":pk", text(pk))
                .set_exclusive_start_key(start);
            query = match prefix {
                "" => query.key_condition_expression("pk = :pk"),
                _ => query
                    .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
                    .expression_attribute_values(":prefix", text(prefix)),
            };
            let answer = query.send().await.map_err(|error| failure("partition", &error))?;
            items.extend(answer.items.unwrap_or_default());
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(items);
            }
        }
    }
}

/// Where an item is kept.
fn place(item: &Item) -> TableKey {
    TableKey { pk: get_text(item, "pk").to_owned(), sk: get_text(item, "sk").to_owned() }
}

/// The contact among the items of its partition.
fn contact_of(partition: &[Item]) -> Result<Contact, Failure> {
    let contact = partition.iter().find(|item| get_text(item, "entity") == "contact");
    from_item("contact", contact.ok_or_else(|| Failure::not_found("lead"))?)
}
