//! The shop: its days, its bookings, who waits, and what happens when.

use anyhow::{Context, Result};
use domain::ids::{AppointmentId, ContactId};
use domain::journeys::Journey;
use domain::journeys::no_show::{Features, Finished, Model, Surroundings, rescue};
use domain::scheduling::{
    Appointment, AppointmentState, Booking, Calendar, CalendarDay, DayChange, DayKey, DayOwner, Entry, FreedTime,
    Resource, Step, Terms, WaitlistEntry, changes,
};
use domain::tenancy::Tenant;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::people::{CALLS_OFF, COMES_AFTER_ALL, CONFIRMS, Chance, SAYS_NO, WAITS};

mod waiting;

const TECHNICIANS: usize = 12;
/// Monday, midnight in Denver.
const BEGINS: &str = "2026-01-05T07:00:00Z";
/// People who come again and again.
const PEOPLE: u64 = 4_000;

/// What happened.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) wishes: u32,
    pub(super) booked: u32,
    pub(super) called_off: u32,
    pub(super) kept: u32,
    pub(super) missed: u32,
    pub(super) freed: u32,
    pub(super) refilled: u32,
    pub(super) minutes: Vec<f64>,
    /// Minutes in which someone worked, and in which someone could have.
    pub(super) worked: f64,
    pub(super) open: f64,
    /// Technicians who were booked twice: none, or something is wrong.
    pub(super) twice: usize,
}

/// What happens at a moment. Of several at one, the order is that in which they were thought of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Happens {
    Wish(u64),
    Reminded(u64),
    CallsOff(u64),
    AskedOnceMore(u64),
    Freed(u64),
    Answers(u64, u64),
    Begins(u64),
    Learns,
}

pub(super) struct World {
    tenant: Tenant,
    technicians: Vec<Resource>,
    zone: TimeZone,
    chance: Chance,
    wishes: u32,
    rescues: bool,
    waits: bool,
    now: Timestamp,
    queue: BinaryHeap<Reverse<(Timestamp, u64, Happens)>>,
    thought: u64,
    days: BTreeMap<DayKey, CalendarDay>,
    bookings: BTreeMap<u64, Booking>,
    journeys: BTreeMap<u64, Vec<Appointment>>,
    waiting: BTreeMap<u64, WaitlistEntry>,
    freed: BTreeMap<u64, FreedTime>,
    model: Model,
    finished: Vec<Finished>,
    told: Told,
}

impl World {
    pub(super) fn new(seed: u64, wishes: u32, (rescues, waits): (bool, bool)) -> Result<Self> {
        let day = json!([{"open": "08:00", "close": "12:00"}, {"open": "12:30", "close": "17:00"}]);
        let tenant: Tenant = serde_json::from_value(json!({
            "id": "shop", "name": "Alpine Auto", "industry": "automotive", "currency": "USD", "zone": "America/Denver",
            "region": "US", "language": "en", "business": {}, "notify": ["owner@example.com"],
            "hours": {"monday": day, "tuesday": day, "wednesday": day, "thursday": day, "friday": day,
                "holidays": [{"name": "Independence Day", "month": 7, "day": 4},
                    {"name": "Thanksgiving", "month": 11, "weekday": "thursday", "nth": 4}]},
            "services": [{"id": "visit", "name": "Visit", "duration_minutes": 75, "booking": {
                "needs": [{"kind": "person"}], "buffer_after_minutes": 15, "lead_minutes": 60, "every_minutes": 30}}],
        }))?;
        let technician = |n: usize| json!({"id": format!("tech-{n}"), "name": format!("Tech {n}"), "kind": "person"});
        let technicians = (0..TECHNICIANS).map(technician).map(serde_json::from_value).collect::<Result<_, _>>()?;
        let zone = TimeZone::get(&tenant.zone)?;
        Ok(Self {
            tenant,
            technicians,
            zone,
            chance: Chance(seed),
            wishes,
            rescues,
            waits,
            now: BEGINS.parse()?,
            queue: BinaryHeap::new(),
            thought: 0,
            days: BTreeMap::new(),
            bookings: BTreeMap::new(),
            journeys: BTreeMap::new(),
            waiting: BTreeMap::new(),
            freed: BTreeMap::new(),
            model: Model::default(),
            finished: Vec::new(),
            told: Told::default(),
        })
    }

