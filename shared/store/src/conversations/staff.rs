//! What staff do in a thread: they write to its customer, take it over and give it back, and keep notes.
//!
//! Each is one transaction over the thread as it was read, with a line of the audit record, which holds no text. A request that
//! comes again finds what the first one stored.

use domain::conversations::suggestion::Outcome;
use domain::conversations::{Conversation, Escalation, Handled, Message, Note, Role, Step, handle, handling};
use domain::events::{Event, EventKind};
use domain::identity::{AuditAction, Member, Permission};
use domain::ids::{AccountId, NoteId, SuggestionId};
use domain::journeys::Person;
use domain::messaging::MessageRef;
use domain::tenancy::Tenant;
use domain::turns::replying::{self, Draft, Replied, Words, worded};
use domain::turns::telling::mentioned;
use domain::{ContactId, ConversationId, EventId, Failure, MessageId, TenantId};
use jiff::Timestamp;
use serde_json::json;
use std::time::Duration;

use crate::Conversations;
use crate::conversations::keys::{MESSAGE, NOTE};
use crate::conversations::sent_files::SentFile;
use crate::conversations::suggestions::PAUSES_MS;
use crate::conversations::turns::seen_item;
use crate::table::documents::{Trace, busy, entry};
use crate::table::item::{from_item, get_text, readable, text, to_item};
use crate::table::keys::{self, TableKey};
use crate::table::outbox::OutboxRow;
use crate::table::writes::{Ran, Writes};

/// How often the thread is read again when someone else wrote in between.
const ATTEMPTS: usize = 4;
/// So many of the last messages are looked through for the customer's latest.
const LATEST: usize = 25;

/// A thread in which its customer goes on, and who they are.
pub(crate) struct Open {
    place: TableKey,
    pub(crate) thread: Conversation,
    pub(crate) person: Person,
}

/// What somebody of the staff sends.
#[derive(Debug, Clone, Copy)]
pub struct StaffReply<'a> {
    /// What it says.
    pub words: Words<'a>,
    /// A file that goes along, kept already under [`Conversations::reply_id`].
    pub file: Option<&'a SentFile>,
    /// What was proposed to them, where they made their words of that. One that is gone, or of which something became before, is
    /// passed over.
    pub suggestion: Option<SuggestionId>,
}

impl<'a> From<Words<'a>> for StaffReply<'a> {
    fn from(words: Words<'a>) -> Self {
        Self { words, file: None, suggestion: None }
    }
}

impl<'a> From<&'a str> for StaffReply<'a> {
    fn from(own: &'a str) -> Self {
        Words::Own(own).into()
    }
}

