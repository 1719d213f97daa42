//! Sends what is queued: the gate, the vendor, the record of both, and what follows from how it ended.
//!
//! Reads events from the Outbound queue: `message.queued` sends a message, `message.sent` and `message.not_sent` tell how one
//! ended, by whatever way. One read brings all that the gate looks at; its verdict is stored
//! before anything leaves, in the same write that claims the message, so that two workers never both send it. The claim
//! holds only while the person's opt-out state is as it was read: a STOP that comes in between wins. A message found claimed
//! but not settled is one whose worker died: no one knows whether it went out, so it is never sent again; it becomes
//! `unknown` and a person is told. What a vendor puts off comes back by itself, later each time, for as long as it says
//! something: a receive of the queue is no try.

mod aftermath;
mod attachment;
mod attempt;
mod invitation;
mod record_outcome;
#[cfg(test)]
mod samples;
mod senders;
mod stop;

use domain::conversations::Message;
use domain::events::{Event, EventKind};
use domain::messaging::delivery::Readiness;
use domain::messaging::{DeliveryState, MessageRef, Verdict};
use domain::tenancy::Tenant;
use domain::{ContactId, Failure};
use jiff::Timestamp;
use std::time::Duration;
use store::{Change, Store};

pub use senders::Senders;

use attempt::Attempt;

/// The most time one record takes: a vendor's call, its connect retries, and the table.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(24);

/// Why a message stays that a key for tests caused.
const TEST: &str = "It was written with a key for tests: nothing is sent";

/// How often a message is read and judged again, because what the gate looked at changed under it.
const MAX_READINGS: usize = 6;

/// What delivery needs.
#[derive(Debug)]
pub struct Deliver {
    /// The table.
    pub store: Store,
    /// The vendors.
    pub senders: Senders,
}

impl Deliver {
    /// Does what `event` asks for: sends a message that waits, or notes how one ended.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: deliver the record again; [`Failure::Permanent`]: it names nothing that can be sent.
    pub async fn handle(&self, event: &Event) -> Result<(), Failure> {
        match &event.kind {
            EventKind::MessageQueued { message, contact, .. } => self.deliver(event, message, *contact).await,
            // No one is told of what was never to arrive.
            EventKind::MessageSent { .. } | EventKind::MessageNotSent { .. } if event.is_test() => Ok(()),
            EventKind::MessageSent { message, .. } => self.note_sent(event, message).await,
            EventKind::MessageNotSent { message, state, reason, .. } => {
                self.note_not_sent(event, message, *state, reason).await
            }
            other => Err(Failure::Permanent(format!("{} does not belong on this queue", other.name()))),
        }
    }

    /// Sends the message, if it still waits.
    async fn deliver(&self, event: &Event, reference: &MessageRef, contact: ContactId) -> Result<(), Failure> {
        let tenant = self.store.tenants().get(&event.tenant).await?;
        for _ in 0..MAX_READINGS {
            let loaded_send = self.store.deliveries().send_context(&tenant.id, reference, contact).await?;
            let loaded_send = loaded_send.ok_or_else(|| Failure::Permanent("the message does not exist".into()))?;
            let Some(delivery) = &loaded_send.message.delivery else {
                return Err(Failure::Permanent("the message is not an outgoing one".into()));
            };
            let now = runtime::clock::now();
            match delivery.state.readiness(delivery.changed_at, now) {
                Readiness::Done => return Ok(()),
                Readiness::InFlight => return Err(Failure::Retryable("another worker is on this message".into())),
                Readiness::Lost => return self.give_up(&tenant, &loaded_send.message).await,
                Readiness::Waiting => {}
            }
            let attempt = Attempt { tenant: &tenant, loaded_send: &loaded_send, queued: &event.kind, now };
            let done = match loaded_send.message.is_test() {
                true => self.stop(&attempt, Verdict::skipped(TEST).by("test_key")).await?,
                false => self.pass_gate(&attempt).await?,
            };
            if done {
                return Ok(());
            }
        }
        Err(Failure::Retryable("what the gate looks at keeps changing".into()))
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
        self.store.deliveries().advance(&tenant.id, message, state, change, now).await.map(|_| ())
    }
}
