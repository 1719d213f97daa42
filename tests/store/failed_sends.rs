//! What follows when a message was sent, and when it was not: clocks that stop, escalations and notices to staff.

use domain::EventId;
use domain::conversations::sent::{NotSent, TOLD_ONE_BY_ONE, Telling, not_sent, sent};
use domain::conversations::{EscalationReason, FollowUp, Message, NoticeKind};
use domain::events::{Event, EventKind};
use domain::messaging::{Channel, DeliveryState, Explanation};
use store::{Clocked, Commit};

use crate::deliveries::{queued, reply};
use crate::stage::{Stage, email, message, noon, phone, plain, text_of, trace};

/// The event that a message did not leave, and what follows from it.
async fn failing(stage: &Stage, message: &Message, reason: &str) -> (Event, Option<(Clocked, FollowUp)>) {
    let tenant = &stage.tenant;
    let state = DeliveryState::Failed;
    let kind = EventKind::MessageNotSent {
        message: message.reference,
        channel: message.channel,
        state,
        reason: reason.to_owned(),
    };
    let id = EventId::derive(&tenant.id, &["not_sent", &message.reference.message.to_string()]);
    let event = Event { id, tenant: tenant.id.clone(), at: noon(5), correlation_id: "c".to_owned(), kind };
    let why = Explanation::of("It was filtered", "Ask them.", false);
    let what = (message.channel, reason);
    let id = message.reference.message;
    let place =
        stage.store.deliveries().place_among_failed(&tenant.id, what, id, TOLD_ONE_BY_ONE + 1, event.at).await.unwrap();
    let telling = Telling::of(place, &why);
    let what = NotSent { tenant, message, state, why: &why, telling, event: &event };
    let (read, _) = stage.store.sla().goes_on_in(&tenant.id, message).await.unwrap().unwrap();
    let done = not_sent(&what, &read.thread, &read.lead);
    (event, done.map(|done| (read, done)))
}

#[tokio::test]
async fn an_escalation_comes_with_the_thread_and_the_notices_or_not_at_all_and_once() {
    let stage = Stage::new().await;
    let message = queued(&stage).await;
    let tenant = &stage.tenant.id;
    let (event, follows) = failing(&stage, &message, "twilio 30007").await;
    let (read, done) = follows.unwrap();
    // Someone writes meanwhile: the thread is not the one that was read.
    stage.say(&crate::stage::message("m2", &email("ana"), 4), plain()).await;
    let before = stage.items().await.len();
    let lost = stage.store.sla().note_follow_up(tenant, &read, &done, &event, noon(5)).await.unwrap();
    assert_eq!((lost, stage.items().await.len()), (Commit::Conflict, before));

    let (event, follows) = failing(&stage, &message, "twilio 30007").await;
    let (read, done) = follows.unwrap();
    let noted =
        async |read: &Clocked| stage.store.sla().note_follow_up(tenant, read, &done, &event, noon(5)).await.unwrap();
    assert_eq!(noted(&read).await, Commit::Stored);
    let page = stage.store.escalations().list(tenant, Some("pending"), 10, None).await.unwrap();
    assert_eq!((page.items.len(), page.items[0].reason), (1, EscalationReason::DeliveryFailed));
    let notices = async || {
        let messages = stage.entities("message").await;
        messages.into_iter().filter(|item| text_of(item, "role") == "notice").collect::<Vec<_>>()
    };
    assert_eq!(notices().await.len(), 1);
    assert!(text_of(&notices().await[0], "text").starts_with("It was filtered. Ask them."));
    // The event comes again, when the thread has gone on.
    let (read, _) = stage.store.sla().goes_on_in(tenant, &message).await.unwrap().unwrap();
    assert_eq!(noted(&read).await, Commit::Duplicate);
}

