//! What to ask next, and how promising a lead is.

use crate::conversations::Question;
use crate::leads::{Qualification, Score, Urgency};

/// The next open question: service, then place, then time, then the offer of an appointment.
///
/// Never `asked`, the question of the reply before: a customer who did not answer it is asked something else, or
/// nothing. `has_time`: a time was asked for already, so none is offered.
pub(super) fn question(known: &Qualification, asked: Option<&Question>, has_time: bool) -> Option<Question> {
    let timed = has_time || known.timeline.is_some() || known.urgency.is_some_and(|urgency| urgency >= Urgency::High);
    let open = [
        (Question::Service, known.service_interest.is_none()),
        (Question::Location, known.location.is_none()),
        (Question::Timeline, !timed),
        (Question::BookingTime, known.is_sufficient() && !has_time),
    ];
    open.into_iter().find(|(question, is_open)| *is_open && asked != Some(question)).map(|(question, _)| question)
}

/// What of a turn moves the score, besides what is known of the lead.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Signals {
    /// Danger or damage now.
    pub(super) emergency: bool,
    /// A time for an appointment was asked for.
    pub(super) booking: bool,
    /// "Ready to start", or one of the tenant's hot words.
    pub(super) ready: bool,
    /// A price or an appointment was asked for.
    pub(super) interest: bool,
    /// "Not now".
    pub(super) not_now: bool,
}

/// The score after a turn. The first row that applies decides:
///
/// | score | when |
/// |---|---|
/// | cold | "not now", without any of the next row's signals |
/// | hot | an emergency, a requested appointment, words of readiness; or what, where and when are known and it is urgent |
/// | as before | it was hot: only "not now" cools a lead |
/// | warm | the service is known, and where, when, how urgently or for how much; or its price or an appointment is asked for |
/// | as before | otherwise: one message without news says nothing |
pub(super) fn score(before: Score, known: &Qualification, signals: Signals) -> Score {
    let buying = signals.emergency || signals.booking || signals.ready;
    let urgent = known.urgency.is_some_and(|urgency| urgency >= Urgency::High);
    let more =
        known.location.is_some() || known.timeline.is_some() || known.urgency.is_some() || known.budget.is_some();
    if signals.not_now && !buying {
        Score::Cold
    } else if buying || (known.is_sufficient() && urgent) || before == Score::Hot {
        Score::Hot
    } else if known.service_interest.is_some() && (more || signals.interest) {
        Score::Warm
    } else {
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn known(service: bool, location: bool, timeline: bool, urgency: Option<Urgency>) -> Qualification {
        let some = |yes: bool| yes.then(|| "x".to_owned());
        Qualification {
            service_interest: some(service),
            location: some(location),
            timeline: some(timeline),
            urgency,
            ..Qualification::default()
        }
    }

    #[test]
    fn questions_come_in_order_and_an_appointment_is_offered_last() {
        use Question::{BookingTime, Location, Service, Timeline};
        for (q, asked, has_time, expected) in [
            (known(false, false, false, None), None, false, Some(Service)),
            (known(true, false, false, None), Some(Service), false, Some(Location)),
            (known(true, true, false, None), Some(Location), false, Some(Timeline)),
            (known(true, true, true, None), Some(Timeline), false, Some(BookingTime)),
            (known(true, true, false, Some(Urgency::High)), None, false, Some(BookingTime)),
            (known(true, true, true, None), Some(BookingTime), false, None),
            (known(true, true, true, None), None, true, None),
            (known(true, false, false, None), Some(Location), false, Some(Timeline)),
        ] {
            assert_eq!(question(&q, asked.as_ref(), has_time), expected);
        }
    }

    #[test]
    fn scores_follow_the_table() {
        let nothing = Signals::default();
        let interest = Signals { interest: true, ..nothing };
        let ready = Signals { ready: true, ..nothing };
        let not_now = Signals { not_now: true, ..nothing };
        for (before, q, signals, after) in [
            (Score::Unscored, known(false, false, false, None), nothing, Score::Unscored),
            (Score::Unscored, known(true, false, false, None), nothing, Score::Unscored),
            (Score::Unscored, known(false, false, false, None), interest, Score::Unscored),
            (Score::Unscored, known(true, false, false, None), interest, Score::Warm),
            (Score::Unscored, known(true, true, false, None), nothing, Score::Warm),
            (Score::Warm, known(true, true, false, Some(Urgency::High)), nothing, Score::Hot),
            (Score::Cold, known(false, false, false, None), ready, Score::Hot),
            (Score::Hot, known(true, true, false, None), nothing, Score::Hot),
            (Score::Hot, known(true, true, true, None), not_now, Score::Cold),
        ] {
            assert_eq!(score(before, &q, signals), after);
        }
    }

    proptest! {
        #[test]
        fn no_question_is_asked_twice_in_a_row(
            service: bool, location: bool, timeline: bool, has_time: bool, asked in 0usize..5,
        ) {
            use Question::{BookingTime, Location, Service, Timeline};
            let asked = [None, Some(Service), Some(Location), Some(Timeline), Some(BookingTime)][asked].clone();
            let next = question(&known(service, location, timeline, None), asked.as_ref(), has_time);
            prop_assert!(next.is_none() || next != asked);
        }
    }
}
