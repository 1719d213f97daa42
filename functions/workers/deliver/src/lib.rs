//! Sends what is queued: the gate, the vendor, the record of both.
//!
//! Reads `message.queued` events from the Outbound queue. The gate's verdict is stored before anything leaves, in the
//! same write that claims the message, so that two workers never both send it. A message found claimed but not settled
//! is one whose worker died: nobody knows whether it went out, so it is never sent again; it becomes `unknown` and a
//! person is told.

mod senders;
mod settle;

use domain::Failure;
use domain::conversations::{Delivery, Message, Role};
use domain::events::{Event, EventKind};
use domain::messaging::delivery::Readiness;
use domain::messaging::{Channel, DeliveryState, Verdict, gate};
use domain::tenancy::Tenant;
use jiff::Timestamp;
use serde::Deserialize;
use std::time::Duration;
use store::{Change, Store};

pub use senders::Senders;

use settle::{not_sent, sent};

/// The most time one record takes: a vendor's call, its connect retries, and the table.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(24);

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
    pub(crate) async fn advance(
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