    /// Lives so many days.
    pub(super) fn live(mut self, days: i64) -> Result<Told> {
        let begins = self.now;
        let mut customer = 0;
        for day in 0..days {
            let opens = begins + SignedDuration::from_hours(24 * day);
            let open = self.tenant.hours.open_between(opens, opens + SignedDuration::from_hours(24), &self.zone);
            let minutes: i64 = open.iter().map(|(from, to)| to.duration_since(*from).as_mins()).sum();
            self.told.open += f64::from(i32::try_from(minutes)?) * f64::from(u32::try_from(TECHNICIANS)?);
            let count = if minutes > 0 { self.chance.wishes(u64::try_from(day)?, self.wishes) } else { 0 };
            for _ in 0..count {
                customer += 1;
                let minute = self.chance.of(customer, "when") * 14.0 * 60.0;
                let at = SignedDuration::try_from_secs_f64(minute * 60.0)?;
                self.think(opens + SignedDuration::from_hours(7) + at, Happens::Wish(customer));
            }
            if day % 7 == 6 {
                self.think(opens, Happens::Learns);
            }
        }
        let ends = begins + SignedDuration::from_hours(24 * days);
        while let Some(Reverse((at, _, what))) = self.queue.pop() {
            if at >= ends {
                break;
            }
            self.now = at;
            self.happen(what)?;
        }
        Ok(self.told)
    }

    fn think(&mut self, at: Timestamp, what: Happens) {
        self.thought += 1;
        self.queue.push(Reverse((at.max(self.now), self.thought, what)));
    }

    fn happen(&mut self, what: Happens) -> Result<()> {
        match what {
            Happens::Wish(customer) => self.wish(customer),
            Happens::Reminded(customer) => {
                let confirms = self.chance.of(customer, "confirms") < CONFIRMS;
                if confirms { self.step(customer, &Step::Confirm).map(drop) } else { Ok(()) }
            }
            Happens::CallsOff(customer) => self.call_off(customer),
            Happens::AskedOnceMore(customer) => self.ask(customer),
            Happens::Freed(id) => self.offer(id),
            Happens::Answers(id, customer) => self.answer(id, customer),
            Happens::Begins(customer) => self.begin(customer),
            Happens::Learns => {
                let year = self.now - SignedDuration::from_hours(24 * 365);
                self.finished.retain(|visit| visit.at > year);
                self.model = Model::fitted(&self.finished, self.now).unwrap_or_default();
                Ok(())
            }
        }
    }

    /// Someone wants to come: the first time that is offered from the day on that they name is theirs.
    fn wish(&mut self, customer: u64) -> Result<()> {
        self.told.wishes += 1;
        let from = self.now + SignedDuration::from_hours(24 * self.chance.days_ahead(customer));
        let to = from + SignedDuration::from_hours(7 * 24);
        let tenant = self.tenant.clone();
        let terms = Terms::of(&tenant, None, &service(&tenant)?)?;
        let days = self.between(&terms, from, to);
        let calendar =
            Calendar { terms: &terms, resources: &self.technicians, days: &days, moving: None, now: self.now };
        let offered = calendar.slots(from, to, 3);
        let Some(slot) = offered.first() else {
            if self.waits && self.chance.of(customer, "waits") < WAITS {
                let entry = WaitlistEntry::new(contact(&tenant, customer), service(&tenant)?, self.now);
                let until = to + SignedDuration::from_hours(7 * 24);
                self.waiting.insert(customer, WaitlistEntry { until, ..entry });
            }
            return Ok(());
        };
        let blank = Booking::new(appointment(&tenant, customer), contact(&tenant, customer), &terms, self.now);
        let booking = blank.at(slot, &terms, None, self.now);
        if self.put(customer, None, booking)? {
            self.made(customer);
        }
        Ok(())
    }

    /// What follows from a booking.
    fn made(&mut self, customer: u64) {
        self.told.booked += 1;
        let Some(booking) = self.bookings.get(&customer) else { return };
        let (starts_at, made) = (booking.starts_at, self.now);
        let ahead = starts_at.duration_since(made);
        self.think(starts_at - SignedDuration::from_hours(24), Happens::Reminded(customer));
        if self.chance.of(customer, "calls off") < CALLS_OFF {
            let part = self.chance.of(customer, "calls off when");
            let at = made + SignedDuration::try_from_secs_f64(ahead.as_secs_f64() * part).unwrap_or(ahead);
            self.think(at, Happens::CallsOff(customer));
        }
        // As the job looks every half hour: four hours before, and the evening before an early visit.
        for half_hours in [8, 7, 6, 5, 28, 30, 32, 34] {
            self.think(starts_at - SignedDuration::from_mins(30 * half_hours), Happens::AskedOnceMore(customer));
        }
        self.think(starts_at, Happens::Begins(customer));
    }

    /// Asks someone once more whether they will be there, where the product would.
    fn ask(&mut self, customer: u64) -> Result<()> {
        let Some(booking) = self.bookings.get(&customer).filter(|booking| booking.takes_time()) else { return Ok(()) };
        let journey = self.journey(customer, booking);
        let asks = rescue(booking, Some(&journey), (&self.model, &Surroundings::default()), &self.zone, self.now);
        if !self.rescues || asks.is_none() {
            return Ok(());
        }
        let mut asked = booking.clone();
        asked.asked_again_for = Some(asked.starts_at);
        let would_miss = self.would_miss(customer, &asked);
        self.bookings.insert(customer, asked);
        let says = self.chance.of(customer, "asked once more");
        match would_miss {
            true if says < SAYS_NO => self.call_off(customer),
            true if says < SAYS_NO + COMES_AFTER_ALL => self.step(customer, &Step::Confirm).map(drop),
            true => Ok(()),
            false if says < CONFIRMS => self.step(customer, &Step::Confirm).map(drop),
            false => Ok(()),
        }
    }

