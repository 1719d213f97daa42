//! Generated shops: split shifts, nights, moved holidays, times off, teams of two, in zones around the days on which their clocks change,
//! where up to 64 write at once, die between two steps, and outside calendars are read meanwhile. Whatever the order: no one is booked
//! twice, nothing booked is lost, and every visit lies within what was open, told by the clocks minute by minute.
//!
//! `PORCHLIGHT_SCHEDULES=100000` makes it long, `PORCHLIGHT_SEED` repeats one. Both: so many from that seed on, so that several processes
//! can share the work.

use super::table::{Plan, Table, Wish};
use super::zones::CHANGES;
use super::*;
use crate::ids::{OutsideCalendarId, ResourceId};
use crate::scheduling::{CalendarReading, DayOwner, Span};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};
use std::collections::BTreeMap;

/// The weeks of the shops.
const WEEKS: [&[(&str, &str)]; 5] = [
    &[("08:00", "12:00"), ("13:00", "17:00")],
    &[("18:00", "02:00")],
    &[("00:00", "00:00")],
    &[("07:00", "11:00"), ("12:00", "15:00"), ("16:00", "22:00")],
    &[("22:00", "06:00")],
];
/// How many shops there are unless something else is asked for.
const USUALLY: u64 = 300;
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A shop, and the two days that it is looked at: that on which the clocks change, and the one before.
struct Shop {
    tenant: Tenant,
    people: Vec<Resource>,
    zone: TimeZone,
    week: &'static [(&'static str, &'static str)],
    closed: Option<Date>,
    first: Date,
    most_a_day: usize,
}

impl Shop {
    fn new(chance: &mut Chance) -> Self {
        let (zone, (year, month, day)) = CHANGES[chance.below(CHANGES.len())];
        let week = WEEKS[chance.below(WEEKS.len())];
        let first = date(year, month, day) - 1.day();
        let most_a_day = 1 + chance.below(12);
        let count = 1 + chance.below(2);
        let mut tenant = shop(json!({
            "needs": [{"kind": "person", "count": count}], "lead_minutes": 0, "most_a_day": most_a_day,
            "buffer_before_minutes": 5 * chance.below(4), "buffer_after_minutes": 5 * chance.below(4),
        }));
        tenant.zone = zone.to_owned();
        tenant.services[0].duration_minutes = Some(15 * (1 + u32::try_from(chance.below(12)).unwrap()));
        // A holiday that falls on the one day, and is kept on the other.
        let closed = chance.is(3).then(|| first + i64::try_from(chance.below(2)).unwrap().days());
        tenant.hours = from_value(hours(week, closed, first)).unwrap();
        let people = (0..count + chance.below(3)).map(|n| person_with(chance, n, week, first, zone)).collect();
        Self { tenant, people, zone: TimeZone::get(zone).unwrap(), week, closed, first, most_a_day }
    }

    fn begins(&self) -> Timestamp {
        self.first.to_zoned(self.zone.clone()).unwrap().timestamp()
    }

    /// Whether the shop is open at a moment, as its clocks tell.
    fn is_open(&self, at: Timestamp) -> bool {
        let local = at.to_zoned(self.zone.clone());
        let (today, minute) = (local.date(), i64::from(local.hour()) * 60 + i64::from(local.minute()));
        let minutes = |text: &str| {
            let (hour, minute) = text.split_once(':').unwrap();
            hour.parse::<i64>().unwrap() * 60 + minute.parse::<i64>().unwrap()
        };
        let is_within = |day: Date, minute: i64| {
            Some(day) != self.closed
                && self.week.iter().any(|(open, close)| {
                    let (open, close) = (minutes(open), minutes(close));
                    let close = if close <= open { close + 24 * 60 } else { close };
                    (open..close).contains(&minute)
                })
        };
        is_within(today, minute) || is_within(today.yesterday().unwrap(), minute + 24 * 60)
    }
}

fn hours(week: &[(&str, &str)], closed: Option<Date>, first: Date) -> Value {
    let spans: Vec<Value> = week.iter().map(|(open, close)| json!({"open": open, "close": close})).collect();
    let mut hours = json!({});
    for day in DAYS {
        hours[day] = json!(spans);
    }
    if let Some(closed) = closed {
        // The holiday's own day is open as any other: the exception says so.
        let own = if closed == first { first.tomorrow().unwrap() } else { first };
        hours["holidays"] = json!([{"name": "Holiday", "month": own.month(), "day": own.day()}]);
        hours["exceptions"] = json!([
            {"date": own.to_string(), "name": "Open", "spans": spans},
            {"date": closed.to_string(), "name": "Holiday, moved", "spans": []},
        ]);
    }
    hours
}

fn person_with(chance: &mut Chance, n: usize, week: &[(&str, &str)], first: Date, zone: &str) -> Resource {
    let mut change = json!({});
    if chance.is(3) {
        change["hours"] = hours(&week[..1], None, first);
    }
    if chance.is(3) {
        let from = first.at(9, 0, 0, 0).in_tz(zone).unwrap().timestamp();
        change["time_off"] =
            json!([{"from": from.to_string(), "until": (from + SignedDuration::from_hours(3)).to_string()}]);
    }
    person(&format!("p{n}"), &change)
}

