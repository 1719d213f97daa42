//! What follows from a call to a vendor: the record of it, a number that is left alone from now on, another try.

use domain::Failure;
use domain::conversations::{Message, Role};
use domain::events::EventKind;
use domain::messaging::delivery::{AfterSend, Blocked, SendOutcome};
use domain::messaging::{Address, DeliveryState};
use domain::tenancy::Tenant;
use store::Change;

use crate::Deliver;
use crate::attempt::Attempt;

impl Deliver {
    /// Records the result of the call. Touches no journey: the claim has counted the message.
    pub(crate) async fn record_outcome(
        &self,
        attempt: &Attempt<'_>,
        claimed: &Message,
        outcome: SendOutcome,
    ) -> Result<(), Failure> {
        let Some(delivery) = &claimed.delivery else { return Ok(()) };
        let after = AfterSend::of(outcome, &claimed.tries(delivery), runtime::clock::now());
        if let Some(blocked) = after.suppress {
            self.block(attempt, claimed, &delivery.to, blocked).await?;
        }
        self.conclude(attempt.tenant, claimed, &after, Some(attempt.queued.clone())).await
    }

    /// Writes to the number no more. A notice goes to the business's own people, about whose numbers a customer's opt-out state
    /// says nothing.
    async fn block(
        &self,
        attempt: &Attempt<'_>,
        message: &Message,
        to: &Address,
        blocked: Blocked,
    ) -> Result<(), Failure> {
        let Attempt { tenant, loaded_send, .. } = *attempt;
        match blocked {
            _ if message.role == Role::Notice => Ok(()),
            // As it was when the call began: a START since then is newer than what the vendor answers.
            Blocked::OptedOut => {
                let owner = loaded_send.contact.as_ref().map(|_| loaded_send.owner);
                self.store.opt_out_states().refused_at_vendor(&tenant.id, owner, to, message.channel, attempt.now).await
            }
            // Of someone who was erased meanwhile nothing is written down.
            Blocked::Unreachable if loaded_send.contact.is_none() => Ok(()),
            Blocked::Unreachable => {
                self.store
                    .opt_out_states()
                    .set_unreachable(&tenant.id, loaded_send.owner, to, Some(message.channel))
                    .await
            }
        }
    }

    /// The worker before died between the vendor's call and the record of it.
    pub(crate) async fn give_up(&self, tenant: &Tenant, message: &Message) -> Result<(), Failure> {
        let reason = "the worker died while it was sending".to_owned();
        self.conclude(tenant, message, &AfterSend::unknown(reason), None).await
    }

    /// Records how it ended. Who has to know hears it from the event.
    async fn conclude(
        &self,
        tenant: &Tenant,
        message: &Message,
        after: &AfterSend,
        again: Option<EventKind>,
    ) -> Result<(), Failure> {
        let event = match after.state {
            DeliveryState::Sent => Some(sent(message)),
            DeliveryState::Queued => None,
            state => Some(not_sent(message, state, after.reason.as_deref().unwrap_or_default())),
        };
        let change = Change {
            vendor_id: after.vendor_id.clone(),
            reason: after.reason.clone(),
            events: event.into_iter().collect(),
            later: after.again_at.zip(again),
            ..Change::default()
        };
        self.advance(tenant, message, after.state, change, runtime::clock::now()).await
    }
}

fn sent(message: &Message) -> EventKind {
    EventKind::MessageSent { message: message.reference, channel: message.channel }
}

pub(crate) fn not_sent(message: &Message, state: DeliveryState, reason: &str) -> EventKind {
    EventKind::MessageNotSent { message: message.reference, channel: message.channel, state, reason: reason.to_owned() }
}
