//! Who may miss a visit: told in lists, asked once more and no more, and learned from what became of earlier visits.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::AttributeValue;
use cron_no_show_rescue::NoShowRescue;
use domain::ContactId;
use domain::ids::AppointmentId;
use domain::journeys::Journey;
use domain::journeys::no_show::{Features, Model, NoShowReason, Surroundings};
use domain::scheduling::{Appointment, AppointmentState, Booking, BookingState, Step, Terms};
use domain::tenancy::tenant_jobs::TenantJob;
use domain::tenancy::{Tenant, TenantStatus};
use jiff::{SignedDuration, Timestamp};
use runtime::queue::Queue;
use serde_json::{from_value, json};
use store::Trace;
use store::keys;
use worker_tenant_jobs::TenantJobs;

use crate::counting::counted;
use crate::queues::{drain, queue};
use crate::stage::{Stage, text_of, trace};

/// Noon in Denver.
fn now() -> Timestamp {
    "2026-12-01T19:00:00Z".parse().unwrap()
}

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

fn person(stage: &Stage, name: &str) -> ContactId {
    ContactId::derive(&stage.tenant.id, &[name])
}

/// A booking of a contact's, agreed on two weeks before it begins.
pub fn booking(stage: &Stage, name: &str, starts_at: Timestamp, state: BookingState) -> Booking {
    let mut tenant = stage.tenant.clone();
    tenant.services[0].booking = Some(from_value(json!({"needs": [{"kind": "person"}]})).unwrap());
    let terms = Terms::of(&tenant, None, &tenant.services[0].id).unwrap();
    let id = AppointmentId::derive(&tenant.id, &[name, &starts_at.to_string()]);
    let blank = Booking::new(id, person(stage, name), &terms, starts_at - hours(14 * 24));
    let ends_at = starts_at + hours(1);
    Booking { state, held_until: None, starts_at, ends_at, taken_from: starts_at, taken_to: ends_at, ..blank }
}

/// Stores a booking as it is, without the calendar.
pub async fn put(stage: &Stage, booking: &Booking) {
    let mut item: crate::stage::Item = serde_dynamo::to_item(booking).unwrap();
    let of = keys::of(&stage.tenant.id);
    let key = of.booking(booking.id);
    let texts = [
        ("pk", key.pk.to_string()),
        ("sk", key.sk),
        ("entity", "booking".to_owned()),
        ("gsi1pk", of.booking_list().to_string()),
        ("gsi1sk", keys::by_time(booking.starts_at, &booking.id.to_string())),
    ];
    item.extend(texts.map(|(name, text)| (name.to_owned(), AttributeValue::S(text))));
    item.insert("version".to_owned(), AttributeValue::N("1".to_owned()));
    stage.dynamo.put_item().table_name(&stage.table).set_item(Some(item)).send().await.unwrap();
}

/// The journey of someone who missed their last visit.
async fn missed_before(stage: &Stage, name: &str) {
    let at = now() - hours(30 * 24);
    let missed = Appointment {
        id: AppointmentId::derive(&stage.tenant.id, &[name, "missed"]),
        state: AppointmentState::Missed,
        starts_at: at,
        ends_at: at,
        agreed_at: at,
        service: None,
        location: None,
        eta: None,
        track: None,
    };
    let contact = person(stage, name);
    let journey = Journey { appointments: vec![missed], ..Journey::begin(contact, at) };
    let key = keys::of(&stage.tenant.id).journey(contact);
    let mut item: crate::stage::Item = serde_dynamo::to_item(journey).unwrap();
    let texts = [("pk", key.pk.to_string()), ("sk", key.sk), ("entity", "journey".to_owned())];
    item.extend(texts.map(|(name, text)| (name.to_owned(), AttributeValue::S(text))));
    stage.dynamo.put_item().table_name(&stage.table).set_item(Some(item)).send().await.unwrap();
}

/// The events that wait to be published.
async fn at_risk(stage: &Stage) -> Vec<String> {
    let rows = stage.entities("outbox").await;
    rows.iter().map(|row| format!("{row:?}")).filter(|row| row.contains("appointment.at_risk")).collect()
}

