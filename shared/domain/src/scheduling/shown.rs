//! A visit of ours that an outside calendar shows too, and who wins where the two differ: pure.
//!
//! Three times are compared: where the visit is here, where it is there, and where we wrote it last, which the event itself
//! remembers. So a change of ours and one of theirs are told apart without a memory that could be lost, what is decided twice
//! is decided alike, and what we wrote ourselves is no change: nothing goes round and round. Why it is so:
//! `docs/decisions/028-who-moved-it-last-wins.md`.

use jiff::Timestamp;

use super::booking::{Booking, BookingState};
use super::day::Span;
use crate::ids::{AppointmentId, OutsideCalendarId, ResourceId};

/// What the ids of events begin with that we write. All of an id is of `a-v` and `0-9`, as Google demands.
const PREFIX: &str = "porchlight";
/// The digits of a UUID.
const DIGITS: usize = 32;

/// A visit as an outside calendar shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownVisit {
    /// Which.
    pub appointment: AppointmentId,
    /// When it is there; none: it has no hour, as a whole day.
    pub time: Option<Span>,
    /// When we wrote it to be; none: that cannot be read any more.
    pub written: Option<Span>,
    /// The version of the event. A change names it, so that nothing is written over what was not seen.
    pub etag: String,
}

/// What is to be done about a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settling {
    /// The calendar is to show it as it is here.
    Write,
    /// As [`Settling::Write`], and the staff are told why.
    PutBack(Told),
    /// The visit is to begin then, as it does there. Where that is refused it is put back, and the staff are told.
    Move(Timestamp),
    /// The calendar is to show it no more.
    Remove,
}

/// What staff are told of a visit that was changed in an outside calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It was moved there to where it cannot be.
    MovedThere,
    /// It was moved here and there.
    MovedBoth,
    /// It was deleted there.
    Deleted,
}

/// The id of the event by which a calendar shows a visit: always the same.
#[must_use]
pub fn event_id(calendar: OutsideCalendarId, appointment: AppointmentId) -> String {
    let digits = |id: String| id.replace('-', "");
    format!("{PREFIX}{}{}", digits(appointment.to_string()), digits(calendar.to_string()))
}

/// The visit, and the calendar that was to show it, of an event with such an id.
#[must_use]
pub fn of_event(id: &str) -> Option<(AppointmentId, OutsideCalendarId)> {
    let (appointment, calendar) = id.strip_prefix(PREFIX)?.split_at_checked(DIGITS)?;
    if calendar.len() != DIGITS {
        return None;
    }
    Some((AppointmentId::parse(appointment).ok()?, OutsideCalendarId::parse(calendar).ok()?))
}

/// What is to be done about a visit that a calendar shows, or does not. `only`: the resource whose visits it shows; none: all.
/// `was_written`: whether we know to have written it there.
#[must_use]
pub fn settle(
    visit: Option<&Booking>,
    shown: Option<&ShownVisit>,
    (only, was_written): (Option<&ResourceId>, bool),
    now: Timestamp,
) -> Option<Settling> {
    let belongs = |visit: &&Booking| {
        visit.takes_time()
            && visit.state != BookingState::Held
            && only.is_none_or(|only| visit.resources.contains(only))
    };
    let Some(visit) = visit.filter(belongs) else {
        // What we wrote may be there and not be listed: somebody made a series of it.
        return (shown.is_some() || was_written).then_some(Settling::Remove);
    };
    if visit.starts_at <= now || visit.check_moves().is_err() {
        // It has begun, or somebody is on the way: the calendar is left as it is.
        return None;
    }
    let Some(shown) = shown else {
        return Some(if was_written { Settling::PutBack(Told::Deleted) } else { Settling::Write });
    };
    let ours = Span { from: visit.starts_at, to: visit.ends_at };
    if shown.time == Some(ours) && shown.written == Some(ours) {
        return None;
    }
    let begins = shown.time.map(|there| there.from);
    let is_moved_there = begins != Some(ours.from) && begins != shown.written.map(|written| written.from);
    let is_moved_here = shown.written.is_some_and(|written| written.from != ours.from);
    Some(match begins {
        _ if !is_moved_there => Settling::Write,
        // What we wrote cannot be read: whether somebody moved it there cannot be known.
        _ if shown.written.is_none() => Settling::Write,
        _ if is_moved_here => Settling::PutBack(Told::MovedBoth),
        Some(begins) if begins > now => Settling::Move(begins),
        _ => Settling::PutBack(Told::MovedThere),
    })
}

#[cfg(test)]
#[path = "tests/shown.rs"]
mod tests;
