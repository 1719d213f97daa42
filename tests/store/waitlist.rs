//! The waiting list against the table: a freed time is held for one person at a time, who is told of it in the same
//! transaction, and `worker-waitlist` goes on to the next, by a clock of the test's own.

use aws_sdk_sqs::Client as Sqs;
use domain::conversations::{Answer, Conversation, Message, Task, TaskKind};
use domain::events::{Event, EventKind};
use domain::failure::Rejection;
use domain::identity::Actor;
use domain::ids::AppointmentId;
use domain::leads::Qualification;
use domain::scheduling::{Booking, BookingState, CLAIM, FreedTime, Place, Resource, Step, WaitlistEntry};
use domain::tenancy::Tenant;
use domain::{ContactId, EventId, Failure};
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use runtime::queue::{Queue, Work};
use serde_json::{from_value, json};
use store::{Store, Trace};
use worker_waitlist::Waitlist;

use crate::appointments::{cancel, hour, make, repair, shop};
use crate::queues::queue;
use crate::stage::{Stage, message, noon, phone, plain, trace};

/// Ten in the morning in Denver; noon is at five there.
pub const MORNING: i64 = 5;

/// A shop with one person, an appointment tomorrow, and two who wait for it.
pub struct Waiting {
    pub stage: Stage,
    tenant: Tenant,
    waitlist: Waitlist,
    pub booked: AppointmentId,
    first: ContactId,
    second: ContactId,
}

impl Waiting {
    pub async fn begun() -> Self {
        let (stage, mut tenant) = (Stage::new().await, shop());
        tenant.channels.sms = from_value(json!({"account_sid": "AC1", "from": "+13035550150"})).unwrap();
        stage.store.tenants().save(&tenant, Some(1), &trace()).await.unwrap();
        let ana: Resource = from_value(json!({"id": "ana", "name": "ana", "kind": "person"})).unwrap();
        stage.store.documents().create(&tenant.id, &ana, &trace()).await.unwrap();
        let mut contacts = Vec::new();
        for n in 1..=3 {
            let said = stage.say(&message(&format!("m{n}"), &phone(n), i64::from(n)), plain()).await;
            contacts.push(said.lead.contact);
        }
        let booked = make(&stage.store, &tenant, contacts[0], ("x", hour(30), false)).await.unwrap().value.id;
        let sqs = Sqs::new(&stage.aws);
        let url = queue(&sqs, false).await;
        let waitlist = Waitlist { store: stage.cold(), queue: Queue::new(sqs, url) };
        let waiting = Self { tenant, waitlist, booked, first: contacts[1], second: contacts[2], stage };
        for (contact, minute) in [(waiting.first, 1), (waiting.second, 2)] {
            waiting.join(contact, noon(minute * 60)).await.unwrap();
        }
        waiting
    }

    fn store(&self) -> &Store {
        &self.stage.store
    }

    async fn join(&self, contact: ContactId, now: Timestamp) -> Result<(), Failure> {
        let entry = WaitlistEntry::new(contact, repair(), now);
        let by = Trace { at: now, ..trace() };
        self.store().appointments().join_waitlist(&self.tenant.id, &entry, &by).await.map(|_| ())
    }

    pub async fn step(&self, id: AppointmentId, step: &Step, now: Timestamp) {
        let by = Trace { at: now, ..trace() };
        self.store().appointments().step(&self.tenant.id, id, step, &by).await.unwrap();
    }

    async fn hears(&self, kind: EventKind, at: Timestamp) {
        let (id, tenant) = (EventId::derive(&self.tenant.id, &[&at.to_string()]), self.tenant.id.clone());
        let event = Event { id, tenant, at, correlation_id: "c".to_owned(), kind };
        self.waitlist.work(&Work::Event(Box::new(event)), at).await.unwrap();
    }

    /// The appointment is cancelled, and the worker hears of it.
    async fn cancelled(&self, at: Timestamp) -> FreedTime {
        self.step(self.booked, &cancel(), at).await;
        let contact = self.booking(self.booked).await.contact;
        self.hears(EventKind::AppointmentCancelled { contact, appointment: self.booked }, at).await;
        self.freed(at).await
    }

    /// The time of the appointment, which was cancelled then.
    pub async fn freed(&self, at: Timestamp) -> FreedTime {
        FreedTime::of(&self.tenant.id, &self.booking(self.booked).await, None, at).unwrap()
    }

    async fn booking(&self, id: AppointmentId) -> Booking {
        self.store().appointments().get(&self.tenant.id, id).await.unwrap().value
    }

    async fn entry(&self, contact: ContactId) -> Option<WaitlistEntry> {
        self.store().appointments().waits(&self.tenant.id, contact).await.unwrap().map(|entry| entry.value)
    }

