//! Vendors' status callbacks.

use domain::conversations::Role;
use domain::messaging::delivery::{Blocked, StatusUpdate};
use domain::messaging::{Channel, DeliveryState, MessageRef, OptOutState};
use serde_json::Value;
use store::Change;

use crate::stage::{Stage, message, noon, phone, plain, text_of};

async fn claimed(stage: &Stage) -> MessageRef {
    let outcome = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let reply = outcome.messages.into_iter().find(|message| message.role == Role::Assistant).unwrap();
    crate::deliveries::claimed(stage, &reply, noon(1)).await;
    reply.reference
}

fn update(message: MessageRef, state: DeliveryState) -> StatusUpdate {
    StatusUpdate { message: Some(message), vendor_id: "SM1".to_owned(), state, reason: None, blocked: None }
}

async fn state(stage: &Stage, message: &MessageRef) -> DeliveryState {
    stage.store.deliveries().outgoing(&stage.tenant.id, message).await.unwrap().unwrap().delivery.unwrap().state
}

#[tokio::test]
async fn callbacks_in_any_order_end_in_the_furthest_state() {
    use DeliveryState::{Delivered, Read, Sent};
    for order in [[Sent, Delivered, Read], [Read, Delivered, Sent], [Delivered, Sent, Read], [Sent, Read, Delivered]] {
        let stage = Stage::new().await;
        let message = claimed(&stage).await;
        let mut furthest = 0;
        for reported in order {
            let rank = [Sent, Delivered, Read].iter().position(|state| *state == reported).unwrap();
            let applied = stage
                .store
                .deliveries()
                .apply_status(&stage.tenant.id, &update(message, reported), noon(2))
                .await
                .unwrap();
            assert_eq!(applied, furthest == 0 || rank > furthest - 1, "{order:?}: {reported:?}");
            furthest = furthest.max(rank + 1);
            // The vendor repeats itself.
            assert!(
                !stage
                    .store
                    .deliveries()
                    .apply_status(&stage.tenant.id, &update(message, reported), noon(3))
                    .await
                    .unwrap()
            );
        }
        assert_eq!(state(&stage, &message).await, Read);
    }
}

#[tokio::test]
async fn a_callback_settles_what_no_one_knew() {
    let stage = Stage::new().await;
    let message = claimed(&stage).await;
    let tenant = &stage.tenant.id;
    let read = stage.store.deliveries().outgoing(tenant, &message).await.unwrap().unwrap();
    assert!(
        stage
            .store
            .deliveries()
            .advance(tenant, &read, DeliveryState::Unknown, Change::default(), noon(2))
            .await
            .unwrap()
    );
    assert!(
        stage
            .store
            .deliveries()
            .apply_status(tenant, &update(message, DeliveryState::Delivered), noon(3))
            .await
            .unwrap()
    );
    let delivery = stage.store.deliveries().outgoing(tenant, &message).await.unwrap().unwrap().delivery.unwrap();
    assert_eq!((delivery.state, delivery.vendor_id.as_deref()), (DeliveryState::Delivered, Some("SM1")));
    assert_eq!(announced(&stage).await, [("message.sent".to_owned(), String::new())]);
}

/// What was announced of how messages ended, with the reasons.
async fn announced(stage: &Stage) -> Vec<(String, String)> {
    let rows = stage.entities("outbox").await;
    let events = rows.iter().flat_map(|row| serde_json::from_str::<Vec<Value>>(text_of(row, "events")).unwrap());
    let ends = events.filter(|event| ["message.sent", "message.not_sent"].iter().any(|name| event["type"] == *name));
    ends.map(|event| {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&event["type"]), text(&event["data"]["reason"]))
    })
    .collect()
}

#[tokio::test]
async fn a_failure_that_a_callback_tells_is_announced_once() {
    let stage = Stage::new().await;
    let message = claimed(&stage).await;
    let tenant = &stage.tenant.id;
    assert!(
        stage.store.deliveries().apply_status(tenant, &update(message, DeliveryState::Sent), noon(2)).await.unwrap()
    );
    let filtered = StatusUpdate { reason: Some("twilio 30007".to_owned()), ..update(message, DeliveryState::Failed) };
    assert!(stage.store.deliveries().apply_status(tenant, &filtered, noon(3)).await.unwrap());
    assert!(!stage.store.deliveries().apply_status(tenant, &filtered, noon(4)).await.unwrap());
    let expected = [("message.not_sent", "twilio 30007"), ("message.sent", "")];
    let mut announced = announced(&stage).await;
    announced.sort();
    assert_eq!(announced, expected.map(|(name, reason)| (name.to_owned(), reason.to_owned())));
    let delivery = stage.store.deliveries().outgoing(tenant, &message).await.unwrap().unwrap().delivery.unwrap();
    assert_eq!((delivery.state, delivery.reason.as_deref()), (DeliveryState::Failed, Some("twilio 30007")));
}

/// A callback that says why the number gets nothing more.
fn failed(message: MessageRef, code: &str, blocked: Blocked) -> StatusUpdate {
    let failed = update(message, DeliveryState::Failed);
    StatusUpdate { reason: Some(code.to_owned()), blocked: Some(blocked), ..failed }
}

