//! A message before the gate: what it says, and what is done about it.

use connectors::send::{Form, Outgoing};
use domain::Failure;
use domain::events::EventKind;
use domain::journeys::{Cleared, Dossier, Ruling, gate};
use domain::messaging::Verdict;
use domain::messaging::delivery::SendOutcome;
use domain::tenancy::Tenant;
use domain::tenancy::usage::Month;
use jiff::Timestamp;
use std::borrow::Cow;
use store::{Claim, Papers};

use crate::Deliver;

/// One reading of a message, on its way through the gate.
pub(crate) struct Passage<'a> {
    pub(crate) tenant: &'a Tenant,
    /// The message, and what the gate looks at.
    pub(crate) papers: &'a Papers,
    /// The event that brought it, which brings it back.
    pub(crate) queued: &'a EventKind,
    /// The moment of this reading.
    pub(crate) now: Timestamp,
}

impl Deliver {
    /// Asks the gate and does what it says. `false`: something changed meanwhile, so read again and ask again.
    pub(crate) async fn pass_gate(&self, passage: &Passage<'_>) -> Result<bool, Failure> {
        let Passage { tenant, papers, now, .. } = *passage;
        let message = &papers.message;
        let sent_this_month = match &message.touch {
            Some(_) => self.store.journeys().touches_sent(&tenant.id, &Month::of(now)).await?,
            None => 0,
        };
        let dossier = Dossier {
            tenant,
            message,
            contact: papers.contact.as_ref(),
            standing: &papers.standing,
            journey: papers.journey.as_ref(),
            sent_this_month,
        };
        let ruling = gate(&dossier, now);
        let verdict = ruling.verdict().as_str();
        tracing::info!(tenant = %tenant.id, message = %message.reference.message, verdict, "gate");
        match ruling {
            Ruling::Cleared(cleared, verdict) => self.send(passage, &cleared, &verdict, form(&dossier, now)).await,
            Ruling::Stopped(verdict) => self.stop(passage, verdict).await,
        }
    }

    async fn send(
        &self,
        passage: &Passage<'_>,
        cleared: &Cleared<'_>,
        verdict: &Verdict,
        form: Form,
    ) -> Result<bool, Failure> {
        let Passage { tenant, papers, now, .. } = *passage;
        let message = &papers.message;
        let ready = match self.senders.prepare(&self.store, tenant, message).await? {
            Ok(ready) => ready,
            Err(why) => return self.stop(passage, Verdict::Skipped { why: Cow::Owned(why) }).await,
        };
        let claimed = match self.store.deliveries().claim(&tenant.id, papers, cleared, verdict, now).await? {
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
        self.settle(passage, &claimed, outcome).await.map(|()| true)
    }
}

/// How the message says it: WhatsApp takes words of our own only while its window is open, and a template always.
fn form(dossier: &Dossier<'_>, now: Timestamp) -> Form {
    if dossier.needs_template(now) { Form::Template } else { Form::Text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{message, tenant};
    use domain::messaging::{Channel, Standing};

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
            let standing = Standing { heard: [(heard_on, heard_at)].into(), ..Standing::default() };
            let dossier = Dossier {
                tenant: &tenant(),
                message: &message,
                contact: None,
                standing: &standing,
                journey: None,
                sent_this_month: 0,
            };
            assert_eq!(form(&dossier, now), expected, "{channel} {answers_at:?} {heard_on} {heard_at}");
        }
    }
}
