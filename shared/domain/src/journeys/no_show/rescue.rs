//! Who is asked once more whether they will be there, and when.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::{Features, Model, Risk, Surroundings};
use crate::journeys::Journey;
use crate::scheduling::{AppointmentState, Booking, BookingState};

/// How long before a visit its customer is asked.
const ASKED_BEFORE: SignedDuration = SignedDuration::from_hours(4);
/// Later than this before a visit no one is asked: the reminder of the same day comes then, and no one would find another
/// customer for the time.
pub const ASKED_UNTIL: SignedDuration = SignedDuration::from_hours(2);
/// A customer who would be asked earlier than this, as the business's clocks show it, is asked the evening before.
const MORNING: Time = Time::constant(8, 0, 0, 0);
/// When the customers who are asked the evening before are asked, as the business's clocks show it.
const EVENING: Time = Time::constant(18, 0, 0, 0);

/// The risk for which a customer is to be asked at `now` whether they will be there; `None`: they are not. Each agreed time is
/// asked about once.
#[must_use]
pub fn rescue(
    booking: &Booking,
    journey: Option<&Journey>,
    (model, around): (&Model, &Surroundings),
    zone: &TimeZone,
    now: Timestamp,
) -> Option<Risk> {
    let answered = booking.state != BookingState::Booked || wants_change(booking, journey);
    let asked = booking.asked_again_for == Some(booking.starts_at);
    let in_time = asked_from(booking.starts_at, zone) <= now && now + ASKED_UNTIL <= booking.starts_at;
    if answered || asked || !in_time {
        return None;
    }
    let features = Features::of(booking, journey, around, zone);
    let risk = model.risk(&features);
    (risk.high && !features.confirmed).then_some(risk)
}

/// They asked for another time, or none: staff look after it.
fn wants_change(booking: &Booking, journey: Option<&Journey>) -> bool {
    let known = journey.and_then(|journey| journey.appointments.iter().find(|it| it.id == booking.id));
    known.is_some_and(|it| it.state == AppointmentState::ChangeRequested && it.starts_at == booking.starts_at)
}

/// From when the customer of a visit is asked.
fn asked_from(starts_at: Timestamp, zone: &TimeZone) -> Timestamp {
    let before = starts_at.checked_sub(ASKED_BEFORE).unwrap_or(starts_at);
    let local = before.to_zoned(zone.clone());
    if local.time() >= MORNING {
        return before;
    }
    let evening = local.date().saturating_sub(1.day()).to_datetime(EVENING);
    evening.to_zoned(zone.clone()).map_or(before, |evening| evening.timestamp())
}
