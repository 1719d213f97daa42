//! What goes out about a visit, whatever becomes of it and in whatever order that is heard.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::collections::BTreeSet;

use super::of;
use crate::events::EventKind;
use crate::journeys::tests::{World, hours, monday};
use crate::journeys::{Happening, Journey, Simulated, apply_event};
use crate::messaging::Address;
use crate::scheduling::AppointmentState;

/// What can become of a visit of Thursday at ten; where it is moved, it is on Friday.
const STEPS: [&str; 8] = ["confirmed", "change", "moved", "en route", "started", "completed", "missed", "cancelled"];

fn event(world: &World, step: &str, at: Timestamp) -> EventKind {
    let (contact, appointment) = (world.contact(), world.appointment("a"));
    match step {
        "booked" => world.booked("a", monday() + hours(72)),
        "moved" => world.rescheduled("a", monday() + hours(96)),
        "confirmed" => EventKind::AppointmentConfirmed { contact, appointment, agreed_at: None },
        "change" => EventKind::AppointmentChangeRequested { contact, appointment, cancels: None },
        "en route" => EventKind::AppointmentEnRoute { contact, appointment, eta: at, track: None },
        "started" => EventKind::JobStarted { contact, appointment },
        "completed" => EventKind::JobCompleted { contact, appointment },
        "missed" => EventKind::AppointmentMissed { contact, appointment },
        _ => EventKind::AppointmentCancelled { contact, appointment },
    }
}

/// The journey once all was heard that happened, a minute apart, in the order of `heard`.
fn journey(world: &World, happened: &[&str], heard: &[usize]) -> Journey {
    let at = |index: usize| monday() + SignedDuration::from_mins(i64::try_from(index).unwrap() - 60);
    heard.iter().fold(world.journey(), |journey, index| {
        let event = world.event(at(*index), event(world, happened[*index], at(*index)));
        apply_event(&world.journey_context(), journey, &event, monday()).journey
    })
}

/// Whether a calendar lets `step` follow: what is over can only be given another time.
fn may_follow(life: &[&str], step: &str) -> bool {
    match life.last() {
        Some(&"completed") => false,
        Some(&("missed" | "cancelled")) => step == "moved",
        Some(&"started") => matches!(step, "completed" | "cancelled"),
        _ => true,
    }
}

/// Every way in which up to three steps follow the booking.
fn lives() -> Vec<Vec<&'static str>> {
    let mut lives = vec![vec!["booked"]];
    let mut longer = lives.clone();
    for _ in 0..3 {
        longer = longer
            .iter()
            .flat_map(|life| {
                STEPS
                    .iter()
                    .filter(|step| !life.contains(step) && may_follow(life, step))
                    .map(|step| [life.as_slice(), &[*step]].concat())
            })
            .collect();
        lives.extend(longer.iter().cloned());
    }
    lives
}

/// The messages about the visit that would go out, by the step of their sequence.
fn sent(happens: &[Simulated]) -> Vec<(String, &str)> {
    let sent = happens.iter().filter(|one| one.what == Happening::Sent).filter_map(|one| {
        let (sequence, step) = (one.sequence.as_ref()?, one.step.as_ref()?);
        let name = format!("{sequence} {step}");
        name.starts_with("appointment-").then_some((name, one.text.as_deref()?))
    });
    sent.collect()
}

#[test]
fn no_one_is_reminded_of_a_visit_that_does_not_take_place_or_of_an_old_time_and_no_one_twice() {
    let mut world = World::new();
    world.tenant.channels.email = serde_json::from_value(json!({"from": "office@roofer.example.com"})).unwrap();
    for happened in lives() {
        let in_order: Vec<usize> = (0..happened.len()).collect();
        let backwards: Vec<usize> = in_order.iter().rev().copied().collect();
        let late_booking: Vec<usize> = in_order.iter().skip(1).chain([&0]).copied().collect();
        let twice: Vec<usize> = in_order.iter().chain(&backwards).copied().collect();
        for heard in [in_order, backwards, late_booking, twice] {
            let journey = journey(&world, &happened, &heard);
            let happens = of(&world, &journey, 8);
            let sent = sent(&happens);
            let told: Vec<&str> = sent.iter().map(|(name, _)| name.as_str()).collect();
            let what = format!("{happened:?} heard as {heard:?}: {sent:?}");
            assert_eq!(told.iter().collect::<BTreeSet<_>>().len(), told.len(), "{what}");
            let appointment = &journey.appointments[0];
            let day = if happened.contains(&"moved") { "Friday, November 20" } else { "Thursday, November 19" };
            let reminds = ["appointment-booked confirmation", "appointment-moved mail", "appointment-reminders remind"];
            let reminders: Vec<_> = sent.iter().filter(|(name, _)| reminds.contains(&name.as_str())).collect();
            match appointment.state {
                AppointmentState::Booked => assert!(told.contains(&"appointment-reminders remind"), "{what}"),
                AppointmentState::Confirmed => assert!(!told.contains(&"appointment-reminders remind"), "{what}"),
                AppointmentState::ChangeRequested => {
                    assert!(!told.iter().any(|name| name.starts_with("appointment-reminders")), "{what}");
                }
                AppointmentState::EnRoute => {}
                state => assert_eq!(reminders, Vec::<&(String, &str)>::new(), "{state:?} {what}"),
            }
            if appointment.state >= AppointmentState::Started {
                assert!(!told.contains(&"appointment-reminders soon"), "{what}");
            }
            assert!(reminders.iter().all(|(_, text)| text.contains(day)), "{what}");
            let cancelled = appointment.state == AppointmentState::Cancelled;
            assert_eq!(told.contains(&"appointment-cancelled notice"), cancelled, "{what}");
            let missed = appointment.state == AppointmentState::Missed;
            assert_eq!(told.contains(&"appointment-missed another-time"), missed, "{what}");
        }
    }
}

#[test]
fn a_visit_moved_to_tomorrow_is_told_in_one_text_to_who_has_no_e_mail() {
    let mut world = World::new();
    world.person.contact.addresses.retain(|known| !matches!(known.address, Address::Email(_)));
    let moved_to = |start: Timestamp| {
        let minutes = |before| monday() - SignedDuration::from_mins(before);
        let events =
            [(minutes(2), world.booked("a", monday() + hours(200))), (minutes(1), world.rescheduled("a", start))];
        let journey = world.told(world.journey(), &events).journey;
        let happens = of(&world, &journey, 1);
        sent(&happens).into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(moved_to(monday() + hours(22)), ["appointment-reminders remind"]);
    assert_eq!(moved_to(monday() + hours(100)), ["appointment-moved text"]);
}
