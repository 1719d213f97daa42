//! An outgoing message's state, changed under conditions so that two workers never both act.

use aws_sdk_dynamodb::types::{AttributeValue, Update};
use domain::conversations::{Conversation, Escalation, Message};
use domain::events::{Event, EventKind};
use domain::leads::Lead;
use domain::messaging::{DeliveryState, MessageRef, Verdict};
use domain::{ContactId, EventId, Failure, TenantId};
use jiff::Timestamp;

use crate::Store;
use crate::error::failure;
use crate::item::{from_item, get_text, key_item, number, text};
use crate::keys;
use crate::outbox::OutboxRow;
use crate::turns::Commit;
use crate::writes::Writes;

/// One change of an outgoing message, with what follows from it.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// What the gate said, where it was asked.
    pub verdict: Option<Verdict>,
    /// The vendor's id.
    pub vendor_id: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// What other functions hear of at once.
    pub events: Vec<EventKind>,
    /// What they hear of later: the gate waits.
    pub later: Option<(Timestamp, EventKind)>,
    /// A person is wanted: the thread as changed, the escalation, the notices.
    pub escalation: Option<(Conversation, Escalation, Vec<Message>)>,
}

impl Store {
    /// An outgoing message, strongly consistent.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn outgoing(&self, tenant: &TenantId, reference: &MessageRef) -> Result<Option<Message>, Failure> {
        let answer = self
            .dynamo
            .get_item()
            .table_name(&self.table)
            .consistent_read(true)
            .set_key(Some(key_item(&keys::message(tenant, reference))))
            .send()
            .await
            .map_err(|error| failure("message", &error))?;
        answer.item.map(|item| from_item("message", &item)).transpose()
    }

    /// Moves `message` to `state` if it is still as it was read, with all that follows, or does nothing.
    ///
    /// # Errors
    /// [`Failure`] as the table answers. `Ok(false)`: another worker was first.
    pub async fn advance(
        &self,
        tenant: &TenantId,
        message: &Message,
        state: DeliveryState,
        change: Change,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        let Some(before) = &message.delivery else { return Ok(false) };
        let mut writes = Writes::new(&self.table);
        let claims = state == DeliveryState::Sending;
        let attempts = before.attempts + u32::from(claims);
        let mut update = Update::builder()
            .table_name(&self.table)
            .set_key(Some(key_item(&keys::message(tenant, &message.reference))))
            .condition_expression("delivery.#state = :before AND delivery.attempts = :tried")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":before", text(before.state.as_str()))
            .expression_attribute_values(":tried", number(before.attempts))
            .expression_attribute_values(":state", text(state.as_str()))
            .expression_attribute_values(":attempts", number(attempts))
            .expression_attribute_values(":now", text(now.to_string()));
        let mut sets = vec!["delivery.#state = :state", "delivery.attempts = :attempts", "delivery.changed_at = :now"];
        if let Some(verdict) = &change.verdict {
            let verdict: AttributeValue = serde_dynamo::to_attribute_value(verdict)
                .map_err(|error| Failure::Permanent(format!("verdict: {error}")))?;
            update = update.expression_attribute_values(":verdict", verdict);
            sets.push("delivery.verdict = :verdict");
        }
        if let Some(vendor_id) = change.vendor_id {
            update = update.expression_attribute_values(":vendor_id", text(vendor_id));
            sets.push("delivery.vendor_id = :vendor_id");
        }
        if let Some(reason) = change.reason {
            update = update
                .expression_attribute_values(":reason", text(reason))
                .expression_attribute_names("#reason", "reason");
            sets.push("delivery.#reason = :reason");
        }
        let update = update.update_expression(format!("SET {}", sets.join(", ")));
        writes.update(update.build().map_err(|error| Failure::Permanent(error.to_string()))?);

        let cause = format!("{}|{}|{attempts}", message.reference.message, state.as_str());
        let event = |kind: EventKind, which: &str| Event {
            id: EventId::derive(tenant, &[&cause, kind.name(), which]),
            tenant: tenant.clone(),
            at: now,
            correlation_id: message.correlation_id.clone(),
            kind,
        };
        if let Some((thread, escalation, notices)) = &change.escalation {
            writes.thread(tenant, thread)?;
            writes.escalation(tenant, escalation)?;
            for notice in notices {
                writes.message(tenant, notice)?;
            }
        }
        if !change.events.is_empty() {
            let events = change.events.into_iter().enumerate();
            let events = events.map(|(index, kind)| event(kind, &index.to_string())).collect();
            let id = EventId::derive(tenant, &["outbox", &cause]);
            writes.outbox(&OutboxRow::new(id, tenant.clone(), events, now))?;
        }
        if let Some((due, kind)) = change.later {
            // Held again is another happening: another time, another id.
            let due_text = due.to_string();
            let id = EventId::derive(tenant, &["later", &cause, &due_text]);
            writes.outbox(&OutboxRow::later(id, tenant.clone(), vec![event(kind, &due_text)], due))?;
        }
        match self.transact(writes).await? {
            Commit::Stored => Ok(true),
            Commit::Duplicate => Ok(false),
            Commit::Conflict => Err(Failure::Retryable("the thread changed meanwhile".into())),
        }
    }

    /// The thread and lead that a message belongs to, as they are now: where the thread is over or was merged into
    /// another, the one in which its customer goes on.
    ///
    /// # Errors
    /// [`Failure`] as the table answers. `Ok(None)` when there is no such thread.
    pub async fn thread_and_lead(
        &self,
        tenant: &TenantId,
        message: &Message,
    ) -> Result<Option<(Conversation, Lead)>, Failure> {
        let pointer = self.batch_get(vec![keys::thread_pointer(tenant, message.reference.conversation)]).await?;
        let Some(pointer) = pointer.first() else { return Ok(None) };
        let person = self.person(tenant, ContactId::parse(get_text(pointer, "contact"))?).await?;
        let thread = person.threads.into_iter().find(|thread| thread.channel == message.channel);
        Ok(thread.map(|thread| (thread, person.lead)))
    }
}
