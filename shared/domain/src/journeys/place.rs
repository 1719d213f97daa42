//! Where an enrollment goes on: the next step whose time can be told and is not long over.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{Act, Journey, JourneyContext, Run, Sequence, Step, Text, Wait, at_best_hour, due, home_zone, route};

/// For how long after its time a task is still worth doing: a weekend. Our choice.
const TASK_GOOD_FOR: SignedDuration = SignedDuration::from_hours(3 * 24);

/// For how long after its time a note is true that an appointment is near: a reminder's time is a day or two before it.
const MARK_GOOD_FOR: SignedDuration = SignedDuration::from_hours(2 * 24);

/// A step, and when it is due (UTC), never before `now`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed<'a> {
    pub(super) step: &'a Step,
    pub(super) due: Timestamp,
}

/// The first step from `first` on that can be done. `previous` is when the step before it was done, or the enrollment began.
///
/// Passed over are steps whose wait has nothing to count from (no appointment, no due date), and those whose time is
/// further back than they are good for: after downtime no one gets a week of messages at once. `None`: none is left.
pub(super) fn place<'a>(
    journey_context: &JourneyContext<'_>,
    journey: &Journey,
    sequence: &'a Sequence,
    run: &Run,
    first: Option<&'a Step>,
    previous: Timestamp,
    now: Timestamp,
) -> Option<Placed<'a>> {
    let zone = home_zone(journey_context.tenant, journey_context.contact(), Some(journey));
    let (mut next, mut previous) = (first, previous);
    // Circles are refused when a sequence is stored; one that slipped through must not hang.
    for _ in 0..=sequence.steps.len() {
        let step = next?;
        let time = due(&step.wait, run, journey, &zone, previous).filter(|time| !was_before(step, *time, run));
        if let Some(due) = time.map(|due| best(journey_context, journey, step, due, &zone, now)) {
            if !is_over(step, due, now) {
                return Some(Placed { step, due: due.max(now) });
            }
            previous = due;
        }
        next = sequence.after(step);
    }
    None
}

/// Whether a person of the staff would be asked for what was to be done before the enrollment began: that an appointment is
/// still not confirmed six hours before it says nothing of one that was agreed on an hour ago.
fn was_before(step: &Step, due: Timestamp, run: &Run) -> bool {
    matches!(step.does, Act::Task { .. }) && due < run.started_at
}

/// Whether what was due at `due` is of no use any more. A note of a stage is not asked for its age, unless it is about the
/// day of an appointment.
pub(super) fn is_over(step: &Step, due: Timestamp, now: Timestamp) -> bool {
    let good_for = match &step.does {
        Act::Message(text) => good_for(text),
        Act::Task { .. } => TASK_GOOD_FOR,
        Act::Mark { .. } => match step.wait {
            Wait::BeforeAppointment { .. } | Wait::AppointmentDay { .. } => MARK_GOOD_FOR,
            _ => return false,
        },
    };
    now.duration_since(due) > good_for
}

/// For how long after its time a message says something worth saying.
pub(super) fn good_for(text: &Text) -> SignedDuration {
    SignedDuration::from_hours(text.good_for_hours.into())
}

/// When the person reacts best, on the day of `due`, where the step lets its time move and that hour is still to come.
fn best(
    journey_context: &JourneyContext<'_>,
    journey: &Journey,
    step: &Step,
    due: Timestamp,
    zone: &TimeZone,
    now: Timestamp,
) -> Timestamp {
    let Act::Message(text) = &step.does else { return due };
    if !text.at_their_best_hour {
        return due;
    }
    let hour =
        route(&text.channel, journey_context, journey).and_then(|(channel, _)| journey.engagement.best_hour(channel));
    hour.map(|hour| at_best_hour(due, hour, zone)).filter(|best| *best > now).unwrap_or(due)
}
