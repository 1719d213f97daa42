//! Sends what is queued: the gate, the vendor, the record of both.
//!
//! Reads `message.queued` events from the Outbound queue. The gate's verdict is stored before anything leaves, in the
//! same write that claims the message, so that two workers never both send it. A message found claimed but not settled
//! is one whose worker died: nobody knows whether it went out, so it is never sent again; it becomes `unknown` and a
//! person is told.

mod senders;

use domain::Failure;
use domain::conversations::{Delivery, EscalationReason, Message, Role, escalating};
use domain::events::{Event, EventKind};
use domain::messaging::delivery::{AfterSend, Readiness, SendOutcome};
use domain::messaging::{Channel, DeliveryState, MessageRef, Verdict, gate};
use domain::tenancy::Tenant;
use jiff::Timestamp;
use serde::Deserialize;
use std::time::Duration;
use store::{Change, Store};

pub use senders::Senders;

/// The most time one record takes: a vendor's call, its connect retries, and the table.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(24);
/// How often a lost race for the thread is decided anew.
const MAX_DECISIONS: usize = 4;

/// What delivery needs.
#[derive(Debug)]
pub struct Deliver {
    /// The table.
    pub store: Store,
    /// The vendors.
    pub senders: Senders,
}

/// A record of the Outbound queue: EventBridge's envelope.
#[derive(Debug, Clone, Deserialize)]
pub struct Envelope {
    /// The event.
    pub detail: Event,
}

impl Deliver {
    /// Sends the message that `event` names, if it still waits.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: deliver the record again; [`Failure::Permanent`]: it names nothing that can be sent.
    pub async fn deliver(&self, event: &Event) -> Result<(), Failure> {
        let EventKind::MessageQueued { message: reference, .. } = &event.kind else {
            return Err(Failure::Permanent(format!("{} does not belong on this queue", event.kind.name())));
        };
        let tenant = self.store.tenant(&event.tenant).await?;
        let message = self.store.outgoing(&tenant.id, reference).await?;
        let message = message.ok_or_else(|| Failure::Permanent("the message does not exist".into()))?;
        let Some(delivery) = &message.delivery else {
            return Err(Failure::Permanent("the message is not an outgoing one".into()));
        };
        let now = runtime::clock::now();
        match delivery.state.readiness(delivery.changed_at, now) {
            Readiness::Done => Ok(()),
            Readiness::InFlight => Err(Failure::Retryable("another worker is on this message".into())),
            Readiness::Lost => self.give_up(&tenant, &message).await,
            Readiness::Waiting => self.pass_gate(&tenant, &message, delivery, now).await,
        }
    }

    async fn pass_gate(
        &self,
        tenant: &Tenant,
        message: &Message,
        delivery: &Delivery,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let to_staff = message.role == Role::Notice;
        let suppressed = !to_staff && self.store.is_suppressed(&tenant.id, &delivery.to).await?;
        let request =
            gate::Request { tenant, channel: message.channel, to_staff, suppressed, answers_at: delivery.answers_at };
        let verdict = gate(&request, now);
        tracing::info!(tenant = %tenant.id, message = %message.reference.message, verdict = ?verdict, "gate");
        match &verdict {
            Verdict::Allowed { .. } => self.send(tenant, message, verdict, now).await,
            Verdict::Delayed { until, why } => {
                let later = (*until, queued(message));
                let change = Change {
                    verdict: Some(verdict.clone()),
                    reason: Some(why.clone()),
                    later: Some(later),
                    ..Change::default()
                };
                self.advance(tenant, message, DeliveryState::Held, change, now).await
            }
            Verdict::Skipped { why } => self.stop(tenant, message, DeliveryState::Skipped, &verdict, why, now).await,
            Verdict::Dropped { why } => self.stop(tenant, message, DeliveryState::Dropped, &verdict, why, now).await,
        }
    }

    async fn stop(
        &self,
        tenant: &Tenant,
        message: &Message,
        state: DeliveryState,
        verdict: &Verdict,
        why: &str,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let events = vec![not_sent(message, state, why)];
        let change =
            Change { verdict: Some(verdict.clone()), reason: Some(why.to_owned()), events, ..Change::default() };
        self.advance(tenant, message, state, change, now).await
    }

    /// Whoever is first does it; the second finds the message changed and has nothing left to do.
    async fn advance(
        &self,
        tenant: &Tenant,
        message: &Message,
        state: DeliveryState,
        change: Change,
        now: Timestamp,
    ) -> Result<(), Failure> {
        self.store.advance(&tenant.id, message, state, change, now).await.map(|_| ())
    }