impl Conversations<'_> {
    /// Writes to the customer of a thread, on behalf of its staff: stored and queued like an answer of the assistant's, through
    /// the same gate. `cause` names the request: its repeat finds the message.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found; a conflict where the thread is over; refused with the gate's sentence where it would
    /// never leave; naming `template` where that cannot be filled in. [`Failure::Retryable`] when the thread changes all the time.
    pub async fn reply(
        self,
        tenant: &Tenant,
        id: ConversationId,
        reply: impl Into<StaffReply<'_>>,
        cause: &str,
        trace: &Trace,
    ) -> Result<Message, Failure> {
        let StaffReply { words, file, suggestion } = reply.into();
        let message = self.reply_id(&tenant.id, id, cause);
        for pause in PAUSES_MS {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            if let Some(stored) = self.stored(&tenant.id, message).await? {
                return Ok(stored);
            }
            let (open, mut replied) = self.replied(tenant, id, words, message, trace).await?;
            replied.message.files = file.map(|file| file.of(replied.message.reference));
            let mut writes = Writes::of_reply(&self.store.table, &tenant.id, &open, &replied, trace)?;
            // All colleagues count in one item: where it is busy to the last, the message goes without its count.
            let suggestion = suggestion.filter(|_| PAUSES_MS.last() != Some(&pause));
            if let Some((proposed, settled)) = self.used(&tenant.id, suggestion, &replied.message, trace).await? {
                writes.settle(&tenant.id, &proposed, &settled, Some(&replied.message.text))?;
                if let (Outcome::Edited, Some(text)) = (settled.outcome, proposed.text.as_deref()) {
                    writes.style_edit(&tenant.id, (proposed.day, trace.at), text, &replied.message.text)?;
                }
            }
            if self.store.run(writes).await? == Ran::Done {
                return Ok(replied.message);
            }
        }
        Err(busy("conversation"))
    }

    /// Refuses what [`Conversations::reply`] would refuse, and stores nothing: a file is kept only for a message that goes.
    ///
    /// # Errors
    /// As [`Conversations::reply`].
    pub async fn demand_reply(
        self,
        tenant: &Tenant,
        id: ConversationId,
        said: Words<'_>,
        cause: &str,
        trace: &Trace,
    ) -> Result<(), Failure> {
        let message = self.reply_id(&tenant.id, id, cause);
        if self.stored(&tenant.id, message).await?.is_some() {
            return Ok(());
        }
        self.replied(tenant, id, said, message, trace).await.map(|_| ())
    }

    /// What a reply would change of a thread as it is now.
    pub(crate) async fn replied(
        self,
        tenant: &Tenant,
        id: ConversationId,
        said: Words<'_>,
        message: MessageId,
        trace: &Trace,
    ) -> Result<(Open, Replied), Failure> {
        let open = self.open(&tenant.id, id).await?;
        let latest = self.latest_of_customer(&tenant.id, id).await?;
        let (text, template) = worded(said, tenant, &open.person, &open.thread.language, trace.at)?;
        let draft = Draft {
            tenant,
            person: &open.person,
            thread: &open.thread,
            latest: latest.as_ref(),
            text: &text,
            template: template.as_ref(),
            by: &trace.actor,
            id: message,
            correlation_id: &trace.correlation_id,
            at: trace.at,
        };
        let replied = replying::reply(&draft)?;
        Ok((open, replied))
    }

    /// Does `step` to a thread. A repeat changes nothing. Gives the thread as it is now, and whose it was before.
    ///
    /// # Errors
    /// As [`Conversations::reply`], and [`Failure::Rejected`] naming `account` where it is assigned to no one of this tenant
    /// who may write in it, or `until`.
    pub async fn handle(
        self,
        tenant: &TenantId,
        id: ConversationId,
        step: &Step,
        trace: &Trace,
    ) -> Result<(Conversation, Option<AccountId>), Failure> {
        for _ in 0..ATTEMPTS {
            let open = self.open(tenant, id).await?;
            if let Step::Assign { to: Some(account) } = step {
                let wrong =
                    || Failure::invalid("account", "account must be a member of your team who may write to customers");
                self.store.members().must_permit(tenant, *account, Permission::WriteConversations, wrong).await?;
            }
            let escalation = match (step, open.thread.escalation) {
                (Step::Resolve, Some(escalation)) => {
                    let key = keys::of(tenant).escalation(id, escalation);
                    let item = self.store.item("escalation", &key).await?;
                    item.map(|item| from_item::<Escalation>("escalation", &item)).transpose()?
                }
                _ => None,
            };
            let Some(done) = handle(&open.thread, escalation.as_ref(), step, &trace.actor, trace.at)? else {
                let assignee = open.thread.handling.assignee;
                return Ok((open.thread, assignee));
            };
            let writes = Writes::of_handling(&self.store.table, tenant, &open, &done, trace)?;
            if self.store.run(writes).await? == Ran::Done {
                let before = open.thread.handling.assignee;
                return Ok((Conversation { version: open.thread.version + 1, ..done.thread }, before));
            }
        }
        Err(busy("conversation"))
    }

    /// Keeps a note on a thread, also on one that is over, with the members of the team whom it mentions. `cause` names the request: its repeat finds the note.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when this tenant has no such thread.
    pub async fn add_note(
        self,
        tenant: &TenantId,
        conversation: ConversationId,
        said: &str,
        cause: &str,
        trace: &Trace,
    ) -> Result<Note, Failure> {
        self.contact(tenant, conversation).await?.ok_or_else(|| Failure::not_found("conversation"))?;
        let id = NoteId::derive(tenant, &[&conversation.to_string(), cause]);
        let mentions = self.mentioned_in(tenant, said).await?;
        let note = Note { id, conversation, text: said.to_owned(), mentions, by: trace.actor.clone(), at: trace.at };
        let subject = format!("note/{id}");
        let after = json!({"conversation": conversation});
        let mut writes = Writes::new(&self.store.table);
        writes.put_new(to_item("note", &keys::of(tenant).note(conversation, id), &note)?)?;
        writes.audit(&entry(tenant, AuditAction::Created, &subject, 1, None, Some(after), trace))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(note),
            Ran::Raced => Err(busy("note")),
            Ran::Refused(_) => {
                let stored = self.store.item("note", &keys::of(tenant).note(conversation, id)).await?;
                from_item("note", &stored.ok_or_else(|| busy("note"))?)
            }
        }
    }

    /// The members of the team whom a note mentions.
    pub(crate) async fn mentioned_in(self, tenant: &TenantId, said: &str) -> Result<Vec<AccountId>, Failure> {
        match said.contains('@') {
            true => Ok(mentioned(said, &self.store.documents().all::<Member>(tenant).await?)),
            false => Ok(Vec::new()),
        }
    }

    /// The notes on a thread, oldest first.
    pub(crate) async fn notes(self, tenant: &TenantId, id: ConversationId) -> Result<Vec<Note>, Failure> {
        let items = self.store.partition(&keys::of(tenant).thread_pointer(id).pk, NOTE).await?;
        let mut notes: Vec<Note> = readable("note", &items);
        notes.sort_by_key(|note| note.at);
        Ok(notes)
    }

    /// A message that a request of the staff stored before.
    async fn stored(self, tenant: &TenantId, id: MessageId) -> Result<Option<Message>, Failure> {
        let Some(mark) = self.store.item("seen", &keys::of(tenant).seen(id)).await? else { return Ok(None) };
        let reference = MessageRef::parse(get_text(&mark, "ref"))?;
        let item = self.store.item("message", &keys::of(tenant).message(&reference)).await?;
        item.map(|item| from_item("message", &item)).transpose()
    }

    /// A thread in which its customer goes on.
    async fn open(self, tenant: &TenantId, id: ConversationId) -> Result<Open, Failure> {
        let pointer = self.store.batch_get(vec![keys::of(tenant).thread_pointer(id)]).await?;
        let pointer = pointer.first().ok_or_else(|| Failure::not_found("conversation"))?;
        let person = self.store.people().get(tenant, ContactId::parse(get_text(pointer, "contact"))?).await?;
        if let Some(thread) = person.threads.iter().find(|thread| thread.id == id).cloned() {
            let place = keys::of(tenant).thread(person.contact.id, thread.channel);
            return Ok(Open { place, thread, person });
        }
        self.head(tenant, pointer, id).await?;
        Err(handling::is_over())
    }

    /// What the customer wrote last, where that is among the last messages of the thread.
    async fn latest_of_customer(self, tenant: &TenantId, id: ConversationId) -> Result<Option<Message>, Failure> {
        let partition = keys::of(tenant).thread_pointer(id).pk;
        let (items, _) = self.store.page_of(&partition, MESSAGE, false, LATEST, None).await?;
        let messages: Vec<Message> = readable("message", &items);
        Ok(messages.into_iter().find(|message| message.role == Role::Customer))
    }
}