#[tokio::test]
async fn of_many_failures_with_one_reason_staff_hear_a_few_times_and_then_once() {
    let stage = Stage::new().await;
    let mut told = Vec::new();
    for number in 0..9 {
        let said = stage.say(&message(&format!("m{number}"), &phone(10 + number), 0), plain()).await;
        let reply = reply(&stage, &said.messages).await;
        let (event, follows) = failing(&stage, &reply, "twilio 30007").await;
        let (read, done) = follows.unwrap();
        assert!(done.escalation.is_some(), "each of them waits");
        told.push(done.notices.iter().map(|notice| notice.notice.unwrap()).collect::<Vec<_>>());
        stage.store.sla().note_follow_up(&stage.tenant.id, &read, &done, &event, noon(5)).await.unwrap();
    }
    let mut expected = vec![vec![NoticeKind::Escalation]; TOLD_ONE_BY_ONE];
    expected.extend([vec![NoticeKind::NotDelivered], vec![], vec![], vec![]]);
    assert_eq!(told, expected);
    // Another reason is another matter.
    let said = stage.say(&message("other", &phone(30), 0), plain()).await;
    let reply = reply(&stage, &said.messages).await;
    let (_, follows) = failing(&stage, &reply, "twilio 30003").await;
    assert_eq!(follows.unwrap().1.notices[0].notice, Some(NoticeKind::Escalation));
}

#[tokio::test]
async fn a_failure_keeps_its_place_when_it_is_told_again() {
    let stage = Stage::new().await;
    let place = async |id: &str| {
        let id = domain::MessageId::derive(&stage.tenant.id, &[id]);
        let what = (Channel::Sms, "twilio 30007");
        stage.store.deliveries().place_among_failed(&stage.tenant.id, what, id, 2, noon(0)).await.unwrap()
    };
    let places = [place("a").await, place("b").await, place("a").await, place("c").await, place("b").await];
    assert_eq!(places, [Some(0), Some(1), Some(0), None, Some(1)]);
}

#[tokio::test]
async fn the_clock_of_a_thread_stops_when_its_answer_was_sent_and_not_when_it_was_queued() {
    let stage = Stage::new().await;
    let message = queued(&stage).await;
    let tenant = &stage.tenant;
    let clock = async || stage.store.sla().clocked(&tenant.id, message.reference.conversation).await.unwrap().unwrap();
    let waiting = clock().await.thread.sla;
    assert_eq!((waiting.first_response.map(|wait| wait.since), waiting.first_response_ms), (Some(noon(0)), None));
    let kind = EventKind::MessageSent { message: message.reference, channel: message.channel };
    let id = EventId::derive(&tenant.id, &["sent"]);
    let event = Event { id, tenant: tenant.id.clone(), at: noon(7), correlation_id: "c".to_owned(), kind };
    let read = clock().await;
    let done = sent(tenant, &message, &read.thread, &event).unwrap();
    let noted = stage.store.sla().note_follow_up(&tenant.id, &read, &done, &event, noon(8)).await.unwrap();
    assert_eq!(noted, Commit::Stored);
    let read = clock().await;
    assert_eq!((read.thread.sla.first_response, read.thread.sla.first_response_ms), (None, Some(7_000)));
    assert_eq!(sent(tenant, &message, &read.thread, &event), None, "twice is once");
    assert_eq!(read.thread.sla.next_due(), None);
}

#[tokio::test]
async fn staff_are_called_to_where_the_customer_goes_on() {
    let stage = Stage::new().await;
    let first = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let first = reply(&stage, &first.messages).await;
    let find = async || stage.store.sla().goes_on_in(&stage.tenant.id, &first).await.unwrap().unwrap().0;
    assert_eq!(find().await.thread.id, first.reference.conversation);
    // A day later on a thread of its own, and then merged into someone older.
    let later = stage.say(&message("m2", &phone(1), 25 * 3600), plain()).await;
    assert!(later.opened_thread);
    assert_eq!(find().await.thread.id, later.thread.id);
    let older = stage.say(&message("m0", &email("ana"), -60), plain()).await.lead;
    let merged =
        stage.store.people().merge(&stage.tenant.id, later.lead.contact, older.contact, &trace()).await.unwrap();
    assert_eq!(merged.id, older.contact);
    let Clocked { thread, lead, .. } = find().await;
    assert_eq!((thread.id, lead.id, lead.contact), (later.thread.id, older.id, older.contact));
}