    /// The appointment that is held for someone at `now`.
    async fn held(&self, contact: ContactId, now: Timestamp) -> Option<AppointmentId> {
        let offered = self.entry(contact).await?.offered.filter(|offered| offered.until > now)?;
        let booking = self.booking(offered.appointment).await;
        assert_eq!(
            (booking.state, booking.held_until, booking.contact),
            (BookingState::Held, Some(offered.until), contact)
        );
        Some(offered.appointment)
    }

    async fn told(&self, name: &str) -> Vec<serde_json::Value> {
        let rows = self.stage.overdue_rows(hour(1_000), 50).await;
        let events = rows.iter().flat_map(|row| &row.events).filter(|event| event.name() == name);
        events.map(|event| serde_json::to_value(event).unwrap()).collect()
    }
}

#[tokio::test]
async fn a_freed_time_goes_to_who_waits_longest_then_to_the_next_and_to_no_one_twice() {
    let waiting = Waiting::begun().await;
    let now = hour(MORNING);
    let freed = waiting.cancelled(now).await;
    let held = waiting.held(waiting.first, now).await.unwrap();
    assert_eq!(waiting.held(waiting.second, now).await, None);
    let threads = waiting.stage.entities("thread").await;
    let threads = threads.into_iter().map(|item| serde_dynamo::from_item::<_, Conversation>(item).unwrap());
    let offers: Vec<_> = threads.filter_map(|thread| Some((thread.contact, thread.offer?))).collect();
    let [(contact, offer)] = offers.as_slice() else { panic!("one is told: {offers:?}") };
    assert_eq!((*contact, offer.held, offer.times.as_slice()), (waiting.first, Some(held), &[hour(30)][..]));
    let messages = waiting.stage.entities("message").await;
    let messages = messages.into_iter().map(|item| serde_dynamo::from_item::<_, Message>(item).unwrap());
    let texts: Vec<String> =
        messages.filter(|message| message.outreach.is_some()).map(|message| message.text).collect();
    assert!(matches!(texts.as_slice(), [text] if text.contains("Reply YES")), "{texts:?}");
    // Heard again, it is the same.
    waiting.waitlist.work(&Work::Due(freed.clone()), now).await.unwrap();
    assert_eq!(waiting.stage.entities("booking").await.len(), 2);
    // No one answered.
    let over = now + CLAIM;
    waiting.waitlist.work(&Work::Due(freed.later(over)), over).await.unwrap();
    assert_eq!(waiting.held(waiting.first, over).await, None);
    let second = waiting.held(waiting.second, over).await.unwrap();
    assert_eq!(waiting.told("waitlist.offered").await.len(), 2);
    // The second takes it, and waits no more.
    let yes = over + SignedDuration::from_mins(5);
    waiting.step(second, &Step::Book, yes).await;
    let contact = waiting.second;
    let (starts_at, ends_at) = (hour(30), hour(31));
    let booked = EventKind::AppointmentBooked {
        contact,
        appointment: second,
        starts_at,
        ends_at,
        service: None,
        location: None,
    };
    waiting.hears(booked.clone(), yes).await;
    waiting.hears(booked, yes).await;
    assert_eq!(waiting.entry(waiting.second).await, None);
    let filled = waiting.told("waitlist.filled").await;
    assert!(matches!(filled.as_slice(), [event] if event["data"]["minutes"] == 35), "{filled:?}");
    let later = yes + CLAIM;
    waiting.waitlist.work(&Work::Due(freed.later(later)), later).await.unwrap();
    assert_eq!(waiting.held(waiting.first, later).await, None, "that time was offered to them");
}

#[tokio::test]
async fn the_time_that_is_held_knows_the_place_that_they_named() {
    let waiting = Waiting::begun().await;
    let location = Some("39.73920, -104.99030".to_owned());
    let named = Answer { qualification: Qualification { location, ..Qualification::default() }, ..plain() };
    waiting.stage.say(&message("m9", &phone(2), 30), named).await;
    let (now, over) = (hour(MORNING), hour(MORNING) + CLAIM);
    let freed = waiting.cancelled(now).await;
    let held = waiting.held(waiting.first, now).await.unwrap();
    assert_eq!(waiting.booking(held).await.place, Place::new(39.7392, -104.9903));
    waiting.waitlist.work(&Work::Due(freed.later(over)), over).await.unwrap();
    let held = waiting.held(waiting.second, over).await.unwrap();
    assert_eq!(waiting.booking(held).await.place, None, "who named none");
}

#[tokio::test]
async fn of_six_workers_at_once_one_gives_the_time() {
    let waiting = Waiting::begun().await;
    let now = hour(MORNING);
    waiting.step(waiting.booked, &cancel(), now).await;
    let work = Work::Due(waiting.freed(now).await);
    let all = join_all((0..6).map(|_| waiting.waitlist.work(&work, now))).await;
    assert!(all.iter().all(Result::is_ok), "{all:?}");
    assert!(waiting.held(waiting.first, now).await.is_some());
    assert_eq!(waiting.held(waiting.second, now).await, None);
    assert_eq!(waiting.stage.entities("booking").await.len(), 2);
}

