//! Journeys: changed by one hand at a time, found when a schedule was lost, one when two people are one.

use domain::conversations::{Conversation, Delivery, Message, Outreach, Role};
use domain::failure::Rejection;
use domain::ids::{RunId, SequenceId, StepId};
use domain::journeys::Person;
use domain::journeys::{Draft, Frequency, Journey, JourneyUpdate, Run, Subject};
use domain::messaging::{Kind, MessageRef};
use domain::{ContactId, Failure, MessageId, TenantId};
use jiff::{SignedDuration, Timestamp};
use store::{Backlog, Commit};

use crate::stage::{Stage, email, message, noon, phone, plain, trace};

/// A working day's morning where the business is: no one is disturbed, and no one has just written.
pub const MORNING: i64 = 6 * 3_600;

/// Someone who wrote by e-mail at noon (UTC).
pub async fn customer(stage: &Stage, name: &str) -> Person {
    let outcome = stage.say(&message(name, &email(name), 0), plain()).await;
    visit(stage, outcome.lead.contact).await
}

pub async fn visit(stage: &Stage, contact: ContactId) -> Person {
    stage.store.journeys().visit(&stage.tenant.id, contact).await.unwrap().unwrap()
}

/// Where an enrollment of theirs waits for its next step.
pub fn run(tenant: &TenantId, name: &str, due: Timestamp) -> Run {
    Run {
        id: RunId::derive(tenant, &[name]),
        sequence: SequenceId::new("silent-lead").unwrap(),
        subject: Subject::Contact,
        started_at: noon(0),
        step: StepId::new("first").unwrap(),
        due,
        paused_until: None,
        touches: 0,
        last_outreach_at: None,
        last_step: None,
        opened_at: None,
        variants: std::collections::BTreeMap::default(),
        ended: None,
    }
}

/// Due step number `index` to someone, in their thread.
pub fn draft(tenant: &TenantId, person: &Person, index: u32, now: Timestamp) -> Draft {
    let thread = &person.threads[0];
    let at = now + SignedDuration::from_millis(index.into());
    let id = MessageId::derive(tenant, &["touch", &person.contact.id.to_string(), &index.to_string()]);
    let outreach = Outreach {
        campaign: None,
        kind: Kind::FollowUp,
        due: now,
        expires_at: now + SignedDuration::from_hours(24),
        step: None,
        appointment: None,
        subject: None,
        template: None,
    };
    let delivery = Delivery::queued(person.contact.addresses[0].address.clone(), None, now);
    let message = Message {
        outreach: Some(outreach),
        delivery: Some(delivery),
        ..Message::new(
            MessageRef { conversation: thread.id, at, message: id },
            person.lead.id,
            Role::Assistant,
            thread.channel,
            format!("May we still help you? ({index})"),
            "correlation".to_owned(),
        )
    };
    let thread = Conversation { message_count: thread.message_count + 1, last_message_at: at, ..thread.clone() };
    Draft { message, thread, opened: false, past: None, prompt: None }
}

/// Their journey, or its beginning.
pub fn journey_of(person: &Person) -> Journey {
    person.journey.clone().unwrap_or_else(|| Journey::begin(person.contact.id, noon(0)))
}

/// A journey update that queues these.
pub fn queueing(person: &Person, drafts: Vec<Draft>, now: Timestamp) -> JourneyUpdate {
    let mut journey = journey_of(person);
    for draft in &drafts {
        journey.queued(&draft.message, now);
    }
    JourneyUpdate { messages: drafts, ..JourneyUpdate::of(journey) }
}

pub async fn save(stage: &Stage, journey_update: &JourneyUpdate, cause: &str, now: Timestamp) -> Commit {
    stage
        .store
        .journeys()
        .save_journey_update(&stage.tenant.id, journey_update, cause, "correlation", now)
        .await
        .unwrap()
}

/// An outreach message to someone that is queued.
pub async fn touched(stage: &Stage, name: &str) -> (Person, Message) {
    let person = customer(stage, name).await;
    let draft = draft(&stage.tenant.id, &person, 0, noon(MORNING));
    let journey_update = queueing(&person, vec![draft.clone()], noon(MORNING));
    assert_eq!(save(stage, &journey_update, "touch", noon(MORNING)).await, Commit::Stored);
    (visit(stage, person.contact.id).await, draft.message)
}

#[tokio::test]
async fn a_journey_is_read_with_its_person_and_of_two_hands_one_writes() {
    let stage = Stage::new().await;
    let person = customer(&stage, "ana").await;
    assert_eq!(person.journey, None);
    let mut journey_update = JourneyUpdate::of(journey_of(&person));
    journey_update.journey.add_log_entry(noon(1), "began");
    let (first, second) =
        tokio::join!(save(&stage, &journey_update, "a", noon(1)), save(&stage, &journey_update, "b", noon(1)));
    assert!([first, second].contains(&Commit::Stored) && [first, second].contains(&Commit::Conflict));
    let stored = Journey { version: 1, ..journey_update.journey };
    assert_eq!(visit(&stage, person.contact.id).await.journey, Some(stored.clone()));
    assert_eq!(stage.store.journeys().get(&stage.tenant.id, person.contact.id).await.unwrap(), Some(stored));
}

#[tokio::test]
async fn who_does_not_exist_is_not_visited_and_gets_no_journey() {
    let stage = Stage::new().await;
    let nobody = ContactId::derive(&stage.tenant.id, &["nobody"]);
    assert_eq!(stage.store.journeys().visit(&stage.tenant.id, nobody).await.unwrap(), None);
    let journey_update = JourneyUpdate::of(Journey::begin(nobody, noon(0)));
    assert_eq!(save(&stage, &journey_update, "a", noon(0)).await, Commit::Conflict);
    assert!(stage.entities("journey").await.is_empty());
    let tenant = &stage.tenant.id;
    let refused = stage.store.journeys().change(tenant, nobody, 0, |_| {}, &trace()).await.unwrap_err();
    assert!(matches!(refused, Failure::Rejected { kind: Rejection::NotFound, .. }), "{refused:?}");
}