async fn opt_out_state(stage: &Stage) -> OptOutState {
    stage.store.people().load_addresses(&stage.tenant.id, &[phone(1)]).await.unwrap().people.remove(0).opt_out_state
}

#[tokio::test]
async fn who_told_the_vendor_that_they_want_nothing_more_has_refused() {
    let stage = Stage::new().await;
    let message = claimed(&stage).await;
    let failed = failed(message, "twilio 21610", Blocked::OptedOut);
    assert!(stage.store.deliveries().apply_status(&stage.tenant.id, &failed, noon(2)).await.unwrap());
    let delivery =
        stage.store.deliveries().outgoing(&stage.tenant.id, &message).await.unwrap().unwrap().delivery.unwrap();
    assert_eq!((delivery.state, delivery.reason.as_deref()), (DeliveryState::Failed, Some("twilio 21610")));
    let refused = opt_out_state(&stage).await;
    // They had when the message left, whenever the vendor says so.
    assert_eq!((refused.refused, refused.said_at), (true, Some(noon(1))));
    let next = crate::stage::message("m2", &phone(1), 3);
    assert_eq!(stage.store.people().load_turn(&next).await.unwrap().refused_at, Some(noon(1)));
    // They come back; the vendor repeats what it said before that.
    stage.store.suppressions().set(&stage.tenant.id, &phone(1), false, noon(3)).await.unwrap();
    assert!(!stage.store.deliveries().apply_status(&stage.tenant.id, &failed, noon(4)).await.unwrap());
    assert!(!opt_out_state(&stage).await.refused);
}

#[tokio::test]
async fn a_start_while_the_vendors_refusal_was_on_its_way_is_newer() {
    let stage = Stage::new().await;
    let message = claimed(&stage).await;
    stage.store.suppressions().set(&stage.tenant.id, &phone(1), false, noon(60)).await.unwrap();
    let failed = failed(message, "21610", Blocked::OptedOut);
    assert!(stage.store.deliveries().apply_status(&stage.tenant.id, &failed, noon(3_600)).await.unwrap());
    let opt_out_state = opt_out_state(&stage).await;
    assert_eq!((opt_out_state.refused, opt_out_state.said_at), (false, Some(noon(60))));
}

#[tokio::test]
async fn a_number_that_cannot_be_reached_refuses_nothing_and_is_reached_again_once_they_write() {
    let stage = Stage::new().await;
    let sent = claimed(&stage).await;
    let failed = failed(sent, "twilio 30006", Blocked::Unreachable);
    assert!(stage.store.deliveries().apply_status(&stage.tenant.id, &failed, noon(2)).await.unwrap());
    let blocked = opt_out_state(&stage).await;
    assert!(blocked.cannot_reach(&phone(1), Channel::Sms) && !blocked.refused);
    assert!(!blocked.cannot_reach(&phone(1), Channel::Whatsapp), "another vendor may reach them");
    stage.say(&message("m2", &phone(1), 60), plain()).await;
    assert!(!opt_out_state(&stage).await.cannot_reach(&phone(1), Channel::Sms));
    // The vendor repeats itself: they have written since.
    assert!(!stage.store.deliveries().apply_status(&stage.tenant.id, &failed, noon(61)).await.unwrap());
    assert!(!opt_out_state(&stage).await.cannot_reach(&phone(1), Channel::Sms));
}

#[tokio::test]
async fn what_is_not_ours_or_not_sent_is_left_alone() {
    let stage = Stage::new().await;
    let outcome = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let (asked, queued) = (outcome.messages[0].reference, outcome.messages[1].reference);
    let tenant = &stage.tenant.id;
    let other = domain::TenantId::new("bolt").unwrap();
    let nobody = StatusUpdate { message: None, ..update(queued, DeliveryState::Sent) };
    assert!(!stage.store.deliveries().apply_status(tenant, &nobody, noon(1)).await.unwrap());
    assert!(
        !stage.store.deliveries().apply_status(tenant, &update(queued, DeliveryState::Sent), noon(1)).await.unwrap()
    );
    assert!(
        !stage.store.deliveries().apply_status(tenant, &update(asked, DeliveryState::Sent), noon(1)).await.unwrap()
    );
    assert!(
        !stage.store.deliveries().apply_status(tenant, &update(queued, DeliveryState::Queued), noon(1)).await.unwrap()
    );
    let claimed = stage.store.deliveries().outgoing(tenant, &queued).await.unwrap().unwrap();
    crate::deliveries::claimed(&stage, &claimed, noon(2)).await;
    assert!(
        !stage.store.deliveries().apply_status(&other, &update(queued, DeliveryState::Sent), noon(3)).await.unwrap()
    );
    assert_eq!(state(&stage, &queued).await, DeliveryState::Sending);
    let items = stage.items().await.len();
    let unknown = MessageRef { at: noon(99), ..queued };
    assert!(
        !stage.store.deliveries().apply_status(tenant, &update(unknown, DeliveryState::Sent), noon(3)).await.unwrap()
    );
    assert_eq!(stage.items().await.len(), items, "a callback creates nothing");
}
