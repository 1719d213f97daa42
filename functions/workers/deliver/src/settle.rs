//! What follows from a call to a vendor: the record of it, a number that is left alone from now on, a person who is told.

use domain::Failure;
use domain::conversations::{EscalationReason, Message, NoticeKind, Role, escalating};
use domain::events::EventKind;
use domain::messaging::delivery::{AfterSend, Blocked, SendOutcome};
use domain::messaging::{Address, DeliveryState};
use domain::tenancy::Tenant;
use jiff::Timestamp;
use store::Change;

use crate::Deliver;
use crate::passage::Passage;

/// How often a lost race for the thread is decided anew.
const MAX_DECISIONS: usize = 4;

impl Deliver {
    /// Records what came of the call. Touches no journey: the claim has counted the message.
    pub(crate) async fn settle(
        &self,
        passage: &Passage<'_>,
        claimed: &Message,
        outcome: SendOutcome,
    ) -> Result<(), Failure> {
        let Some(delivery) = &claimed.delivery else { return Ok(()) };
        let after = AfterSend::of(outcome, delivery.attempts);
        if let Some(blocked) = after.suppress {
            self.block(passage, claimed, &delivery.to, blocked).await?;
        }
        self.conclude(passage.tenant, claimed, &after).await?;
        if after.state == DeliveryState::Queued {
            return Err(Failure::Retryable(after.reason.unwrap_or_default()));
        }
        Ok(())
    }

    /// Writes to the number no more. A notice goes to the business's own people, about whose numbers a customer's standing
    /// says nothing.
    async fn block(
        &self,
        passage: &Passage<'_>,
        message: &Message,
        to: &Address,
        blocked: Blocked,
    ) -> Result<(), Failure> {
        let Passage { tenant, papers, .. } = *passage;
        match blocked {
            _ if message.role == Role::Notice => Ok(()),
            // As it was when the call began: a START since then is newer than what the vendor answers.
            Blocked::OptedOut => {
                let owner = papers.contact.as_ref().map(|_| papers.owner);
                self.store.refused_at_vendor(&tenant.id, owner, to, message.channel, passage.now).await
            }
            // Of somebody who was erased meanwhile nothing is written down.
            Blocked::Unreachable if papers.contact.is_none() => Ok(()),
            Blocked::Unreachable => self.store.set_unreachable(&tenant.id, papers.owner, to).await,
        }
    }

    /// The worker before died between the vendor's call and the record of it.
    pub(crate) async fn give_up(&self, tenant: &Tenant, message: &Message) -> Result<(), Failure> {
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
        let Some((escalation, event)) = escalating::raise(tenant, &mut thread, &cause) else { return Ok(()) };
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
            escalating::notices(NoticeKind::Escalation, &about).into_iter().unzip();
        change.events.push(event);
        change.events.extend(queued);
        change.escalation = Some((thread, escalation, notices));
        Ok(())
    }
}

fn sent(message: &Message) -> EventKind {
    EventKind::MessageSent { message: message.reference, channel: message.channel }
}

pub(crate) fn not_sent(message: &Message, state: DeliveryState, reason: &str) -> EventKind {
    EventKind::MessageNotSent { message: message.reference, channel: message.channel, state, reason: reason.to_owned() }
}
