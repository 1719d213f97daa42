//! Replies to an appointment reminder: one word settles it.

use domain::conversations::{Task, TaskKind};
use domain::events::EventKind;
use domain::ids::AppointmentId;
use domain::scheduling::AppointmentState;
use jiff::ToSpan as _;
use runtime::clock::now;
use serde_json::Value;

use crate::journeys::{Customer, Office};
use crate::stage::{eventually, unique};

/// Someone with an appointment in less than a day, who was reminded of it.
fn reminded(office: &Office) -> (Customer<'_>, AppointmentId) {
    let customer = office.customer();
    customer.lives_where_it_is(12);
    let before = customer.texts().len();
    let appointment = AppointmentId::derive(&office.tenant.id(), &[&unique()]);
    let starts_at = now() + 20.hours();
    customer.happens(EventKind::AppointmentBooked {
        contact: customer.contact,
        appointment,
        starts_at,
        ends_at: starts_at + 1.hour(),
        service: None,
        location: None,
    });
    let reminder = eventually("the reminder", || customer.texts().get(before).cloned());
    assert!(reminder.contains("Summit Roofing") && reminder.contains("Reply C"), "{reminder}");
    (customer, appointment)
}

/// What they are answered to `word`.
fn answered(office: &Office, customer: &Customer<'_>, word: &str) -> String {
    let before = customer.texts().len();
    office.tenant.sms(&customer.number, word);
    eventually("an answer", || customer.texts().get(before).cloned())
}

fn is(customer: &Customer<'_>, appointment: AppointmentId, state: AppointmentState) {
    customer.journey_when("the appointment's new state", |journey| {
        journey.appointments.iter().any(|known| known.id == appointment && known.state == state)
    });
}

#[test]
fn c_confirms_and_is_answered() {
    let office = Office::opened();
    let (ana, appointment) = reminded(&office);
    let answer = answered(&office, &ana, "C");
    assert!(answer.contains("Summit Roofing") && answer.contains("is confirmed"), "{answer}");
    is(&ana, appointment, AppointmentState::Confirmed);
}

#[test]
fn r_asks_for_another_time_and_is_left_to_staff() {
    let office = Office::opened();
    let (ana, appointment) = reminded(&office);
    let answer = answered(&office, &ana, "R");
    assert!(answer.contains("another time"), "{answer}");
    is(&ana, appointment, AppointmentState::ChangeRequested);
    let tasks = || -> Vec<Task> {
        let page: Value = office.read("/v1/tasks?open=true");
        serde_json::from_value(page["items"].clone()).unwrap()
    };
    let task = eventually("a task", || tasks().pop());
    assert_eq!((task.contact, task.kind), (ana.contact, TaskKind::Reschedule));
}

#[test]
fn where_is_answered_and_changes_nothing() {
    let office = Office::opened();
    let (ana, appointment) = reminded(&office);
    let answer = answered(&office, &ana, "Where are you?");
    assert!(answer.contains("not on our way yet"), "{answer}");
    // What it caused, if anything, is done when their next question is answered.
    answered(&office, &ana, "What are your opening hours?");
    is(&ana, appointment, AppointmentState::Booked);
    let tasks: Value = office.read("/v1/tasks?open=true");
    assert_eq!(tasks["items"], serde_json::json!([]), "nobody was asked to do anything");
}

#[test]
fn a_visitor_of_the_chat_hears_of_their_appointment_once_they_type_the_code_back() {
    let office = Office::opened();
    let (ana, _) = reminded(&office);
    let session = format!("visit-{}", unique());
    let (before, mut seen) = (ana.texts().len(), 0);
    let mut says = |text: &str| {
        office.tenant.chat_from(&session, &ana.number, text);
        let replies = eventually("an answer in the chat", || {
            Some(office.tenant.poll(&session, None).0).filter(|replies| replies.len() > seen)
        });
        seen = replies.len();
        replies.last().cloned().unwrap()
    };
    let asked = says("Where are you?");
    assert!(asked.contains("six-digit code") && !asked.contains("not on our way"), "{asked}");
    let text = eventually("the code, by text message", || ana.texts().get(before).cloned());
    let code: String = text.chars().filter(char::is_ascii_digit).take(6).collect();
    assert!(!asked.contains(&code), "the chat shows it to whoever sits there");
    let wrong = if code == "111111" { "222222" } else { "111111" };
    assert!(says(wrong).contains("not the code"));
    let answer = says(&format!("it's {code}"));
    assert!(answer.contains("not on our way yet"), "{answer}");
    // They are known now: the next question needs no code.
    assert!(says("Where are you?").contains("not on our way yet"));
    assert_eq!(ana.texts().len(), before + 1, "one code");
}
