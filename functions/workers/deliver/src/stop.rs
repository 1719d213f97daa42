//! What follows where the gate does not let a message out: it comes back later, or it is over.

use domain::Failure;
use domain::conversations::Message;
use domain::events::EventKind;
use domain::journeys::Journey;
use domain::messaging::{DeliveryState, Verdict};
use jiff::{SignedDuration, Timestamp};
use store::{Change, LoadedSend};

use crate::Deliver;
use crate::attempt::Attempt;
use crate::record_outcome::not_sent;

/// When a held message that never expires is looked at again.
const HOLD: SignedDuration = SignedDuration::from_hours(24);

impl Deliver {
    /// Stores the verdict and what follows from it. `false`: the person's journey changed meanwhile, so read again.
    pub(crate) async fn stop(&self, attempt: &Attempt<'_>, verdict: Verdict) -> Result<bool, Failure> {
        let Attempt { tenant, loaded_send, queued, now } = *attempt;
        let (state, change) = following(loaded_send, queued, verdict, now)?;
        let follows_journey = change.journey.is_some();
        match self.advance(tenant, &loaded_send.message, state, change, now).await {
            Ok(()) => Ok(true),
            Err(Failure::Retryable(_)) if follows_journey => Ok(false),
            Err(failure) => Err(failure),
        }
    }
}

/// Where the verdict leaves the message, and what is stored with it.
///
/// What is delayed comes back at its moment. What is held comes back with the event that it waits for, and at its end in
/// any case, so that it is dropped with a reason instead of being forgotten.
fn following(
    loaded_send: &LoadedSend,
    queued: &EventKind,
    verdict: Verdict,
    now: Timestamp,
) -> Result<(DeliveryState, Change), Failure> {
    let message = &loaded_send.message;
    let (state, back_at) = match &verdict {
        Verdict::Delayed { until, .. } => (DeliveryState::Held, Some(*until)),
        Verdict::Held { .. } => {
            let end = message.outreach.as_ref().map_or(now + HOLD, |outreach| outreach.expires_at);
            (DeliveryState::Held, Some(end))
        }
        Verdict::Skipped { .. } => (DeliveryState::Skipped, None),
        Verdict::Dropped { .. } => (DeliveryState::Dropped, None),
        Verdict::Allowed { .. } => return Err(Failure::Permanent("what is allowed is not stopped".into())),
    };
    let why = verdict.why().to_owned();
    let over = back_at.is_none().then(|| not_sent(message, state, &why));
    let change = Change {
        journey: journey_after(loaded_send, &verdict),
        verdict: Some(verdict),
        reason: Some(why),
        events: over.into_iter().collect(),
        later: back_at.map(|at| (at, queued.clone())),
        ..Change::default()
    };
    Ok((state, change))
}

/// The person's journey with what became of an outreach message; `None` where it stays as it is.
fn journey_after(loaded_send: &LoadedSend, verdict: &Verdict) -> Option<Journey> {
    let Message { outreach: Some(_), reference, .. } = &loaded_send.message else { return None };
    let before = loaded_send.journey.as_ref()?;
    let mut after = before.clone();
    after.reschedule(*reference, verdict);
    (after != *before).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{message, outreach_loaded_send, queued};
    use domain::messaging::{Awaited, Channel};

    const WHY: &str = "A reason for the owner";

    fn now() -> Timestamp {
        "2026-11-20T18:00:05Z".parse().unwrap()
    }

    fn stopped(loaded_send: &LoadedSend, verdict: &Verdict) -> (DeliveryState, Change) {
        let (state, change) = following(loaded_send, &queued(&loaded_send.message), verdict.clone(), now()).unwrap();
        assert_eq!((change.verdict.as_ref(), change.reason.as_deref()), (Some(verdict), Some(WHY)));
        assert!(change.vendor_id.is_none());
        (state, change)
    }

    fn delayed() -> Verdict {
        Verdict::Delayed { until: "2026-11-21T15:00:00Z".parse().unwrap(), why: WHY.into(), rule: None }
    }

    fn held() -> Verdict {
        Verdict::Held { awaits: Awaited::PaymentReceived, why: WHY.into(), rule: None }
    }

    #[test]
    fn what_is_delayed_comes_back_at_its_moment() {
        let loaded_send = outreach_loaded_send();
        let until: Timestamp = "2026-11-21T15:00:00Z".parse().unwrap();

        let (state, change) = stopped(&loaded_send, &delayed());

        assert_eq!((state, &change.later), (DeliveryState::Held, &Some((until, queued(&loaded_send.message)))));
        assert_eq!(change.events, []);
        let [waiting] = &change.journey.unwrap().waiting[..] else { panic!("it waits") };
        assert_eq!((waiting.until, waiting.awaits, waiting.why.as_deref()), (Some(until), None, Some(WHY)));
    }

    #[test]
    fn what_is_held_comes_back_at_its_end_so_that_it_ends() {
        let loaded_send = outreach_loaded_send();
        let end: Timestamp = "2026-11-23T18:00:00Z".parse().unwrap();

        let (state, change) = stopped(&loaded_send, &held());

        assert_eq!((state, &change.later), (DeliveryState::Held, &Some((end, queued(&loaded_send.message)))));
        let [waiting] = &change.journey.unwrap().waiting[..] else { panic!("it waits") };
        assert_eq!((waiting.awaits, waiting.why.as_deref()), (Some(Awaited::PaymentReceived), Some(WHY)));
    }

    #[test]
    fn what_is_over_leaves_the_journey_and_others_hear_of_it() {
        let loaded_send = outreach_loaded_send();
        for (verdict, expected) in
            [(Verdict::dropped(WHY), DeliveryState::Dropped), (Verdict::skipped(WHY), DeliveryState::Skipped)]
        {
            let (state, change) = stopped(&loaded_send, &verdict);
            assert_eq!((state, change.later), (expected, None));
            assert_eq!(change.events, [not_sent(&loaded_send.message, expected, WHY)]);
            assert_eq!(change.journey.unwrap().waiting, []);
        }
    }

    #[test]
    fn a_journey_that_stays_as_it_is_is_not_written() {
        let mut loaded_send = outreach_loaded_send();
        loaded_send.journey = stopped(&loaded_send, &delayed()).1.journey;
        assert_eq!(stopped(&loaded_send, &delayed()).1.journey, None);
        loaded_send.journey = None;
        assert_eq!(stopped(&loaded_send, &delayed()).1.journey, None);
    }

    #[test]
    fn a_reply_touches_no_journey() {
        let loaded_send = LoadedSend { message: message(Channel::Sms), ..outreach_loaded_send() };
        for verdict in [delayed(), held(), Verdict::dropped(WHY)] {
            assert_eq!(stopped(&loaded_send, &verdict).1.journey, None, "{verdict:?}");
        }
        assert_eq!(stopped(&loaded_send, &held()).1.later.unwrap().0, now() + HOLD);
    }

    #[test]
    fn nothing_is_stopped_by_being_allowed() {
        let loaded_send = outreach_loaded_send();
        let allowed = Verdict::Allowed { why: WHY.into(), rule: None };
        assert!(following(&loaded_send, &queued(&loaded_send.message), allowed, now()).is_err());
    }
}
