//! Appointments against the table's conditions: no time is given twice, whoever asks at the same moment; what a booking and
//! an answer about free times cost.

use domain::events::EventKind;
use domain::failure::Rejection;
use domain::ids::{AppointmentId, ServiceId};
use domain::scheduling::{Booking, BookingState, Cancelled, CancelledBy, CustomerStep, Resource, Step, Terms};
use domain::tenancy::Tenant;
use domain::{ContactId, Failure};
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use serde_json::{from_value, json};
use store::{AppointmentFilter, Store, Trace, Versioned, WantedTime};

use crate::counting::counted;
use crate::stage::{Stage, message, noon, phone, plain, text_of, trace};

/// Acme, open around the clock, with repairs of an hour that take one person.
pub fn shop() -> Tenant {
    let mut tenant = crate::stage::tenant("acme");
    let always = json!([{"open": "00:00", "close": "00:00"}]);
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let hours: serde_json::Map<_, _> = days.iter().map(|day| ((*day).to_owned(), always.clone())).collect();
    tenant.hours = from_value(hours.into()).unwrap();
    tenant.services[0].duration_minutes = Some(60);
    tenant.services[0].booking = Some(from_value(json!({"needs": [{"kind": "person"}], "most_a_day": 9})).unwrap());
    tenant
}

pub fn repair() -> ServiceId {
    ServiceId::new("roof-repair").unwrap()
}

/// So many hours after noon.
pub fn hour(hours: i64) -> Timestamp {
    noon(hours * 3_600)
}

fn at_noon() -> Trace {
    Trace { at: noon(0), ..trace() }
}

/// A business with these people, and someone who wrote to it.
pub async fn opened(people: &[&str]) -> (Stage, Tenant, ContactId) {
    let (stage, tenant) = (Stage::new().await, shop());
    for id in people {
        let person: Resource = from_value(json!({"id": id, "name": id, "kind": "person"})).unwrap();
        stage.store.documents().create(&tenant.id, &person, &trace()).await.unwrap();
    }
    let contact = stage.say(&message("m1", &phone(1), 0), plain()).await.lead.contact;
    (stage, tenant, contact)
}

pub async fn make(
    store: &Store,
    tenant: &Tenant,
    contact: ContactId,
    (name, starts_at, held): (&str, Timestamp, bool),
) -> Result<Versioned<Booking>, Failure> {
    let terms = Terms::of(tenant, None, &repair()).unwrap();
    let id = AppointmentId::derive(&tenant.id, &[name]);
    let new = Booking::new(id, contact, &terms, noon(0));
    let wanted = WantedTime { terms: &terms, starts_at, resources: &[] };
    store.appointments().make(&tenant.id, &new, wanted, held, &at_noon()).await
}

pub fn is_taken(failure: &Failure) -> bool {
    matches!(failure, Failure::Rejected { kind: Rejection::Conflict, .. })
}

pub fn cancel() -> Step {
    Step::Cancel(Cancelled { by: CancelledBy::Customer, why: "Is away".to_owned() })
}

#[tokio::test]
async fn of_64_who_want_one_time_of_two_people_two_have_it() {
    let (stage, tenant, contact) = opened(&["ana", "ben"]).await;
    let names: Vec<String> = (0..64).map(|racer| format!("racer-{racer}")).collect();
    let asked = names.iter().map(|name| make(&stage.store, &tenant, contact, (name, hour(30), false)));
    let answers = join_all(asked).await;
    let mut taken_by: Vec<String> = answers.iter().flatten().map(|made| made.value.resources[0].to_string()).collect();
    taken_by.sort();
    assert_eq!(taken_by, ["ana", "ben"]);
    assert!(answers.iter().filter_map(|answer| answer.as_ref().err()).all(is_taken), "{answers:?}");
    assert_eq!(stage.entities("booking").await.len(), 2);
}

#[tokio::test]
async fn those_who_want_different_times_of_one_day_all_have_theirs() {
    let (stage, tenant, contact) = opened(&["ana"]).await;
    let names: Vec<(String, i64)> = (0..5).map(|n| (format!("racer-{n}"), 24 + n)).collect();
    let asked = names.iter().map(|(name, at)| make(&stage.store, &tenant, contact, (name, hour(*at), false)));
    let answers = join_all(asked).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
}

