//! What the gate looks at, read in one call, and the claim of what it cleared: on the condition that what it looked at
//! still is so.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::conversations::{Conversation, Message};
use domain::events::{Event, EventKind};
use domain::journeys::{Cleared, Journey};
use domain::leads::Contact;
use domain::messaging::{Channel, DeliveryState, MessageRef, OptOutState, Verdict};
use domain::{ContactId, EventId, Failure, TenantId};
use jiff::Timestamp;

use crate::Deliveries;
use crate::leads::keys::MAX_MERGES;
use crate::messaging::deliveries::{Step, message_update};
use crate::messaging::opt_out_states::opt_out_state_from;
use crate::table::item::{Item, from_item, get_text, readable};
use crate::table::keys::{self, TableKey};
use crate::table::outbox::OutboxRow;
use crate::table::writes::{Ran, Writes};

/// What is stored of a message and of who gets it.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadedSend {
    /// The message.
    pub message: Message,
    /// Whom it goes to, or, where it goes to staff, is about; `None`: they were erased.
    pub contact: Option<Contact>,
    /// Their opt-out state.
    pub opt_out_state: OptOutState,
    /// Their way with the business, where there is one.
    pub journey: Option<Journey>,
    /// Whether a person of the staff answers them just now, on whatever channel.
    pub with_staff: bool,
    /// Who they are now: someone else where the contact was merged since the message was queued.
    pub owner: ContactId,
}

/// What happened to a claim.
#[derive(Debug, Clone, PartialEq)]
pub enum Claim {
    /// The message is the caller's, as it is here: `sending`, or, where no one needs to be called, `sent`.
    Claimed(Box<Message>),
    /// Another worker was first: there is nothing left to do.
    Taken,
    /// What the gate looked at is not so any more: read again and ask it again.
    Changed,
}

impl Deliveries<'_> {
    /// What the gate looks at: message, contact, opt-out state, journey and threads, consistently. One call, and one more for every
    /// merge of the contact since the message was queued. `None` when there is no such message.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn send_context(
        self,
        tenant: &TenantId,
        reference: &MessageRef,
        contact: ContactId,
    ) -> Result<Option<LoadedSend>, Failure> {
        let mut items = self.store.batch_get(send_context_keys(tenant, reference, contact)).await?;
        let message = items.iter().find(|item| get_text(item, "entity") == "message");
        let Some(message) = message.map(|item| from_item("message", item)).transpose()? else { return Ok(None) };
        let (opt_out_state, journey) = (OptOutState::default(), None);
        let mut loaded_send =
            LoadedSend { message, contact: None, opt_out_state, journey, with_staff: false, owner: contact };
        for _ in 0..MAX_MERGES {
            loaded_send.read(tenant, &items)?;
            let Some(into) = loaded_send.contact.as_ref().and_then(|contact| contact.merged_into) else {
                return Ok(Some(loaded_send));
            };
            loaded_send.owner = into;
            items = self.store.batch_get(person_keys(tenant, into).to_vec()).await?;
        }
        Err(Failure::Permanent("a contact was merged more often than is followed".into()))
    }

    /// Claims what the gate cleared: the verdict is stored, and the message is the caller's to send. One transaction, under
    /// the condition that no one was first, that the person has not refused meanwhile, where that would stop it, and, for an outreach message, that their
    /// journey is the one that the gate looked at. A message to the widget is sent by being marked so.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn claim(
        self,
        tenant: &TenantId,
        loaded_send: &LoadedSend,
        cleared: &Cleared<'_>,
        verdict: &Verdict,
        now: Timestamp,
    ) -> Result<Claim, Failure> {
        let message = cleared.message();
        let Some(before) = &message.delivery else { return Ok(Claim::Taken) };
        let to_widget = message.channel == Channel::Chat;
        let (state, calls) = if to_widget { (DeliveryState::Sent, 0) } else { (DeliveryState::Sending, 1) };
        // By this moment the journey knows the message again when it is cleared once more.
        let step = Step { state, verdict: Some(verdict), vendor_id: None, reason: None, calls, now: cleared.at() };
        let after = step.after(before);
        let mut writes = Writes::new(&self.store.table);
        writes.update(message_update(&self.store.table, tenant, message, &after)?);
        if !message.passes_refusal() {
            writes.not_refused(tenant, loaded_send.owner)?;
        }
        if let Some(journey) = loaded_send.journey.as_ref().filter(|_| message.outreach.is_some()) {
            let mut journey = journey.clone();
            journey.cleared(cleared);
            writes.journey(tenant, &journey)?;
        }
        // A call that is made again was counted the first time.
        if message.outreach.is_some() && before.attempts == 0 {
            writes.count_outreach(tenant, message, now)?;
        }
        if to_widget {
            let row = sent_row(tenant, message, now);
            writes.outbox(&row)?;
        }
        Ok(match self.store.run(writes).await? {
            Ran::Done => Claim::Claimed(Box::new(Message { delivery: Some(after), ..message.clone() })),
            Ran::Refused(positions) if positions.contains(&0) => Claim::Taken,
            Ran::Refused(_) | Ran::Raced => Claim::Changed,
        })
    }
}

