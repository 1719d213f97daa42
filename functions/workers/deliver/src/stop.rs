//! What follows where the gate does not let a message out: it comes back later, or it is over.

use domain::Failure;
use domain::conversations::Message;
use domain::events::EventKind;
use domain::journeys::Journey;
use domain::messaging::{DeliveryState, Verdict};
use jiff::{SignedDuration, Timestamp};
use store::{Change, Papers};

use crate::Deliver;
use crate::passage::Passage;
use crate::settle::not_sent;

/// When a held message that never expires is looked at again.
const HOLD: SignedDuration = SignedDuration::from_hours(24);

impl Deliver {
    /// Stores the verdict and what follows from it. `false`: the person's journey changed meanwhile, so read again.
    pub(crate) async fn stop(&self, passage: &Passage<'_>, verdict: Verdict) -> Result<bool, Failure> {
        let Passage { tenant, papers, queued, now } = *passage;
        let (state, change) = following(papers, queued, verdict, now)?;
        let follows_journey = change.journey.is_some();
        match self.advance(tenant, &papers.message, state, change, now).await {
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
    papers: &Papers,
    queued: &EventKind,
    verdict: Verdict,
    now: Timestamp,
) -> Result<(DeliveryState, Change), Failure> {
    let message = &papers.message;
    let (state, back_at) = match &verdict {
        Verdict::Delayed { until, .. } => (DeliveryState::Held, Some(*until)),
        Verdict::Held { .. } => {
            let end = message.touch.as_ref().map_or(now + HOLD, |touch| touch.expires_at);
            (DeliveryState::Held, Some(end))
        }
        Verdict::Skipped { .. } => (DeliveryState::Skipped, None),
        Verdict::Dropped { .. } => (DeliveryState::Dropped, None),
        Verdict::Allowed { .. } => return Err(Failure::Permanent("what is allowed is not stopped".into())),
    };
    let why = verdict.why().to_owned();
    let over = back_at.is_none().then(|| not_sent(message, state, &why));
    let change = Change {
        journey: journey_after(papers, &verdict),
        verdict: Some(verdict),
        reason: Some(why),
        events: over.into_iter().collect(),
        later: back_at.map(|at| (at, queued.clone())),
        ..Change::default()
    };
    Ok((state, change))
}

/// The person's journey with what became of a touch point; `None` where it stays as it is.
fn journey_after(papers: &Papers, verdict: &Verdict) -> Option<Journey> {
    let Message { touch: Some(_), reference, .. } = &papers.message else { return None };
    let before = papers.journey.as_ref()?;
    let mut after = before.clone();
    after.put_off(*reference, verdict);
    (after != *before).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{message, queued, touch_papers};
    use domain::messaging::{Awaited, Channel};

    const WHY: &str = "A reason for the owner";

    fn now() -> Timestamp {
        "2026-11-20T18:00:05Z".parse().unwrap()
    }

    fn stopped(papers: &Papers, verdict: &Verdict) -> (DeliveryState, Change) {
        let (state, change) = following(papers, &queued(&papers.message), verdict.clone(), now()).unwrap();
        assert_eq!((change.verdict.as_ref(), change.reason.as_deref()), (Some(verdict), Some(WHY)));
        assert!(change.vendor_id.is_none());
        (state, change)
    }

    fn delayed() -> Verdict {
        Verdict::Delayed { until: "2026-11-21T15:00:00Z".parse().unwrap(), why: WHY.into() }
    }

    fn held() -> Verdict {
        Verdict::Held { awaits: Awaited::PaymentReceived, why: WHY.into() }
    }

    #[test]
    fn what_is_delayed_comes_back_at_its_moment() {
        let papers = touch_papers();
        let until: Timestamp = "2026-11-21T15:00:00Z".parse().unwrap();

        let (state, change) = stopped(&papers, &delayed());

        assert_eq!((state, &change.later), (DeliveryState::Held, &Some((until, queued(&papers.message)))));
        assert_eq!(change.events, []);
        let [waiting] = &change.journey.unwrap().waiting[..] else { panic!("it waits") };
        assert_eq!((waiting.until, waiting.awaits, waiting.why.as_deref()), (Some(until), None, Some(WHY)));
    }

    #[test]
    fn what_is_held_comes_back_at_its_end_so_that_it_ends() {
        let papers = touch_papers();
        let end: Timestamp = "2026-11-23T18:00:00Z".parse().unwrap();

        let (state, change) = stopped(&papers, &held());

        assert_eq!((state, &change.later), (DeliveryState::Held, &Some((end, queued(&papers.message)))));
        let [waiting] = &change.journey.unwrap().waiting[..] else { panic!("it waits") };
        assert_eq!((waiting.awaits, waiting.why.as_deref()), (Some(Awaited::PaymentReceived), Some(WHY)));
    }

    #[test]
    fn what_is_over_leaves_the_journey_and_others_hear_of_it() {
        let papers = touch_papers();
        for (verdict, expected) in [
            (Verdict::Dropped { why: WHY.into() }, DeliveryState::Dropped),
            (Verdict::Skipped { why: WHY.into() }, DeliveryState::Skipped),
        ] {
            let (state, change) = stopped(&papers, &verdict);
            assert_eq!((state, change.later), (expected, None));
            assert_eq!(change.events, [not_sent(&papers.message, expected, WHY)]);
            assert_eq!(change.journey.unwrap().waiting, []);
        }
    }

    #[test]
    fn a_journey_that_stays_as_it_is_is_not_written() {
        let mut papers = touch_papers();
        papers.journey = stopped(&papers, &delayed()).1.journey;
        assert_eq!(stopped(&papers, &delayed()).1.journey, None);
        papers.journey = None;
        assert_eq!(stopped(&papers, &delayed()).1.journey, None);
    }

    #[test]
    fn a_reply_touches_no_journey() {
        let papers = Papers { message: message(Channel::Sms), ..touch_papers() };
        for verdict in [delayed(), held(), Verdict::Dropped { why: WHY.into() }] {
            assert_eq!(stopped(&papers, &verdict).1.journey, None, "{verdict:?}");
        }
        assert_eq!(stopped(&papers, &held()).1.later.unwrap().0, now() + HOLD);
    }

    #[test]
    fn nothing_is_stopped_by_being_allowed() {
        let papers = touch_papers();
        let allowed = Verdict::Allowed { why: WHY.into() };
        assert!(following(&papers, &queued(&papers.message), allowed, now()).is_err());
    }
}
