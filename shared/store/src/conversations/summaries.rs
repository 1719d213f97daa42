//! Summaries of conversations, beside their messages: so each goes where its conversation goes, and is erased with it.
//!
//! One is kept a conversation. It takes the place of one that covers less, under the condition that nothing changed since it was read.
//! Where two make one at once, one of them is kept. Of one that was forgotten its version stays, and goes up: what is being made
//! meanwhile, of what was said before, is not kept.

use std::time::Duration;

use domain::conversations::summary::StoredSummary;
use domain::conversations::{Conversation, Message, Summary};
use domain::events::{Event, EventKind};
use domain::failure::Rejection;
use domain::prompts::PromptCount;
use domain::tenancy::usage::Spent;
use domain::{ContactId, ConversationId, EventId, Failure, TenantId};
use jiff::Timestamp;

use crate::Conversations;
use crate::conversations::keys::MESSAGE;
use crate::conversations::suggestions::PAUSES_MS;
use crate::table::documents::{busy, get_number};
use crate::table::item::{Item, from_item, get_text, key_item, readable, text, to_item};
use crate::table::keys;
use crate::table::lists::MAX_PAGE;
use crate::table::outbox::OutboxRow;
use crate::table::writes::{Ran, Writes};
use crate::tenancy::usage::lines;

pub(crate) const SUMMARY: &str = "summary";
/// So many pages of a thread are read for a summary, the latest: 200 items. Of what was before, the lines of the last summary stay.
const PAGES: usize = 2;

/// What a conversation is summed up from.
#[derive(Debug, Clone, PartialEq)]
pub struct Unsummarized {
    /// The thread as it is now.
    pub thread: Conversation,
    /// The latest of what was said in it, oldest first.
    pub messages: Vec<Message>,
    /// The summary that there is.
    pub before: Option<Summary>,
    version: u64,
}