#[tokio::test]
async fn who_lets_it_go_waits_on_and_the_next_is_asked_at_once() {
    let waiting = Waiting::begun().await;
    let now = hour(MORNING);
    waiting.cancelled(now).await;
    let appointment = waiting.held(waiting.first, now).await.unwrap();
    waiting.step(appointment, &cancel(), now).await;
    assert_eq!(waiting.told("waitlist.declined").await.len(), 1);
    assert_eq!(waiting.told("appointment.cancelled").await.len(), 1, "of the hold only the waiting list hears");
    waiting.hears(EventKind::WaitlistDeclined { contact: waiting.first, appointment }, now).await;
    assert!(waiting.held(waiting.second, now).await.is_some());
    let entry = waiting.entry(waiting.first).await.unwrap();
    assert_eq!((entry.offered, entry.passed), (None, vec![hour(30)]));
}

#[tokio::test]
async fn at_night_no_one_is_asked_and_in_the_morning_they_are() {
    let waiting = Waiting::begun().await;
    let freed = waiting.cancelled(noon(0)).await;
    assert_eq!(waiting.held(waiting.first, noon(0)).await, None);
    waiting.waitlist.work(&Work::Due(freed.later(hour(MORNING))), hour(4)).await.unwrap();
    assert_eq!(waiting.held(waiting.first, hour(4)).await, None, "it came too early, and comes again");
    waiting.waitlist.work(&Work::Due(freed.later(hour(MORNING))), hour(MORNING)).await.unwrap();
    assert!(waiting.held(waiting.first, hour(MORNING)).await.is_some());
}

#[tokio::test]
async fn a_moved_appointment_frees_the_time_that_it_had() {
    let waiting = Waiting::begun().await;
    let now = hour(MORNING);
    let by = Trace { actor: Actor::Operator, at: now, ..trace() };
    let moved = waiting.store().appointments().move_to(&waiting.tenant, waiting.booked, hour(40), &[], &by).await;
    let contact = moved.unwrap().value.contact;
    let told = waiting.told("appointment.rescheduled").await;
    assert!(told.iter().any(|event| event.to_string().contains(&hour(30).to_string())), "{told:?}");
    let (appointment, starts_at, ends_at, was) = (waiting.booked, hour(40), hour(41), Some(hour(30)));
    waiting.hears(EventKind::AppointmentRescheduled { contact, appointment, starts_at, ends_at, was }, now).await;
    let held = waiting.held(waiting.first, now).await.unwrap();
    assert_eq!(waiting.booking(held).await.starts_at, hour(30));
}

#[tokio::test]
async fn a_contact_waits_once_and_whoever_they_turn_out_to_be_waits_on() {
    let waiting = Waiting::begun().await;
    let again = waiting.join(waiting.first, noon(600)).await.unwrap_err();
    assert!(matches!(again, Failure::Rejected { kind: Rejection::Conflict, .. }), "{again:?}");
    let nobody = waiting.join(ContactId::derive(&waiting.tenant.id, &["nobody"]), noon(600)).await.unwrap_err();
    assert!(matches!(nobody, Failure::Rejected { kind: Rejection::NotFound, .. }), "{nobody:?}");
    let into = waiting.booking(waiting.booked).await.contact;
    waiting.hears(EventKind::ContactMerged { into, from: waiting.first }, noon(700)).await;
    assert_eq!(waiting.entry(waiting.first).await, None);
    assert_eq!(waiting.entry(into).await.unwrap().since, noon(60));
    waiting.hears(EventKind::ContactMerged { into, from: waiting.second }, noon(800)).await;
    assert_eq!(waiting.entry(waiting.second).await, None, "they wait already");
}

#[tokio::test]
async fn of_a_visit_at_risk_staff_hear_who_would_take_its_time_and_nothing_is_held() {
    let waiting = Waiting::begun().await;
    let visit = waiting.booking(waiting.booked).await;
    let at_risk = EventKind::AppointmentAtRisk { contact: visit.contact, appointment: visit.id, percent: 40 };
    for at in [hour(26), hour(27)] {
        waiting.hears(at_risk.clone(), at).await;
    }
    let tasks = waiting.stage.entities("task").await.into_iter();
    let tasks: Vec<Task> = tasks.map(|item| serde_dynamo::from_item(item).unwrap()).collect();
    let [task] = tasks.as_slice() else { panic!("one task: {tasks:?}") };
    assert_eq!((task.contact, task.kind, task.urgent), (visit.contact, TaskKind::Call, true));
    assert!(task.note.contains("2 on the waiting list could take this time"), "{}", task.note);
    assert_eq!(waiting.stage.entities("booking").await.len(), 1, "nothing is held");
    assert_eq!(waiting.entry(waiting.first).await.unwrap().passed, []);
    // Once it is cancelled, they are asked as ever.
    waiting.cancelled(hour(28)).await;
    assert!(waiting.held(waiting.first, hour(28)).await.is_some());
}
