//! The documents of orders: made once for what an order says, whatever comes twice, late or dies.

use domain::Failure;
use domain::events::{Event, EventKind};
use domain::ids::{EventId, OrderDigest};
use domain::inventory::{MovementKind, NewLine, PurchaseOrder};
use files::{Files, Prefix};
use serde_json::json;
use store::{Store, Trace};
use worker_render_pdf::Renderer;

use super::orders::{WEEK, monday, only_draft};
use super::{acme, furnish, item, line, record, supplier};
use crate::mortal::{Death, Life};
use crate::rights::scene::Scene;
use crate::stage::{tenant, trace};

/// A tenant with a draft, and a bucket.
async fn drafted() -> (Scene, PurchaseOrder) {
    let scene = Scene::new().await;
    let stage = &scene.stage;
    furnish(stage, &[item("cap", &json!({"reorder_point": 8, "safety_stock": 12}))]).await;
    record(&stage.store, &line("cap", MovementKind::Receive, ("shop", None), 5, ("r", 0))).await.unwrap();
    stage.store.inventory().draft_week(&tenant("acme"), WEEK, "c", monday()).await.unwrap();
    let draft = only_draft(stage).await;
    (scene, draft)
}

fn renderer(scene: &Scene) -> Renderer {
    Renderer { store: scene.stage.cold(), files: Files::new(&scene.stage.aws, scene.bucket.clone()) }
}

fn event(kind: EventKind) -> Event {
    let id = EventId::derive(&acme(), &["e"]);
    Event { id, tenant: acme(), at: monday(), correlation_id: "c".to_owned(), kind }
}

fn drafted_as(order: &PurchaseOrder, digest: OrderDigest) -> Event {
    event(EventKind::OrderDrafted { order: order.id, digest })
}

fn approved_as(order: &PurchaseOrder, digest: OrderDigest) -> Event {
    event(EventKind::OrderApproved { order: order.id, digest })
}

/// The order as it is now, and the names of its objects.
async fn now_of(scene: &Scene, order: &PurchaseOrder) -> (PurchaseOrder, Vec<String>) {
    let order = scene.stage.store.inventory().order(&acme(), order.id).await.unwrap().value;
    let prefix = Prefix::order(&acme(), order.id);
    let objects = renderer(scene).files.list(&prefix, 100).await.unwrap();
    let names = objects.iter().map(|object| prefix.name_of(&object.key).unwrap().to_owned()).collect();
    (order, names)
}

async fn approve(scene: &Scene, order: &PurchaseOrder) {
    let by = Trace { at: monday(), ..trace() };
    let shown = (order.id, order.digest(&acme()));
    scene.stage.store.inventory().approve_order(&acme(), shown, &by).await.unwrap();
}

#[tokio::test]
async fn an_order_has_the_document_of_what_it_says_and_of_its_state() {
    let (scene, draft) = drafted().await;
    let renderer = renderer(&scene);
    let first = draft.digest(&acme());
    for _ in 0..2 {
        renderer.handle(&drafted_as(&draft, first), monday()).await.unwrap();
    }
    let (noted, objects) = now_of(&scene, &draft).await;
    let pdf = noted.document(&acme(), true).unwrap();
    assert_eq!(objects, std::slice::from_ref(&pdf.name), "two runs store one object");

    // It says something else: the event of before finds nothing to do, and the new one makes another document.
    let by = Trace { at: monday(), ..trace() };
    let inventory = scene.stage.store.inventory();
    let version = inventory.order(&acme(), draft.id).await.unwrap().version;
    let lines = [NewLine { item: draft.lines[0].item.clone(), packs: 9 }];
    let items = [item("cap", &json!({}))];
    let known = (&items[..], &supplier("frs"), &[][..]);
    let changed = inventory.change_order(&acme(), (draft.id, version), (&lines, "Dock 3"), known, &by).await.unwrap();
    renderer.handle(&drafted_as(&draft, first), monday()).await.unwrap();
    assert_eq!(now_of(&scene, &draft).await.0.document(&acme(), true), None);
    let second = changed.value.digest(&acme());
    renderer.handle(&drafted_as(&draft, second), monday()).await.unwrap();
    let (noted, objects) = now_of(&scene, &draft).await;
    assert_ne!(noted.document(&acme(), true).unwrap().name, pdf.name);
    assert_eq!(objects.len(), 2);

    // Approved: the supplier's, and it is ready to go.
    approve(&scene, &noted).await;
    for _ in 0..2 {
        renderer.handle(&approved_as(&draft, second), monday()).await.unwrap();
    }
    let (noted, objects) = now_of(&scene, &draft).await;
    assert!(noted.is_ready_to_send(&acme()) && objects.len() == 3, "{objects:?}");
    // One that comes late makes no draft's document of it.
    renderer.handle(&drafted_as(&draft, second), monday()).await.unwrap();
    assert_eq!(now_of(&scene, &draft).await, (noted, objects));
}

#[tokio::test]
async fn an_event_of_nothing_leaves_nothing_and_one_of_another_kind_does_not_belong_here() {
    let (scene, draft) = drafted().await;
    let renderer = renderer(&scene);
    let of_another = Event { tenant: tenant("bolt").id, ..drafted_as(&draft, draft.digest(&acme())) };
    let of_no_one = Event { tenant: tenant("gone").id, ..of_another.clone() };
    for event in [of_another, of_no_one] {
        renderer.handle(&event, monday()).await.unwrap();
    }
    assert_eq!(now_of(&scene, &draft).await, (draft.clone(), Vec::new()));
    let sent = event(EventKind::OrderSent { order: draft.id });
    assert!(matches!(renderer.handle(&sent, monday()).await, Err(Failure::Permanent(_))));
}

#[tokio::test]
async fn whenever_it_dies_a_second_try_leaves_one_document() {
    for death in [Death::Before, Death::After] {
        let mut calls = 0;
        loop {
            let (scene, draft) = drafted().await;
            approve(&scene, &draft).await;
            let event = approved_as(&draft, draft.digest(&acme()));
            let life = Life::of(calls, death);
            let aws = life.aws(&scene.stage);
            let store = Store::new(&aws, scene.stage.table.clone());
            let dying = Renderer { store, files: Files::new(&aws, scene.bucket.clone()) };
            let outcome = dying.handle(&event, monday()).await;
            if !life.is_over() {
                outcome.unwrap();
                break;
            }
            assert!(matches!(outcome, Err(Failure::Retryable(_))), "{death:?} call {calls}: {outcome:?}");
            renderer(&scene).handle(&event, monday()).await.unwrap();
            let (noted, objects) = now_of(&scene, &draft).await;
            let pdf = noted.document(&acme(), false).unwrap();
            assert_eq!(objects, std::slice::from_ref(&pdf.name), "killed at call {calls}, {death:?}");
            calls += 1;
        }
        assert!(calls >= 5, "only {calls} calls were tried");
    }
}
