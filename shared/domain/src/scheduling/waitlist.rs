//! The waiting list: who would take a time that becomes free, and who is asked first.
//!
//! A contact waits for one thing at a time. A time that was freed is held for one of those who wait, for [`CLAIM`]; whoever
//! answers in time has it, then the next is asked. It is the calendar that says what is free, so that nothing is given twice.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::booking::{Booking, BookingState};
use super::calendar::{Calendar, Terms};
use super::day::CalendarDay;
use super::resource::Resource;
use super::travel::Whereabouts;
use crate::Failure;
use crate::ids::{AppointmentId, ContactId, LeadId, LocationId, ServiceId, TenantId};
use crate::tenancy::{Hours, Location, Tenant, ensure, known_location};

/// For how long a freed time is held for somebody who has not answered.
pub const CLAIM: SignedDuration = SignedDuration::from_mins(30);
/// The most that may wait at one business: all of them are read to find the best match.
pub const MAX_WAITING: usize = 500;
/// What begins sooner than this is offered to nobody: they could not answer and be there.
const NOTICE: SignedDuration = SignedDuration::from_mins(45);
/// For how long somebody waits who has not said until when.
const WAITS_FOR: SignedDuration = SignedDuration::from_hours(90 * 24);
/// So many of the times that somebody was offered are remembered.
const MAX_PASSED: usize = 20;

/// Whether one more contact may wait beside those of `waiting` that still do.
#[must_use]
pub fn has_room<'e>(waiting: impl IntoIterator<Item = &'e WaitlistEntry>, now: Timestamp) -> bool {
    waiting.into_iter().filter(|entry| entry.waits(now)).count() < MAX_WAITING
}

/// Somebody who waits for a time to become free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WaitlistEntry {
    /// Who. A contact waits for one thing at a time, and the entry is found by them.
    pub contact: ContactId,
    /// The lead that it came of.
    #[serde(default)]
    pub lead: Option<LeadId>,
    /// What for: a service with booking rules.
    pub service: ServiceId,
    /// Where, as far as the business has several places; none: anywhere.
    #[serde(default)]
    pub location: Option<LocationId>,
    /// The visit begins at or after this moment (UTC).
    #[serde(default)]
    pub from: Option<Timestamp>,
    /// And before this one (UTC): afterwards they wait no more.
    pub until: Timestamp,
    /// When in a week it suits them, written like opening hours and read in the zone of the place; none: at any time.
    #[serde(default)]
    pub hours: Option<Hours>,
    /// Damage or danger, or a matter of days: they are asked before all others.
    #[serde(default)]
    pub urgent: bool,
    /// Since when they wait (UTC).
    pub since: Timestamp,
    /// The time that they were offered last.
    #[serde(default)]
    pub offered: Option<OfferedTime>,
    /// When the times begin that they were offered, so that none is offered to them again (UTC).
    #[serde(default)]
    #[schema(max_items = 20)]
    pub passed: Vec<Timestamp>,
}

/// A time that is held for somebody who waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = WaitlistOffer)]
pub struct OfferedTime {
    /// The appointment that is held.
    pub appointment: AppointmentId,
    /// When it begins (UTC).
    pub starts_at: Timestamp,
    /// Until when it is held for them (UTC).
    pub until: Timestamp,
    /// When the time became free (UTC).
    pub freed_at: Timestamp,
}

/// A time that became free, looked at when it is `due`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreedTime {
    /// Whose.
    pub tenant: TenantId,
    /// From when it is free (UTC).
    pub from: Timestamp,
    /// Until when (UTC).
    pub to: Timestamp,
    /// Where, as far as the business has several places.
    #[serde(default)]
    pub location: Option<LocationId>,
    /// When it became free (UTC).
    pub freed_at: Timestamp,
    /// When it is to be looked at who takes it (UTC).
    pub due: Timestamp,
}

/// Somebody whom a freed time suits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match<'e> {
    /// Who.
    pub entry: &'e WaitlistEntry,
    /// When the visit would begin (UTC).
    pub starts_at: Timestamp,
    /// They are holding another offer until then, and are not asked before (UTC).
    pub busy_until: Option<Timestamp>,
}