#[tokio::test]
async fn who_may_miss_a_visit_is_asked_once_for_each_time_whatever_lies_beside_it() {
    let stage = Stage::new().await;
    let soon = now() + hours(3);
    for name in ["maria", "nora"] {
        missed_before(&stage, name).await;
        put(&stage, &booking(&stage, name, soon, BookingState::Booked)).await;
    }
    // Nothing speaks against Omar, Petra confirmed, Quinn's visit is tomorrow, and one booking cannot be read.
    put(&stage, &booking(&stage, "omar", now() + hours(3), BookingState::Booked)).await;
    missed_before(&stage, "petra").await;
    put(&stage, &booking(&stage, "petra", now() + hours(3), BookingState::Confirmed)).await;
    missed_before(&stage, "quinn").await;
    put(&stage, &booking(&stage, "quinn", now() + hours(27), BookingState::Booked)).await;
    let broken = booking(&stage, "rita", soon, BookingState::Booked);
    put(&stage, &broken).await;
    let key = keys::of(&stage.tenant.id).booking(broken.id);
    let spoil = stage.dynamo.update_item().table_name(&stage.table);
    let spoil = spoil.key("pk", AttributeValue::S(key.pk.to_string())).key("sk", AttributeValue::S(key.sk));
    let spoil = spoil.update_expression("REMOVE contact");
    spoil.send().await.unwrap();

    let bookings = stage.store.appointments();
    assert_eq!(bookings.rescue(&stage.tenant, now()).await.unwrap(), 2);
    assert_eq!(bookings.rescue(&stage.tenant, now() + hours(1)).await.unwrap(), 0, "once");
    assert_eq!(at_risk(&stage).await.len(), 2);
    let maria = booking(&stage, "maria", soon, BookingState::Booked);
    let marked = bookings.get(&stage.tenant.id, maria.id).await.unwrap();
    assert_eq!((marked.value.asked_again_for, marked.version), (Some(soon), 2));

    // The same appointment at another time is asked for again.
    let later = Booking { starts_at: soon + hours(1), ..marked.value };
    put(&stage, &later).await;
    assert_eq!(bookings.rescue(&stage.tenant, now() + hours(1)).await.unwrap(), 1);
}

#[tokio::test]
async fn two_runs_at_once_ask_once() {
    let stage = Stage::new().await;
    missed_before(&stage, "maria").await;
    put(&stage, &booking(&stage, "maria", now() + hours(3), BookingState::Booked)).await;
    let runs = (0..8).map(|_| stage.store.appointments().rescue(&stage.tenant, now()));
    let asked: usize = futures::future::join_all(runs).await.into_iter().map(Result::unwrap).sum();
    assert_eq!((asked, at_risk(&stage).await.len()), (1, 1));
}

#[tokio::test]
async fn a_list_tells_the_risks_with_one_call_more() {
    let stage = Stage::new().await;
    missed_before(&stage, "maria").await;
    let mut bookings: Vec<Booking> =
        ["maria", "omar"].map(|name| booking(&stage, name, now() + hours(3), BookingState::Booked)).into();
    bookings.push(booking(&stage, "maria", now() - hours(3), BookingState::Completed));
    let (store, calls) = counted(&stage);
    let risks = store.appointments().risks(&stage.tenant, &bookings, now()).await.unwrap();
    assert_eq!(calls.take(), ["BatchGetItem"]);
    assert_eq!(risks.len(), 2, "of what is over nothing is said");
    assert!(risks[&bookings[0].id].high && !risks[&bookings[1].id].high);
}

#[tokio::test]
async fn a_storm_that_is_forecast_is_a_reason_for_two_days_and_is_read_once() {
    let stage = Stage::new().await;
    let lakewood = crate::inventory::outlook::lakewood();
    let morning: Timestamp = "2026-11-30T14:00:00Z".parse().unwrap();
    crate::inventory::outlook::kept_forecast(&stage, morning).await;
    // The storm is on Wednesday, December 2: 51 hours after the forecast, 27 after noon of the first.
    let visit = booking(&stage, "maria", now() + hours(27), BookingState::Booked);
    let beside = booking(&stage, "nora", now() - hours(1), BookingState::Completed);
    let (store, calls) = counted(&stage);
    let ask = async |at: Timestamp| {
        let both = [visit.clone(), beside.clone()];
        let seen = store.appointments().visitors(&lakewood, &both, std::iter::empty(), at).await.unwrap();
        assert_eq!(seen.risks.len(), 1, "of what is over nothing is said");
        seen.risks[&visit.id].reasons.contains(&NoShowReason::Weather)
    };
    assert!(!ask(morning + hours(2)).await, "too far ahead");
    assert_eq!(calls.take(), ["BatchGetItem"]);
    assert!(ask(morning + hours(24)).await);
    assert_eq!(calls.take(), ["BatchGetItem", "GetItem", "GetItem", "GetItem"]);
    assert!(ask(morning + hours(24)).await);
    assert_eq!(calls.take(), ["BatchGetItem"], "a warm function remembers it");
}