    fn begin(&mut self, customer: u64) -> Result<()> {
        let Some(booking) = self.bookings.get(&customer).filter(|booking| booking.takes_time()).cloned() else {
            return Ok(());
        };
        let features =
            Features::of(&booking, Some(&self.journey(customer, &booking)), &Surroundings::default(), &self.zone);
        let missed = self.would_miss(customer, &booking)
            && (booking.confirmed_at.is_none() || booking.asked_again_for.is_none());
        self.finished.push(Finished { features, missed, at: booking.starts_at });
        let state = if missed { AppointmentState::Missed } else { AppointmentState::Completed };
        self.journeys.entry(customer % PEOPLE).or_default().push(known(&booking, state));
        if missed {
            self.told.missed += 1;
        } else {
            self.told.kept += 1;
            let (from, to) = (booking.taken_from, booking.taken_to);
            self.told.worked += to.duration_since(from).as_secs_f64() / 60.0;
        }
        self.check(&booking);
        Ok(())
    }

    fn would_miss(&self, customer: u64, booking: &Booking) -> bool {
        let ahead = booking.starts_at.duration_since(booking.created_at).as_hours() / 24;
        let confirmed = booking.confirmed_at.is_some();
        self.chance.of(customer, "misses") < self.chance.misses(customer % PEOPLE, ahead, confirmed)
    }

    fn journey(&self, customer: u64, booking: &Booking) -> Journey {
        let appointments = self.journeys.get(&(customer % PEOPLE)).cloned().unwrap_or_default();
        Journey { appointments, ..Journey::begin(booking.contact, booking.created_at) }
    }

    /// Takes a step of a booking; `None`: it is over, or someone has its time.
    fn step(&mut self, customer: u64, step: &Step) -> Result<Option<Booking>> {
        let Some(before) = self.bookings.get(&customer).filter(|booking| !booking.state.is_over()).cloned() else {
            return Ok(None);
        };
        let Ok(Some(after)) = before.after(step, self.now) else { return Ok(None) };
        Ok(self.put(customer, Some(&before), after.clone())?.then_some(after))
    }

    /// Writes a booking into its days, as the table takes it; whether there was room.
    fn put(&mut self, customer: u64, before: Option<&Booking>, after: Booking) -> Result<bool> {
        let Ok(changes) = changes(before, &after, &self.days, self.now) else { return Ok(false) };
        for change in changes {
            match change {
                DayChange::Write(day) => drop(self.days.insert(day.key.clone(), day)),
                DayChange::Leave(key) => {
                    let day = self.days.get_mut(&key).context("a day that is left is there")?;
                    day.entries.remove(&after.id);
                }
            }
        }
        self.bookings.insert(customer, after);
        Ok(true)
    }

    fn between(&self, terms: &Terms<'_>, from: Timestamp, to: Timestamp) -> Vec<CalendarDay> {
        let (first, last) = terms.dates(from, to);
        let days = self.days.iter().skip_while(|(key, _)| key.date < first).take_while(|(key, _)| key.date <= last);
        days.map(|(_, day)| day.clone()).collect()
    }

    /// Counts who is booked twice on the day of a visit.
    fn check(&mut self, booking: &Booking) {
        for key in booking.days() {
            let Some(day) = self.days.get(&key).filter(|day| matches!(day.key.owner, DayOwner::Resource(_))) else {
                continue;
            };
            let mut spans: Vec<_> =
                day.entries.values().filter(|entry| entry.stands(self.now)).map(Entry::span).collect();
            spans.sort_unstable();
            let pairs = spans.iter().zip(spans.iter().skip(1));
            self.told.twice += pairs.filter(|(one, next)| one.to > next.from).count();
        }
    }
}

fn known(booking: &Booking, state: AppointmentState) -> Appointment {
    Appointment {
        id: booking.id,
        state,
        starts_at: booking.starts_at,
        ends_at: booking.ends_at,
        agreed_at: booking.created_at,
        service: None,
        location: None,
        eta: None,
        track: None,
    }
}

fn service(tenant: &Tenant) -> Result<domain::ids::ServiceId> {
    Ok(tenant.services.first().context("a service")?.id.clone())
}

fn contact(tenant: &Tenant, customer: u64) -> ContactId {
    ContactId::derive(&tenant.id, &[&customer.to_string()])
}

fn appointment(tenant: &Tenant, key: u64) -> AppointmentId {
    AppointmentId::derive(&tenant.id, &[&key.to_string()])
}
