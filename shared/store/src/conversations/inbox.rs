//! What a page of the inbox shows, in few reads: two for the list of who waits, three with a conversation beside it.
//!
//! A thread's partition ends with its newest messages, its notes, its pointer, who looks at it and its summary, in this order. One Query, backwards,
//! reads them all. What the list and the conversation refer to is read in one BatchGetItem.

use domain::conversations::{Conversation, Message, Note, Presence, Summary};
use domain::ids::AccountId;
use domain::leads::{Contact, KnownAddress, Lead};
use domain::messaging::OptOutState;
use domain::{ContactId, ConversationId, Failure, TenantId};
use jiff::Timestamp;
use std::collections::BTreeMap;

use crate::conversations::attention::{ReadMarks, marks_among, present_among};
use crate::conversations::keys::{MESSAGE, NOTE, thread_places};
use crate::conversations::queues::ThreadFilter;
use crate::conversations::replay::{Replay, summary_among};
use crate::messaging::opt_out_states::opt_out_state_from;
use crate::table::error::failure;
use crate::table::item::{Item, from_item, get_text, readable, text};
use crate::table::keys::{self, TableKey};
use crate::table::lists::Page;
use crate::{Conversations, Store};

/// So many items that are no messages are read with the newest messages of a thread; where there are more, in a second read.
const BESIDE: usize = 50;

/// Which page is wanted.
#[derive(Debug, Clone, Copy)]
pub struct InboxQuery<'a> {
    /// Whose it is; programs have read nothing.
    pub reader: Option<AccountId>,
    /// Which threads the list has.
    pub filter: ThreadFilter<'a>,
    /// So many of them, at most 25.
    pub limit: usize,
    /// Where the list goes on.
    pub cursor: Option<&'a str>,
    /// The conversation beside the list.
    pub open: Option<OpenQuery<'a>>,
    /// The time now (UTC).
    pub now: Timestamp,
}

/// A conversation, and how much of it is wanted.
#[derive(Debug, Clone, Copy)]
pub struct OpenQuery<'a> {
    /// The conversation's id.
    pub id: ConversationId,
    /// So many messages, at most 100.
    pub limit: usize,
    /// Where older ones begin.
    pub before: Option<&'a str>,
}

/// Who waits, and a conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Inbox {
    /// The list.
    pub threads: Page<Conversation>,
    /// The latest leads of those in it.
    pub leads: BTreeMap<ContactId, Lead>,
    /// How far its reader has read the threads.
    pub marks: ReadMarks,
    /// The conversation beside it.
    pub open: Option<OpenThread>,
}

/// A conversation as a page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenThread {
    /// The thread with its messages, the newest first, and its notes, oldest first.
    pub replay: Replay,
    /// Who looks at it.
    pub present: Vec<Presence>,
    /// The latest lead of its customer.
    pub lead: Option<Lead>,
    /// How they are reached.
    pub addresses: Vec<KnownAddress>,
    /// Their opt-out state.
    pub opt_out_state: OptOutState,
}

/// What the end of a thread's partition holds.
struct Tail {
    contact: ContactId,
    channel: String,
    messages: Vec<Message>,
    notes: Vec<Note>,
    summary: Option<Summary>,
    present: Vec<Presence>,
    cursor: Option<String>,
}

