use super::*;
use crate::Failure;
use crate::events::EventKind;
use crate::failure::Rejection;
use crate::scheduling::{Calendar, Cancelled, CancelledBy, CustomerStep, DayChange, Step, changes};
use std::collections::BTreeMap;

const NOW: &str = "2026-12-03T23:00:00Z";
const START: &str = "2026-12-04T17:00:00Z";

fn held() -> Booking {
    let tenant = shop(json!({"needs": [{"kind": "person"}]}));
    let (terms, ana) = (Terms::of(&tenant, None, &inspection()).unwrap(), [person("ana", &json!({}))]);
    let calendar = Calendar { terms: &terms, resources: &ana, days: &[], moving: None, now: at(NOW) };
    booking("x", &calendar.choose(at(START), &[]).unwrap(), &terms, true, at(NOW))
}

fn cancel() -> Step {
    Step::Cancel(Cancelled { by: CancelledBy::Customer, why: "Is away".to_owned() })
}

fn steps() -> Vec<Step> {
    let en_route = Step::EnRoute { eta: at(START), track: None };
    vec![Step::Book, Step::Confirm, en_route, Step::Arrive, Step::Start, Step::Complete, Step::Miss, cancel()]
}

#[test]
fn a_booking_goes_forward_only_and_tells_what_journeys_wait_for() {
    let (mut it, late, mut told) = (held(), at(START), Vec::new());
    for step in &steps()[..6] {
        let now = if *step == Step::Book { at(NOW) } else { late };
        let next = it.after(step, now).unwrap().unwrap();
        told.extend(EventKind::of_booking(Some(&it), &next).map(|event| event.name()));
        assert_eq!(next.after(step, late), Ok(None), "again is the same");
        it = next;
    }
    let names = ["appointment.booked", "appointment.confirmed", "appointment.en_route", "job.started", "job.completed"];
    assert_eq!(told, names);
    assert!(steps()[..5].iter().chain(&[Step::Miss, cancel()]).all(|step| it.after(step, late).is_err()));
}

