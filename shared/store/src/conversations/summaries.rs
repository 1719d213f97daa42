//! Summaries of conversations, beside their messages: so each goes where its conversation goes, and is erased with it.
//!
//! One is kept a conversation. It takes the place of one that covers less, under the condition that nothing changed since it was read.
//! Where two make one at once, one of them is kept.

use std::time::Duration;

use domain::conversations::summary::StoredSummary;
use domain::conversations::{Conversation, Message, Summary};
use domain::failure::Rejection;
use domain::scheduling::Booking;
use domain::tenancy::usage::Spent;
use domain::{ContactId, ConversationId, Failure, TenantId};
use jiff::Timestamp;

use crate::Conversations;
use crate::conversations::keys::MESSAGE;
use crate::conversations::suggestions::PAUSES_MS;
use crate::table::documents::{busy, get_number};
use crate::table::item::{from_item, get_text, readable, text, to_item};
use crate::table::keys;
use crate::table::writes::{Ran, Writes};
use crate::tenancy::usage::lines;

pub(crate) const SUMMARY: &str = "summary";

/// What a conversation is summed up from.
#[derive(Debug, Clone, PartialEq)]
pub struct Unsummarized {
    /// The thread as it is now.
    pub thread: Conversation,
    /// All that was said in it, oldest first.
    pub messages: Vec<Message>,
    /// The appointment that was booked in it, as it is now.
    pub booking: Option<Booking>,
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
        let found = readable::<Summary>(SUMMARY, items.iter().filter(|item| get_text(item, "entity") == SUMMARY));
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
        let stored = of(SUMMARY);
        let version = stored.and_then(|item| get_number(item, "version"));
        let version = version.and_then(|version| u64::try_from(version).ok()).unwrap_or_default();
        // One that cannot be read is made again.
        let before = stored.and_then(|item| from_item::<Summary>(SUMMARY, item).ok());
        if before.as_ref().is_some_and(|summary| summary.messages >= messages) {
            return Ok(None);
        }
        let thread = match self.head(tenant, pointer, id).await {
            Ok((_, thread)) => thread,
            Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let messages = readable("message", &self.store.partition(&place.pk, MESSAGE).await?);
        let booking = match thread.booked {
            Some(booked) => self.store.appointments().find(tenant, booked).await?.map(|booking| booking.value),
            None => None,
        };
        Ok(Some(Unsummarized { thread, messages, booking, before, version }))
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
        spent: &[Spent],
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
            match self.store.run(writes).await? {
                Ran::Done => return Ok(()),
                Ran::Refused(_) => {
                    self.store.usage().count(tenant, spent, &cause, now).await?;
                    return Err(busy(SUMMARY));
                }
                Ran::Raced => {}
            }
        }
        Err(busy(SUMMARY))
    }

    /// Forgets the summary of a conversation, of which a message was corrected or taken back. The next one leaves it out.
    pub(crate) async fn forget_summary(self, tenant: &TenantId, id: ConversationId) -> Result<(), Failure> {
        let mut writes = Writes::new(&self.store.table);
        writes.delete(&keys::of(tenant).summary(id))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(()),
            Ran::Refused(_) | Ran::Raced => Err(busy(SUMMARY)),
        }
    }
}
