//! Where staff go to their customers: the way between two visits is kept free, and who is near may come first.

use super::races::{MOST_A_DAY, moments, people, race};
use super::*;
use crate::scheduling::{Calendar, Place, Refusal, changes};
use crate::tenancy::WorksAt;
use jiff::SignedDuration;
use proptest::prelude::*;

/// Thursday evening before; the roofer works on Friday, 8 to 5 in Denver (UTC-7).
const NOW: &str = "2026-12-03T23:00:00Z";
/// Friday, 1 in the afternoon in Denver: the eight hours from then on go past midnight in UTC.
const AFTERNOON: &str = "2026-12-04T20:00:00Z";

fn denver() -> Option<Place> {
    Place::new(39.7392, -104.9903)
}

/// 82 minutes from Denver.
fn boulder() -> Option<Place> {
    Place::new(40.015, -105.2705)
}

/// 9 minutes from Denver.
fn lakewood() -> Option<Place> {
    Place::new(39.7392, -105.04)
}

fn friday(time: &str) -> Timestamp {
    at(&format!("2026-12-04T{time}:00-07:00"))
}

fn terms(tenant: &Tenant, place: Option<Place>) -> Terms<'_> {
    Terms::of(tenant, None, &inspection()).unwrap().visiting(place)
}

/// Visits of these people on Friday, each at its place.
fn visits(tenant: &Tenant, wanted: &[(&Resource, &str, Option<Place>)]) -> Vec<CalendarDay> {
    let mut bookings: Vec<Booking> = Vec::new();
    for (who, time, place) in wanted {
        let (days, terms) = (days_of(&bookings, at(NOW)), terms(tenant, *place));
        let only = std::slice::from_ref(*who);
        let calendar = Calendar { terms: &terms, resources: only, days: &days, moving: None, now: at(NOW) };
        let slot = calendar.choose(friday(time), &[]).unwrap();
        bookings.push(booking(&format!("{} {time}", who.id), &slot, &terms, false, at(NOW)));
    }
    days_of(&bookings, at(NOW))
}

fn choose(tenant: &Tenant, days: &[CalendarDay], time: &str, place: Option<Place>) -> Result<String, Refusal> {
    let (terms, people) = (terms(tenant, place), people());
    let calendar = Calendar { terms: &terms, resources: &people, days, moving: None, now: at(NOW) };
    calendar.choose(friday(time), &[]).map(|slot| slot.resources[0].to_string())
}

#[test]
fn the_way_is_kept_free_before_and_after_a_visit_and_where_no_place_is_known_the_buffers_are() {
    let of = |count: u32| shop(json!({"needs": [{"kind": "person", "count": count}], "buffer_after_minutes": 15}));
    // One is booked, and both are wanted.
    let (tenant, days) = (of(2), visits(&of(1), &[(&people()[0], "11:00", denver())]));
    for (time, place, why) in [
        ("08:38", boulder(), None),
        ("08:39", boulder(), Some(Refusal::Taken)),
        ("13:21", boulder(), Some(Refusal::Taken)),
        ("13:22", boulder(), None),
        ("12:14", lakewood(), Some(Refusal::Taken)),
        ("12:15", lakewood(), None),
        ("09:45", None, None),
        ("09:46", None, Some(Refusal::Taken)),
        ("12:14", None, Some(Refusal::Taken)),
        ("12:15", None, None),
    ] {
        assert_eq!(choose(&tenant, &days, time, place).err(), why, "{time} {place:?}");
    }
}

#[test]
fn at_the_business_no_way_counts() {
    let mut tenant = shop(json!({"needs": [{"kind": "person"}], "works_at": "business"}));
    let both = people();
    let days = visits(&tenant, &[(&both[0], "11:00", denver()), (&both[1], "11:00", denver())]);
    assert_eq!(choose(&tenant, &days, "12:00", boulder()).unwrap(), "ana");
    let rules = tenant.services[0].booking.as_mut().unwrap();
    rules.works_at = Some(WorksAt::Customer);
    let days = visits(&tenant, &[(&both[0], "11:00", denver()), (&both[1], "11:00", denver())]);
    assert_eq!(choose(&tenant, &days, "12:00", boulder()), Err(Refusal::Taken));
}

