//! What the chat widget shows: the replies that it polls for, what was said before, and whether there is news for a visitor who waits.

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use domain::conversations::{Message, Role};
use domain::messaging::{Channel, DeliveryState, MessageRef};
use domain::{ConversationId, Failure, TenantId};
use jiff::Timestamp;

use crate::Conversations;
use crate::conversations::attention::present_among;
use crate::conversations::keys::{MESSAGE, PRESENT};
use crate::table::error::failure;
use crate::table::item::{get_text, readable, text};
use crate::table::keys;

/// At most this many messages are looked at in one read; a poll gets the replies among them, the next poll the rest.
const PAGE: i32 = 50;

/// What was said in a session so far.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ChatHistory {
    /// The last messages, oldest first: the customer's, and the replies that the gate let out.
    pub messages: Vec<Message>,
    /// Where to poll from: nothing that came later, or is still on its way, is among `messages`.
    pub after: Option<MessageRef>,
}

/// What there is for a visitor who waits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ChatNews {
    /// Whether a reply came that they were not shown; before there is a cursor, whether their history has anything.
    pub is_there: bool,
    /// Whether someone of the staff is writing in their thread.
    pub is_typing: bool,
}

impl Conversations<'_> {
    /// The last messages of both sides in a session.
    ///
    /// # Errors
    /// [`Failure`] as the table answers. A session that no one wrote in has no history.
    pub async fn chat_history(self, tenant: &TenantId, session: &str) -> Result<ChatHistory, Failure> {
        let Some(thread) = self.chat_thread(tenant, session).await? else { return Ok(ChatHistory::default()) };
        let answer = self
            .store
            .query()
            .consistent_read(true)
            .scan_index_forward(false)
            .key_condition_expression("pk = :pk AND begins_with(sk, :message)")
            .expression_attribute_values(":pk", text(keys::of(tenant).thread_pointer(thread).pk))
            .expression_attribute_values(":message", text(MESSAGE))
            .limit(PAGE)
            .send()
            .await
            .map_err(|error| failure("chat history", &error))?;
        let mut messages = readable::<Message>("message", answer.items());
        messages.reverse();
        Ok(history(messages))
    }

    async fn chat_thread(self, tenant: &TenantId, session: &str) -> Result<Option<ConversationId>, Failure> {
        let pointer = self.store.batch_get(vec![keys::of(tenant).chat_pointer(session)]).await?;
        let thread = pointer.first().map(|pointer| ConversationId::parse(get_text(pointer, "conversation")));
        thread.transpose()
    }

    /// The replies in a session after `after`, oldest first: only those that the gate let out.
    ///
    /// A reply that is still on its way holds back those after it, so that a cursor never passes one by.
    ///
    /// # Errors
    /// [`Failure`] as the table answers. A session that no one wrote in has no replies.
    pub async fn chat_replies(
        self,
        tenant: &TenantId,
        session: &str,
        after: Option<&MessageRef>,
    ) -> Result<Vec<Message>, Failure> {
        let Some(thread) = self.chat_thread(tenant, session).await? else { return Ok(Vec::new()) };
        let after = after.filter(|after| after.conversation == thread);
        let from = place(tenant, after);
        let mut start = None;
        loop {
            let answer = self
                .messages_from(tenant, thread, &from)
                .consistent_read(true)
                .set_exclusive_start_key(start)
                .send()
                .await
                .map_err(|error| failure("chat replies", &error))?;
            let (replies, held_back) = let_out(readable::<Message>("message", answer.items()), after);
            start = answer.last_evaluated_key;
            // A page without a reply is no answer: the widget would ask for the same one for ever.
            if !replies.is_empty() || held_back || start.is_none() {
                return Ok(replies);
            }
        }
    }

    /// Whether there is something new for a visitor who was shown everything up to `after`: one look of many, so it reads what may be a
    /// moment old, at half the price. It tells when to read, by [`Conversations::chat_replies`], and never what.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn chat_news(
        self,
        tenant: &TenantId,
        session: &str,
        after: Option<&MessageRef>,
        now: Timestamp,
    ) -> Result<ChatNews, Failure> {
        // The pointer moves when the visitor turns out to be known.
        let pointer = self.store.partition(&keys::of(tenant).chat_pointer(session).pk, "").await?;
        let Some(pointer) = pointer.first() else { return Ok(ChatNews::default()) };
        let thread = ConversationId::parse(get_text(pointer, "conversation"))?;
        let is_first = after.is_none();
        let after = after.filter(|after| after.conversation == thread);
        let messages = async {
            let answer = self.messages_from(tenant, thread, &place(tenant, after)).send().await;
            answer.map_err(|error| failure("chat news", &error))
        };
        let pk = keys::of(tenant).thread_pointer(thread).pk;
        let (messages, present) = tokio::try_join!(messages, self.store.partition(&pk, PRESENT))?;
        let messages = readable::<Message>("message", messages.items());
        let shown = if is_first { history(messages).messages } else { let_out(messages, after).0 };
        Ok(ChatNews {
            is_there: !shown.is_empty(),
            is_typing: present_among(&present, now).iter().any(|presence| presence.writing),
        })
    }

    fn messages_from(self, tenant: &TenantId, thread: ConversationId, from: &str) -> QueryFluentBuilder {
        self.store
            .query()
            .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :end")
            .expression_attribute_values(":pk", text(keys::of(tenant).thread_pointer(thread).pk))
            .expression_attribute_values(":from", text(from))
            .expression_attribute_values(":end", text(format!("{MESSAGE}~")))
            .limit(PAGE)
    }
}

