//! An outgoing message: claimed by one worker with what the gate cleared, settled once, with all that follows or nothing.

use domain::ContactId;
use domain::conversations::{Action, Answer, Message, Role};
use domain::events::EventKind;
use domain::journeys::{Journey, Ruling, SendContext, gate};
use domain::messaging::{Awaited, DeliveryState, MessageRef, Verdict};
use domain::tenancy::Tenant;
use domain::tenancy::usage::Month;
use jiff::Timestamp;
use store::{Change, Claim, Commit, LoadedSend, Store};

use crate::counting::counted;
use crate::journeys::{MORNING, customer, journey_of, save, touched, visit};
use crate::stage::{Stage, chat, email, message, noon, phone, plain, trace};

/// The reply to an anonymous caller's first message, as `worker-deliver` reads it.
pub async fn queued(stage: &Stage) -> Message {
    let outcome = stage.say(&message("m1", &email("ana"), 0), plain()).await;
    reply(stage, &outcome.messages).await
}

pub async fn reply(stage: &Stage, messages: &[Message]) -> Message {
    let reply = messages.iter().find(|message| message.role == Role::Assistant).unwrap();
    read(stage, &reply.reference).await
}

pub async fn read(stage: &Stage, reference: &MessageRef) -> Message {
    stage.store.deliveries().outgoing(&stage.tenant.id, reference).await.unwrap().unwrap()
}

pub async fn loaded_send(store: &Store, tenant: &Tenant, reference: &MessageRef, contact: ContactId) -> LoadedSend {
    store.deliveries().send_context(&tenant.id, reference, contact).await.unwrap().unwrap()
}

/// What `worker-deliver` reads of a message.
pub async fn loaded_send_of(stage: &Stage, message: &Message) -> LoadedSend {
    let thread = message.reference.conversation;
    let contact = stage.store.conversations().contact(&stage.tenant.id, thread).await.unwrap().unwrap();
    loaded_send(&stage.store, &stage.tenant, &message.reference, contact).await
}

/// Asks the gate, and claims what it clears; `Err` is what it says instead.
pub async fn ask(store: &Store, tenant: &Tenant, loaded_send: &LoadedSend, now: Timestamp) -> Result<Claim, Verdict> {
    let send_context = SendContext {
        tenant,
        message: &loaded_send.message,
        contact: loaded_send.contact.as_ref(),
        opt_out_state: &loaded_send.opt_out_state,
        journey: loaded_send.journey.as_ref(),
        sent_this_month: 0,
        with_staff: loaded_send.with_staff,
    };
    match gate(&send_context, now) {
        Ruling::Cleared(cleared, verdict) => {
            Ok(store.deliveries().claim(&tenant.id, loaded_send, &cleared, &verdict, now).await.unwrap())
        }
        Ruling::Stopped(verdict) => Err(verdict),
    }
}

