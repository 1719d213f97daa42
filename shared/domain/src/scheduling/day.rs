//! One day of a resource: what it is booked for. It is read and written as a whole, under its version.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

use super::travel::{Stay, way};
use crate::ids::{AppointmentId, OutsideCalendarId, ResourceId, ServiceId};

/// The most entries of one day: a quarter of an hour each.
const MAX_ENTRIES: usize = 96;

/// Whose day it is; stored as `bay-2` or `service:alignment`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum DayOwner {
    /// A resource's: a day in UTC, so that a change of the tenant's zone moves no entry to another item.
    Resource(ResourceId),
    /// A service's of which so many are done in a day: a day in its own zone.
    Service(ServiceId),
}

impl fmt::Display for DayOwner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Resource(id) => write!(f, "{id}"),
            // A slug holds no colon.
            Self::Service(id) => write!(f, "service:{id}"),
        }
    }
}

impl From<DayOwner> for String {
    fn from(owner: DayOwner) -> Self {
        owner.to_string()
    }
}

impl TryFrom<String> for DayOwner {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let owner = match text.strip_prefix("service:") {
            Some(id) => ServiceId::new(id).map(Self::Service),
            None => ResourceId::new(text).map(Self::Resource),
        };
        owner.map_err(|_| "the owner of a day is a resource or a service")
    }
}

/// Which day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DayKey {
    /// On which date.
    pub date: Date,
    /// Whose.
    pub owner: DayOwner,
}

/// A day and what stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarDay {
    /// Which.
    #[serde(rename = "day")]
    pub key: DayKey,
    /// What it is booked for, by appointment. One that goes on past midnight stands in both days, whole, and so does one that
    /// is so near to midnight that the way from there may reach into the other day.
    pub entries: BTreeMap<AppointmentId, Entry>,
    /// What outside calendars say is taken, by calendar. It stands under the same version as the entries, so that no visit
    /// is booked over what was known.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub outside: BTreeMap<OutsideCalendarId, Vec<Span>>,
}

/// A stretch of time: `from` is in it, `to` is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub to: Timestamp,
}

/// The time that an appointment takes, with what is kept free before and after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub to: Timestamp,
    /// Until when it is held; `None`: it is booked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_until: Option<Timestamp>,
    /// Where the visit is, where staff go there and it is known: the way to it is kept free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stay: Option<Stay>,
}

impl Entry {
    /// Whether it takes time at `now`: a hold that is over takes none.
    #[must_use]
    pub fn stands(&self, now: Timestamp) -> bool {
        self.held_until.is_none_or(|until| until > now)
    }

    /// The time that it takes.
    #[must_use]
    pub fn span(&self) -> Span {
        Span { from: self.from, to: self.to }
    }

    /// Whether one resource cannot do both: they overlap, or it cannot be there in time.
    pub(super) fn clashes(&self, other: &Self) -> bool {
        let is_too_far = |one: &Stay, other: &Stay| {
            let between = other.from.duration_since(one.to).max(one.from.duration_since(other.to));
            between < way(one.place, other.place)
        };
        let is_late = self.stay.as_ref().zip(other.stay.as_ref()).is_some_and(|(one, other)| is_too_far(one, other));
        is_late || self.span().overlaps(other.span())
    }
}

impl Span {
    /// Whether both have time in common.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }
}

impl CalendarDay {
    /// One in which nothing stands.
    #[must_use]
    pub fn empty(key: DayKey) -> Self {
        Self { key, entries: BTreeMap::new(), outside: BTreeMap::new() }
    }

    /// Puts an entry in the place of the appointment's own, if it has one; holds that are over go. `false`: there is no
    /// room. A resource does one thing at a time, also what an outside calendar knows of, and gets from one to the next.
    #[must_use]
    pub fn enter(&mut self, id: AppointmentId, entry: Entry, now: Timestamp) -> bool {
        self.entries.retain(|other, entry| *other == id || entry.stands(now));
        let one_at_a_time = matches!(self.key.owner, DayOwner::Resource(_));
        let others = self.entries.iter().filter(|(other, _)| **other != id);
        let taken = others.into_iter().any(|(_, there)| there.clashes(&entry))
            || self.outside.values().flatten().any(|span| span.overlaps(entry.span()));
        let full = self.entries.len() >= MAX_ENTRIES && !self.entries.contains_key(&id);
        if full || (one_at_a_time && taken) {
            return false;
        }
        self.entries.insert(id, entry);
        true
    }
}

