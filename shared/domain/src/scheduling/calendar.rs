//! Free times of a service: pure, from the resources and the days that were read.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use weather::Sought;

use super::day::{CalendarDay, DayOwner, Entry};
use super::refusal::Refusal;
use super::resource::Resource;
use super::starts::{Starts, Stretch, VisitLength, common, starts, without};
use super::travel::{Place, Taken};
use crate::Failure;
use crate::ids::{AppointmentId, LocationId, ResourceId, ServiceId};
use crate::tenancy::{BookingRules, Hours, Location, Prefers, Service, Tenant, first_instant};

/// The most days that are looked at for one answer.
pub const MAX_RANGE_DAYS: i64 = 31;
/// How far from a refused time its alternatives are looked for.
const NEARBY: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How a service is booked at a place.
#[derive(Debug, Clone)]
pub struct Terms<'a> {
    /// The service.
    pub service: &'a Service,
    /// Its rules.
    pub rules: &'a BookingRules,
    /// Where; `None`: the business has no locations, or it may be any.
    pub location: Option<&'a LocationId>,
    hours: &'a Hours,
    zone: TimeZone,
    visit: VisitLength,
    pub(super) goes_out: bool,
    pub(super) place: Option<Place>,
    pub(super) sought: Option<Sought>,
}

/// What a service could take, and what that is booked for.
#[derive(Debug, Clone)]
pub struct Calendar<'a> {
    /// How it is booked.
    pub terms: &'a Terms<'a>,
    /// The tenant's resources.
    pub resources: &'a [Resource],
    /// The days that [`Terms::dates`] names, as far as there are any.
    pub days: &'a [CalendarDay],
    /// An appointment that is to move: its present time is free for it.
    pub moving: Option<AppointmentId>,
    /// When this is asked.
    pub now: Timestamp,
}

/// A time at which a visit can begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot<'a> {
    /// When it begins (UTC).
    pub starts_at: Timestamp,
    /// When it ends (UTC).
    pub ends_at: Timestamp,
    /// What it would take: who is booked least on that day comes first, or who is near, as the service prefers.
    pub resources: Vec<&'a ResourceId>,
    /// What else is free then and could do it.
    pub also_free: Vec<&'a ResourceId>,
}

/// A resource that can do the service, and what it is booked for.
struct Able<'a> {
    resource: &'a Resource,
    /// When a visit fits into its work.
    fits: Vec<Starts>,
    /// When it is free besides.
    free: Vec<Starts>,
    booked: Vec<Taken>,
}

/// A day in the place's own zone.
struct LocalDay {
    date: Date,
    from: i64,
    to: i64,
}

impl<'a> Terms<'a> {
    /// How a tenant's service is booked at a location.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: there is no such service, it has no booking rules, or is not offered at that location.
    pub fn of(tenant: &'a Tenant, location: Option<&'a Location>, service: &ServiceId) -> Result<Self, Failure> {
        let service = tenant.services.iter().find(|known| known.id == *service);
        let service = service.ok_or_else(|| Failure::invalid("service", "there is no such service"))?;
        let by_people = || Failure::invalid("service", "this service is arranged by people: it has no booking rules");
        let rules = service.booking.as_ref().ok_or_else(by_people)?;
        if !location.is_none_or(|location| location.offers(&service.id)) {
            return Err(Failure::invalid("location", "this service is not to be had at this location"));
        }
        let seconds = |minutes: u32| i64::from(minutes) * 60;
        Ok(Self {
            service,
            rules,
            location: location.map(|location| &location.id),
            hours: location.map_or(&tenant.hours, |location| location.hours(tenant)),
            zone: tenant.zone_at(location),
            visit: VisitLength {
                lasts: seconds(service.duration_minutes.unwrap_or_default()),
                before: seconds(rules.buffer_before_minutes),
                after: seconds(rules.buffer_after_minutes),
            },
            goes_out: tenant.goes_out(&service.id),
            place: None,
            sought: None,
        })
    }

    /// The place's zone.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The name of the place's zone.
    #[must_use]
    pub fn zone_name(&self) -> String {
        self.zone.iana_name().unwrap_or("UTC").to_owned()
    }