/// What a freed time is held against.
#[derive(Debug, Clone, Copy)]
pub struct FreedTimeContext<'a> {
    /// The time.
    pub time: &'a FreedTime,
    /// Whose.
    pub tenant: &'a Tenant,
    /// The tenant's locations.
    pub locations: &'a [Location],
    /// Where those who wait are, as far as it is known: the way to them is kept free.
    pub places: &'a BTreeMap<ContactId, Whereabouts>,
    /// Its resources.
    pub resources: &'a [Resource],
    /// Their days, those of [`FreedTimeContext::dates`].
    pub days: &'a [CalendarDay],
    /// When this is asked.
    pub now: Timestamp,
}

impl WaitlistEntry {
    /// Who waits for `service` at any time from now on.
    #[must_use]
    pub fn new(contact: ContactId, service: ServiceId, now: Timestamp) -> Self {
        Self {
            contact,
            lead: None,
            service,
            location: None,
            from: None,
            until: now.checked_add(WAITS_FOR).unwrap_or(now),
            hours: None,
            urgent: false,
            since: now,
            offered: None,
            passed: Vec::new(),
        }
    }

    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub fn validate(&self, now: Timestamp) -> Result<(), Failure> {
        ensure(self.until > now, "until", "until must be in the future")?;
        ensure(self.from.is_none_or(|from| from < self.until), "until", "until must be after from")?;
        self.hours.as_ref().map_or(Ok(()), |hours| hours.validate().map_err(|failure| failure.within("hours")))
    }

    /// Whether a visit that begins at `starts_at` suits them, in the zone of its place.
    #[must_use]
    pub fn suits(&self, starts_at: Timestamp, zone: &TimeZone) -> bool {
        self.from.is_none_or(|from| from <= starts_at)
            && starts_at < self.until
            && self.hours.as_ref().is_none_or(|hours| hours.is_open_at(starts_at, zone))
    }

    /// The same with `booking` held for them.
    #[must_use]
    pub fn offered(&self, booking: &Booking, freed_at: Timestamp) -> Self {
        let (appointment, starts_at) = (booking.id, booking.starts_at);
        let until = booking.held_until.unwrap_or(booking.created_at);
        let mut passed = self.passed.clone();
        passed.push(starts_at);
        passed.drain(..passed.len().saturating_sub(MAX_PASSED));
        Self { offered: Some(OfferedTime { appointment, starts_at, until, freed_at }), passed, ..self.clone() }
    }

    /// The same without the offer of `appointment`, which they let go; `None`: it was not what they were offered last.
    #[must_use]
    pub fn declined(&self, appointment: AppointmentId) -> Option<Self> {
        let is_it = self.offered.as_ref().is_some_and(|offered| offered.appointment == appointment);
        is_it.then(|| Self { offered: None, ..self.clone() })
    }

    /// Whether they have what they waited for by `booking`: the time that they were offered, also when its hold was over, or
    /// another one that suits.
    #[must_use]
    pub fn is_filled_by(&self, booking: &Booking, zone: &TimeZone) -> bool {
        let is_offered = self.offered.as_ref().is_some_and(|offered| offered.appointment == booking.id);
        let suits = booking.service == self.service && self.suits(booking.starts_at, zone);
        booking.contact == self.contact && booking.takes_time() && booking.held_until.is_none() && (is_offered || suits)
    }

    /// For how many minutes the time was free that they took; `None`: they were not offered it.
    #[must_use]
    pub fn minutes_to_fill(&self, booking: &Booking, now: Timestamp) -> Option<u64> {
        let offered = self.offered.as_ref().filter(|offered| offered.starts_at == booking.starts_at)?;
        u64::try_from(now.duration_since(offered.freed_at).as_mins()).ok()
    }

    /// Whether they wait at `now`.
    #[must_use]
    pub fn waits(&self, now: Timestamp) -> bool {
        now < self.until
    }

    /// Until when a time is held for them.
    fn busy_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.offered.as_ref().map(|offered| offered.until).filter(|until| *until > now)
    }

    /// Who is asked first: what is urgent, then who waits longest.
    #[must_use]
    pub fn rank(&self) -> (bool, Timestamp, ContactId) {
        (!self.urgent, self.since, self.contact)
    }
}

