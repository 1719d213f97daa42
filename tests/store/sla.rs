//! Customers who wait: found when it is time, announced once, forgotten when the wait is over.

use domain::conversations::rules::overdue;
use domain::conversations::sent::sent;
use domain::conversations::{Action, Answer, EscalationReason, Intent, Role};
use domain::events::{Event, EventKind};
use domain::messaging::Inbound;
use domain::tenancy::Tenant;
use domain::turns::{Outcome, Response, Turn};
use domain::{ConversationId, EventId, TenantId};
use futures::future::join_all;
use jiff::Timestamp;
use serde_json::{Value, json};
use store::{Backlog, Commit, Store, Trace};

use crate::stage::{Stage, message, noon, phone, plain, tenant, text_of, trace};

/// The tenant of the stage with a rule about staff who do not answer within five minutes.
fn patient() -> Tenant {
    let mut tenant = tenant("acme");
    tenant.escalation.rules = serde_json::from_value(json!([{
        "id": "nobody-answers",
        "when": [{ "no_staff_reply_within_minutes": 5 }],
        "then": [{ "notify": ["manager@example.com"] }, { "call_list": ["ana-flores", "ben-stone"] }],
    }]))
    .unwrap();
    tenant
}

/// A turn with `response`, stored.
async fn turn(stage: &Stage, tenant: &Tenant, inbound: &Inbound, response: Response) -> Outcome {
    let loaded_turn = stage.store.people().load_turn(inbound).await.unwrap();
    let outcome =
        Turn::open(tenant, domain::tenancy::BusinessContext::NONE, inbound, loaded_turn.people, inbound.received_at)
            .close(response, 5);
    assert_eq!(stage.commit(&outcome).await, Commit::Stored);
    outcome
}

/// Someone wrote who must not be answered.
async fn unanswered(stage: &Stage, tenant: &Tenant, id: &str, seconds: i64) -> Outcome {
    let silent = Response::Silent { intent: Intent::Other, suppressed: None };
    turn(stage, tenant, &message(id, &phone(1), seconds), silent).await
}

async fn called(stage: &Stage, tenant: &Tenant) -> Outcome {
    let answer = Answer { action: Action::Escalate, ..plain() };
    let response = Response::Answered { answer: Box::new(answer), escalate: None };
    let outcome = turn(stage, tenant, &message("m1", &phone(1), 0), response).await;
    answer_sent(stage, &outcome, noon(1)).await;
    outcome
}

/// A vendor took the answer of a turn.
async fn answer_sent(stage: &Stage, outcome: &Outcome, at: Timestamp) {
    let tenant = &stage.tenant;
    let answer = outcome.messages.iter().find(|message| message.role == Role::Assistant).unwrap();
    let kind = EventKind::MessageSent { message: answer.reference, channel: answer.channel };
    let id = EventId::derive(&tenant.id, &["sent", &answer.reference.message.to_string()]);
    let event = Event { id, tenant: tenant.id.clone(), at, correlation_id: "c".to_owned(), kind };
    let read = stage.store.sla().clocked(&tenant.id, answer.reference.conversation).await.unwrap().unwrap();
    let done = sent(tenant, answer, &read.thread, &event).unwrap();
    let noted = stage.store.sla().note_follow_up(&tenant.id, &read, &done, &event, at).await.unwrap();
    assert_eq!(noted, Commit::Stored);
}

/// The threads of which something is due.
async fn waiting(store: &Store, now: Timestamp) -> Vec<(TenantId, ConversationId)> {
    let mut threads = Vec::new();
    for shard in 0..Backlog::SHARDS {
        let (due, _) = store.sla().overdue(shard, now, None, 100).await.unwrap();
        threads.extend(due.into_iter().map(|due| due.what.unwrap()));
    }
    threads
}

/// One look of `cron-sla-watch`; how many threads were acted on.
async fn look(store: &Store, tenant: &Tenant, now: Timestamp) -> usize {
    let mut acted = 0;
    for (id, conversation) in waiting(store, now).await {
        assert_eq!(id, tenant.id);
        let Some(read) = store.sla().clocked(&id, conversation).await.unwrap() else { continue };
        let Some(done) = overdue(tenant, &read.thread, &read.lead, now) else { continue };
        acted += usize::from(store.sla().note_overdue(&id, &read, &done, now).await.unwrap());
    }
    acted
}