/// A message as its claim leaves it; the business has a number to send from.
pub async fn claimed(stage: &Stage, message: &Message, now: Timestamp) -> Message {
    let mut tenant = stage.tenant.clone();
    let sms = serde_json::json!({ "account_sid": format!("AC{:032}", 1), "from": "+13035550100" });
    tenant.channels.sms = Some(serde_json::from_value(sms).unwrap());
    match ask(&stage.store, &tenant, &loaded_send_of(stage, message).await, now).await {
        Ok(Claim::Claimed(message)) => *message,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn of_two_workers_one_claims_a_message() {
    let stage = Stage::new().await;
    let message = queued(&stage).await;
    let loaded_send = loaded_send_of(&stage, &message).await;
    let claim = || ask(&stage.store, &stage.tenant, &loaded_send, noon(1));
    let (first, second) = tokio::join!(claim(), claim());
    let mut claims: Vec<Message> = Vec::new();
    for claim in [first.unwrap(), second.unwrap()] {
        match claim {
            Claim::Claimed(message) => claims.push(*message),
            Claim::Taken | Claim::Changed => {}
        }
    }
    assert_eq!(claims.len(), 1);
    assert_eq!(claims[0], read(&stage, &message.reference).await, "the claim is what is stored");
    let now = claims[0].delivery.as_ref().unwrap();
    assert_eq!((now.state, now.attempts, now.changed_at), (DeliveryState::Sending, 1, noon(1)));
    assert!(matches!(now.verdict, Some(Verdict::Allowed { .. })), "{now:?}");
    assert_eq!((now.rulings.len(), now.rulings[0].at), (1, noon(1)));
    // Whoever read it before comes too late from now on.
    assert_eq!(claim().await.unwrap(), Claim::Taken);
}

#[tokio::test]
async fn no_one_claims_but_with_what_the_gate_cleared() {
    let stage = Stage::new().await;
    let message = queued(&stage).await;
    for state in [DeliveryState::Sending, DeliveryState::Sent] {
        let refused =
            stage.store.deliveries().advance(&stage.tenant.id, &message, state, Change::default(), noon(1)).await;
        assert!(matches!(refused, Err(domain::Failure::Permanent(_))), "{state:?}");
    }
    assert_eq!(read(&stage, &message.reference).await, message);
}

#[tokio::test]
async fn a_claim_is_settled_once_with_its_event() {
    let stage = Stage::new().await;
    let message = queued(&stage).await;
    let tenant = &stage.tenant.id;
    let claimed = claimed(&stage, &message, noon(1)).await;
    let rows = stage.entities("outbox").await.len();
    let sent = || {
        let event = EventKind::MessageSent { message: message.reference, channel: message.channel };
        let change = Change { vendor_id: Some("SM1".to_owned()), events: vec![event], ..Change::default() };
        stage.store.deliveries().advance(tenant, &claimed, DeliveryState::Sent, change, noon(2))
    };
    assert!(sent().await.unwrap());
    assert!(!sent().await.unwrap());
    let now = read(&stage, &message.reference).await.delivery.unwrap();
    assert_eq!((now.state, now.vendor_id.as_deref()), (DeliveryState::Sent, Some("SM1")));
    assert_eq!(now.rulings.len(), 1, "what the gate said stays");
    assert_eq!(stage.entities("outbox").await.len(), rows + 1);
}

#[tokio::test]
async fn a_message_that_is_tried_again_counts_its_tries() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let mut message = queued(&stage).await;
    for attempt in 1..=3 {
        message = claimed(&stage, &message, noon(attempt.into())).await;
        let reason = Some("vendor error 20429".to_owned());
        let again = Change { reason: reason.clone(), ..Change::default() };
        assert!(
            stage.store.deliveries().advance(tenant, &message, DeliveryState::Queued, again, noon(9)).await.unwrap()
        );
        message = read(&stage, &message.reference).await;
        let delivery = message.delivery.as_ref().unwrap();
        assert_eq!((delivery.attempts, &delivery.reason), (attempt, &reason));
        assert_eq!(delivery.rulings.len(), usize::try_from(attempt).unwrap());
    }
}

#[tokio::test]
async fn what_is_held_is_due_later_and_each_wait_is_an_event_and_a_verdict_of_its_own() {
    let stage = Stage::new().await;
    let message = queued(&stage).await;
    let contact = loaded_send_of(&stage, &message).await.owner;
    let mut ids = Vec::new();
    let mut held = message.clone();
    for (until, second) in [(noon(3_600), 1), (noon(7_200), 2)] {
        let later = EventKind::MessageQueued { message: message.reference, channel: message.channel, contact };
        let verdict = Some(Verdict::Delayed { until, why: "Quiet hours".into(), rule: None });
        let change = Change { verdict, later: Some((until, later)), ..Change::default() };
        assert!(
            stage
                .store
                .deliveries()
                .advance(&stage.tenant.id, &held, DeliveryState::Held, change, noon(second))
                .await
                .unwrap()
        );
        held = read(&stage, &message.reference).await;
        let rows = stage.overdue_rows(until + jiff::SignedDuration::from_secs(1), 10).await;
        let due: Vec<_> = rows.iter().filter(|row| row.events.len() == 1).collect();
        assert_eq!(due.len(), ids.len() + 1);
        ids = due.iter().map(|row| row.events[0].json()["id"].clone()).collect();
    }
    assert_ne!(ids[0], ids[1]);
    assert_eq!(stage.entities("outbox-later").await.len(), 2);
    let held = held.delivery.unwrap();
    assert_eq!((held.attempts, held.tried_at), (0, None), "the vendor was not called: it was no try");
    let rulings = held.rulings;
    assert_eq!(rulings.iter().map(|ruled| ruled.at).collect::<Vec<_>>(), [noon(1), noon(2)]);
    assert!(matches!(rulings[1].verdict, Verdict::Delayed { until, .. } if until == noon(7_200)));
}

#[tokio::test]
async fn a_claim_of_a_due_step_moves_the_journey_that_the_gate_looked_at_or_none() {
    let stage = Stage::new().await;
    let (person, message) = touched(&stage, "ana").await;
    let contact = person.contact.id;
    let stale = loaded_send_of(&stage, &message).await;
    let mut journey_update = domain::journeys::JourneyUpdate::of(journey_of(&person));
    journey_update.journey.add_log_entry(noon(MORNING), "something else happened");
    assert_eq!(save(&stage, &journey_update, "note", noon(MORNING)).await, Commit::Stored);
    assert_eq!(ask(&stage.store, &stage.tenant, &stale, noon(MORNING)).await, Ok(Claim::Changed));
    let before = visit(&stage, contact).await.journey.unwrap();
    assert_eq!((before.waiting.len(), before.ledger.len()), (1, 0));
    let claimed = claimed(&stage, &message, noon(MORNING)).await;
    let after = visit(&stage, contact).await.journey.unwrap();
    assert_eq!((after.waiting.len(), after.ledger.len(), after.version), (0, 1, before.version + 1));
    // The vendor did not take it: the second call is no second outreach message.
    let month = Month::of(noon(0));
    let again = Change::default();
    assert!(
        stage
            .store
            .deliveries()
            .advance(&stage.tenant.id, &claimed, DeliveryState::Queued, again, noon(MORNING + 1))
            .await
            .unwrap()
    );
    self::claimed(&stage, &message, noon(MORNING + 2)).await;
    assert_eq!(visit(&stage, contact).await.journey.unwrap().ledger.len(), 1);
    assert_eq!(stage.cold().journeys().touches_sent(&stage.tenant.id, &month).await.unwrap(), 1);
}

#[tokio::test]
async fn a_due_step_that_is_held_says_in_the_journey_what_it_waits_for() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let (person, message) = touched(&stage, "ana").await;
    let verdict =
        Verdict::Held { awaits: Awaited::PaymentReceived, why: "There is an unpaid invoice".into(), rule: None };
    let change = |journey: &Journey| {
        let mut journey = journey.clone();
        journey.reschedule(message.reference, &verdict);
        Change { verdict: Some(verdict.clone()), journey: Some(journey), ..Change::default() }
    };
    let journey = journey_of(&person);
    // Another write is at the journey: nothing is stored.
    let stale = Journey { version: journey.version + 7, ..journey.clone() };
    let held = |journey| {
        stage.store.deliveries().advance(tenant, &message, DeliveryState::Held, change(journey), noon(MORNING))
    };
    assert!(held(&stale).await.is_err_and(|failure| failure.is_retryable()));
    assert_eq!(read(&stage, &message.reference).await, message);
    assert!(held(&journey).await.unwrap());
    let waiting = visit(&stage, person.contact.id).await.journey.unwrap().waiting;
    assert_eq!((waiting.len(), waiting[0].awaits), (1, Some(Awaited::PaymentReceived)));
    assert_eq!(waiting[0].why.as_deref(), Some("There is an unpaid invoice"));
    assert_eq!(read(&stage, &message.reference).await.delivery.unwrap().state, DeliveryState::Held);
}

