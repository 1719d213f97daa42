use super::*;
use crate::ids::ResourceId;
use crate::scheduling::{Calendar, Refusal};

/// Thursday evening before; the roofer works on Friday, 8 to 5 in Denver (UTC-7), and on Saturday, 9 to 12:30.
const NOW: &str = "2026-12-03T23:00:00Z";

fn friday(time: &str) -> Timestamp {
    at(&format!("2026-12-04T{time}:00-07:00"))
}

fn offered(tenant: &Tenant, resources: &[Resource], days: &[CalendarDay], day: &str) -> Vec<String> {
    let terms = Terms::of(tenant, None, &inspection()).unwrap();
    let calendar = Calendar { terms: &terms, resources, days, moving: None, now: at(NOW) };
    let from = at(&format!("{day}T00:00:00-07:00"));
    let slots = calendar.slots(from, from + jiff::SignedDuration::from_hours(24), 1_000);
    slots.iter().map(|slot| slot.starts_at.to_zoned(tenant.time_zone()).strftime("%H:%M").to_string()).collect()
}

fn refused(tenant: &Tenant, resources: &[Resource], days: &[CalendarDay], start: Timestamp) -> Option<Refusal> {
    let terms = Terms::of(tenant, None, &inspection()).unwrap();
    let calendar = Calendar { terms: &terms, resources, days, moving: None, now: at(NOW) };
    calendar.choose(start, &[]).err()
}

/// Bookings of one person, one after the other at these times of Friday.
fn booked(tenant: &Tenant, resources: &[Resource], times: &[&str]) -> Vec<CalendarDay> {
    let terms = Terms::of(tenant, None, &inspection()).unwrap();
    let mut bookings: Vec<Booking> = Vec::new();
    for time in times {
        let days = days_of(&bookings, at(NOW));
        let calendar = Calendar { terms: &terms, resources, days: &days, moving: None, now: at(NOW) };
        let slot = calendar.choose(friday(time), &[]).unwrap();
        bookings.push(booking(time, &slot, &terms, false, at(NOW)));
    }
    days_of(&bookings, at(NOW))
}

#[test]
fn a_visit_is_offered_while_it_fits_into_opening_hours() {
    let tenant = shop(json!({"needs": [{"kind": "person"}]}));
    let ana = [person("ana", &json!({}))];
    assert_eq!(offered(&tenant, &ana, &[], "2026-12-05"), ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]);
    assert_eq!(offered(&tenant, &ana, &[], "2026-12-06"), [""; 0], "Sunday");
    assert_eq!(offered(&tenant, &ana, &[], "2026-12-04").first().unwrap(), "08:00");
    assert_eq!(offered(&tenant, &ana, &[], "2026-12-04").last().unwrap(), "16:00");
}

#[test]
fn buffers_keep_other_visits_away_and_may_lie_outside_of_hours() {
    let tenant = shop(json!({
        "needs": [{"kind": "person"}], "buffer_before_minutes": 30, "buffer_after_minutes": 15,
    }));
    let ana = [person("ana", &json!({}))];
    let days = booked(&tenant, &ana, &["10:00"]);
    // Taken from 9:30 to 11:15: a visit before ends by 9:15, one after begins at 11:45 at the earliest.
    let free = offered(&tenant, &ana, &days, "2026-12-04");
    assert_eq!(free.iter().take(3).collect::<Vec<_>>(), ["08:00", "12:00", "12:30"]);
    assert_eq!(refused(&tenant, &ana, &days, friday("08:15")), None, "ends with its buffer at 9:30");
    assert_eq!(refused(&tenant, &ana, &days, friday("08:16")), Some(Refusal::Taken));
    assert_eq!(refused(&tenant, &ana, &days, friday("11:45")), None);
}

#[test]
fn split_shifts_days_off_and_time_off_are_kept() {
    let tenant = shop(json!({"needs": [{"kind": "person"}], "every_minutes": 60}));
    let hours = json!({"friday": [{"open": "07:00", "close": "10:00"}, {"open": "14:00", "close": "16:30"}]});
    let shifts = [person("ana", &json!({ "hours": hours }))];
    assert_eq!(offered(&tenant, &shifts, &[], "2026-12-04"), ["08:00", "09:00", "14:00", "15:00"]);
    assert_eq!(offered(&tenant, &shifts, &[], "2026-12-05"), [""; 0]);
    let off = json!([{"from": friday("09:30"), "until": friday("15:00")}]);
    let away = [person("ana", &json!({"hours": hours, "time_off": off}))];
    assert_eq!(offered(&tenant, &away, &[], "2026-12-04"), ["08:00", "15:00"]);
    assert_eq!(refused(&tenant, &away, &[], friday("14:00")), Some(Refusal::Closed));
}

#[test]
fn a_holiday_and_an_exception_of_the_business_hold_for_all() {
    let mut tenant = shop(json!({"needs": [{"kind": "person"}], "every_minutes": 60}));
    let moved = json!({"friday": [], "exceptions": [{"date": "2026-12-04", "name": "Inventory", "spans": [{"open": "15:00", "close": "17:00"}]}]});
    tenant.hours = from_value(moved).unwrap();
    assert_eq!(offered(&tenant, &[person("ana", &json!({}))], &[], "2026-12-04"), ["15:00", "16:00"]);
}