#[test]
fn who_is_near_comes_first_where_the_service_prefers_it() {
    let both = people();
    for (prefers, first, without_place) in [("fairest", "ben", "ben"), ("nearest", "ana", "ben")] {
        let tenant = shop(json!({"needs": [{"kind": "person"}], "prefers": prefers}));
        let days = visits(
            &tenant,
            &[(&both[0], "08:00", denver()), (&both[0], "10:00", denver()), (&both[1], "10:00", boulder())],
        );
        assert_eq!(choose(&tenant, &days, "14:00", lakewood()).unwrap(), first, "{prefers}");
        assert_eq!(choose(&tenant, &days, "14:00", None).unwrap(), without_place, "{prefers}");
        let ana_alone = visits(&tenant, &[(&both[0], "08:00", boulder())]);
        assert_eq!(choose(&tenant, &ana_alone, "14:00", lakewood()).unwrap(), first, "{prefers}: Ben is nowhere yet");
    }
}

#[test]
fn a_day_that_was_written_before_places_were_known_is_read_as_it_was() {
    let day = json!({
        "day": {"date": "2026-12-04", "owner": "ana"},
        "entries": {(id("x").to_string()): {"from": friday("10:00"), "to": friday("11:00")}},
    });
    let day: CalendarDay = from_value(day).unwrap();
    assert_eq!(day.entries[&id("x")].stay, None);
    assert_eq!(
        choose(&shop(json!({"needs": [{"kind": "person", "count": 2}]})), &[day], "11:00", boulder()).err(),
        None
    );
}

/// A place within an hour and a half, or none.
fn place() -> impl Strategy<Value = Option<Place>> {
    (0..5_u32, 0..5_u32).prop_map(|(north, east)| {
        let place = Place::new(39.6 + f64::from(north) * 0.08, -105.2 + f64::from(east) * 0.08);
        place.filter(|_| north > 0)
    })
}

/// The roofer, who works until ten in the evening.
fn open_late() -> Tenant {
    let rules = json!({"needs": [{"kind": "person"}], "buffer_after_minutes": 10, "most_a_day": MOST_A_DAY});
    let mut tenant = shop(rules);
    tenant.hours = from_value(json!({"friday": [{"open": "08:00", "close": "22:00"}]})).unwrap();
    tenant
}

proptest! {
    /// Between 1 and 9 in Denver a day ends in UTC: also two who write into different days of one van leave the way free.
    #[test]
    fn whoever_writes_meanwhile_the_way_between_two_visits_is_there(
        moments in moments(AFTERNOON), places in prop::collection::vec(place(), 64),
    ) {
        let tenant = open_late();
        race(moments, |racer| terms(&tenant, places[racer]))?;
    }

    #[test]
    fn what_the_calendar_says_is_free_is_what_the_day_takes(
        taken in prop::collection::vec((0..40_i64, place()), 0..8), asked in place(),
    ) {
        let (tenant, ana) = (open_late(), [person("ana", &json!({}))]);
        let mut bookings: Vec<Booking> = Vec::new();
        for (index, (start, place)) in taken.into_iter().enumerate() {
            let (days, terms) = (days_of(&bookings, at(NOW)), terms(&tenant, place));
            let calendar = Calendar { terms: &terms, resources: &ana, days: &days, moving: None, now: at(NOW) };
            let slot = calendar.choose(at(AFTERNOON) + SignedDuration::from_mins(start * 10), &[]).ok();
            bookings.extend(slot.map(|slot| booking(&index.to_string(), &slot, &terms, false, at(NOW))));
        }
        let (days, terms) = (days_of(&bookings, at(NOW)), terms(&tenant, asked));
        let calendar = Calendar { terms: &terms, resources: &ana, days: &days, moving: None, now: at(NOW) };
        let alone = Calendar { days: &[], ..calendar.clone() };
        for minute in 0..420 {
            let start = at(AFTERNOON) + SignedDuration::from_mins(minute);
            let wanted = booking("new", &alone.choose(start, &[]).unwrap(), &terms, false, at(NOW));
            let read = days.iter().map(|day| (day.key.clone(), day.clone())).collect();
            let fits = changes(None, &wanted, &read, at(NOW)).map(|_| ());
            prop_assert_eq!(calendar.choose(start, &[]).map(|_| ()), fits);
        }
    }
}