#[tokio::test]
async fn the_widget_has_its_message_when_it_is_claimed() {
    let stage = Stage::new().await;
    let outcome = stage.say(&message("m1", &chat("s-1"), 0), plain()).await;
    let message = reply(&stage, &outcome.messages).await;
    let rows = stage.entities("outbox").await.len();
    let claimed = claimed(&stage, &message, noon(1)).await;
    let delivery = claimed.delivery.as_ref().unwrap();
    assert_eq!((delivery.state, delivery.attempts), (DeliveryState::Sent, 0));
    assert_eq!(read(&stage, &message.reference).await, claimed);
    assert_eq!(stage.entities("outbox").await.len(), rows + 1, "message.sent");
    let shown = stage.store.conversations().chat_replies(&stage.tenant.id, "s-1", None).await.unwrap();
    assert_eq!(shown, [claimed]);
}

#[tokio::test]
async fn a_notice_goes_to_staff_whatever_the_customer_refused() {
    let stage = Stage::new().await;
    let answer = Answer { action: Action::Escalate, ..plain() };
    let outcome = stage.say(&message("m1", &email("ana"), 0), answer).await;
    let notice = outcome.messages.iter().find(|message| message.role == Role::Notice).unwrap();
    stage.store.opt_out_states().set_refused(&stage.tenant.id, outcome.lead.contact, true, noon(1)).await.unwrap();
    assert_eq!(claimed(&stage, notice, noon(2)).await.delivery.unwrap().state, DeliveryState::Sending);
}