    async fn send(&self, tenant: &Tenant, message: &Message, verdict: Verdict, now: Timestamp) -> Result<(), Failure> {
        let verdict = Some(verdict);
        if message.channel == Channel::Chat {
            // The widget polls the table: being marked as sent is being sent.
            let events = vec![sent(message)];
            let change = Change { verdict, events, ..Change::default() };
            return self.advance(tenant, message, DeliveryState::Sent, change, now).await;
        }
        let ready = match self.senders.prepare(&self.store, tenant, message.channel).await? {
            Ok(ready) => ready,
            Err(why) => {
                let verdict = Verdict::Skipped { why: why.clone() };
                return self.stop(tenant, message, DeliveryState::Skipped, &verdict, &why, now).await;
            }
        };
        let claim = Change { verdict, ..Change::default() };
        if !self.store.advance(&tenant.id, message, DeliveryState::Sending, claim, now).await? {
            return Ok(());
        }
        let claimed = claimed(message, now);
        let outcome = self.senders.send(&ready, &claimed).await;
        self.settle(tenant, &claimed, outcome).await
    }

    async fn settle(&self, tenant: &Tenant, claimed: &Message, outcome: SendOutcome) -> Result<(), Failure> {
        let Some(delivery) = &claimed.delivery else { return Ok(()) };
        let after = AfterSend::of(outcome, delivery.attempts);
        if after.suppress {
            self.store.set_suppressed(&tenant.id, &delivery.to, true, runtime::clock::now()).await?;
        }
        self.conclude(tenant, claimed, &after).await?;
        if after.state == DeliveryState::Queued {
            return Err(Failure::Retryable(after.reason.unwrap_or_default()));
        }
        Ok(())
    }

    /// The worker before died between the vendor's call and the record of it.
    async fn give_up(&self, tenant: &Tenant, message: &Message) -> Result<(), Failure> {
        let reason = "the worker died while it was sending".to_owned();
        self.conclude(tenant, message, &AfterSend::of(SendOutcome::Unknown { reason }, 0)).await
    }

    /// Records how it ended, and calls a person where that is needed.
    async fn conclude(&self, tenant: &Tenant, message: &Message, after: &AfterSend) -> Result<(), Failure> {
        let mut result = Ok(());
        for _ in 0..MAX_DECISIONS {
            let now = runtime::clock::now();
            let mut change =
                Change { vendor_id: after.vendor_id.clone(), reason: after.reason.clone(), ..Change::default() };
            match after.state {
                DeliveryState::Sent => change.events.push(sent(message)),
                DeliveryState::Queued => {}
                state => change.events.push(not_sent(message, state, after.reason.as_deref().unwrap_or_default())),
            }
            if let Some(reason) = after.escalate {
                self.escalate(tenant, message, reason, &mut change, now).await?;
            }
            result = self.advance(tenant, message, after.state, change, now).await;
            if !matches!(result, Err(Failure::Retryable(_))) {
                break;
            }
        }
        result
    }

    async fn escalate(
        &self,
        tenant: &Tenant,
        message: &Message,
        reason: EscalationReason,
        change: &mut Change,
        now: Timestamp,
    ) -> Result<(), Failure> {
        if message.role == Role::Notice {
            tracing::error!(tenant = %tenant.id, ?reason, "a notice to staff did not leave");
            return Ok(());
        }
        let Some((mut thread, lead)) = self.store.thread_and_lead(&tenant.id, message).await? else { return Ok(()) };
        let by = message.reference.message;
        let cause = escalating::Cause { reason, by, at: now };
        let Some((escalation, event)) = escalating::raise(&tenant.id, &mut thread, &cause) else { return Ok(()) };
        let about = escalating::About {
            tenant,
            lead: &lead,
            thread: &thread,
            reason: Some(reason),
            correlation_id: &message.correlation_id,
            by,
            at: now,
        };
        let (notices, queued): (Vec<_>, Vec<_>) =
            escalating::notices(domain::conversations::NoticeKind::Escalation, &about).into_iter().unzip();
        change.events.push(event);
        change.events.extend(queued);
        change.escalation = Some((thread, escalation, notices));
        Ok(())
    }
}

/// The message as the claim left it.
fn claimed(message: &Message, now: Timestamp) -> Message {
    let delivery = message.delivery.clone().map(|delivery| Delivery {
        state: DeliveryState::Sending,
        attempts: delivery.attempts + 1,
        changed_at: now,
        ..delivery
    });
    Message { delivery, ..message.clone() }
}

fn queued(message: &Message) -> EventKind {
    EventKind::MessageQueued { message: message.reference, channel: message.channel }
}

fn sent(message: &Message) -> EventKind {
    EventKind::MessageSent { message: message.reference, channel: message.channel }
}

fn not_sent(message: &Message, state: DeliveryState, reason: &str) -> EventKind {
    let (reference, channel): (MessageRef, Channel) = (message.reference, message.channel);
    EventKind::MessageNotSent { message: reference, channel, state, reason: reason.to_owned() }
}
