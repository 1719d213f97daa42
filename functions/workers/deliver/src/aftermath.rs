//! What follows from what became of a message, told by its event: a customer's wait ends, or staff hear that a message did not
//! leave and what helps.
//!
//! An event may come twice and late. What follows is stored once, with a mark of the event, over the thread as it was read.

use connectors::codes::{cause, explain};
use domain::Failure;
use domain::conversations::sent::{self, NotSent, TOLD_ONE_BY_ONE, Telling};
use domain::conversations::{FollowUp, Role};
use domain::events::Event;
use domain::messaging::{DeliveryState, Explanation, MessageRef};
use domain::tenancy::Tenant;
use store::{Clocked, Commit};

use crate::Deliver;

/// How often a lost race for the thread is decided again.
const MAX_DECISIONS: usize = 4;

impl Deliver {
    /// A vendor took the message: its customer has their answer.
    pub(crate) async fn note_sent(&self, event: &Event, reference: &MessageRef) -> Result<(), Failure> {
        let Some(message) = self.store.deliveries().outgoing(&event.tenant, reference).await? else { return Ok(()) };
        if message.delivery.as_ref().is_none_or(|delivery| delivery.answers_at.is_none()) {
            return Ok(());
        }
        let tenant = self.store.tenants().get(&event.tenant).await?;
        for _ in 0..MAX_DECISIONS {
            let Some(read) = self.store.sla().clocked(&tenant.id, reference.conversation).await? else { return Ok(()) };
            let Some(done) = sent::sent(&tenant, &message, &read.thread, event) else { return Ok(()) };
            if self.is_noted(&tenant, &read, &done, event).await? {
                return Ok(());
            }
        }
        Err(busy())
    }

    /// The message did not leave: whoever it concerns hears of it.
    pub(crate) async fn note_not_sent(
        &self,
        event: &Event,
        reference: &MessageRef,
        state: DeliveryState,
        reason: &str,
    ) -> Result<(), Failure> {
        let Some(message) = self.store.deliveries().outgoing(&event.tenant, reference).await? else { return Ok(()) };
        if message.role == Role::Notice {
            tracing::error!(tenant = %event.tenant, state = state.as_str(), "a notice to staff did not leave");
            return Ok(());
        }
        let tenant = self.store.tenants().get(&event.tenant).await?;
        let why = explained(state, reason);
        for _ in 0..MAX_DECISIONS {
            let Some((read, opt_out_state)) = self.store.sla().goes_on_in(&tenant.id, &message).await? else {
                return Ok(());
            };
            if !sent::is_somebodys_business(&tenant, &message, state, &opt_out_state) {
                return Ok(());
            }
            let what = (message.channel, cause(reason));
            let (id, most) = (message.reference.message, TOLD_ONE_BY_ONE + 1);
            let place = self.store.deliveries().place_among_failed(&tenant.id, what, id, most, event.at).await?;
            let telling = Telling::of(place, &why);
            let what = NotSent { tenant: &tenant, message: &message, state, why: &why, telling, event };
            let Some(done) = sent::not_sent(&what, &read.thread, &read.lead) else { return Ok(()) };
            if self.is_noted(&tenant, &read, &done, event).await? {
                return Ok(());
            }
        }
        Err(busy())
    }

    /// Stores what follows; `false`: someone wrote meanwhile, so decide again.
    async fn is_noted(&self, tenant: &Tenant, read: &Clocked, done: &FollowUp, event: &Event) -> Result<bool, Failure> {
        let noted = self.store.sla().note_follow_up(&tenant.id, read, done, event, runtime::clock::now()).await?;
        Ok(noted != Commit::Conflict)
    }
}

fn busy() -> Failure {
    Failure::Retryable("the thread keeps changing".into())
}

/// What a reason means to the owner: a vendor's code by its table, our own words as they are.
fn explained(state: DeliveryState, reason: &str) -> Explanation {
    if let Some(why) = explain(reason) {
        return why;
    }
    let todo = match state {
        DeliveryState::Skipped => "Complete the settings of the channel, and answer those who wait yourself.",
        DeliveryState::Unknown => "Look whether it went out before you repeat it.",
        _ => "Reach them another way.",
    };
    let whole_account = state == DeliveryState::Skipped;
    Explanation { means: reason.to_owned().into(), todo: todo.into(), whole_account }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_configured_concerns_every_message_and_a_broken_connection_one() {
        let skipped = explained(DeliveryState::Skipped, "SMS is not configured for your account");
        assert!(skipped.whole_account && skipped.means.contains("SMS is not configured"));
        assert!(!explained(DeliveryState::Unknown, "twilio did not answer in time").whole_account);
        assert!(explained(DeliveryState::Failed, "twilio 30034").whole_account);
    }
}