    /// The dates of the days that must be read to know what is free from `from` to `to`.
    #[must_use]
    pub fn dates(&self, from: Timestamp, to: Timestamp) -> (Date, Date) {
        let (first, last) = (after(from, -self.visit.before), after(to, self.visit.lasts + self.visit.after));
        // The day of a place reaches at most a day beyond the one of UTC on either side.
        let date = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
        let (first, last) = (date(first), date(last));
        (first.yesterday().unwrap_or(first), last.tomorrow().unwrap_or(last))
    }

    /// When a visit that begins at `starts_at` ends.
    #[must_use]
    pub fn ends_at(&self, starts_at: Timestamp) -> Timestamp {
        after(starts_at, self.visit.lasts)
    }

    /// The time that it takes of its resources.
    #[must_use]
    pub fn taken(&self, starts_at: Timestamp) -> (Timestamp, Timestamp) {
        let ends = after(starts_at, self.visit.lasts + self.visit.after);
        (after(starts_at, -self.visit.before), ends)
    }

    /// The day on which it counts against the most that are done in a day, where there is such a figure.
    #[must_use]
    pub fn counts_on(&self, starts_at: Timestamp) -> Option<Date> {
        self.rules.most_a_day.map(|_| starts_at.to_zoned(self.zone.clone()).date())
    }

    /// The first and the last moment at which a visit that is booked now may begin.
    fn bookable(&self, now: Timestamp) -> (i64, i64) {
        let now = whole(now);
        let (lead, horizon) = (i64::from(self.rules.lead_minutes) * 60, i64::from(self.rules.horizon_days) * 86_400);
        (now + lead, now + horizon)
    }
}

