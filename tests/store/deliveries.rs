//! An outgoing message: claimed by one worker, settled once, with all that follows or nothing.

use domain::conversations::{EscalationReason, Message, NoticeKind, Role, escalating};
use domain::events::EventKind;
use domain::messaging::{DeliveryState, MessageRef, Verdict};
use store::Change;

use crate::stage::{Stage, email, given, message, noon, phone, plain, text_of};

/// The reply to a stranger's first message, as `worker-deliver` reads it.
async fn queued(stage: &Stage) -> Message {
    let outcome = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let reply = outcome.messages.iter().find(|message| message.role == Role::Assistant).unwrap();
    read(stage, &reply.reference).await
}

async fn read(stage: &Stage, reference: &MessageRef) -> Message {
    stage.store.outgoing(&stage.tenant.id, reference).await.unwrap().unwrap()
}

#[tokio::test]
async fn of_two_workers_one_claims_a_message() {
    let stage = Stage::new().await;
    let message = queued(&stage).await;
    let verdict = Some(Verdict::Allowed { why: "answer".to_owned() });
    let claim = || {
        let change = Change { verdict: verdict.clone(), ..Change::default() };
        stage.store.advance(&stage.tenant.id, &message, DeliveryState::Sending, change, noon(1))
    };
    let (first, second) = tokio::join!(claim(), claim());
    let claimed = [first, second].into_iter().filter(|claim| matches!(claim, Ok(true))).count();
    assert_eq!(claimed, 1);
    let now = read(&stage, &message.reference).await.delivery.unwrap();
    assert_eq!((now.state, now.attempts, now.changed_at), (DeliveryState::Sending, 1, noon(1)));
    assert_eq!(now.verdict, verdict);
    // Whoever read it before comes too late from now on.
    assert!(!claim().await.unwrap());
}

#[tokio::test]
async fn a_claim_is_settled_once_with_its_event() {
    let stage = Stage::new().await;
    let message = queued(&stage).await;
    let tenant = &stage.tenant.id;
    assert!(stage.store.advance(tenant, &message, DeliveryState::Sending, Change::default(), noon(1)).await.unwrap());
    let claimed = read(&stage, &message.reference).await;
    let rows = stage.entities("outbox").await.len();
    let sent = || {
        let event = EventKind::MessageSent { message: message.reference, channel: message.channel };
        let change = Change { vendor_id: Some("SM1".to_owned()), events: vec![event], ..Change::default() };
        stage.store.advance(tenant, &claimed, DeliveryState::Sent, change, noon(2))
    };
    assert!(sent().await.unwrap());
    assert!(!sent().await.unwrap());
    let now = read(&stage, &message.reference).await.delivery.unwrap();
    assert_eq!((now.state, now.vendor_id.as_deref()), (DeliveryState::Sent, Some("SM1")));
    assert_eq!(stage.entities("outbox").await.len(), rows + 1);
}

#[tokio::test]
async fn a_message_that_is_tried_again_counts_its_tries() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let mut message = queued(&stage).await;
    for attempt in 1..=3 {
        assert!(
            stage.store.advance(tenant, &message, DeliveryState::Sending, Change::default(), noon(1)).await.unwrap()
        );
        message = read(&stage, &message.reference).await;
        let reason = Some("vendor error 20429".to_owned());
        let again = Change { reason: reason.clone(), ..Change::default() };
        assert!(stage.store.advance(tenant, &message, DeliveryState::Queued, again, noon(2)).await.unwrap());
        message = read(&stage, &message.reference).await;
        let delivery = message.delivery.as_ref().unwrap();
        assert_eq!((delivery.attempts, &delivery.reason), (attempt, &reason));
    }
}

#[tokio::test]
async fn what_is_held_is_due_later_and_each_wait_is_an_event_of_its_own() {
    let stage = Stage::new().await;
    let message = queued(&stage).await;
    let mut ids = Vec::new();
    let mut held = message.clone();
    for until in [noon(3_600), noon(7_200)] {
        let later = EventKind::MessageQueued { message: message.reference, channel: message.channel };
        let change = Change { later: Some((until, later)), ..Change::default() };
        assert!(stage.store.advance(&stage.tenant.id, &held, DeliveryState::Held, change, noon(1)).await.unwrap());
        held = read(&stage, &message.reference).await;
        let rows = stage.store.overdue(until + jiff::SignedDuration::from_secs(1), 10).await.unwrap();
        let due: Vec<_> = rows.iter().filter(|row| row.events.len() == 1).collect();
        assert_eq!(due.len(), ids.len() + 1);
        ids = due.iter().map(|row| row.events[0].id).collect();
    }
    assert_ne!(ids[0], ids[1]);
    assert_eq!(stage.entities("outbox-later").await.len(), 2);
}

