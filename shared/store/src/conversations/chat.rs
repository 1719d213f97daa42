//! What the chat widget polls.

use domain::conversations::{Message, Role};
use domain::messaging::{Channel, DeliveryState, MessageRef};
use domain::{ConversationId, Failure, TenantId};

use crate::Conversations;
use crate::conversations::keys::MESSAGE;
use crate::table::error::failure;
use crate::table::item::{get_text, readable, text};
use crate::table::keys;

/// At most this many messages are looked at in one read; a poll gets the replies among them, the next poll the rest.
const PAGE: i32 = 50;

impl Conversations<'_> {
    /// The replies in a session after `after`, oldest first: only those that the gate let out.
    ///
    /// A reply that is still on its way holds back those after it, so that a cursor never passes one by.
    ///
    /// # Errors
    /// [`Failure`] as the table answers. A session that nobody wrote in has no replies.
    pub async fn chat_replies(
        self,
        tenant: &TenantId,
        session: &str,
        after: Option<&MessageRef>,
    ) -> Result<Vec<Message>, Failure> {
        let pointer = self.store.batch_get(vec![keys::of(tenant).chat_pointer(session)]).await?;
        let Some(pointer) = pointer.first() else { return Ok(Vec::new()) };
        let thread = ConversationId::parse(get_text(pointer, "conversation"))?;
        let after = after.filter(|after| after.conversation == thread);
        let from = after.map_or_else(|| MESSAGE.to_owned(), |after| keys::of(tenant).message(after).sk);
        let mut start = None;
        loop {
            let answer = self
                .store
                .dynamo
                .query()
                .table_name(&self.store.table)
                .consistent_read(true)
                .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :end")
                .expression_attribute_values(":pk", text(keys::of(tenant).thread_pointer(thread).pk))
                .expression_attribute_values(":from", text(&from))
                .expression_attribute_values(":end", text(format!("{MESSAGE}~")))
                .limit(PAGE)
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
}

/// The replies that the widget may show, and whether one that is on its way holds back the rest.
fn let_out(messages: Vec<Message>, after: Option<&MessageRef>) -> (Vec<Message>, bool) {
    let mut replies = Vec::new();
    for message in messages {
        // What goes elsewhere because of this chat, such as a code that proves an address, is not for whoever sits in front of it.
        let is_ours = matches!(message.role, Role::Assistant | Role::Staff) && message.channel == Channel::Chat;
        if !is_ours || after == Some(&message.reference) {
            continue;
        }
        match message.delivery.as_ref().map(|delivery| delivery.state) {
            Some(DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Read) => replies.push(message),
            Some(DeliveryState::Queued | DeliveryState::Sending) => return (replies, true),
            _ => {}
        }
    }
    (replies, false)
}