#[test]
fn a_visit_takes_all_that_it_needs_or_nothing() {
    let tenant = shop(json!({"needs": [{"kind": "person", "count": 2}, {"kind": "bay"}], "every_minutes": 60}));
    let bay: Resource = from_value(json!({"id": "bay-1", "name": "Bay 1", "kind": "bay"})).unwrap();
    let mut all = vec![person("ana", &json!({})), bay, person("ben", &json!({}))];
    let terms = Terms::of(&tenant, None, &inspection()).unwrap();
    let calendar = Calendar { terms: &terms, resources: &all, days: &[], moving: None, now: at(NOW) };
    let slot = calendar.choose(friday("10:00"), &[]).unwrap();
    assert_eq!(slot.resources.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["ana", "ben", "bay-1"]);
    let days = days_of(&[booking("x", &slot, &terms, false, at(NOW))], at(NOW));
    assert_eq!(refused(&tenant, &all, &days, friday("10:30")), Some(Refusal::Taken));
    // A third person does not help while the bay is taken.
    all.push(person("cem", &json!({})));
    all.push(person("dee", &json!({})));
    assert_eq!(refused(&tenant, &all, &days, friday("10:30")), Some(Refusal::Taken));
    all.retain(|resource| resource.id.as_str() != "bay-1");
    assert_eq!(refused(&tenant, &all, &days, friday("13:00")), Some(Refusal::NobodyCan));
}

#[test]
fn who_is_booked_least_that_day_is_taken_first_and_somebody_who_is_asked_for_before_all() {
    let tenant = shop(json!({"needs": [{"kind": "person"}]}));
    let both = [person("ana", &json!({})), person("ben", &json!({}))];
    let days = booked(&tenant, &both, &["08:00", "10:00", "12:00"]);
    let terms = Terms::of(&tenant, None, &inspection()).unwrap();
    let calendar = Calendar { terms: &terms, resources: &both, days: &days, moving: None, now: at(NOW) };
    let first = |start, wanted: &[ResourceId]| calendar.choose(start, wanted).map(|slot| slot.resources[0].to_string());
    // Ana has 8:00 and 12:00, Ben 10:00.
    assert_eq!(first(friday("15:00"), &[]).unwrap(), "ben");
    assert_eq!(first(friday("10:00"), &[]).unwrap(), "ana");
    let (ana, ben) = (both[0].id.clone(), both[1].id.clone());
    assert_eq!(first(friday("15:00"), std::slice::from_ref(&ana)).unwrap(), "ana");
    assert_eq!(first(friday("10:00"), std::slice::from_ref(&ben)), Err(Refusal::Taken));
    assert_eq!(first(friday("15:00"), &[ana, ben]), Err(Refusal::Taken), "it takes one person");
    assert_eq!(first(friday("15:00"), &[ResourceId::new("eve").unwrap()]), Err(Refusal::NobodyCan));
    let slots = calendar.slots(friday("15:00"), friday("15:30"), 9);
    assert_eq!(slots[0].also_free.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["ana"]);
}

#[test]
fn each_refusal_says_why_and_the_nearest_free_times_come_with_it() {
    let tenant = shop(json!({
        "needs": [{"kind": "person"}], "lead_minutes": 1_200, "horizon_days": 7, "most_a_day": 2,
    }));
    let ana = [person("ana", &json!({}))];
    let days = booked(&tenant, &ana, &["12:00", "14:00"]);
    for (start, why) in [
        (friday("14:00") + jiff::SignedDuration::from_secs(1), Refusal::Uneven),
        (at("2026-12-03T15:00:00Z"), Refusal::Past),
        (friday("11:59"), Refusal::TooSoon),
        (at("2026-12-11T16:00:00-07:00"), Refusal::TooFar),
        (friday("18:00"), Refusal::Closed),
        (friday("16:30"), Refusal::Closed),
        (friday("15:00"), Refusal::Full),
    ] {
        assert_eq!(refused(&tenant, &ana, &days, start), Some(why), "{start}");
    }
    let unbounded = shop(json!({"needs": [{"kind": "person"}]}));
    assert_eq!(refused(&unbounded, &ana, &days, friday("14:30")), Some(Refusal::Taken));
    let terms = Terms::of(&unbounded, None, &inspection()).unwrap();
    let calendar = Calendar { terms: &terms, resources: &ana, days: &days, moving: None, now: at(NOW) };
    assert_eq!(calendar.nearest(friday("14:30"), 3), ["13:00", "15:00", "15:30"].map(friday));
    assert_eq!(calendar.nearest(friday("12:00"), 2), ["11:00", "13:00"].map(friday));
}

#[test]
fn the_own_time_of_what_moves_is_free_for_it_and_a_hold_that_is_over_is_free_for_all() {
    let tenant = shop(json!({"needs": [{"kind": "person"}]}));
    let ana = [person("ana", &json!({}))];
    let terms = Terms::of(&tenant, None, &inspection()).unwrap();
    let empty = Calendar { terms: &terms, resources: &ana, days: &[], moving: None, now: at(NOW) };
    let held = booking("x", &empty.choose(friday("10:00"), &[]).unwrap(), &terms, true, at(NOW));
    let days = days_of(std::slice::from_ref(&held), at(NOW));
    let now = Calendar { days: &days, ..empty.clone() };
    assert_eq!(now.choose(friday("10:30"), &[]).err(), Some(Refusal::Taken));
    assert!(Calendar { moving: Some(held.id), ..now.clone() }.choose(friday("10:30"), &[]).is_ok());
    assert!(Calendar { now: at(NOW) + HOLD, ..now }.choose(friday("10:30"), &[]).is_ok());
}

#[test]
fn a_service_is_booked_where_it_is_offered_and_has_rules() {
    let tenant = shop(json!({"needs": [{"kind": "person"}]}));
    let terms = |service: &str| Terms::of(&tenant, None, &ServiceId::new(service).unwrap()).map(|_| ());
    assert_eq!(terms("roof-inspection"), Ok(()));
    assert!(terms("roof-repair").is_err() && terms("botox").is_err());
}
