//! An outgoing message's state, changed under conditions so that two workers never both act.

use aws_sdk_dynamodb::types::{AttributeValue, Update};
use domain::conversations::{Delivery, Message};
use domain::events::{Event, EventKind};
use domain::journeys::Journey;
use domain::messaging::{DeliveryState, MessageRef, Ruled, Verdict};
use domain::{EventId, Failure, TenantId};
use jiff::Timestamp;

use crate::Deliveries;
use crate::conversations::turns::Commit;
use crate::table::error::failure;
use crate::table::item::{from_item, key_item, number, text};
use crate::table::keys;
use crate::table::outbox::OutboxRow;
use crate::table::writes::Writes;

/// How many of the gate's verdicts a message keeps: the last ones.
const MAX_RULINGS: usize = 50;

/// One change of an outgoing message, with what follows from it.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// What the gate said, where it was asked.
    pub verdict: Option<Verdict>,
    /// The vendor's id.
    pub vendor_id: Option<String>,
    /// The reason.
    pub reason: Option<String>,
    /// What other functions hear of at once.
    pub events: Vec<EventKind>,
    /// What they hear of later: the gate waits.
    pub later: Option<(Timestamp, EventKind)>,
    /// The person's journey, where the message is an outreach message: it waits in it, or is gone from it.
    pub journey: Option<Journey>,
}

impl Deliveries<'_> {
    /// A message by its place, strongly consistent: most often an outgoing one.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn outgoing(self, tenant: &TenantId, reference: &MessageRef) -> Result<Option<Message>, Failure> {
        let answer = self
            .store
            .dynamo
            .get_item()
            .table_name(&self.store.table)
            .consistent_read(true)
            .set_key(Some(key_item(&keys::of(tenant).message(reference))))
            .send()
            .await
            .map_err(|error| failure("message", &error))?;
        answer.item.map(|item| from_item("message", &item)).transpose()
    }

    /// Moves `message` to `state` if it is still as it was read, with all that follows, or does nothing.
    ///
    /// What the gate alone may do is not done here: a message is claimed with what the gate cleared ([`crate::Deliveries::claim`]).
    ///
    /// # Errors
    /// [`Failure`] as the table answers; [`Failure::Retryable`] when the journey changed meanwhile;
    /// [`Failure::Permanent`] for a state that only a claim leads to. `Ok(false)`: another worker was first.
    pub async fn advance(
        self,
        tenant: &TenantId,
        message: &Message,
        state: DeliveryState,
        change: Change,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        let Some(before) = &message.delivery else { return Ok(false) };
        let called = matches!(before.state, DeliveryState::Sending | DeliveryState::Unknown);
        if state == DeliveryState::Sending || (state == DeliveryState::Sent && !called) {
            return Err(Failure::Permanent("a message is claimed with what the gate cleared".into()));
        }
        let Change { verdict, vendor_id, reason, .. } = &change;
        let step = Step {
            state,
            verdict: verdict.as_ref(),
            vendor_id: vendor_id.as_deref(),
            reason: reason.as_deref(),
            calls: 0,
            now,
        };
        let mut writes = Writes::new(&self.store.table);
        writes.update(message_update(&self.store.table, tenant, message, &step.after(before))?);
        if let Some(journey) = &change.journey {
            writes.journey(tenant, journey)?;
        }

        let cause = format!("{}|{}|{}", message.reference.message, state.as_str(), before.attempts);
        let event = |kind: EventKind, which: &str| Event {
            id: EventId::derive(tenant, &[&cause, kind.name(), which]),
            tenant: tenant.clone(),
            at: now,
            correlation_id: message.correlation_id.clone(),
            kind,
        };
        if !change.events.is_empty() {
            let events = change.events.into_iter().enumerate();
            let events: Vec<Event> = events.map(|(index, kind)| event(kind, &index.to_string())).collect();
            let id = EventId::derive(tenant, &["outbox", &cause]);
            writes.outbox(&OutboxRow::new(id, tenant.clone(), &events, now))?;
        }
        if let Some((due, kind)) = change.later {
            // Held again is another happening: another time, another id.
            let due_text = due.to_string();
            let id = EventId::derive(tenant, &["later", &cause, &due_text]);
            writes.outbox(&OutboxRow::later(id, tenant.clone(), &[event(kind, &due_text)], due))?;
        }
        match self.store.transact(writes).await? {
            Commit::Stored => Ok(true),
            Commit::Duplicate => Ok(false),
            Commit::Conflict => Err(Failure::Retryable("the journey changed meanwhile".into())),
        }
    }
}

/// One step of a delivery.
pub(crate) struct Step<'a> {
    /// The new state.
    pub(crate) state: DeliveryState,
    /// What the gate said, where it was asked.
    pub(crate) verdict: Option<&'a Verdict>,
    /// The vendor's id, where it gave one.
    pub(crate) vendor_id: Option<&'a str>,
    /// The reason.
    pub(crate) reason: Option<&'a str>,
    /// Calls to the vendor that begin with it.
    pub(crate) calls: u32,
    /// The time now (UTC).
    pub(crate) now: Timestamp,
}

