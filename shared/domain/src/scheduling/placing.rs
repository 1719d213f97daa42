//! What a change of a booking does to the days: pure, for one transaction.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

use super::booking::{Booking, BookingState};
use super::day::{CalendarDay, DayKey, DayOwner, Entry, utc_days};
use super::refusal::Refusal;
use super::travel::{LONGEST_WAY, Stay};

/// What becomes of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayChange {
    /// It is written over the version that it was read at.
    Write(CalendarDay),
    /// The appointment goes from it, whatever else stands in it.
    Leave(DayKey),
}

impl Booking {
    /// The days in which it stands while it takes time.
    #[must_use]
    pub fn days(&self) -> Vec<DayKey> {
        let service = self.counts_on.map(|date| DayKey { date, owner: DayOwner::Service(self.service.clone()) });
        // Of two between which there may be a way, each reaches half of it: they share a day, and so its version.
        let reach = self.place.map_or(SignedDuration::ZERO, |_| LONGEST_WAY / 2);
        let from = self.starts_at.checked_sub(reach).map_or(self.taken_from, |from| from.min(self.taken_from));
        let to = self.ends_at.checked_add(reach).map_or(self.taken_to, |to| to.max(self.taken_to));
        let days = self.resources.iter().flat_map(|resource| {
            let owner = DayOwner::Resource(resource.clone());
            utc_days(from, to).map(move |date| DayKey { date, owner: owner.clone() })
        });
        days.chain(service).collect()
    }

    /// What stands in each of them.
    #[must_use]
    pub fn entry(&self) -> Entry {
        let stay = self.place.map(|place| Stay { place, from: self.starts_at, to: self.ends_at });
        Entry { from: self.taken_from, to: self.taken_to, held_until: self.held_until, stay }
    }
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