/// The days in UTC that a stretch of time touches.
pub(super) fn utc_days(from: Timestamp, to: Timestamp) -> impl Iterator<Item = Date> {
    let date = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
    // `to` is the first moment that is not in it any more.
    let last = date(to.checked_sub(jiff::SignedDuration::from_nanos(1)).unwrap_or(to));
    std::iter::successors(Some(date(from)), |day| day.tomorrow().ok()).take_while(move |day| *day <= last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TenantId;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn entry(from: &str, to: &str, held_until: Option<&str>) -> Entry {
        Entry { from: at(from), to: at(to), held_until: held_until.map(at), stay: None }
    }

    fn id(name: &str) -> AppointmentId {
        AppointmentId::derive(&TenantId::new("acme").unwrap(), &[name])
    }

    fn day(owner: DayOwner) -> CalendarDay {
        CalendarDay::empty(DayKey { date: jiff::civil::date(2026, 12, 1), owner })
    }

    fn bay() -> DayOwner {
        DayOwner::Resource(ResourceId::new("bay-2").unwrap())
    }

    #[test]
    fn two_entries_may_touch_and_not_overlap_and_a_hold_that_is_over_makes_room() {
        let (mut day, now) = (day(bay()), at("2026-12-01T08:00:00Z"));
        let held = Some("2026-12-01T08:10:00Z");
        assert!(day.enter(id("a"), entry("2026-12-01T10:00:00Z", "2026-12-01T11:00:00Z", held), now));
        let over = entry("2026-12-01T10:30:00Z", "2026-12-01T11:30:00Z", None);
        assert!(!day.enter(id("b"), over.clone(), now));
        assert!(day.enter(id("c"), entry("2026-12-01T11:00:00Z", "2026-12-01T11:15:00Z", None), now));
        assert!(day.enter(id("a"), entry("2026-12-01T10:15:00Z", "2026-12-01T11:00:00Z", held), now), "its own");
        let later = at("2026-12-01T08:10:00Z");
        assert!(!day.enter(id("b"), over, later), "c is booked");
        assert!(day.enter(id("b"), entry("2026-12-01T10:30:00Z", "2026-12-01T11:00:00Z", None), later));
        assert_eq!(day.entries.keys().copied().collect::<Vec<_>>().len(), 2);
    }

    #[test]
    fn a_day_is_bounded_and_a_services_entries_may_overlap() {
        let mut day = day(DayOwner::Service(ServiceId::new("alignment").unwrap()));
        let (now, same) = (at("2026-12-01T08:00:00Z"), || entry("2026-12-01T10:00:00Z", "2026-12-01T11:00:00Z", None));
        for n in 0..MAX_ENTRIES {
            assert!(day.enter(id(&n.to_string()), same(), now));
        }
        assert!(!day.enter(id("one more"), same(), now) && day.enter(id("0"), same(), now));
    }

    #[test]
    fn what_an_outside_calendar_knows_of_takes_time_and_a_visit_that_stands_there_stays() {
        let (mut day, now) = (day(bay()), at("2026-12-01T08:00:00Z"));
        assert!(day.enter(id("a"), entry("2026-12-01T10:00:00Z", "2026-12-01T11:00:00Z", None), now));
        let calendar = OutsideCalendarId::derive(&TenantId::new("acme").unwrap(), &["ana"]);
        let dentist = Span { from: at("2026-12-01T10:30:00Z"), to: at("2026-12-01T12:00:00Z") };
        day.outside.insert(calendar, vec![dentist]);
        assert!(!day.enter(id("b"), entry("2026-12-01T11:30:00Z", "2026-12-01T12:30:00Z", None), now));
        assert!(day.enter(id("b"), entry("2026-12-01T12:00:00Z", "2026-12-01T13:00:00Z", None), now));
        assert_eq!(day.entries.len(), 2, "the visit that was there before stays");
    }

    #[test]
    fn a_stretch_that_ends_at_midnight_touches_one_day() {
        let days = |from, to| utc_days(at(from), at(to)).map(Date::day).collect::<Vec<_>>();
        assert_eq!(days("2026-12-01T22:00:00Z", "2026-12-02T00:00:00Z"), [1]);
        assert_eq!(days("2026-12-01T22:00:00Z", "2026-12-02T00:01:00Z"), [1, 2]);
    }
}
