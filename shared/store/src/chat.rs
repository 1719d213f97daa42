//! What the chat widget polls.

use domain::conversations::{Message, Role};
use domain::messaging::{DeliveryState, MessageRef};
use domain::{ConversationId, Failure, TenantId};

use crate::Store;
use crate::error::failure;
use crate::item::{from_item, get_text, text};
use crate::keys;

/// At most this many replies a poll; the next poll gets the rest.
const PAGE: i32 = 50;

impl Store {
    /// The replies in a session after `after`, oldest first: only those that the gate let out.
    ///
    /// A reply that is still on its way holds back those after it, so that a cursor never passes one by.
    ///
    /// # Errors
    /// [`Failure`] as the table answers. A session that nobody wrote in has no replies.
    pub async fn chat_replies(
        &self,
        tenant: &TenantId,
        session: &str,
        after: Option<&MessageRef>,
    ) -> Result<Vec<Message>, Failure> {
        let pointer = self.batch_get(vec![keys::chat_pointer(tenant, session)]).await?;
        let Some(pointer) = pointer.first() else { return Ok(Vec::new()) };
        let thread = ConversationId::parse(get_text(pointer, "conversation"))?;
        let after = after.filter(|after| after.conversation == thread);
        let from = after.map_or_else(|| keys::MESSAGE.to_owned(), |after| keys::message(tenant, after).sk);
        let answer = self
            .dynamo
            .query()
            .table_name(&self.table)
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :end")
            .expression_attribute_values(":pk", text(keys::thread_pointer(tenant, thread).pk))
            .expression_attribute_values(":from", text(from))
            .expression_attribute_values(":end", text(format!("{}~", keys::MESSAGE)))
            .limit(PAGE)
            .send()
            .await
            .map_err(|error| failure("chat replies", &error))?;
        let mut replies = Vec::new();
        for item in answer.items() {
            let message: Message = from_item("message", item)?;
            let is_ours = matches!(message.role, Role::Assistant | Role::Staff);
            if !is_ours || after == Some(&message.reference) {
                continue;
            }
            match message.delivery.as_ref().map(|delivery| delivery.state) {
                Some(DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Read) => replies.push(message),
                Some(DeliveryState::Queued | DeliveryState::Sending) => break,
                _ => {}
            }
        }
        Ok(replies)
    }
}
