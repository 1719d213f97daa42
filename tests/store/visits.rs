//! A visit that is arranged in a talk: stored with the turn that says it, given to one of those who want the same time, and
//! read from the calendar only where a message is about a visit.

use ai::Assistant;
use ai_converse::Converse;
use domain::ids::AppointmentId;
use domain::messaging::{Content, Inbound};
use domain::scheduling::{Booking, BookingState, Resource, Terms};
use domain::tenancy::Tenant;
use futures::future::join_all;
use serde_json::{from_value, json};
use store::{Store, Trace, WantedTime};

use crate::counting::counted;
use crate::stage::{Item, Stage, message, phone, plain, text_of, trace};

/// Acme, open around the clock, whose repairs of an hour take Ana.
async fn opened() -> Stage {
    let stage = Stage::new().await;
    open_for_visits(&stage, |_| {}).await;
    stage
}

/// Makes the stage's tenant that, with what `change` changes besides.
pub async fn open_for_visits(stage: &Stage, change: impl FnOnce(&mut Tenant)) {
    let always = json!([{"open": "00:00", "close": "00:00"}]);
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let hours: serde_json::Map<_, _> = days.iter().map(|day| ((*day).to_owned(), always.clone())).collect();
    let mut tenant = Tenant { hours: from_value(hours.into()).unwrap(), ..stage.tenant.clone() };
    tenant.services[0].duration_minutes = Some(60);
    tenant.services[0].booking = Some(from_value(json!({"needs": [{"kind": "person"}]})).unwrap());
    tenant.works_at = Some(domain::tenancy::WorksAt::Business);
    change(&mut tenant);
    stage.store.tenants().save(&tenant, Some(1), &trace()).await.unwrap();
    let ana: Resource = from_value(json!({"id": "ana", "name": "Ana", "kind": "person"})).unwrap();
    stage.store.documents().create(&tenant.id, &ana, &trace()).await.unwrap();
}

fn said(id: &str, from: u32, text: &str) -> Inbound {
    Inbound { content: Content::Text { text: text.to_owned() }, ..message(id, &phone(from), 0) }
}

fn converse(store: Store) -> Converse {
    Converse { store, assistant: Assistant::builtin(), library: None }
}

fn in_state(bookings: &[Item], state: BookingState) -> usize {
    bookings.iter().filter(|booking| text_of(booking, "state") == state.as_str()).count()
}

#[tokio::test]
async fn a_message_about_no_visit_costs_what_it_did_and_one_about_a_visit_two_reads_more() {
    let stage = opened().await;
    let (store, calls) = counted(&stage);
    let converse = converse(store);
    converse.answer(&said("m1", 1, "What does a roof repair cost?")).await.unwrap();
    calls.take();
    converse.answer(&said("m2", 1, "And where are you?")).await.unwrap();
    assert_eq!(calls.take(), ["BatchGetItem", "Query", "TransactWriteItems"], "about no visit");
    converse.answer(&said("m3", 1, "Roof repair in two days at 3 pm please")).await.unwrap();
    assert_eq!(calls.take(), ["BatchGetItem", "Query", "Query", "Query", "TransactWriteItems"], "its time is kept");
    converse.answer(&said("m4", 1, "My name is Dana Reed")).await.unwrap();
    let mut booked = calls.take();
    booked.sort();
    assert_eq!(booked, ["BatchGetItem", "GetItem", "Query", "Query", "Query", "TransactWriteItems"], "it is booked");
    converse.answer(&said("m5", 1, "Thank you!")).await.unwrap();
    assert_eq!(calls.take(), ["BatchGetItem", "Query", "TransactWriteItems"], "thanks");
    assert_eq!(in_state(&stage.entities("booking").await, BookingState::Booked), 1);
}

#[tokio::test]
async fn an_appointment_its_turn_and_its_event_are_stored_together_and_a_repeat_is_the_same() {
    let stage = opened().await;
    let converse = converse(stage.cold());
    let wish = said("m1", 1, "Roof repair in two days at 3 pm please, my name is Dana Reed");
    for _ in 0..2 {
        converse.answer(&wish).await.unwrap();
    }
    let bookings = stage.entities("booking").await;
    assert_eq!((bookings.len(), in_state(&bookings, BookingState::Booked)), (1, 1));
    let rows = stage.overdue_rows(jiff::Timestamp::now() + jiff::SignedDuration::from_hours(1), 50).await;
    let events: Vec<&str> = rows.iter().flat_map(|row| &row.events).map(domain::events::RawEvent::name).collect();
    assert_eq!(events.iter().filter(|name| **name == "appointment.booked").count(), 1, "{events:?}");
    assert_eq!(rows.len(), 1, "in the row of its turn");
}

