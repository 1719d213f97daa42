//! How promising a lead is.

use crate::leads::{Qualification, Score, Urgency};

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
}