#[tokio::test]
async fn the_same_request_again_is_the_same_appointment_and_tells_of_it_once() {
    let (stage, tenant, contact) = opened(&["ana"]).await;
    let first = make(&stage.store, &tenant, contact, ("x", hour(30), false)).await.unwrap();
    assert_eq!(make(&stage.store, &tenant, contact, ("x", hour(30), false)).await.unwrap(), first);
    let rows = stage.overdue_rows(noon(60), 50).await;
    let told = rows.iter().flat_map(|row| &row.events).filter(|event| event.name() == "appointment.booked");
    assert_eq!(told.count(), 1);
    let stranger = ContactId::derive(&tenant.id, &["nobody"]);
    let refused = make(&stage.store, &tenant, stranger, ("y", hour(32), false)).await.unwrap_err();
    assert!(matches!(refused, Failure::Rejected { kind: Rejection::NotFound, .. }), "{refused:?}");
}

#[tokio::test]
async fn a_hold_that_is_over_makes_room_and_cannot_be_booked_then() {
    let (stage, tenant, contact) = opened(&["ana"]).await;
    let (store, id) = (stage.store.appointments(), AppointmentId::derive(&tenant.id, &["x"]));
    make(&stage.store, &tenant, contact, ("x", hour(30), true)).await.unwrap();
    assert!(is_taken(&make(&stage.store, &tenant, contact, ("y", hour(30), false)).await.unwrap_err()));
    let later = Trace { at: noon(601), ..trace() };
    let terms = Terms::of(&tenant, None, &repair()).unwrap();
    let new = Booking::new(AppointmentId::derive(&tenant.id, &["z"]), contact, &terms, later.at);
    let wanted = WantedTime { terms: &terms, starts_at: hour(30), resources: &[] };
    store.make(&tenant.id, &new, wanted, false, &later).await.unwrap();
    assert!(is_taken(&store.step(&tenant.id, id, &Step::Book, &later).await.unwrap_err()));
    // One that no one has taken can still be booked.
    make(&stage.store, &tenant, contact, ("late", hour(40), true)).await.unwrap();
    let late = AppointmentId::derive(&tenant.id, &["late"]);
    let booked = store.step(&tenant.id, late, &Step::Book, &later).await.unwrap().value;
    assert_eq!((booked.state, booked.held_until), (BookingState::Booked, None));
}

#[tokio::test]
async fn another_time_and_a_cancellation_free_the_old_one_at_once() {
    let (stage, tenant, contact) = opened(&["ana"]).await;
    let (store, id) = (stage.store.appointments(), AppointmentId::derive(&tenant.id, &["x"]));
    make(&stage.store, &tenant, contact, ("x", hour(30), false)).await.unwrap();
    let moved = store.move_to(&tenant, id, hour(54), &[], &at_noon()).await.unwrap();
    assert_eq!((moved.value.id, moved.value.starts_at, moved.version), (id, hour(54), 2));
    assert_eq!(store.move_to(&tenant, id, hour(54), &[], &at_noon()).await.unwrap(), moved, "again is the same");
    make(&stage.store, &tenant, contact, ("y", hour(30), false)).await.unwrap();
    let refused = store.move_to(&tenant, id, hour(30), &[], &at_noon()).await.unwrap_err();
    assert!(is_taken(&refused) && refused.to_string().contains("nearest free times"), "{refused}");
    store.step(&tenant.id, id, &cancel(), &at_noon()).await.unwrap();
    make(&stage.store, &tenant, contact, ("z", hour(54), false)).await.unwrap();
    let gone = store.get(&tenant.id, id).await.unwrap().value;
    assert_eq!(gone.state, BookingState::Cancelled);
    let rows = stage.overdue_rows(noon(60), 50).await;
    let events: Vec<_> = rows.into_iter().flat_map(|row| row.events).collect();
    for (name, often) in [("appointment.booked", 3), ("appointment.rescheduled", 1), ("appointment.cancelled", 1)] {
        assert_eq!(events.iter().filter(|event| event.name() == name).count(), often, "{name}");
    }
}