#[tokio::test]
async fn a_shop_with_enough_visits_gets_weights_of_its_own() {
    let stage = Stage::new().await;
    let store = stage.store.appointments();
    let visit = async |index: i64, state| {
        put(&stage, &booking(&stage, &format!("customer-{index}"), now() - hours(24 + index), state)).await;
    };
    for index in 0..199 {
        visit(index, if index % 2 == 0 { BookingState::Missed } else { BookingState::Completed }).await;
    }
    assert!(!store.learn_no_shows(&stage.tenant, now()).await.unwrap(), "one is missing");
    visit(199, BookingState::Completed).await;
    for _ in 0..2 {
        assert!(store.learn_no_shows(&stage.tenant, now()).await.unwrap());
    }
    let next = booking(&stage, "new", now() + hours(48), BookingState::Booked);
    let risk = &store.risks(&stage.tenant, std::slice::from_ref(&next), now()).await.unwrap()[&next.id];
    let around = Surroundings::of(&stage.tenant);
    let prior = Features::of(&next, None, &around, &stage.tenant.time_zone());
    let prior = Model::default().risk(&prior);
    assert!(risk.percent > 40 && prior.percent < 25, "every second one is missed here: {risk:?}, {prior:?}");
    assert_eq!(stage.entities("no show model").await.len(), 1);
}

#[tokio::test]
async fn every_business_that_is_served_is_asked_and_a_confirmation_is_remembered() {
    let stage = Stage::new().await;
    let paused = Tenant { status: TenantStatus::Paused, ..crate::stage::tenant("resting") };
    stage.store.tenants().save(&paused, None, &trace()).await.unwrap();
    let sqs = aws_sdk_sqs::Client::new(&stage.aws);
    let url = queue(&sqs, false).await;
    let cron = NoShowRescue { store: stage.store.clone(), queue: Queue::new(sqs.clone(), url.clone()) };
    // A Sunday.
    assert_eq!(cron.ask("2026-11-29T03:00:00Z".parse().unwrap()).await.unwrap(), 1);
    let messages = drain(&sqs, &url).await;
    let jobs: Vec<TenantJob> =
        messages.iter().map(|message| serde_json::from_str(message.body.as_deref().unwrap()).unwrap()).collect();
    let tenant = || stage.tenant.id.clone();
    assert_eq!(jobs.len(), 2);
    assert!(jobs.contains(&TenantJob::NoShowRescue { tenant: tenant() }));
    assert!(jobs.contains(&TenantJob::NoShowLearning { tenant: tenant() }));

    missed_before(&stage, "maria").await;
    let booked = booking(&stage, "maria", now() + hours(3), BookingState::Booked);
    put(&stage, &booked).await;
    let confirmed_at = Trace { at: now(), ..trace() };
    let confirmed = stage.store.appointments().step(&tenant(), booked.id, &Step::Confirm, &confirmed_at).await.unwrap();
    assert_eq!(confirmed.value.confirmed_at, Some(now()));
    let worker = TenantJobs { store: stage.store.clone(), queue: Queue::new(sqs.clone(), url.clone()) };
    for job in &jobs {
        worker.perform(job, now()).await.unwrap();
    }
    let gone = TenantJob::NoShowRescue { tenant: domain::TenantId::new("nobody").unwrap() };
    worker.perform(&gone, now()).await.unwrap();
    assert!(at_risk(&stage).await.is_empty());
    let kinds: BTreeSet<String> = stage.items().await.iter().map(|item| text_of(item, "entity").to_owned()).collect();
    assert!(!kinds.contains("no show model"), "there was nothing to learn from");
}
