//! Laws of the one transaction: within DynamoDB's limits, each item once, and a repeat known by its place.

use super::*;
use crate::journeys::keys::TASK;
use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, Put, TransactWriteItem, Update};
use domain::conversations::{Conversation, ConversationStatus, Message, Role, Task, TaskKind};
use domain::ids::{SequenceId, StepId, TaskId, VariantId};
use domain::journeys::{Counted, Journey, VariantCount};
use domain::leads::Stage;
use domain::messaging::{Channel, MessageRef};
use domain::tenancy::Language;
use domain::{ContactId, ConversationId, LeadId, MessageId};
use std::collections::BTreeSet;

fn tenant() -> TenantId {
    TenantId::new("acme").unwrap()
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_176_000 + second).unwrap()
}

fn thread(name: &str, channel: Channel) -> Conversation {
    Conversation {
        session: (channel == Channel::Chat).then(|| "s-1".to_owned()),
        message_count: 1,
        ..Conversation::new(
            ConversationId::derive(&tenant(), &[name]),
            contact(),
            LeadId::derive(&tenant(), &["l"]),
            channel,
            Language::english(),
            at(0),
        )
    }
}

fn contact() -> ContactId {
    ContactId::derive(&tenant(), &["c"])
}

fn draft(name: &str, thread: &Conversation, opened: bool, past: Option<Conversation>) -> Draft {
    let reference = MessageRef { conversation: thread.id, at: at(1), message: MessageId::derive(&tenant(), &[name]) };
    let message = Message::new(
        reference,
        thread.lead,
        Role::Assistant,
        thread.channel,
        "How is the roof?".to_owned(),
        "correlation".to_owned(),
    );
    Draft { message, thread: thread.clone(), opened, past, prompt: None }
}

fn journey_update(messages: Vec<Draft>) -> JourneyUpdate {
    JourneyUpdate { messages, ..JourneyUpdate::of(Journey::begin(contact(), at(0))) }
}

/// The sort key of what a write is about, and its partition.
fn place(write: &TransactWriteItem) -> (String, String) {
    let put = write.put().map(Put::item);
    let key = put.or(write.update().map(Update::key));
    let key = key.or(write.condition_check().map(ConditionCheck::key)).expect("nothing is deleted");
    let text = |name: &str| key[name].as_s().unwrap().clone();
    (text("pk"), text("sk"))
}

fn writes(drafts: &[Draft]) -> Vec<(String, String)> {
    let mut writes = Writes::new("table");
    for draft in drafts {
        writes.new_message(&tenant(), draft).unwrap();
    }
    writes.threads(&tenant(), drafts).unwrap();
    writes.items.iter().map(place).collect()
}

#[test]
fn two_messages_in_one_thread_write_it_once() {
    let thread = thread("t", Channel::Sms);
    let drafts = [draft("m1", &thread, true, None), draft("m2", &thread, false, None)];
    let places = writes(&drafts);
    assert_eq!(places.iter().collect::<BTreeSet<_>>().len(), places.len());
    assert_eq!(places.len(), 4, "two messages, the thread, its pointer");
}

#[test]
fn a_new_thread_leads_from_its_id_and_its_session_and_the_one_before_is_history() {
    let past = Conversation { version: 3, status: ConversationStatus::Ended, ..thread("t0", Channel::Chat) };
    let new = Conversation { version: 3, ..thread("t", Channel::Chat) };
    let places = writes(&[draft("m1", &new, true, Some(past.clone()))]);
    for key in [
        keys::of(&tenant()).thread(contact(), Channel::Chat),
        keys::of(&tenant()).thread_pointer(new.id),
        keys::of(&tenant()).chat_pointer("s-1"),
        keys::of(&tenant()).past_thread(contact(), past.id),
    ] {
        assert!(places.contains(&(String::from(&key.pk), key.sk.clone())), "{key:?}");
    }
}

#[test]
fn every_event_has_an_id_that_a_repeat_gives_it_again_and_another_cause_does_not() {
    let mut journey_update = journey_update(Vec::new());
    let moved = |stage| EventKind::JourneyStageChanged { contact: contact(), stage, was: Stage::NewLead };
    journey_update.events = vec![moved(Stage::QuoteSent), moved(Stage::Booked)];
    let ids = |cause: &str, now| -> Vec<EventId> {
        events(&tenant(), &journey_update, cause, "correlation", now).into_iter().map(|event| event.id).collect()
    };
    assert_eq!(ids("hear|1", at(1)), ids("hear|1", at(2)));
    let all: BTreeSet<EventId> = ids("hear|1", at(1)).into_iter().chain(ids("hear|2", at(1))).collect();
    assert_eq!(all.len(), 4);
    let names: Vec<&str> =
        events(&tenant(), &journey_update, "hear|1", "", at(1)).iter().map(|event| event.kind.name()).collect();
    assert_eq!(names, ["journey.stage_changed", "journey.stage_changed"]);
}

#[test]
fn what_is_counted_of_one_text_is_one_write() {
    let variant_count = |variant: &str, what| VariantCount {
        sequence: SequenceId::new("quote-follow-up").unwrap(),
        step: StepId::new("day-1").unwrap(),
        variant: VariantId::new(variant).unwrap(),
        what,
    };
    let mut writes = Writes::new("table");
    let counted =
        [variant_count("a", Counted::Sent), variant_count("b", Counted::OptedOut), variant_count("a", Counted::Sent)];
    writes.variant_stats(&tenant(), &counted).unwrap();
    assert_eq!(writes.items.len(), 2);
    let values = writes.items[0].update().unwrap().expression_attribute_values().unwrap();
    assert_eq!(values[":sent"], AttributeValue::N("2".to_owned()));
    assert_eq!(values[":opted_out"], AttributeValue::N("0".to_owned()));
}

#[test]
fn a_task_is_found_by_its_id_and_among_its_contacts() {
    let task = Task {
        id: TaskId::derive(&tenant(), &["t"]),
        contact: contact(),
        conversation: None,
        kind: TaskKind::Call,
        title: "Call Ana Vale".to_owned(),
        note: String::new(),
        urgent: false,
        assignee: None,
        due_at: None,
        created_at: at(5),
        done: None,
    };
    let mut writes = Writes::new("table");
    writes.new_task(&tenant(), &task).unwrap();
    writes.task_pointer(&tenant(), &task).unwrap();
    let item = writes.items[0].put().unwrap().item();
    assert_eq!(item["contact"].as_s().unwrap(), &contact().to_string());
    assert_eq!(item["status"].as_s().unwrap(), "open");
    let (pk, sk) = place(&writes.items[1]);
    assert_eq!(pk, *keys::of(&tenant()).person(contact()));
    assert!(sk.starts_with(TASK));
}