impl FreedTime {
    /// The time that a change of a booking frees, from `was` on where it was moved; `None`: it frees none. A visit that was
    /// missed frees nothing: it has begun.
    #[must_use]
    pub fn of(tenant: &TenantId, booking: &Booking, was: Option<Timestamp>, now: Timestamp) -> Option<Self> {
        let from = was.or_else(|| (booking.state == BookingState::Cancelled).then_some(booking.starts_at))?;
        Some(Self::as_if_free(from, tenant, booking, now))
    }

    /// The time of a booking, or the one that it had from `from` on, as if it were free from now on.
    #[must_use]
    pub fn as_if_free(from: Timestamp, tenant: &TenantId, booking: &Booking, now: Timestamp) -> Self {
        let to = from.checked_add(booking.ends_at.duration_since(booking.starts_at)).unwrap_or(from);
        let location = booking.location.clone();
        Self { tenant: tenant.clone(), from, to, location, freed_at: now, due: now }
    }

    /// The same, looked at again at `due`.
    #[must_use]
    pub fn later(&self, due: Timestamp) -> Self {
        Self { due, ..self.clone() }
    }

    /// Whether anything of it can still be offered at `at`.
    #[must_use]
    pub fn is_worth(&self, at: Timestamp) -> bool {
        at.checked_add(NOTICE).is_ok_and(|soonest| soonest < self.to)
    }
}

impl<'a> FreedTimeContext<'a> {
    /// How the service of `entry` is booked where the time is free; `None`: it is not, or they want to go elsewhere.
    #[must_use]
    pub fn terms(&self, entry: &'a WaitlistEntry) -> Option<Terms<'a>> {
        let place = match (&entry.location, &self.time.location) {
            (Some(wanted), Some(freed)) if wanted != freed => return None,
            (wanted, freed) => wanted.as_ref().or(freed.as_ref()),
        };
        let location = known_location(self.locations, place);
        if location.is_none() && place.is_some() {
            return None;
        }
        let terms = Terms::of(self.tenant, location, &entry.service).ok()?;
        Some(terms.visiting_at(self.places.get(&entry.contact).cloned().unwrap_or_default()))
    }

    /// The days that must be read to know who could take it.
    #[must_use]
    pub fn dates(&self, entries: &'a [WaitlistEntry]) -> Option<(Date, Date)> {
        let dates = entries.iter().filter_map(|entry| Some(self.terms(entry)?.dates(self.time.from, self.time.to)));
        dates.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)))
    }

    /// Those whom the time suits, who is asked first before the others: what is urgent, then who waits longest. Nobody who was
    /// offered that very time is among them.
    #[must_use]
    pub fn order(&self, entries: &'a [WaitlistEntry]) -> Vec<Match<'a>> {
        let mut order: Vec<Match<'a>> = entries.iter().filter_map(|entry| self.matched(entry)).collect();
        order.sort_by_key(|found| found.entry.rank());
        order
    }

    fn matched(&self, entry: &'a WaitlistEntry) -> Option<Match<'a>> {
        // Whoever let it go is not asked whether half an hour later would suit.
        let was_offered = entry.passed.iter().any(|start| (self.time.from..self.time.to).contains(start));
        let terms = self.terms(entry).filter(|_| entry.waits(self.now) && !was_offered)?;
        let calendar =
            Calendar { terms: &terms, resources: self.resources, days: self.days, moving: None, now: self.now };
        let soonest = self.now.checked_add(NOTICE).ok()?;
        let fits = |start: &Timestamp| *start >= soonest && entry.suits(*start, terms.zone());
        let exact = Some(self.time.from).filter(fits).filter(|start| calendar.choose(*start, &[]).is_ok());
        let other = || {
            let free = calendar.slots(self.time.from, self.time.to, usize::MAX).into_iter();
            free.map(|slot| slot.starts_at).find(fits)
        };
        let starts_at = exact.or_else(other)?;
        Some(Match { entry, starts_at, busy_until: entry.busy_until(self.now) })
    }
}