/// The events of a kind in the outbox.
async fn announced(stage: &Stage, name: &str) -> Vec<Value> {
    let rows = stage.entities("outbox").await;
    let events = rows.iter().flat_map(|row| serde_json::from_str::<Vec<Value>>(text_of(row, "events")).unwrap());
    events.filter(|event| event["type"] == name).map(|event| event["data"].clone()).collect()
}

/// The key under which a thread waits.
async fn waits_until(stage: &Stage, id: ConversationId) -> String {
    let threads = stage.entities("thread").await;
    let thread = threads.iter().find(|thread| text_of(thread, "id") == id.to_string()).unwrap();
    text_of(thread, "pending_sk").split('#').next().unwrap().trim_start_matches('0').to_owned()
}

fn millis(at: Timestamp) -> String {
    at.as_millisecond().to_string()
}

#[tokio::test]
async fn who_was_answered_waits_for_nothing() {
    let stage = Stage::new().await;
    let outcome = stage.say(&message("m1", &phone(1), 0), plain()).await;
    assert_eq!(waits_until(&stage, outcome.thread.id).await, millis(noon(60)), "queued is not sent");
    answer_sent(&stage, &outcome, noon(5)).await;
    assert_eq!(waits_until(&stage, outcome.thread.id).await, "");
    assert!(waiting(&stage.store, noon(1_000_000)).await.is_empty());
}

#[tokio::test]
async fn a_wait_is_found_when_it_is_due_and_not_before() {
    let stage = Stage::new().await;
    let outcome = unanswered(&stage, &stage.tenant, "m1", 0).await;
    assert_eq!(waits_until(&stage, outcome.thread.id).await, millis(noon(60)));
    assert!(waiting(&stage.store, noon(59)).await.is_empty());
    let found = waiting(&stage.store, noon(60)).await;
    assert_eq!(found, [(stage.tenant.id.clone(), outcome.thread.id)]);
}

#[tokio::test]
async fn a_wait_is_announced_once_however_many_look_and_however_often() {
    let stage = Stage::new().await;
    let outcome = unanswered(&stage, &stage.tenant, "m1", 0).await;
    let lookers = (0..8).map(|_| async {
        let store = stage.cold();
        look(&store, &stage.tenant, noon(61)).await
    });
    // All of them may have been in each other's way: then the next one finds it still to be done.
    let acted: usize = join_all(lookers).await.into_iter().sum();
    assert_eq!(acted + look(&stage.store, &stage.tenant, noon(600)).await, 1);
    assert_eq!(look(&stage.store, &stage.tenant, noon(660)).await, 0);
    let breaches = announced(&stage, "sla.breached").await;
    assert_eq!(breaches.len(), 1);
    assert_eq!(breaches[0]["timer"], "first_response");
    assert_eq!(breaches[0]["due_at"], noon(60).to_string());
    assert_eq!(waits_until(&stage, outcome.thread.id).await, "", "nothing else runs");
}

#[tokio::test]
async fn an_answer_takes_the_thread_out_of_the_index() {
    let stage = Stage::new().await;
    let outcome = unanswered(&stage, &stage.tenant, "m1", 0).await;
    let answered = stage.say(&message("m2", &phone(1), 30), plain()).await;
    answer_sent(&stage, &answered, noon(35)).await;
    assert_eq!(waits_until(&stage, outcome.thread.id).await, "");
    assert_eq!(look(&stage.store, &stage.tenant, noon(600)).await, 0);
    assert!(announced(&stage, "sla.breached").await.is_empty());
}