impl Conversations<'_> {
    /// A page of the inbox.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found when this tenant has no such conversation, or naming `cursor` when one is not of its list.
    pub async fn inbox(self, tenant: &TenantId, wanted: &InboxQuery<'_>) -> Result<Inbox, Failure> {
        let InboxQuery { reader, filter, limit, cursor, open, now } = *wanted;
        let tail = async {
            match open {
                Some(open) => self.tail(tenant, &open, now).await.map(|tail| Some((open.id, tail))),
                None => Ok(None),
            }
        };
        let (threads, tail) = tokio::try_join!(self.list(tenant, filter, limit.min(25), cursor), tail)?;
        let space = keys::of(tenant);
        let mut led_to: Vec<TableKey> = threads.items.iter().map(|thread| space.lead(thread.contact)).collect();
        if let Some(account) = reader {
            led_to.extend(threads.items.iter().map(|thread| space.read_mark(account, thread.id)));
        }
        if let Some((id, tail)) = &tail {
            led_to.extend(thread_places(tenant, *id, tail.contact, &tail.channel));
            led_to.extend([space.contact(tail.contact), space.lead(tail.contact), space.opt_out_state(tail.contact)]);
        }
        let items = self.store.batch_get(led_to).await?;
        let leads = items.iter().filter(|item| get_text(item, "entity") == "lead");
        let leads: BTreeMap<ContactId, Lead> =
            readable::<Lead>("lead", leads).into_iter().map(|lead| (lead.contact, lead)).collect();
        let open = match tail {
            Some((id, tail)) => Some(self.opened(tenant, id, tail, &items, &leads).await?),
            None => None,
        };
        Ok(Inbox { threads, leads, marks: marks_among(&items), open })
    }

    /// A conversation, of what was read of it and what that led to.
    async fn opened(
        self,
        tenant: &TenantId,
        id: ConversationId,
        tail: Tail,
        items: &[Item],
        leads: &BTreeMap<ContactId, Lead>,
    ) -> Result<OpenThread, Failure> {
        let Tail { contact, messages, notes, summary, present, cursor, .. } = tail;
        let mut threads = items.iter().filter(|item| get_text(item, "entity") == "thread");
        let thread = threads.find(|item| get_text(item, "id") == id.to_string());
        let conversation = from_item("thread", thread.ok_or_else(|| Failure::not_found("conversation"))?)?;
        let known = items.iter().find(|item| get_text(item, "entity") == "contact");
        let known = known.map(|item| from_item::<Contact>("contact", item)).transpose()?;
        let addresses = match known {
            // The thread is about to follow its contact.
            Some(Contact { merged_into: Some(_), .. }) => {
                self.store.leads().addresses(tenant, [contact].into_iter()).await?.remove(&contact).unwrap_or_default()
            }
            known => known.map(|contact| contact.addresses).unwrap_or_default(),
        };
        let lead = leads.get(&contact).cloned();
        let standing = items.iter().find(|item| get_text(item, "entity") == "standing");
        let opt_out_state = standing.map(opt_out_state_from).unwrap_or_default();
        Ok(OpenThread {
            replay: Replay { conversation, messages, notes, summary, cursor },
            present,
            lead,
            addresses,
            opt_out_state,
        })
    }

    /// The end of a thread's partition; with a cursor, the messages before it in a read of their own.
    async fn tail(self, tenant: &TenantId, open: &OpenQuery<'_>, now: Timestamp) -> Result<Tail, Failure> {
        let place = keys::of(tenant).thread_pointer(open.id);
        let limit = open.limit.clamp(1, 100);
        let (items, (older, cursor)) = match open.before {
            None => {
                let items = self.last_items(&place, MESSAGE, limit).await?;
                let mut messages = items.iter().filter(|item| get_text(item, "entity") == "message");
                let last = messages.nth(limit - 1).filter(|_| messages.next().is_some());
                let cursor = last.map(|item| Store::cursor_to(&place.pk, MESSAGE, false, get_text(item, "sk")));
                (items, (Vec::new(), cursor))
            }
            before => tokio::try_join!(
                self.last_items(&place, NOTE, 0),
                self.store.page_of(&place.pk, MESSAGE, false, limit, before),
            )?,
        };
        let of = |kind: &'static str| items.iter().chain(&older).filter(move |item| get_text(item, "entity") == kind);
        let pointer = of("pointer").next().ok_or_else(|| Failure::not_found("conversation"))?;
        let mut notes: Vec<Note> = readable("note", of("note"));
        notes.sort_by_key(|note| note.at);
        Ok(Tail {
            contact: ContactId::parse(get_text(pointer, "contact"))?,
            channel: get_text(pointer, "channel").to_owned(),
            messages: readable("message", of("message").take(limit)),
            notes,
            summary: summary_among(&items),
            present: present_among(&items, now),
            cursor,
        })
    }

    /// The items of a partition from its end back to the sort key `first`, until there are more than `messages` messages.
    async fn last_items(self, place: &TableKey, first: &str, messages: usize) -> Result<Vec<Item>, Failure> {
        let (mut items, mut start) = (Vec::new(), None);
        loop {
            let limit = i32::try_from(messages + BESIDE + 1).unwrap_or(i32::MAX);
            let query = self
                .store
                .query()
                .consistent_read(true)
                .scan_index_forward(false)
                .limit(limit)
                .set_exclusive_start_key(start)
                .key_condition_expression("pk = :pk AND sk >= :first")
                .expression_attribute_values(":pk", text(&place.pk))
                .expression_attribute_values(":first", text(first));
            let answer = query.send().await.map_err(|error| failure("thread", &error))?;
            items.extend(answer.items.unwrap_or_default());
            start = answer.last_evaluated_key;
            let said = items.iter().filter(|item| get_text(item, "entity") == "message").count();
            if start.is_none() || (messages > 0 && said > messages) {
                return Ok(items);
            }
        }
    }
}