#[tokio::test]
async fn a_step_whose_schedule_was_lost_is_found_by_the_clock_and_not_before() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    for (name, due) in [("ana", 100), ("bo", 200), ("cleo", 300)] {
        let person = customer(&stage, name).await;
        let mut journey_update = JourneyUpdate::of(journey_of(&person));
        journey_update.journey.runs =
            vec![run(tenant, name, noon(due)), run(tenant, &format!("{name} later"), noon(9_000))];
        assert_eq!(save(&stage, &journey_update, name, noon(0)).await, Commit::Stored);
    }
    let overdue = async |seconds| {
        let mut points = Vec::new();
        for shard in 0..Backlog::SHARDS {
            let (due, _) = stage.store.journeys().overdue(shard, noon(seconds), None, 100).await.unwrap();
            points.extend(due.into_iter().flat_map(|due| due.what.unwrap()));
        }
        points.sort_by_key(|point| point.due);
        points
    };
    assert_eq!(overdue(100).await, []);
    let mut found: Vec<RunId> = overdue(201).await.iter().map(|point| point.run).collect();
    found.sort_unstable();
    let mut expected = [RunId::derive(tenant, &["ana"]), RunId::derive(tenant, &["bo"])];
    expected.sort_unstable();
    assert_eq!(found, expected);
    assert_eq!(overdue(9_001).await.len(), 6);
    // The outbox's sweeper sees rows, and no journeys.
    let rows = stage.overdue_rows(noon(9_999), 100).await;
    assert_eq!(rows.len(), 3, "one of each turn");
    // What is over waits no more.
    let point = overdue(101).await.remove(0);
    assert_eq!((point.tenant, point.due, point.step.as_str()), (tenant.clone(), noon(100), "first"));
    let person = visit(&stage, point.contact).await;
    let mut journey_update = JourneyUpdate::of(journey_of(&person));
    journey_update.journey.runs.clear();
    assert_eq!(save(&stage, &journey_update, "over", noon(400)).await, Commit::Stored);
    assert_eq!(overdue(201).await.len(), 1);
}

#[tokio::test]
async fn staff_change_what_a_person_wants_by_the_version_they_saw_and_it_is_on_record() {
    let stage = Stage::new().await;
    let (store, tenant) = (&stage.store, &stage.tenant.id);
    let contact = customer(&stage, "ana").await.contact.id;
    let begun = store.journeys().of(tenant, contact).await.unwrap();
    assert_eq!(begun.version, 0);
    let minimal = |journey: &mut Journey| journey.preferences.frequency = Frequency::Minimal;
    let changed = store.journeys().change(tenant, contact, 0, minimal, &trace()).await.unwrap();
    assert_eq!((changed.version, changed.value.preferences.frequency), (1, Frequency::Minimal));
    // The same change again is one change; another one from that version is refused.
    assert_eq!(store.journeys().change(tenant, contact, 0, minimal, &trace()).await.unwrap(), changed);
    let vip = |journey: &mut Journey| journey.preferences.vip = true;
    let refused = store.journeys().change(tenant, contact, 0, vip, &trace()).await.unwrap_err();
    assert!(matches!(refused, Failure::Rejected { kind: Rejection::PreconditionFailed, .. }), "{refused:?}");
    let both = store.journeys().change(tenant, contact, 1, vip, &trace()).await.unwrap();
    assert_eq!(store.journeys().of(tenant, contact).await.unwrap(), both);
    let lines = store.audit().list(tenant, 100, None).await.unwrap().items;
    assert_eq!(lines.iter().filter(|line| line.subject == format!("journey/{contact}")).count(), 2);
    let other = TenantId::new("bolt").unwrap();
    assert!(store.journeys().change(&other, contact, 2, vip, &trace()).await.is_err());
}

#[tokio::test]
async fn of_two_people_who_are_one_the_journeys_are_one_too() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let ana = customer(&stage, "ana").await;
    let young = stage.say(&message("m2", &phone(1), 60), plain()).await.lead.contact;
    for contact in [ana.contact.id, young] {
        let mut journey_update = JourneyUpdate::of(Journey::begin(contact, noon(1)));
        journey_update.journey.add_log_entry(noon(1), "began");
        assert_eq!(save(&stage, &journey_update, "begin", noon(61)).await, Commit::Stored);
    }
    stage.store.people().merge(tenant, ana.contact.id, young, &trace()).await.unwrap();
    let other = stage.store.journeys().get(tenant, young).await.unwrap().unwrap();
    let person = visit(&stage, young).await;
    assert_eq!(person.contact.id, ana.contact.id, "who goes on");
    let mut merged = journey_of(&person);
    merged.add_log_entry(noon(121), "became one with another");
    assert_eq!(stage.store.journeys().merge(tenant, &other, &merged).await.unwrap(), Commit::Stored);
    assert_eq!(stage.store.journeys().get(tenant, young).await.unwrap(), None);
    let now = stage.store.journeys().get(tenant, ana.contact.id).await.unwrap().unwrap();
    assert_eq!((now.version, now.log.len()), (2, 2));
    // Once is enough, and nothing is added to who does not go on.
    assert_eq!(stage.store.journeys().merge(tenant, &other, &now).await.unwrap(), Commit::Conflict);
    let late = JourneyUpdate::of(Journey::begin(young, noon(130)));
    assert_eq!(save(&stage, &late, "late", noon(130)).await, Commit::Conflict);
}