#[tokio::test]
async fn staff_who_do_not_answer_are_told_again_then_late_and_late_with_the_end() {
    let (stage, tenant) = (Stage::new().await, patient());
    let outcome = called(&stage, &tenant).await;
    let thread = outcome.thread.id;
    let minutes = |count: i64| noon(count * 60);
    // The business of the stage never opens: all minutes count.
    assert_eq!(waits_until(&stage, thread).await, millis(minutes(5)));
    assert_eq!(look(&stage.store, &tenant, minutes(5)).await, 1);
    assert_eq!(look(&stage.store, &tenant, minutes(5)).await, 0);
    assert_eq!(stage.entities("task").await.len(), 1);
    assert_eq!(announced(&stage, "task.created").await.len(), 1);
    let notices = stage.entities("message").await.into_iter().filter(|item| text_of(item, "role") == "notice");
    assert_eq!(notices.count(), 2, "the owner at once, the manager now");
    assert_eq!(waits_until(&stage, thread).await, millis(minutes(15)));
    assert_eq!(look(&stage.store, &tenant, minutes(15)).await, 1);
    assert_eq!(waits_until(&stage, thread).await, millis(minutes(24 * 60)));
    assert_eq!(look(&stage.store, &tenant, minutes(24 * 60)).await, 1);
    assert_eq!(waits_until(&stage, thread).await, "");
    let timers: Vec<String> =
        announced(&stage, "sla.breached").await.iter().map(|data| data["timer"].to_string()).collect();
    assert_eq!(timers.len(), 2, "{timers:?}");
    assert!(timers.contains(&"\"staff_response\"".to_owned()) && timers.contains(&"\"resolution\"".to_owned()));
    assert_eq!(announced(&stage, "escalation.raised").await.len(), 1);
}

#[tokio::test]
async fn a_rule_about_a_message_that_no_one_answers_calls_a_person() {
    let (stage, tenant) = (Stage::new().await, patient());
    let outcome = unanswered(&stage, &tenant, "m1", 0).await;
    assert_eq!(look(&stage.store, &tenant, noon(300)).await, 1);
    let waiting = stage.store.escalations().list(&tenant.id, Some("pending"), 10, None).await.unwrap().items;
    assert_eq!((waiting.len(), waiting[0].reason), (1, EscalationReason::TenantRule));
    assert_eq!(waiting[0].rule.as_ref().unwrap().as_str(), "nobody-answers");
    let thread = stage.store.conversations().replay(&tenant.id, outcome.thread.id).await.unwrap().conversation;
    assert_eq!(thread.escalation, Some(waiting[0].id));
    // The staff have their time from now on.
    assert_eq!(waits_until(&stage, thread.id).await, millis(noon(300 + 15 * 60)));
}

#[tokio::test]
async fn a_resolution_ends_the_waits_and_says_what_came_too_late() {
    let (stage, tenant) = (Stage::new().await, patient());
    let outcome = called(&stage, &tenant).await;
    let escalation = outcome.escalation.unwrap().id;
    let trace = Trace { at: noon(20 * 60), ..trace() };
    stage.store.escalations().resolve(&tenant.id, outcome.thread.id, escalation, "Called", &trace).await.unwrap();
    assert_eq!(waits_until(&stage, outcome.thread.id).await, "");
    assert_eq!(look(&stage.store, &tenant, noon(1_000_000)).await, 0);
    let breaches = announced(&stage, "sla.breached").await;
    assert_eq!((breaches.len(), &breaches[0]["timer"]), (1, &json!("staff_response")));
    assert!(stage.entities("task").await.is_empty());
}

#[tokio::test]
async fn the_customer_who_writes_meanwhile_is_not_written_over() {
    let (stage, tenant) = (Stage::new().await, patient());
    let outcome = unanswered(&stage, &tenant, "m1", 0).await;
    let read = stage.store.sla().clocked(&tenant.id, outcome.thread.id).await.unwrap().unwrap();
    stage.say(&message("m2", &phone(1), 61), plain()).await;
    let done = overdue(&tenant, &read.thread, &read.lead, noon(61)).unwrap();
    assert!(!stage.store.sla().note_overdue(&tenant.id, &read, &done, noon(61)).await.unwrap());
    let thread = stage.store.conversations().replay(&tenant.id, outcome.thread.id).await.unwrap().conversation;
    assert_eq!((thread.message_count, thread.sla.next_due()), (3, Some(noon(60))));
}

#[tokio::test]
async fn a_thread_that_is_gone_is_passed_over() {
    let stage = Stage::new().await;
    let nobody = ConversationId::derive(&stage.tenant.id, &["nobody"]);
    assert_eq!(stage.store.sla().clocked(&stage.tenant.id, nobody).await.unwrap(), None);
    let outcome = unanswered(&stage, &stage.tenant, "m1", 0).await;
    let other = TenantId::new("bolt").unwrap();
    assert_eq!(stage.store.sla().clocked(&other, outcome.thread.id).await.unwrap(), None);
}