#[tokio::test]
async fn who_was_merged_since_is_asked_as_who_goes_on() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant;
    let ana = customer(&stage, "ana").await.contact.id;
    let outcome = stage.say(&message("m2", &phone(1), 60), plain()).await;
    let young = outcome.lead.contact;
    let reply = reply(&stage, &outcome.messages).await;
    assert_eq!(loaded_send(&stage.store, tenant, &reply.reference, young).await.owner, young);
    stage.store.people().merge(&tenant.id, ana, young, &trace()).await.unwrap();
    stage.store.opt_out_states().set_refused(&tenant.id, ana, true, noon(130)).await.unwrap();
    let (store, calls) = counted(&stage);
    let loaded_send = loaded_send(&store, tenant, &reply.reference, young).await;
    assert_eq!(calls.take(), ["BatchGetItem", "BatchGetItem"]);
    assert_eq!((loaded_send.owner, loaded_send.opt_out_state.refused), (ana, true));
    assert_eq!(loaded_send.contact.unwrap().id, ana);
    assert_eq!(loaded_send.message, reply);
    let nothing = MessageRef { at: noon(999), ..reply.reference };
    assert_eq!(stage.store.deliveries().send_context(&tenant.id, &nothing, young).await.unwrap(), None);
}

#[tokio::test]
async fn a_message_that_passes_the_gate_costs_three_calls() {
    let stage = Stage::new().await;
    let (store, calls) = counted(&stage);
    let (person, due_step) = touched(&stage, "bo").await;
    let answer = queued(&stage).await;
    let answers_to = loaded_send_of(&stage, &answer).await.owner;
    for (message, contact, now) in [(due_step, person.contact.id, noon(MORNING)), (answer, answers_to, noon(1))] {
        let loaded_send = loaded_send(&store, &stage.tenant, &message.reference, contact).await;
        let claim = ask(&store, &stage.tenant, &loaded_send, now).await;
        let Ok(Claim::Claimed(claimed)) = claim else { panic!("{claim:?}") };
        let event = EventKind::MessageSent { message: message.reference, channel: message.channel };
        let change = Change { vendor_id: Some("SM1".to_owned()), events: vec![event], ..Change::default() };
        assert!(
            store.deliveries().advance(&stage.tenant.id, &claimed, DeliveryState::Sent, change, now).await.unwrap()
        );
        assert_eq!(calls.take(), ["BatchGetItem", "TransactWriteItems", "TransactWriteItems"]);
    }
}

#[tokio::test]
async fn a_message_that_does_not_exist_or_came_in_is_not_taken_up() {
    let stage = Stage::new().await;
    let outcome = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let other = domain::TenantId::new("bolt").unwrap();
    let reply = outcome.messages[1].reference;
    assert_eq!(stage.store.deliveries().outgoing(&other, &reply).await.unwrap(), None);
    let customers = read(&stage, &outcome.messages[0].reference).await;
    let tenant = &stage.tenant.id;
    assert!(
        !stage
            .store
            .deliveries()
            .advance(tenant, &customers, DeliveryState::Failed, Change::default(), noon(1))
            .await
            .unwrap()
    );
}