#[tokio::test]
async fn an_escalation_comes_with_the_thread_and_the_notices_or_not_at_all() {
    let stage = Stage::new().await;
    let message = queued(&stage).await;
    let tenant = &stage.tenant;
    let (thread, lead) = stage.store.thread_and_lead(&tenant.id, &message).await.unwrap().unwrap();
    let change = || {
        let mut thread = thread.clone();
        let by = message.reference.message;
        let cause = escalating::Cause { reason: EscalationReason::DeliveryFailed, by, at: noon(5) };
        let (escalation, event) = escalating::raise(&tenant.id, &mut thread, &cause).unwrap();
        let about = escalating::About {
            tenant,
            lead: &lead,
            thread: &thread,
            reason: Some(escalation.reason),
            correlation_id: &message.correlation_id,
            by,
            at: noon(5),
        };
        let (notices, _): (Vec<_>, Vec<_>) = escalating::notices(NoticeKind::Escalation, &about).into_iter().unzip();
        Change { events: vec![event], escalation: Some((thread, escalation, notices)), ..Change::default() }
    };
    // Somebody writes meanwhile: the thread is not the one that was read.
    stage.say(&crate::stage::message("m2", &phone(1), 4), plain()).await;
    let before = stage.items().await.len();
    let lost = stage.store.advance(&tenant.id, &message, DeliveryState::Failed, change(), noon(5)).await;
    assert!(lost.is_err_and(|failure| failure.is_retryable()));
    assert_eq!(stage.items().await.len(), before);
    assert_eq!(read(&stage, &message.reference).await.delivery.unwrap().state, DeliveryState::Queued);

    let (thread, _) = stage.store.thread_and_lead(&tenant.id, &message).await.unwrap().unwrap();
    let mut change = change();
    change.escalation.as_mut().unwrap().0.version = thread.version;
    assert!(stage.store.advance(&tenant.id, &message, DeliveryState::Failed, change, noon(5)).await.unwrap());
    let page = stage.store.escalations(&tenant.id, Some("pending"), 10, None).await.unwrap();
    assert_eq!((page.items.len(), page.items[0].reason), (1, EscalationReason::DeliveryFailed));
    let notices = stage.entities("message").await;
    assert_eq!(notices.iter().filter(|item| text_of(item, "role") == "notice").count(), 1);
}

#[tokio::test]
async fn staff_are_called_to_where_the_customer_goes_on() {
    let stage = Stage::new().await;
    let first = queued(&stage).await;
    let find = async || stage.store.thread_and_lead(&stage.tenant.id, &first).await.unwrap().unwrap();
    assert_eq!(find().await.0.id, first.reference.conversation);
    // A day later on a thread of its own, and then merged into somebody older.
    let later = stage.say(&message("m2", &phone(1), 25 * 3600), plain()).await;
    assert!(later.opened_thread);
    assert_eq!(find().await.0.id, later.thread.id);
    stage.say(&message("m0", &email("ana"), -60), plain()).await;
    let merged = stage.say(&message("m3", &phone(1), 25 * 3600 + 60), given(&[email("ana")])).await;
    assert_eq!(merged.merged.len(), 1);
    let (thread, lead) = find().await;
    assert_eq!((thread.id, lead.id, lead.contact), (later.thread.id, merged.lead.id, merged.lead.contact));
}

#[tokio::test]
async fn a_message_that_does_not_exist_or_came_in_is_not_taken_up() {
    let stage = Stage::new().await;
    let outcome = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let other = domain::TenantId::new("bolt").unwrap();
    let reply = outcome.messages[1].reference;
    assert_eq!(stage.store.outgoing(&other, &reply).await.unwrap(), None);
    let customers = read(&stage, &outcome.messages[0].reference).await;
    let tenant = &stage.tenant.id;
    assert!(
        !stage.store.advance(tenant, &customers, DeliveryState::Sending, Change::default(), noon(1)).await.unwrap()
    );
}