#[tokio::test]
async fn a_customers_word_confirms_without_telling_it_again_and_frees_what_they_cancel() {
    let (stage, tenant, contact) = opened(&["ana"]).await;
    let store = stage.store.appointments();
    let made = make(&stage.store, &tenant, contact, ("x", hour(30), false)).await.unwrap().value;
    let (appointment, agreed_at) = (made.id, made.agreed_at);
    let said = |kind: &EventKind| CustomerStep::of(kind).unwrap();
    let yes = said(&EventKind::AppointmentConfirmed { contact, appointment, agreed_at });
    let no = said(&EventKind::AppointmentChangeRequested { contact, appointment, cancels: agreed_at });
    let told = async |name: &str| {
        let rows = stage.overdue_rows(noon(60), 50).await;
        rows.iter().flat_map(|row| &row.events).filter(|event| event.name() == name).count()
    };
    for _ in 0..2 {
        store.apply_customer_step(&tenant.id, &yes, &at_noon()).await.unwrap();
    }
    let confirmed = store.get(&tenant.id, appointment).await.unwrap();
    assert_eq!((confirmed.value.state, confirmed.version), (BookingState::Confirmed, 2), "twice is once");
    assert_eq!(told("appointment.confirmed").await, 0, "it was told by the turn");
    for _ in 0..2 {
        store.apply_customer_step(&tenant.id, &no, &at_noon()).await.unwrap();
    }
    assert_eq!(store.get(&tenant.id, appointment).await.unwrap().value.state, BookingState::Cancelled);
    assert_eq!(told("appointment.cancelled").await, 1);
    make(&stage.store, &tenant, contact, ("y", hour(30), false)).await.unwrap();
    // What another system keeps is nothing to our calendar.
    let theirs = AppointmentId::derive(&tenant.id, &["theirs"]);
    store.apply_customer_step(&tenant.id, &CustomerStep { appointment: theirs, ..yes }, &at_noon()).await.unwrap();
    assert_eq!(store.find(&tenant.id, theirs).await.unwrap(), None);
}

#[tokio::test]
async fn appointments_are_listed_by_range_resource_and_state() {
    let (stage, tenant, contact) = opened(&["ana", "ben"]).await;
    for (name, at) in [("a", 26), ("b", 26), ("c", 28), ("d", 60)] {
        make(&stage.store, &tenant, contact, (name, hour(at), name == "c")).await.unwrap();
    }
    let listed = async |resource: Option<&str>, state| {
        let resource = resource.map(|id| domain::ids::ResourceId::new(id).unwrap());
        let filter = AppointmentFilter { from: hour(24), to: hour(60), resource, state };
        let page = stage.store.appointments().list(&tenant.id, &filter, 10, None).await.unwrap();
        page.items.iter().map(|it| it.starts_at).collect::<Vec<_>>()
    };
    assert_eq!(listed(None, None).await, [hour(28), hour(26), hour(26)]);
    assert_eq!(listed(Some("ben"), None).await, [hour(26)]);
    assert_eq!(listed(None, Some(BookingState::Held)).await, [hour(28)]);
}

#[tokio::test]
async fn free_times_take_two_calls_a_booking_three_another_time_four_and_a_step_two() {
    let (stage, tenant, contact) = opened(&["ana"]).await;
    let (store, calls) = counted(&stage);
    let terms = Terms::of(&tenant, None, &repair()).unwrap();
    let loaded = store.appointments().calendar(&tenant.id, terms.dates(hour(24), hour(48))).await.unwrap();
    assert_eq!(calls.take(), ["Query", "Query"]);
    assert!(!loaded.of(&terms, None, noon(0)).slots(hour(24), hour(48), 9).is_empty());
    make(&store, &tenant, contact, ("x", hour(30), true)).await.unwrap();
    assert_eq!(calls.take(), ["Query", "Query", "TransactWriteItems"]);
    let id = AppointmentId::derive(&tenant.id, &["x"]);
    store.appointments().step(&tenant.id, id, &Step::Book, &at_noon()).await.unwrap();
    assert_eq!(calls.take(), ["GetItem", "BatchGetItem", "TransactWriteItems"]);
    store.appointments().move_to(&tenant, id, hour(54), &[], &at_noon()).await.unwrap();
    assert_eq!(calls.take(), ["GetItem", "Query", "Query", "TransactWriteItems"]);
    store.appointments().step(&tenant.id, id, &cancel(), &at_noon()).await.unwrap();
    assert_eq!(calls.take(), ["GetItem", "TransactWriteItems"]);
}

#[tokio::test]
async fn a_day_knows_appointments_by_their_ids_alone() {
    let (stage, tenant, contact) = opened(&["ana"]).await;
    make(&stage.store, &tenant, contact, ("x", hour(30), false)).await.unwrap();
    let terms = Terms::of(&tenant, None, &repair()).unwrap();
    let (from, to) = (hour(30), hour(30) + SignedDuration::from_hours(1));
    let loaded = stage.store.appointments().calendar(&tenant.id, terms.dates(from, to)).await.unwrap();
    let named = serde_json::to_string(&loaded.days).unwrap();
    let id = AppointmentId::derive(&tenant.id, &["x"]).to_string();
    assert!(named.contains(&id) && !named.contains(&contact.to_string()), "{named}");
}