impl Writes {
    /// A reply: the mark of its request, the thread, the message, what is announced, the line of the record.
    fn of_reply(
        table: &str,
        tenant: &TenantId,
        open: &Open,
        replied: &Replied,
        trace: &Trace,
    ) -> Result<Self, Failure> {
        let (mut writes, id) = (Self::new(table), replied.message.reference.message);
        writes.seen_at(tenant, &replied.message.reference, trace.at)?;
        writes.changed_thread(tenant, &open.place, &replied.thread, open.thread.version)?;
        writes.message(tenant, &replied.message)?;
        let (subject, after) = (format!("message/{id}"), json!({"conversation": open.thread.id}));
        writes.audit(&entry(tenant, AuditAction::Created, &subject, 1, None, Some(after), trace))?;
        writes.announce(tenant, &id.to_string(), &replied.events, trace)?;
        Ok(writes)
    }

    /// A step: the thread, the escalation that ended with it, what is announced, the line of the record.
    fn of_handling(
        table: &str,
        tenant: &TenantId,
        open: &Open,
        done: &Handled,
        trace: &Trace,
    ) -> Result<Self, Failure> {
        let (mut writes, version) = (Self::new(table), open.thread.version);
        writes.changed_thread(tenant, &open.place, &done.thread, version)?;
        if let Some(escalation) = &done.escalation {
            writes.resolved(tenant, escalation)?;
        }
        let state = |thread: &Conversation| json!({"status": thread.status, "handling": thread.handling});
        let subject = format!("conversation/{}", open.thread.id);
        let (was, is) = (state(&open.thread), state(&done.thread));
        writes.audit(&entry(tenant, AuditAction::Updated, &subject, version + 1, Some(was), Some(is), trace))?;
        writes.announce(tenant, &format!("{subject}|{version}"), &done.events, trace)?;
        Ok(writes)
    }

    /// What other functions hear of; `cause` gives a repeat the same ids.
    pub(crate) fn announce(
        &mut self,
        tenant: &TenantId,
        cause: &str,
        kinds: &[EventKind],
        trace: &Trace,
    ) -> Result<(), Failure> {
        if kinds.is_empty() {
            return Ok(());
        }
        let event = |(index, kind): (usize, &EventKind)| Event {
            id: EventId::derive(tenant, &["staff", cause, kind.name(), &index.to_string()]),
            tenant: tenant.clone(),
            at: trace.at,
            correlation_id: trace.correlation_id.clone(),
            kind: kind.clone(),
        };
        let events: Vec<Event> = kinds.iter().enumerate().map(event).collect();
        let row = EventId::derive(tenant, &["outbox", "staff", cause]);
        self.outbox(&OutboxRow::new(row, tenant.clone(), &events, trace.at))
    }

    /// The mark of a message, which says where it lies.
    fn seen_at(&mut self, tenant: &TenantId, reference: &MessageRef, now: Timestamp) -> Result<(), Failure> {
        let mut item = seen_item(tenant, reference.message, now);
        item.insert("ref".to_owned(), text(reference.to_string()));
        self.put_new(item)
    }
}
