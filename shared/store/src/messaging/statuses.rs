//! Vendors' status callbacks: late, twice, out of order, sometimes about messages that are not ours.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use domain::conversations::Message;
use domain::events::EventKind;
use domain::messaging::DeliveryState;
use domain::messaging::delivery::{Blocked, StatusUpdate};
use domain::{Failure, TenantId};
use jiff::Timestamp;

use crate::Deliveries;
use crate::messaging::deliveries::Change;
use crate::table::error::failure;
use crate::table::item::text;
use crate::table::keys;

/// How often a callback is applied again that met another one, or the worker, at the message.
const ATTEMPTS: usize = 4;

impl Deliveries<'_> {
    /// Applies one callback. One that comes too late, or names no message of this tenant, changes nothing.
    ///
    /// What tells more than the worker knew is announced: a message that failed after all (`message.not_sent`), and one that
    /// went out though its worker could not say so (`message.sent`). A failure that says that the person wants nothing more is
    /// their refusal; one that says that the number cannot be reached keeps messages from that number until they write from
    /// it.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer: the vendor's retry brings it again.
    pub async fn apply_status(self, tenant: &TenantId, status: &StatusUpdate, now: Timestamp) -> Result<bool, Failure> {
        let from = status.state.reachable_from();
        if status.message.is_none() || from.is_empty() {
            return Ok(false);
        }
        // A complaint says that it came, and more.
        if status.blocked.is_none() && self.follow(tenant, status, now).await? {
            return Ok(true);
        }
        for _ in 0..ATTEMPTS {
            let message = match &status.message {
                Some(reference) => self.outgoing(tenant, reference).await?,
                None => None,
            };
            let Some((message, state)) = message.and_then(with_state) else { return Ok(false) };
            let applied = from.contains(&state);
            if applied && !self.announce(tenant, &message, status, now).await? {
                continue;
            }
            // A repeat finds the state changed, and may come because the first one died before this.
            if let Some(blocked) = status.blocked.filter(|_| applied || state == status.state) {
                self.block(tenant, &message, blocked).await?;
            }
            return Ok(applied);
        }
        Err(Failure::Retryable("status: others are at this message".into()))
    }

    /// The usual way, in one call: of a message that was sent, how far it came.
    async fn follow(self, tenant: &TenantId, status: &StatusUpdate, now: Timestamp) -> Result<bool, Failure> {
        let Some(reference) = &status.message else { return Ok(false) };
        let known = [DeliveryState::Sent, DeliveryState::Delivered];
        let known = known.into_iter().filter(|state| status.state.reachable_from().contains(state));
        let known: Vec<_> = known.enumerate().map(|(index, state)| (format!(":from{index}"), state)).collect();
        if status.state == DeliveryState::Failed || known.is_empty() {
            return Ok(false);
        }
        let mut update = self
            .store
            .update_item(&keys::of(tenant).message(reference))
            .update_expression(
                "SET delivery.#state = :state, delivery.vendor_id = :vendor_id, delivery.changed_at = :now",
            )
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":state", text(status.state.as_str()))
            .expression_attribute_values(":vendor_id", text(&status.vendor_id))
            .expression_attribute_values(":now", text(now.to_string()));
        for (name, state) in &known {
            update = update.expression_attribute_values(name, text(state.as_str()));
        }
        let names: Vec<&str> = known.iter().map(|(name, _)| name.as_str()).collect();
        let condition = format!("delivery.#state IN ({})", names.join(", "));
        match update.condition_expression(condition).send().await {
            Ok(_) => Ok(true),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(false),
                _ => Err(failure("status", &error)),
            },
        }
    }

    /// The rare way: others hear of it, in the same transaction. `false`: the message is not as it was read.
    async fn announce(
        self,
        tenant: &TenantId,
        message: &Message,
        status: &StatusUpdate,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        let (reference, channel, state) = (message.reference, message.channel, status.state);
        let reason = (state == DeliveryState::Failed)
            .then(|| status.reason.clone().unwrap_or_else(|| "the vendor gave no reason".to_owned()));
        let event = match &reason {
            Some(reason) => EventKind::MessageNotSent { message: reference, channel, state, reason: reason.clone() },
            None => EventKind::MessageSent { message: reference, channel },
        };
        let vendor_id = Some(status.vendor_id.clone());
        let change = Change { vendor_id, reason, events: vec![event], ..Change::default() };
        self.advance(tenant, message, state, change, now).await
    }

    /// The number was blocked when the message left, not when the vendor tells it, sometimes hours later and twice: a START or
    /// a message since then counts.
    async fn block(self, tenant: &TenantId, message: &Message, blocked: Blocked) -> Result<(), Failure> {
        let Some(delivery) = &message.delivery else { return Ok(()) };
        let (to, since) = (&delivery.to, delivery.left_at());
        let contact = self.store.conversations().contact(tenant, message.reference.conversation).await?;
        match blocked {
            Blocked::OptedOut => {
                self.store.opt_out_states().refused_at_vendor(tenant, contact, to, message.channel, since).await
            }
            Blocked::Unreachable => match contact {
                Some(contact) => {
                    self.store.opt_out_states().was_unreachable(tenant, contact, to, message.channel, since).await
                }
                None => Ok(()),
            },
        }
    }
}

fn with_state(message: Message) -> Option<(Message, DeliveryState)> {
    let state = message.delivery.as_ref()?.state;
    Some((message, state))
}