/// One shop's two days, as they are at their end.
fn live(seed: u64) -> (Table, Shop) {
    let mut chance = Chance(seed);
    let shop = Shop::new(&mut chance);
    let terms = Terms::of(&shop.tenant, None, &inspection()).unwrap();
    let (mut table, mut plans) = (Table::default(), BTreeMap::<usize, Plan>::new());
    let begins = shop.begins();
    let mut now = begins - SignedDuration::from_hours(6);
    let racers = 2 + chance.below(63);
    for _ in 0..40 + chance.below(160) {
        let racer = chance.below(racers);
        let at = begins + SignedDuration::from_mins(i64::try_from(chance.below(4 * 52)).unwrap() * 15);
        let moment = chance.below(16);
        let wish = match moment {
            0..=4 => Some(Wish::Make { held: chance.is(2), at }),
            5 | 6 => Some(Wish::Move { at }),
            7 | 8 => Some(Wish::Take(chance.below(4))),
            _ => None,
        };
        let decided = wish.and_then(|wish| table.decide(racer, &wish, &terms, &shop.people, now));
        plans.extend(decided.map(|plan| (racer, plan)));
        match moment {
            0..=8 => {}
            // Someone who has decided dies; the next try begins again.
            9 => drop(plans.remove(&racer)),
            10 => now += SignedDuration::from_mins(i64::try_from(chance.below(12)).unwrap()),
            11 => {
                let id = shop.people[chance.below(shop.people.len())].id.clone();
                let busy = Span { from: at, to: at + SignedDuration::from_mins(50) };
                table.lay(&id, busy, now);
            }
            _ => {
                let next = plans.keys().nth(chance.below(plans.len().max(1))).copied();
                if let Some(plan) = next.and_then(|racer| plans.remove(&racer)) {
                    table.write(plan);
                    table.check(shop.most_a_day).unwrap_or_else(|why| panic!("PORCHLIGHT_SEED={seed}: {why}"));
                }
            }
        }
    }
    (table, shop)
}

impl Table {
    /// An outside calendar is read: what it says stands under the version that every booking names.
    fn lay(&mut self, resource: &ResourceId, busy: Span, now: Timestamp) {
        let calendar = OutsideCalendarId::derive(&TenantId::new("acme").unwrap(), &[resource.as_str()]);
        let seen: Vec<CalendarDay> = self.days.values().map(|(day, _)| day.clone()).collect();
        let resources = [resource.clone()];
        let reading = CalendarReading { calendar, resources: &resources, busy: &[busy], now };
        for day in reading.plan(&seen).days {
            let version = self.days.get(&day.key).map_or(0, |(_, version)| *version);
            self.days.insert(day.key.clone(), (day, version + 1));
        }
    }
}

#[test]
fn whatever_the_shop_and_whoever_dies_nobody_is_booked_twice_and_every_visit_is_within_hours() {
    let setting = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let (first, many) = (setting("PORCHLIGHT_SEED"), setting("PORCHLIGHT_SCHEDULES"));
    let many = many.unwrap_or(if first.is_some() { 1 } else { USUALLY });
    let first = first.unwrap_or(0);
    let (mut visits, mut teams, mut over_midnight, mut laid) = (0, 0, 0, 0);
    for seed in first..first + many {
        let (table, shop) = live(seed);
        let standing = table.bookings.values().map(|(booking, _)| booking).filter(|booking| booking.takes_time());
        for booking in standing.filter(|booking| booking.held_until.is_none()) {
            visits += 1;
            teams += usize::from(booking.resources.len() > 1);
            let date = |at: Timestamp| at.to_zoned(shop.zone.clone()).date();
            over_midnight +=
                usize::from(date(booking.starts_at) != date(booking.ends_at - SignedDuration::from_secs(1)));
            let lasts = booking.ends_at.duration_since(booking.starts_at).as_mins();
            let minutes = (0..lasts).map(|minute| booking.starts_at + SignedDuration::from_mins(minute));
            let shut = minutes.clone().find(|at| !shop.is_open(*at));
            assert_eq!(shut, None, "PORCHLIGHT_SEED={seed}: {} in {}", booking.starts_at, shop.tenant.zone);
            for id in &booking.resources {
                let person = shop.people.iter().find(|person| person.id == *id).unwrap();
                let away =
                    person.time_off.iter().any(|off| off.from < booking.ends_at && booking.starts_at < off.until);
                assert!(!away, "PORCHLIGHT_SEED={seed}: {id} is away");
            }
            let in_all = booking.days().iter().all(|key| table.days[key].0.entries.contains_key(&booking.id));
            assert!(in_all, "PORCHLIGHT_SEED={seed}: a part of it is lost");
        }
        for (day, _) in table.days.values().filter(|(day, _)| matches!(day.key.owner, DayOwner::Resource(_))) {
            let own = day.entries.values().filter(|entry| entry.held_until.is_none());
            laid += usize::from(own.count() > 0 && !day.outside.is_empty());
        }
    }
    println!("{visits} visits, {teams} of teams, {over_midnight} over midnight, {laid} days beside outside events");
    // The cases that matter did occur.
    assert!(
        many < USUALLY || (visits > 500 && teams > 150 && over_midnight > 30 && laid > 100),
        "{visits} {teams} {over_midnight} {laid}"
    );
}
