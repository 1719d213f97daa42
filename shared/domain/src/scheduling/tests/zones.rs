use super::*;
use crate::scheduling::Calendar;
use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};

/// Each zone with a day on which its clocks change, forward or back; the last two change by half an hour, and at midnight.
pub(super) const CHANGES: [(&str, (i16, i8, i8)); 12] = [
    ("America/Denver", (2026, 3, 8)),
    ("America/New_York", (2026, 11, 1)),
    ("Europe/Berlin", (2026, 3, 29)),
    ("Europe/London", (2026, 10, 25)),
    ("Australia/Sydney", (2026, 4, 5)),
    ("Pacific/Auckland", (2026, 9, 27)),
    ("America/Santiago", (2026, 9, 6)),
    ("Africa/Cairo", (2026, 4, 24)),
    ("Asia/Beirut", (2026, 3, 29)),
    ("America/Havana", (2026, 11, 1)),
    ("Australia/Lord_Howe", (2026, 4, 5)),
    ("Asia/Kathmandu", (2026, 6, 1)),
];

fn around_the_clock(zone: &str, every: u32) -> Tenant {
    let mut tenant = shop(json!({"needs": [{"kind": "person"}], "lead_minutes": 0, "every_minutes": every}));
    tenant.zone = zone.to_owned();
    let always = json!([{"open": "00:00", "close": "00:00"}]);
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let hours: serde_json::Map<String, Value> = days.iter().map(|day| ((*day).to_owned(), always.clone())).collect();
    tenant.hours = from_value(hours.into()).unwrap();
    tenant
}

#[test]
fn every_even_time_that_the_clocks_show_is_offered_once_an_instant() {
    for (zone, (year, month, day)) in CHANGES {
        let (tenant, clock) = (around_the_clock(zone, 30), TimeZone::get(zone).unwrap());
        let noon_before = (date(year, month, day) - 1.day()).at(12, 0, 0, 0).to_zoned(clock.clone()).unwrap();
        let (from, to) = (noon_before.timestamp(), noon_before.timestamp() + SignedDuration::from_hours(48));
        let terms = Terms::of(&tenant, None, &inspection()).unwrap();
        let ana = [person("ana", &json!({}))];
        let calendar = Calendar { terms: &terms, resources: &ana, days: &[], moving: None, now: from };
        let offered: Vec<Timestamp> = calendar.slots(from, to, 1_000).iter().map(|slot| slot.starts_at).collect();
        let minutes = (0..48 * 60).map(|minute| from + SignedDuration::from_mins(minute));
        let even = minutes.filter(|at| at.to_zoned(clock.clone()).minute() % 30 == 0);
        assert_eq!(offered, even.collect::<Vec<_>>(), "{zone}");
    }
}

#[test]
fn opening_hours_are_those_that_the_clocks_show_before_and_after_a_change() {
    for (zone, (year, month, day)) in CHANGES {
        let mut tenant = around_the_clock(zone, 60);
        let open = json!([{"open": "08:00", "close": "10:00"}]);
        let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        tenant.hours = from_value(
            days.iter().map(|day| ((*day).to_owned(), open.clone())).collect::<serde_json::Map<_, _>>().into(),
        )
        .unwrap();
        let clock = TimeZone::get(zone).unwrap();
        let from = (date(year, month, day) - 1.day()).at(0, 0, 0, 0).to_zoned(clock.clone()).unwrap().timestamp();
        let terms = Terms::of(&tenant, None, &inspection()).unwrap();
        let ana = [person("ana", &json!({}))];
        let calendar = Calendar { terms: &terms, resources: &ana, days: &[], moving: None, now: from };
        let slots = calendar.slots(from, from + SignedDuration::from_hours(71), 1_000);
        let shown = slots.iter().map(|slot| slot.starts_at.to_zoned(clock.clone()).strftime("%H:%M").to_string());
        assert_eq!(shown.collect::<Vec<_>>(), ["08:00", "09:00"].repeat(3), "{zone}");
    }
}

#[test]
fn a_visit_goes_on_over_midnight_and_is_booked_in_both_days() {
    let mut tenant = shop(json!({"needs": [{"kind": "person"}], "lead_minutes": 0, "every_minutes": 60}));
    tenant.zone = "UTC".to_owned();
    let night = json!([{"open": "22:00", "close": "02:00"}]);
    tenant.hours = from_value(json!({"friday": night})).unwrap();
    let (terms, ana) = (Terms::of(&tenant, None, &inspection()).unwrap(), [person("ana", &json!({}))]);
    let now = at("2026-12-04T12:00:00Z");
    let calendar = Calendar { terms: &terms, resources: &ana, days: &[], moving: None, now };
    let (from, to) = (at("2026-12-04T12:00:00Z"), at("2026-12-05T12:00:00Z"));
    let starts = |calendar: &Calendar<'_>| -> Vec<i8> {
        let slots = calendar.slots(from, to, 99);
        slots.iter().map(|slot| slot.starts_at.to_zoned(TimeZone::UTC).hour()).collect()
    };
    assert_eq!(starts(&calendar), [22, 23, 0, 1]);
    let slot = calendar.choose(at("2026-12-04T23:30:00Z"), &[]).unwrap();
    let booked = booking("x", &slot, &terms, false, now);
    assert_eq!(booked.days().len(), 2);
    let days = days_of(&[booked], now);
    assert_eq!(starts(&Calendar { days: &days, ..calendar.clone() }), [22, 1]);
    let second_day_alone = Calendar { days: &days[1..], ..calendar };
    assert_eq!(starts(&second_day_alone), [22, 1], "each day says it all");
}
