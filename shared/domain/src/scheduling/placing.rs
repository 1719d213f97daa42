//! What a change of a booking does to the days: pure, for one transaction.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

use super::booking::{Booking, BookingState};
use super::day::{CalendarDay, DayKey};
use super::refusal::Refusal;

/// What becomes of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayChange {
    /// It is written over the version that it was read at.
    Write(CalendarDay),
    /// The appointment goes from it, whatever else stands in it.
    Leave(DayKey),
}

/// What becomes of the days when `before` becomes `after`: `read` are those of [`Booking::days`] of `after`, as far as
/// there are any.
///
/// # Errors
/// [`Refusal::Taken`] where there is no room by now; nothing is written then.
pub fn changes(
    before: Option<&Booking>,
    after: &Booking,
    read: &BTreeMap<DayKey, CalendarDay>,
    now: Timestamp,
) -> Result<Vec<DayChange>, Refusal> {
    let is_same = |before: &Booking| before.days() == after.days() && before.entry() == after.entry();
    if before.is_some_and(|before| before.takes_time() == after.takes_time() && is_same(before)) {
        return Ok(Vec::new());
    }
    let days = if after.takes_time() { after.days() } else { Vec::new() };
    let mut changes = Vec::new();
    for key in &days {
        let mut day = read.get(key).cloned().unwrap_or_else(|| CalendarDay::empty(key.clone()));
        // A hold that is over may have made room for somebody; then its own time is not its own any more.
        if takes_a_hold(before, after) && !day.entries.contains_key(&after.id) {
            return Err(Refusal::Taken);
        }
        if !day.enter(after.id, after.entry(), now) {
            return Err(Refusal::Taken);
        }
        changes.push(DayChange::Write(day));
    }
    let left = before.filter(|before| before.takes_time()).map(Booking::days).unwrap_or_default();
    // A day that is over may be gone from the table, and nobody wants its time.
    let yesterday = now.to_zoned(TimeZone::UTC).date().yesterday();
    let is_over = |key: &DayKey| yesterday.as_ref().is_ok_and(|yesterday| key.date < *yesterday);
    let left = left.into_iter().filter(|key| !days.contains(key) && !is_over(key));
    changes.extend(left.map(DayChange::Leave));
    Ok(changes)
}

fn takes_a_hold(before: Option<&Booking>, after: &Booking) -> bool {
    let was_held = before.is_some_and(|before| before.state == BookingState::Held);
    was_held && after.state == BookingState::Booked && before.map(Booking::days) == Some(after.days())
}