impl<'a> Calendar<'a> {
    /// The free times from `from` to before `to`, the first ones: at most `most`.
    #[must_use]
    pub fn slots(&self, from: Timestamp, to: Timestamp, most: usize) -> Vec<Slot<'a>> {
        let (earliest, latest) = self.terms.bookable(self.now);
        let wanted = Stretch { from: whole(from).max(earliest), to: whole(to).min(latest + 1) };
        let open = self.open(from, to);
        let able = self.able(&open);
        let mut found = Vec::new();
        for day in self.local_days(wanted).iter().filter(|day| !self.is_full(day.date)) {
            if found.len() >= most {
                break;
            }
            let within = common(&[Stretch { from: day.from, to: day.to }], &[wanted]);
            let order = self.order(&able, day);
            for piece in common(&open, &within).into_iter().flat_map(|piece| self.even_pieces(piece)) {
                let free = piece.filter_map(|start| self.slot_at(start, &order));
                found.extend(free.take(most - found.len()));
            }
        }
        found
    }

    /// What a visit at `starts_at` would take: `wanted` if it names anything, and for the rest whom the service prefers.
    ///
    /// # Errors
    /// Why it cannot be booked.
    pub fn choose(&self, starts_at: Timestamp, wanted: &[ResourceId]) -> Result<Slot<'a>, Refusal> {
        let start = starts_at.as_second();
        if starts_at.subsec_nanosecond() != 0 || start % 60 != 0 {
            return Err(Refusal::Uneven);
        }
        let (earliest, latest) = self.terms.bookable(self.now);
        match start {
            _ if starts_at < self.now => return Err(Refusal::Past),
            start if start < earliest => return Err(Refusal::TooSoon),
            start if start > latest => return Err(Refusal::TooFar),
            _ => {}
        }
        let open = self.open(starts_at, after(starts_at, 1));
        let able = self.able(&open);
        let knows = |id: &ResourceId| able.iter().any(|able| able.resource.id == *id);
        if !self.is_enough(&able, |_| true) || !wanted.iter().all(knows) {
            return Err(Refusal::NobodyCan);
        }
        if !self.is_enough(&able, |able| is_in(&able.fits, start)) {
            return Err(Refusal::Closed);
        }
        let day = self.local_days(Stretch { from: start, to: start + 1 }).into_iter().next();
        let day = day.filter(|day| !self.is_full(day.date)).ok_or(Refusal::Full)?;
        let mut order = self.order(&able, &day);
        order.sort_by_key(|able| !wanted.contains(&able.resource.id));
        let slot = self.slot_at(start, &order).ok_or(Refusal::Taken)?;
        if wanted.iter().all(|id| slot.resources.contains(&id)) { Ok(slot) } else { Err(Refusal::Taken) }
    }

    /// The free times that are nearest to one that was refused.
    #[must_use]
    pub fn nearest(&self, refused: Timestamp, most: usize) -> Vec<Timestamp> {
        let (from, to) = nearby(refused);
        let mut free: Vec<Timestamp> = self.slots(from, to, usize::MAX).iter().map(|slot| slot.starts_at).collect();
        free.sort_by_key(|start| (start.as_second() - refused.as_second()).abs());
        free.truncate(most);
        free.sort_unstable();
        free
    }

    /// When the business is open, as far as visits that begin from `from` to `to` are concerned.
    fn open(&self, from: Timestamp, to: Timestamp) -> Vec<Stretch> {
        self.stretches(self.terms.hours, from, to)
    }

    fn stretches(&self, hours: &Hours, from: Timestamp, to: Timestamp) -> Vec<Stretch> {
        let open = hours.open_between(from, after(to, self.terms.visit.lasts), &self.terms.zone);
        open.into_iter().map(|(from, to)| Stretch::new(from, to)).collect()
    }

    /// The resources that can do it, with when they are free.
    fn able(&self, open: &[Stretch]) -> Vec<Able<'a>> {
        let Terms { service, rules, location, visit, .. } = self.terms;
        let is_needed = |resource: &&Resource| rules.needs.iter().any(|need| need.kind == resource.kind);
        let mut booked = self.booked();
        let able = self.resources.iter().filter(is_needed).filter(|resource| resource.can_do(service, *location));
        able.map(|resource| {
            let work = self.work(resource, open);
            let mut booked = booked.remove(&resource.id).unwrap_or_default();
            booked.sort_unstable();
            // What goes on past midnight stands in two days.
            booked.dedup();
            let mut busy: Vec<Stretch> =
                booked.iter().map(|taken| taken.kept_clear(self.terms.place, *visit)).collect();
            busy.sort_unstable();
            let (fits, free) = (starts(&work, &[], *visit), starts(&work, &busy, *visit));
            Able { resource, fits, free, booked }
        })
        .collect()
    }

    /// When a resource works while the business is open.
    fn work(&self, resource: &Resource, open: &[Stretch]) -> Vec<Stretch> {
        let mut away: Vec<Stretch> = resource.time_off.iter().map(|off| Stretch::new(off.from, off.until)).collect();
        away.sort_unstable();
        let (Some(first), Some(last), Some(hours)) = (open.first(), open.last(), &resource.hours) else {
            return without(open, &away);
        };
        let instant = |second| Timestamp::from_second(second).unwrap_or(self.now);
        let shifts = self.stretches(hours, instant(first.from), instant(last.to));
        without(&common(open, &shifts), &away)
    }

    /// What each resource is booked for, or busy with elsewhere.
    fn booked(&self) -> BTreeMap<&'a ResourceId, Vec<Taken>> {
        let mut booked: BTreeMap<&ResourceId, Vec<Taken>> = BTreeMap::new();
        for day in self.days {
            if let DayOwner::Resource(id) = &day.key.owner {
                let visits = self.standing(day).map(|entry| Taken::new(entry.from, entry.to, entry.stay));
                let elsewhere = day.outside.values().flatten().map(|span| Taken::new(span.from, span.to, None));
                booked.entry(id).or_default().extend(visits.chain(elsewhere));
            }
        }
        booked
    }

    /// The entries of a day that others have taken.
    fn standing<'d>(&self, day: &'d CalendarDay) -> impl Iterator<Item = &'d Entry> {
        let (moving, now) = (self.moving, self.now);
        let others = day.entries.iter().filter(move |(id, entry)| Some(**id) != moving && entry.stands(now));
        others.map(|(_, entry)| entry)
    }

    /// Whether as many visits of the service as are done in a day are booked on `date`.
    fn is_full(&self, date: Date) -> bool {
        let Some(most) = self.terms.rules.most_a_day else { return false };
        let is_it = |day: &&CalendarDay| {
            day.key.date == date && matches!(&day.key.owner, DayOwner::Service(id) if *id == self.terms.service.id)
        };
        let booked = self.days.iter().find(is_it).map_or(0, |day| self.standing(day).count());
        usize::try_from(most).is_ok_and(|most| booked >= most)
    }

    /// Whether there are enough of each kind that `can`.
    fn is_enough(&self, able: &[Able<'a>], can: impl Fn(&Able<'a>) -> bool) -> bool {
        self.terms.rules.needs.iter().all(|need| {
            let of_kind = able.iter().filter(|able| able.resource.kind == need.kind && can(able)).count();
            usize::try_from(need.count).is_ok_and(|count| of_kind >= count)
        })
    }

    /// The days of the place that a stretch of time touches.
    fn local_days(&self, wanted: Stretch) -> Vec<LocalDay> {
        let zone = &self.terms.zone;
        let midnight = |date: Date| first_instant(date, Time::midnight(), zone).map(Timestamp::as_second);
        let Ok(from) = Timestamp::from_second(wanted.from) else { return Vec::new() };
        let first = from.to_zoned(zone.clone()).date();
        let dates = std::iter::successors(Some(first), |date| date.tomorrow().ok());
        let days = dates.map_while(|date| {
            let (from, to) = (midnight(date)?, midnight(date.tomorrow().ok()?)?);
            (from < wanted.to).then_some(LocalDay { date, from, to })
        });
        days.collect()
    }

    /// The times of a stretch that a visit is offered at: as the clocks show them, also when they change in between.
    fn even_pieces(&self, piece: Stretch) -> Vec<impl Iterator<Item = i64> + use<>> {
        let (zone, step) = (&self.terms.zone, i64::from(self.terms.rules.every_minutes) * 60);
        let Ok(begins) = Timestamp::from_second(piece.from) else { return Vec::new() };
        let changes = zone.following(begins).map(|change| change.timestamp().as_second());
        let changes = changes.take_while(|change| *change < piece.to);
        let edges: Vec<i64> = std::iter::once(piece.from).chain(changes).chain([piece.to]).collect();
        let evenly = |edges: &[i64]| {
            let &[from, to] = edges else { return None };
            let offset = zone.to_offset(Timestamp::from_second(from).ok()?).seconds();
            let first = from + (-(from + i64::from(offset))).rem_euclid(step);
            Some((first..to).step_by(usize::try_from(step).ok()?))
        };
        edges.windows(2).filter_map(evenly).collect()
    }

    /// Who is booked least on a day comes first; of two that are booked as often, the first by id. Where the service prefers it,
    /// whoever has a visit on that day that is nearer comes before all of these.
    fn order<'b>(&self, able: &'b [Able<'a>], day: &LocalDay) -> Vec<&'b Able<'a>> {
        let place = self.terms.place.filter(|_| self.terms.rules.prefers == Prefers::Nearest);
        let mut order: Vec<&Able<'_>> = able.iter().collect();
        order.sort_by_cached_key(|able| {
            let booked = able.on(day);
            let way = booked.iter().filter_map(|taken| taken.way(place)).min();
            (way.unwrap_or(i64::MAX), booked.len(), &able.resource.id)
        });
        order
    }

    /// The slot that begins at `start`, where there are enough that are free, taken in this order.
    fn slot_at(&self, start: i64, order: &[&Able<'a>]) -> Option<Slot<'a>> {
        let free = || order.iter().filter(|able| is_in(&able.free, start));
        let (mut resources, mut also_free) = (Vec::new(), Vec::new());
        for need in &self.terms.rules.needs {
            let mut of_kind = free().filter(|able| able.resource.kind == need.kind).map(|able| &able.resource.id);
            for _ in 0..need.count {
                resources.push(of_kind.next()?);
            }
            also_free.extend(of_kind);
        }
        let starts_at = Timestamp::from_second(start).ok()?;
        Some(Slot { starts_at, ends_at: self.terms.ends_at(starts_at), resources, also_free })
    }
}

impl Able<'_> {
    /// What it is booked for on a day.
    fn on(&self, day: &LocalDay) -> &[Taken] {
        let before = |at: i64| self.booked.partition_point(|taken| taken.at.from < at);
        self.booked.get(before(day.from)..before(day.to)).unwrap_or_default()
    }
}

/// Whether a visit may begin at `start`.
fn is_in(starts: &[Starts], start: i64) -> bool {
    let next = starts.partition_point(|range| *range.end() < start);
    starts.get(next).is_some_and(|range| *range.start() <= start)
}

/// Where alternatives to a refused time are looked for.
#[must_use]
pub fn nearby(refused: Timestamp) -> (Timestamp, Timestamp) {
    (after(refused, -NEARBY.as_secs()), after(refused, NEARBY.as_secs()))
}

/// The first whole second that is not before `at`.
fn whole(at: Timestamp) -> i64 {
    at.as_second() + i64::from(at.subsec_nanosecond() > 0)
}

/// So many seconds later; the end of the calendar stays where it is.
fn after(at: Timestamp, seconds: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(at)
}
