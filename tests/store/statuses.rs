//! Vendors' status callbacks.

use domain::conversations::Role;
use domain::messaging::delivery::StatusUpdate;
use domain::messaging::{DeliveryState, MessageRef};
use store::Change;

use crate::stage::{Stage, message, noon, phone, plain};

async fn claimed(stage: &Stage) -> MessageRef {
    let outcome = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let reply = outcome.messages.into_iter().find(|message| message.role == Role::Assistant).unwrap();
    let tenant = &stage.tenant.id;
    assert!(stage.store.advance(tenant, &reply, DeliveryState::Sending, Change::default(), noon(1)).await.unwrap());
    reply.reference
}

fn update(message: MessageRef, state: DeliveryState) -> StatusUpdate {
    StatusUpdate { message: Some(message), vendor_id: "SM1".to_owned(), state, error_code: None, blocked: false }
}

async fn state(stage: &Stage, message: &MessageRef) -> DeliveryState {
    stage.store.outgoing(&stage.tenant.id, message).await.unwrap().unwrap().delivery.unwrap().state
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
            let applied =
                stage.store.apply_status(&stage.tenant.id, &update(message, reported), noon(2)).await.unwrap();
            assert_eq!(applied, furthest == 0 || rank > furthest - 1, "{order:?}: {reported:?}");
            furthest = furthest.max(rank + 1);
            // The vendor repeats itself.
            assert!(!stage.store.apply_status(&stage.tenant.id, &update(message, reported), noon(3)).await.unwrap());
        }
        assert_eq!(state(&stage, &message).await, Read);
    }
}

#[tokio::test]
async fn a_callback_settles_what_nobody_knew() {
    let stage = Stage::new().await;
    let message = claimed(&stage).await;
    let tenant = &stage.tenant.id;
    let read = stage.store.outgoing(tenant, &message).await.unwrap().unwrap();
    assert!(stage.store.advance(tenant, &read, DeliveryState::Unknown, Change::default(), noon(2)).await.unwrap());
    assert!(stage.store.apply_status(tenant, &update(message, DeliveryState::Delivered), noon(3)).await.unwrap());
    let delivery = stage.store.outgoing(tenant, &message).await.unwrap().unwrap().delivery.unwrap();
    assert_eq!((delivery.state, delivery.vendor_id.as_deref()), (DeliveryState::Delivered, Some("SM1")));
}

#[tokio::test]
async fn a_number_that_refuses_us_is_suppressed_by_the_callback_that_says_so() {
    let stage = Stage::new().await;
    let message = claimed(&stage).await;
    let failed =
        StatusUpdate { error_code: Some("21610".to_owned()), blocked: true, ..update(message, DeliveryState::Failed) };
    assert!(stage.store.apply_status(&stage.tenant.id, &failed, noon(2)).await.unwrap());
    let delivery = stage.store.outgoing(&stage.tenant.id, &message).await.unwrap().unwrap().delivery.unwrap();
    assert_eq!((delivery.state, delivery.reason.as_deref()), (DeliveryState::Failed, Some("vendor error 21610")));
    assert!(stage.store.is_suppressed(&stage.tenant.id, &phone(1)).await.unwrap());
}

#[tokio::test]
async fn what_is_not_ours_or_not_sent_is_left_alone() {
    let stage = Stage::new().await;
    let outcome = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let (asked, queued) = (outcome.messages[0].reference, outcome.messages[1].reference);
    let tenant = &stage.tenant.id;
    let other = domain::TenantId::new("bolt").unwrap();
    let nobody = StatusUpdate { message: None, ..update(queued, DeliveryState::Sent) };
    assert!(!stage.store.apply_status(tenant, &nobody, noon(1)).await.unwrap());
    assert!(!stage.store.apply_status(tenant, &update(queued, DeliveryState::Sent), noon(1)).await.unwrap());
    assert!(!stage.store.apply_status(tenant, &update(asked, DeliveryState::Sent), noon(1)).await.unwrap());
    assert!(!stage.store.apply_status(tenant, &update(queued, DeliveryState::Queued), noon(1)).await.unwrap());
    let claimed = stage.store.outgoing(tenant, &queued).await.unwrap().unwrap();
    stage.store.advance(tenant, &claimed, DeliveryState::Sending, Change::default(), noon(2)).await.unwrap();
    assert!(!stage.store.apply_status(&other, &update(queued, DeliveryState::Sent), noon(3)).await.unwrap());
    assert_eq!(state(&stage, &queued).await, DeliveryState::Sending);
    let items = stage.items().await.len();
    let unknown = MessageRef { at: noon(99), ..queued };
    assert!(!stage.store.apply_status(tenant, &update(unknown, DeliveryState::Sent), noon(3)).await.unwrap());
    assert_eq!(stage.items().await.len(), items, "a callback creates nothing");
}