impl Step<'_> {
    /// The delivery after it. What it does not say stays as it was.
    pub(crate) fn after(&self, before: &Delivery) -> Delivery {
        let mut rulings = before.rulings.clone();
        rulings.extend(self.verdict.map(|verdict| Ruled { at: self.now, verdict: verdict.clone() }));
        let surplus = rulings.len().saturating_sub(MAX_RULINGS);
        rulings.drain(..surplus);
        Delivery {
            state: self.state,
            verdict: self.verdict.or(before.verdict.as_ref()).cloned(),
            rulings,
            vendor_id: self.vendor_id.or(before.vendor_id.as_deref()).map(str::to_owned),
            reason: self.reason.or(before.reason.as_deref()).map(str::to_owned),
            attempts: before.attempts + self.calls,
            tried_at: before.tried_at.or((self.calls > 0).then_some(self.now)),
            changed_at: self.now,
            ..before.clone()
        }
    }
}

/// Puts a delivery in the place of the one that was read with `message`.
pub(crate) fn message_update(
    table: &str,
    tenant: &TenantId,
    message: &Message,
    after: &Delivery,
) -> Result<Update, Failure> {
    let wrong = |error: &dyn std::fmt::Display| Failure::Permanent(format!("delivery: {error}"));
    let before = message.delivery.as_ref().ok_or_else(|| wrong(&"the message is not an outgoing one"))?;
    let delivery: AttributeValue = serde_dynamo::to_attribute_value(after).map_err(|error| wrong(&error))?;
    Update::builder()
        .table_name(table)
        .set_key(Some(key_item(&keys::of(tenant).message(&message.reference))))
        .update_expression("SET delivery = :delivery")
        .condition_expression(
            "delivery.#state = :state AND delivery.attempts = :attempts AND delivery.changed_at = :changed_at",
        )
        .expression_attribute_names("#state", "state")
        .expression_attribute_values(":delivery", delivery)
        .expression_attribute_values(":state", text(before.state.as_str()))
        .expression_attribute_values(":attempts", number(before.attempts))
        .expression_attribute_values(":changed_at", text(before.changed_at.to_string()))
        .build()
        .map_err(|error| wrong(&error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::messaging::{Address, Phone};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_176_000 + second).unwrap()
    }

    fn queued() -> Delivery {
        Delivery::queued(Address::Phone(Phone::e164("+13035550101", "phone").unwrap()), Some(at(0)), at(0))
    }

    fn step(state: DeliveryState, verdict: Option<&Verdict>, second: i64) -> Step<'_> {
        Step { state, verdict, vendor_id: None, reason: None, calls: 0, now: at(second) }
    }

    #[test]
    fn the_last_verdicts_are_kept_in_order_and_the_last_one_stands() {
        let mut delivery = queued();
        let wait = |second| Verdict::Delayed { until: at(second), why: "Quiet hours".into(), rule: None };
        for second in 0..60 {
            delivery = step(DeliveryState::Held, Some(&wait(second)), second).after(&delivery);
        }
        let kept: Vec<Timestamp> = delivery.rulings.iter().map(|ruled| ruled.at).collect();
        assert_eq!(kept, (10..60).map(at).collect::<Vec<_>>());
        assert_eq!(delivery.verdict, Some(wait(59)));
    }

    #[test]
    fn what_a_step_does_not_say_stays_as_it_was() {
        let verdict = Verdict::Allowed { why: "An answer".into(), rule: None };
        let claimed = Step { calls: 1, ..step(DeliveryState::Sending, Some(&verdict), 1) }.after(&queued());
        assert_eq!((claimed.attempts, claimed.changed_at, claimed.rulings.len()), (1, at(1), 1));
        assert_eq!(claimed.tried_at, Some(at(1)));
        let sent = Step { vendor_id: Some("SM1"), ..step(DeliveryState::Sent, None, 2) }.after(&claimed);
        let expected =
            Delivery { state: DeliveryState::Sent, vendor_id: Some("SM1".to_owned()), changed_at: at(2), ..claimed };
        assert_eq!(sent, expected);
    }

    /// What is compared in the condition is what is stored, to the last digit.
    #[test]
    fn a_delivery_is_stored_as_its_condition_names_it() {
        let exact: Timestamp = "2026-11-20T12:12:01.250000001Z".parse().unwrap();
        let delivery = Delivery { changed_at: exact, ..queued() };
        let AttributeValue::M(stored) = serde_dynamo::to_attribute_value(&delivery).unwrap() else { panic!("no map") };
        assert_eq!(stored["changed_at"], text(exact.to_string()));
        assert_eq!(stored["state"], text(DeliveryState::Queued.as_str()));
    }
}