impl Conversations<'_> {
    /// The summaries of these conversations, as far as there are any, with whose they are now; one call, and none for none.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn summaries(self, tenant: &TenantId, ids: &[ConversationId]) -> Result<Vec<StoredSummary>, Failure> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let space = keys::of(tenant);
        let wanted = ids.iter().flat_map(|id| [space.summary(*id), space.thread_pointer(*id)]);
        let items = self.store.batch_get(wanted.collect()).await?;
        let found = readable::<Summary>(SUMMARY, items.iter().filter(is_summary));
        let owner = |id: ConversationId| {
            let place = space.thread_pointer(id).pk;
            let is_its = |item: &&_| get_text(item, "entity") == "pointer" && *place == *get_text(item, "pk");
            ContactId::parse(get_text(items.iter().find(is_its)?, "contact")).ok()
        };
        let stored = found.into_iter().filter_map(|summary| {
            let contact = owner(summary.conversation)?;
            Some(StoredSummary { contact, summary })
        });
        Ok(stored.collect())
    }

    /// What a conversation is to be summed up from that has `messages` messages. `None`: there is a summary of them, or the conversation
    /// is gone.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn unsummarized(
        self,
        tenant: &TenantId,
        id: ConversationId,
        messages: u32,
    ) -> Result<Option<Unsummarized>, Failure> {
        let place = keys::of(tenant).thread_pointer(id);
        let items = self.store.batch_get(vec![place.clone(), keys::of(tenant).summary(id)]).await?;
        let of = |entity: &str| items.iter().find(|item| get_text(item, "entity") == entity);
        let Some(pointer) = of("pointer") else { return Ok(None) };
        let (version, before) = read(of(SUMMARY));
        if before.as_ref().is_some_and(|summary| summary.messages >= messages) {
            return Ok(None);
        }
        let thread = match self.head(tenant, pointer, id).await {
            Ok((_, thread)) => thread,
            Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let (mut messages, mut cursor) = (Vec::<Message>::new(), None);
        for _ in 0..PAGES {
            let page = self.store.page_of(&place.pk, MESSAGE, false, MAX_PAGE, cursor.as_deref()).await?;
            messages.extend(readable("message", &page.0));
            cursor = page.1;
            if cursor.is_none() {
                break;
            }
        }
        messages.reverse();
        Ok(Some(Unsummarized { thread, messages, before, version }))
    }

    /// Keeps the summary of what was read, and counts what models took for it.
    ///
    /// # Errors
    /// [`Failure::Retryable`] where the conversation went to another contact meanwhile, or another summary of it was kept: what models took
    /// is counted all the same. Else as the table answers.
    pub async fn keep_summary(
        self,
        tenant: &TenantId,
        read: &Unsummarized,
        summary: &Summary,
        (spent, prompts): (&[Spent], &[PromptCount]),
        now: Timestamp,
    ) -> Result<(), Failure> {
        let (space, id) = (keys::of(tenant), read.thread.id);
        let cause = id.to_string();
        for pause in PAUSES_MS {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            let mut writes = Writes::new(&self.store.table);
            writes.put_version(to_item(SUMMARY, &space.summary(id), summary)?, read.version)?;
            // Nothing is kept of a contact that was erased.
            let owner = text(read.thread.contact.to_string());
            writes.check(&space.thread_pointer(id), "contact = :owner", ":owner", owner)?;
            writes.usage(tenant, &lines(spent, now), &cause)?;
            writes.prompt_counts(tenant, prompts.iter().cloned(), &cause)?;
            match self.store.run(writes).await? {
                Ran::Done => return Ok(()),
                Ran::Refused(_) => {
                    self.store.usage().count(tenant, (spent, prompts), &cause, now).await?;
                    return Err(busy(SUMMARY));
                }
                Ran::Raced => {}
            }
        }
        Err(busy(SUMMARY))
    }

    /// Forgets the summary of a conversation, of which a message was corrected or taken back, and asks for another, which leaves it out.
    pub(crate) async fn forget_summary(
        self,
        tenant: &TenantId,
        id: ConversationId,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let (space, place) = (keys::of(tenant), keys::of(tenant).summary(id));
        for pause in PAUSES_MS {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            let stored = self.store.item(SUMMARY, &place).await?;
            let (version, _) = read(stored.as_ref());
            let mut left = key_item(&place);
            left.insert("entity".to_owned(), text(SUMMARY));
            let mut writes = Writes::new(&self.store.table);
            writes.put_version(left, version)?;
            // Nothing is left of a conversation that is gone.
            let pointer = space.thread_pointer(id);
            writes.check(&pointer, "pk = :pk", ":pk", text(&pointer.pk))?;
            if let Some(stored) = stored.as_ref().filter(is_summary) {
                let messages = get_number(stored, "messages").and_then(|messages| u32::try_from(messages).ok());
                let kind = EventKind::SummaryDue { conversation: id, messages: messages.unwrap_or_default() };
                let event = EventId::derive(tenant, &["summary forgotten", &id.to_string(), &version.to_string()]);
                let (tenant, correlation_id) = (tenant.clone(), id.to_string());
                let due = Event { id: event, tenant: tenant.clone(), at: now, correlation_id, kind };
                writes.outbox(&OutboxRow::new(event, tenant, &[due], now))?;
            }
            match self.store.run(writes).await? {
                Ran::Done => return Ok(()),
                Ran::Refused(positions) if positions.contains(&1) => return Ok(()),
                Ran::Refused(_) | Ran::Raced => {}
            }
        }
        Err(busy(SUMMARY))
    }
}

/// Whether an item is a summary, and not the version that is left of one that was forgotten.
pub(crate) fn is_summary(item: &&Item) -> bool {
    get_text(item, "entity") == SUMMARY && item.contains_key("points")
}

/// The version of the item where a summary is kept, 0 where there is none, and the summary; one that cannot be read is made again.
fn read(stored: Option<&Item>) -> (u64, Option<Summary>) {
    let version = stored.and_then(|item| get_number(item, "version"));
    let version = version.and_then(|version| u64::try_from(version).ok()).unwrap_or_default();
    (version, stored.filter(is_summary).and_then(|item| from_item(SUMMARY, item).ok()))
}