/// That the widget has its message.
fn sent_row(tenant: &TenantId, message: &Message, now: Timestamp) -> OutboxRow {
    let kind = EventKind::MessageSent { message: message.reference, channel: message.channel };
    let id = message.reference.message.to_string();
    let event = Event {
        id: EventId::derive(tenant, &[kind.name(), &id]),
        tenant: tenant.clone(),
        at: now,
        correlation_id: message.correlation_id.clone(),
        kind,
    };
    OutboxRow::new(EventId::derive(tenant, &["outbox", "claimed", &id]), tenant.clone(), &[event], now)
}

/// Where all that the gate looks at is kept: different places, which is what DynamoDB demands of one call.
fn send_context_keys(tenant: &TenantId, reference: &MessageRef, contact: ContactId) -> Vec<TableKey> {
    let person = person_keys(tenant, contact);
    std::iter::once(keys::of(tenant).message(reference)).chain(person).collect()
}

/// Where the gate's part of a person is kept.
fn person_keys(tenant: &TenantId, contact: ContactId) -> [TableKey; 7] {
    let space = keys::of(tenant);
    let [whatsapp, sms, email, chat] = Channel::ALL.map(|channel| space.thread(contact, channel));
    [space.contact(contact), space.opt_out_state(contact), space.journey(contact), whatsapp, sms, email, chat]
}

impl LoadedSend {
    /// Takes in what is kept under the owner. Of someone who was merged, what they refused counts for who goes on: it may
    /// not have been carried over yet.
    fn read(&mut self, tenant: &TenantId, items: &[Item]) -> Result<(), Failure> {
        let [contact, opt_out_state, journey, ..] = person_keys(tenant, self.owner);
        let at = |key: &TableKey| items.iter().find(|item| get_text(item, "sk") == key.sk);
        self.contact = at(&contact).map(|item| from_item("contact", item)).transpose()?;
        self.journey = at(&journey).map(|item| from_item("journey", item)).transpose()?;
        if let Some(item) = at(&opt_out_state) {
            self.opt_out_state.merge(&opt_out_state_from(item));
        }
        let threads = items.iter().filter(|item| get_text(item, "entity") == "thread");
        self.with_staff |= readable::<Conversation>("thread", threads).iter().any(Conversation::is_held_by_staff);
        Ok(())
    }
}

impl Writes {
    /// Demands that a person has not refused, or has taken it back.
    fn not_refused(&mut self, tenant: &TenantId, contact: ContactId) -> Result<(), Failure> {
        let no = AttributeValue::Bool(false);
        self.check(
            &keys::of(tenant).opt_out_state(contact),
            "attribute_not_exists(refused) OR refused = :no",
            ":no",
            no,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::keys::NOW;
    use domain::{ConversationId, MessageId};
    use std::collections::BTreeSet;

    #[test]
    fn a_send_context_is_of_different_items() {
        let tenant = TenantId::new("acme").unwrap();
        let reference = MessageRef {
            conversation: ConversationId::derive(&tenant, &["t"]),
            at: Timestamp::UNIX_EPOCH,
            message: MessageId::derive(&tenant, &["m"]),
        };
        let wanted = send_context_keys(&tenant, &reference, ContactId::derive(&tenant, &["c"]));
        let places: BTreeSet<_> = wanted.iter().map(|key| (&key.pk, &key.sk)).collect();
        assert_eq!((wanted.len(), places.len()), (8, 8));
        let of_person = |key: &&TableKey| key.pk.contains("#PERSON#") && key.sk.starts_with(NOW);
        assert_eq!(wanted.iter().filter(of_person).count(), 7);
    }
}