#[test]
fn which_steps_are_possible_from_where() {
    let time_of = |step: &Step| if *step == Step::Book { at(NOW) } else { at(START) };
    let table: Vec<String> = BookingState::ALL
        .iter()
        .map(|state| {
            let it = Booking { state: *state, ..held() };
            let possible = steps().into_iter().filter_map(|step| it.after(&step, time_of(&step)).ok().flatten());
            let names: Vec<&str> = possible.map(|after| after.state.as_str()).collect();
            format!("{}: {}", state.as_str(), names.join(" "))
        })
        .collect();
    insta::assert_snapshot!(table.join("\n"), @r"
    held: booked cancelled
    booked: confirmed en_route arrived started completed missed cancelled
    confirmed: en_route arrived started completed missed cancelled
    en_route: arrived started completed missed cancelled
    arrived: started completed missed cancelled
    started: completed cancelled
    completed: 
    missed: 
    cancelled:
    ");
    let booked = Booking { state: BookingState::Booked, ..held() };
    assert!(booked.after(&Step::Miss, at(NOW)).is_err(), "nobody can miss what has not begun");
}

#[test]
fn what_was_held_is_booked_until_its_visit_begins() {
    let last = at("2026-12-04T16:59:59Z");
    assert_eq!(held().after(&Step::Book, last).unwrap().unwrap().state, BookingState::Booked);
    for late in [START, "2026-12-05T17:00:00Z"] {
        let refused = held().after(&Step::Book, at(late)).unwrap_err();
        assert!(matches!(refused, Failure::Rejected { kind: Rejection::Conflict, .. }), "{refused:?}");
        assert!(held().after(&cancel(), at(late)).unwrap().is_some(), "it can still be let go");
    }
}

#[test]
fn who_is_on_the_way_is_there_within_a_week_and_watched_on_a_page_of_the_web() {
    let booked = Booking { state: BookingState::Booked, ..held() };
    let on_the_way = |eta: &str| booked.after(&Step::EnRoute { eta: at(eta), track: None }, at(NOW));
    for eta in ["2026-12-03T22:55:00Z", NOW, START, "2026-12-10T23:00:00Z"] {
        assert_eq!(on_the_way(eta).unwrap().unwrap().eta, Some(at(eta)));
    }
    for eta in ["2026-12-03T22:54:59Z", "2026-12-10T23:00:01Z", "9999-12-30T00:00:00Z"] {
        let refused = on_the_way(eta).unwrap_err();
        assert!(matches!(&refused, Failure::Rejected { field: Some(field), .. } if field == "eta"), "{refused:?}");
    }
    let watched = |track: &str| Step::EnRoute { eta: at(START), track: Some(track.to_owned()) }.validate();
    assert_eq!(watched("https://track.example.com/7f3a"), Ok(()));
    let long = format!("https://track.example.com/{}", "x".repeat(2_000));
    for track in ["", "https://", "https:// spam", "http://track.example.com", "javascript:alert(1)", &long] {
        let refused = watched(track).unwrap_err();
        assert!(matches!(&refused, Failure::Rejected { field: Some(field), .. } if field == "track"), "{track}");
    }
}

#[test]
fn nobody_hears_of_a_hold_and_of_another_time_those_who_heard_of_the_first() {
    let held = held();
    assert_eq!(EventKind::of_booking(None, &held), None);
    let gone = held.after(&cancel(), at(NOW)).unwrap().unwrap();
    assert_eq!(EventKind::of_booking(Some(&held), &gone), None);
    let booked = held.after(&Step::Book, at(NOW)).unwrap().unwrap();
    let moved = Booking { starts_at: at("2026-12-04T19:00:00Z"), ..booked.clone() };
    let name = |before: Option<&Booking>, after| EventKind::of_booking(before, after).map(|event| event.name());
    assert_eq!(name(Some(&booked), &moved), Some("appointment.rescheduled"));
    assert_eq!(name(None, &booked), Some("appointment.booked"));
    let gone = booked.after(&cancel(), at(NOW)).unwrap().unwrap();
    assert_eq!(name(Some(&booked), &gone), Some("appointment.cancelled"));
    assert_eq!(gone.cancelled.unwrap().by, CancelledBy::Customer);
}

#[test]
fn a_customers_word_is_heeded_once_and_only_for_the_time_that_they_meant() {
    let hour = |hours: i64| at(NOW) + jiff::SignedDuration::from_hours(hours);
    let booked = held().after(&Step::Book, at(NOW)).unwrap().unwrap();
    assert_eq!((held().agreed_at, booked.agreed_at), (None, Some(at(NOW))));
    let (contact, appointment) = (booked.contact, booked.id);
    let confirms = |agreed_at| EventKind::AppointmentConfirmed { contact, appointment, agreed_at };
    let cancels = |cancels| EventKind::AppointmentChangeRequested { contact, appointment, cancels };
    let [yes, no] = [confirms(Some(at(NOW))), cancels(Some(at(NOW)))].map(|said| CustomerStep::of(&said).unwrap());
    let confirmed = booked.after_word(&yes, hour(1)).unwrap();
    assert_eq!(confirmed.state, BookingState::Confirmed);
    assert_eq!(confirmed.after_word(&yes, hour(2)), None, "twice is once");
    assert!(!yes.tells() && no.tells(), "that they confirm was told already");
    let gone = confirmed.after_word(&no, hour(2)).unwrap();
    assert_eq!(gone.cancelled.as_ref().map(|cancelled| cancelled.by), Some(CancelledBy::Customer));
    assert_eq!(
        EventKind::of_booking(Some(&confirmed), &gone),
        Some(EventKind::AppointmentCancelled { contact, appointment })
    );
    assert_eq!(gone.after_word(&yes, hour(3)), None, "too late");
    // It was moved after they read the reminder.
    let moved = Booking { agreed_at: Some(hour(1)), ..booked.clone() };
    assert_eq!((moved.after_word(&yes, hour(2)), moved.after_word(&no, hour(2))), (None, None));
    // A booking from before it was kept when its time was agreed on.
    assert!(Booking { agreed_at: None, ..booked.clone() }.after_word(&yes, hour(1)).is_some());
    // The calendar's own events, reports of other systems and a wish for another time are no such words.
    for event in [EventKind::of_booking(Some(&booked), &confirmed).unwrap(), confirms(None), cancels(None)] {
        assert_eq!(CustomerStep::of(&event), None, "{event:?}");
    }
}

#[test]
fn a_change_writes_the_days_it_enters_and_leaves_those_it_left_unread() {
    let none = BTreeMap::new();
    let held = held();
    let booked = held.after(&Step::Book, at(NOW)).unwrap().unwrap();
    let confirmed = booked.after(&Step::Confirm, at(NOW)).unwrap().unwrap();
    assert_eq!(changes(Some(&booked), &confirmed, &none, at(NOW)), Ok(Vec::new()));
    let gone = booked.after(&cancel(), at(NOW)).unwrap().unwrap();
    let left = changes(Some(&booked), &gone, &none, at(NOW)).unwrap();
    assert_eq!(left, booked.days().into_iter().map(DayChange::Leave).collect::<Vec<_>>());
    let long_after = at("2027-01-04T17:00:00Z");
    assert_eq!(changes(Some(&booked), &gone, &none, long_after), Ok(Vec::new()), "its days may be gone");
    assert!(changes(Some(&held), &booked, &none, at(NOW)).is_err(), "somebody else made room for themselves");
    let day = |days: &[CalendarDay]| days.iter().map(|day| (day.key.clone(), day.clone())).collect();
    let read: BTreeMap<_, _> = day(&days_of(std::slice::from_ref(&held), at(NOW)));
    let written = changes(Some(&held), &booked, &read, at(NOW)).unwrap();
    let [DayChange::Write(day)] = written.as_slice() else { panic!("one day is written: {written:?}") };
    assert_eq!(day.entries[&booked.id].held_until, None);
}