#[tokio::test]
async fn an_address_that_is_said_in_a_talk_is_looked_up_once_its_visit_is_booked() {
    let stage = Stage::new().await;
    open_for_visits(&stage, |tenant| {
        tenant.works_at = Some(domain::tenancy::WorksAt::Customer);
        tenant.intake.clear();
    })
    .await;
    let converse = converse(stage.cold());
    for (id, text) in [
        // No town of the business's own locations.
        ("m1", "Roof repair in two days at 3 pm please, my name is Dana Reed"),
        ("m2", "12 Alder Street, Golden, CO 80401"),
    ] {
        converse.answer(&said(id, 1, text)).await.unwrap();
    }
    let bookings = stage.entities("booking").await;
    assert_eq!((bookings.len(), in_state(&bookings, BookingState::Booked)), (1, 1));
    assert_eq!(text_of(&bookings[0], "sought"), "US|CO|80401|Golden");
}

#[tokio::test]
async fn of_customers_who_want_one_time_at_the_same_moment_one_has_it_and_the_others_are_offered_others() {
    let stage = opened().await;
    let racers: Vec<Converse> = (1..=4).map(|_| converse(stage.cold())).collect();
    let wishes: Vec<Inbound> = (1..=4)
        .map(|n| said(&format!("m{n}"), n, "Roof repair in two days at 3 pm please, my name is Dana Reed"))
        .collect();
    let mut waiting: Vec<usize> = (0..4).collect();
    while !waiting.is_empty() {
        let answers = join_all(waiting.iter().map(|n| racers[*n].answer(&wishes[*n]))).await;
        // Who lost too often is delivered again.
        waiting = waiting.into_iter().zip(answers).filter_map(|(n, answer)| answer.err().map(|_| n)).collect();
    }
    let bookings = stage.entities("booking").await;
    assert_eq!((bookings.len(), in_state(&bookings, BookingState::Booked)), (1, 1));
    let replies = stage.entities("message").await;
    let says = |words: &str| replies.iter().filter(|reply| text_of(reply, "text").contains(words)).count();
    assert_eq!((says("You are booked"), says("We have an opening")), (1, 3));
}

#[tokio::test]
async fn who_is_asked_where_nothing_is_free_and_says_yes_is_on_the_waiting_list_with_the_turn_that_says_so() {
    let stage = Stage::new().await;
    let rules = json!({"needs": [{"kind": "person"}], "most_a_day": 1, "horizon_days": 2});
    open_for_visits(&stage, |tenant| tenant.services[0].booking = Some(from_value(rules).unwrap())).await;
    let (tenant, now) = (stage.store.tenants().get(&stage.tenant.id).await.unwrap(), jiff::Timestamp::now());
    let (store, by) = (stage.store.appointments(), Trace { at: now, ..trace() });
    let other = stage.say(&message("m0", &phone(9), 0), plain()).await.lead.contact;
    let terms = Terms::of(&tenant, None, &tenant.services[0].id).unwrap();
    let to = now + jiff::SignedDuration::from_hours(80);
    for place in 0.. {
        let calendar = store.calendar(&tenant.id, terms.dates(now, to)).await.unwrap();
        let Some(slot) = calendar.of(&terms, None, now).slots(now, to, 1).pop() else { break };
        let new = Booking::new(AppointmentId::derive(&tenant.id, &[&place.to_string()]), other, &terms, now);
        let wanted = WantedTime { terms: &terms, starts_at: slot.starts_at, resources: &[] };
        store.make(&tenant.id, &new, wanted, false, &by).await.unwrap();
    }
    let converse = converse(stage.cold());
    let asks = "Do you have anything free for a roof repair? My name is Dana Reed";
    converse.answer(&said("m1", 1, asks)).await.unwrap();
    // After the question: what crosses it answers nothing.
    let yes = Inbound { received_at: now + jiff::SignedDuration::from_mins(10), ..said("m2", 1, "Yes") };
    for _ in 0..2 {
        converse.answer(&yes).await.unwrap();
    }
    let entries = stage.entities("waitlist_entry").await;
    let replies = stage.entities("message").await;
    let says = |words: &str| replies.iter().filter(|reply| text_of(reply, "text").contains(words)).count();
    let told = (says("Say yes for the waiting list"), says("You are on the waiting list"));
    assert_eq!((entries.len(), told), (1, (1, 1)), "{replies:?}");
    assert_eq!(text_of(&entries[0], "service"), "roof-repair");
}