#[tokio::test]
async fn what_an_erased_contact_had_booked_is_free_again() {
    let (stage, tenant, contact) = opened(&["ana"]).await;
    let other = stage.say(&message("m2", &phone(2), 0), plain()).await.lead.contact;
    for (name, starts_at, held) in
        [("booked", hour(30), false), ("held", hour(32), true), ("cancelled", hour(34), false)]
    {
        make(&stage.store, &tenant, contact, (name, starts_at, held)).await.unwrap();
    }
    let cancelled = AppointmentId::derive(&tenant.id, &["cancelled"]);
    stage.store.appointments().step(&tenant.id, cancelled, &cancel(), &at_noon()).await.unwrap();
    make(&stage.store, &tenant, other, ("theirs", hour(34), false)).await.unwrap();
    let rights = stage.store.rights();
    let plan = rights.seal_contact(&tenant.id, contact).await.unwrap();
    // The pointers of the contact's partition lead to its bookings; the reading of the whole table finds them without.
    let mut start = None;
    loop {
        start = rights.sweep_contact(&tenant.id, &plan, start.as_ref()).await.unwrap().1;
        if start.is_none() {
            break;
        }
    }
    let left = stage.entities("booking").await;
    assert_eq!(left.iter().map(|booking| text_of(booking, "contact")).collect::<Vec<_>>(), [other.to_string()]);
    for (name, starts_at) in [("again", hour(30)), ("and again", hour(32))] {
        make(&stage.store, &tenant, other, (name, starts_at, false)).await.unwrap();
    }
    let refused = make(&stage.store, &tenant, other, ("taken", hour(34), false)).await.unwrap_err();
    assert!(is_taken(&refused), "what somebody else booked stands");
}

#[tokio::test]
async fn a_contacts_appointments_are_theirs_alone_in_whatever_state() {
    let (stage, tenant, contact) = opened(&["ana", "ben"]).await;
    let other = stage.say(&message("m2", &phone(2), 0), plain()).await.lead.contact;
    let mut made = Vec::new();
    for (name, at) in [("one", 30), ("two", 40)] {
        made.push(make(&stage.store, &tenant, contact, (name, hour(at), false)).await.unwrap().value.id);
    }
    make(&stage.store, &tenant, other, ("theirs", hour(30), false)).await.unwrap();
    stage.store.appointments().step(&tenant.id, made[0], &cancel(), &at_noon()).await.unwrap();
    let mut found = stage.store.appointments().of_contact(&tenant.id, contact).await.unwrap();
    found.sort_by_key(|booking| booking.starts_at);
    let found: Vec<_> = found.iter().map(|booking| (booking.id, booking.state)).collect();
    assert_eq!(found, [(made[0], BookingState::Cancelled), (made[1], BookingState::Booked)]);
}

#[tokio::test]
async fn the_pairs_of_an_appointment_change_by_its_version_and_cause_no_event() {
    let (stage, tenant, contact) = opened(&["ana"]).await;
    let id = make(&stage.store, &tenant, contact, ("visit", hour(30), false)).await.unwrap().value.id;
    let rows = stage.entities("outbox").await.len();
    let pairs = |value: &str| Some([("order".to_owned(), Some(value.to_owned()))].into());
    let change = async |value: &str, read| {
        stage.store.appointments().change_metadata(&tenant.id, id, &pairs(value), read, &at_noon()).await
    };
    let set = change("4711", 1).await.unwrap();
    assert_eq!((set.version, set.value.metadata["order"].as_str()), (2, "4711"));
    assert_eq!(change("4711", 1).await.unwrap(), set, "the repeat finds it");
    let outdated = change("4712", 1).await.unwrap_err();
    assert!(matches!(outdated, Failure::Rejected { kind: Rejection::PreconditionFailed, .. }), "{outdated:?}");
    assert_eq!(stage.entities("outbox").await.len(), rows);
    let moved = stage.store.appointments().move_to(&tenant, id, hour(32), &[], &at_noon()).await.unwrap();
    assert_eq!((moved.version, &moved.value.metadata), (3, &set.value.metadata));
}
