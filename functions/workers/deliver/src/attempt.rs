//! A message before the gate: what it says, and what is done about it.

use connectors::send::{Form, Outgoing};
use domain::Failure;
use domain::conversations::Message;
use domain::events::EventKind;
use domain::journeys::{Cleared, Ruling, SendContext, gate};
use domain::messaging::Verdict;
use domain::messaging::delivery::SendOutcome;
use domain::tenancy::Tenant;
use domain::tenancy::usage::Month;
use jiff::Timestamp;
use store::{Claim, LoadedSend};

use crate::Deliver;

/// One reading of a message, on its way through the gate.
pub(crate) struct Attempt<'a> {
    pub(crate) tenant: &'a Tenant,
    /// The message, and what the gate looks at.
    pub(crate) loaded_send: &'a LoadedSend,
    /// The event that brought it, which brings it back.
    pub(crate) queued: &'a EventKind,
    /// The moment of this reading.
    pub(crate) now: Timestamp,
}

impl Deliver {
    /// Asks the gate and does what it says. `false`: something changed meanwhile, so read again and ask again.
    pub(crate) async fn pass_gate(&self, attempt: &Attempt<'_>) -> Result<bool, Failure> {
        let Attempt { tenant, loaded_send, now, .. } = *attempt;
        let message = &loaded_send.message;
        if let Some(verdict) = self.called_off(tenant, message).await? {
            return self.stop(attempt, verdict).await;
        }
        let sent_this_month = match &message.outreach {
            Some(_) => self.store.journeys().touches_sent(&tenant.id, &Month::of(now)).await?,
            None => 0,
        };
        let send_context = SendContext {
            tenant,
            message,
            contact: loaded_send.contact.as_ref(),
            opt_out_state: &loaded_send.opt_out_state,
            journey: loaded_send.journey.as_ref(),
            sent_this_month,
            with_staff: loaded_send.with_staff,
        };
        let ruling = gate(&send_context, now);
        let (verdict, rule) = (ruling.verdict().as_str(), ruling.verdict().rule());
        tracing::info!(tenant = %tenant.id, message = %message.reference.message, verdict, rule, "gate");
        match ruling {
            Ruling::Cleared(cleared, verdict) => self.send(attempt, &cleared, &verdict, form(&send_context, now)).await,
            Ruling::Stopped(verdict) => self.stop(attempt, verdict).await,
        }
    }

    /// What holds back an invitation of a campaign that was stopped since, or is too late; one call where it is one.
    async fn called_off(&self, tenant: &Tenant, message: &Message) -> Result<Option<Verdict>, Failure> {
        let Some(campaign) = message.outreach.as_ref().and_then(|outreach| outreach.campaign) else { return Ok(None) };
        let campaign = self.store.campaigns().find(&tenant.id, campaign).await?;
        Ok(campaign.and_then(|campaign| campaign.value.called_off()))
    }

    async fn send(
        &self,
        attempt: &Attempt<'_>,
        cleared: &Cleared<'_>,
        verdict: &Verdict,
        form: Form,
    ) -> Result<bool, Failure> {
        let Attempt { tenant, loaded_send, now, .. } = *attempt;
        let message = &loaded_send.message;
        let ready = match self.senders.prepare(&self.store, tenant, message).await? {
            Ok(ready) => ready,
            Err(why) => return self.stop(attempt, Verdict::skipped(why).by("credential_missing")).await,
        };
        let claimed = match self.store.deliveries().claim(&tenant.id, loaded_send, cleared, verdict, now).await? {
            Claim::Claimed(claimed) => claimed,
            Claim::Taken => return Ok(true),
            Claim::Changed => return Ok(false),
        };
        // The widget polls the table: being marked as sent is being sent.
        let Some(ready) = ready else { return Ok(true) };
        let outcome = match Outgoing::new(cleared, form) {
            Some(outgoing) => self.senders.send(&ready, outgoing).await,
            None => SendOutcome::Permanent { reason: "WhatsApp needs a template and the message has none".into() },
        };
        self.record_outcome(attempt, &claimed, outcome).await.map(|()| true)
    }
}

/// How the message says it: WhatsApp takes words of our own only while its window is open, and a template always.
fn form(send_context: &SendContext<'_>, now: Timestamp) -> Form {
    if send_context.needs_template(now) { Form::Template } else { Form::Text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{message, tenant};
    use domain::messaging::{Channel, OptOutState};

    #[test]
    fn whatsapp_hears_our_own_words_only_within_a_day_of_theirs() {
        let now: Timestamp = "2026-11-20T18:00:00Z".parse().unwrap();
        let (yesterday, today) = ("2026-11-19T18:00:00Z".parse().unwrap(), "2026-11-19T18:00:01Z".parse().unwrap());
        for (channel, answers_at, heard_on, heard_at, expected) in [
            // An answer to a call, or to what was written elsewhere.
            (Channel::Whatsapp, Some(today), Channel::Sms, today, Form::Template),
            (Channel::Whatsapp, Some(yesterday), Channel::Whatsapp, today, Form::Text),
            (Channel::Whatsapp, None, Channel::Whatsapp, today, Form::Text),
            (Channel::Whatsapp, Some(today), Channel::Whatsapp, yesterday, Form::Template),
            (Channel::Whatsapp, None, Channel::Sms, now, Form::Template),
            (Channel::Sms, None, Channel::Sms, yesterday, Form::Text),
            (Channel::Email, None, Channel::Whatsapp, yesterday, Form::Text),
        ] {
            let mut message = message(channel);
            message.delivery.as_mut().unwrap().answers_at = answers_at;
            let opt_out_state = OptOutState { heard: [(heard_on, heard_at)].into(), ..OptOutState::default() };
            let send_context = SendContext {
                tenant: &tenant(),
                message: &message,
                contact: None,
                opt_out_state: &opt_out_state,
                journey: None,
                sent_this_month: 0,
                with_staff: false,
            };
            assert_eq!(form(&send_context, now), expected, "{channel} {answers_at:?} {heard_on} {heard_at}");
        }
    }
}