/// The sort key at which what came after a message begins; without one, that of the first.
fn place(tenant: &TenantId, after: Option<&MessageRef>) -> String {
    after.map_or_else(|| MESSAGE.to_owned(), |after| keys::of(tenant).message(after).sk)
}

/// Whether the gate let a reply out to the chat.
pub(crate) fn is_let_out(message: &Message) -> bool {
    matches!(shown(message), Shown::Yes)
}

/// What is to be done with a message of the thread.
enum Shown {
    Yes,
    /// It may still become a reply: a cursor may not pass it.
    NotYet,
    Never,
}

fn shown(message: &Message) -> Shown {
    // What goes elsewhere because of this chat, such as a code that proves an address, is not for whoever sits in front of it.
    let is_reply = matches!(message.role, Role::Assistant | Role::Staff) && message.channel == Channel::Chat;
    match message.delivery.as_ref().map(|delivery| delivery.state) {
        _ if !is_reply => Shown::Never,
        Some(DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Read) => Shown::Yes,
        Some(DeliveryState::Queued | DeliveryState::Sending) => Shown::NotYet,
        _ => Shown::Never,
    }
}

/// The replies that the widget may show, and whether one that is on its way holds back the rest.
fn let_out(messages: Vec<Message>, after: Option<&MessageRef>) -> (Vec<Message>, bool) {
    let mut replies = Vec::new();
    for message in messages {
        if after == Some(&message.reference) {
            continue;
        }
        match shown(&message) {
            Shown::Yes => replies.push(message),
            Shown::NotYet => return (replies, true),
            Shown::Never => {}
        }
    }
    (replies, false)
}

fn history(messages: Vec<Message>) -> ChatHistory {
    let mut history = ChatHistory::default();
    let mut held_back = false;
    for message in messages {
        if matches!(shown(&message), Shown::NotYet) {
            held_back = true;
        }
        if !held_back {
            history.after = Some(message.reference);
        }
        let is_said = message.role == Role::Customer && message.channel == Channel::Chat;
        if is_said || (!held_back && matches!(shown(&message), Shown::Yes)) {
            history.messages.push(message);
        }
    }
    history
}
