//! Orders: drafted once a week, approved as they were shown, mailed once, received.

use domain::Failure;
use domain::approvals::ApprovalId;
use domain::failure::Rejection;
use domain::ids::PurchaseOrderId;
use domain::inventory::{Movement, MovementKind, NewLine, OrderPdf, OrderState, PurchaseOrder};
use domain::tenancy::Tenant;
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{OrderFilter, Trace, Week};

use super::{acme, furnish, item, line, record, supplier};
use crate::stage::{Stage, tenant, trace};

pub const WEEK: &str = "2026-W49";

/// A Monday morning.
pub fn monday() -> Timestamp {
    "2026-11-30T15:05:00Z".parse().unwrap()
}

/// A tenant that keeps one item, of which five are there and twenty are to be.
pub async fn low() -> Stage {
    let stage = Stage::new().await;
    furnish(&stage, &[item("cap", &json!({"reorder_point": 8, "safety_stock": 12}))]).await;
    record(&stage.store, &line("cap", MovementKind::Receive, ("shop", None), 5, ("r", 0))).await.unwrap();
    stage
}

/// Another business in Denver that keeps one item, of which twenty are to be there and none is.
pub async fn low_business(stage: &Stage, slug: &str) -> Tenant {
    let (business, documents) = (tenant(slug), stage.store.documents());
    stage.store.tenants().save(&business, None, &trace()).await.unwrap();
    documents.create(&business.id, &supplier("frs"), &trace()).await.unwrap();
    let low = item("cap", &json!({"reorder_point": 8, "safety_stock": 12}));
    documents.create(&business.id, &low, &trace()).await.unwrap();
    business
}

pub async fn draft(stage: &Stage, week: &str, now: Timestamp) -> Week {
    stage.store.inventory().draft_week(&tenant("acme"), week, "c", now).await.unwrap()
}

pub async fn only_draft(stage: &Stage) -> PurchaseOrder {
    let filter = OrderFilter { state: Some(OrderState::Draft) };
    let mut orders = stage.store.inventory().orders(&acme(), filter, 10, None).await.unwrap().items;
    assert_eq!(orders.len(), 1);
    orders.remove(0)
}

/// The names of the events that wait to be published.
async fn events(stage: &Stage) -> Vec<String> {
    let rows = stage.overdue_rows(monday() + SignedDuration::from_hours(24 * 400), 100).await;
    let mut names: Vec<String> = rows.iter().flat_map(|row| &row.events).map(|event| event.name().to_owned()).collect();
    names.retain(|name| name.starts_with("order"));
    names.sort();
    names
}

fn by(at: Timestamp) -> Trace {
    Trace { at, ..trace() }
}

pub fn document(order: &PurchaseOrder, draft: bool) -> OrderPdf {
    OrderPdf { digest: order.digest(&acme()), draft, name: "x.pdf".to_owned(), made_at: monday() }
}

async fn approvals(stage: &Stage) -> Vec<ApprovalId> {
    let page = stage.store.approvals().list(&acme(), |_| true, date(2026, 11, 30), 20, None).await.unwrap();
    page.items.iter().map(|approval| approval.id).collect()
}

async fn order(stage: &Stage, id: PurchaseOrderId) -> PurchaseOrder {
    stage.store.inventory().order(&acme(), id).await.unwrap().value
}

#[tokio::test]
async fn a_week_is_drafted_once_and_the_next_takes_the_place_of_what_no_one_decided() {
    let stage = low().await;
    let Week::Drafted(done) = draft(&stage, WEEK, monday()).await else { panic!("nothing was drafted") };
    assert_eq!(draft(&stage, WEEK, monday() + SignedDuration::from_hours(1)).await, Week::Drafted(done.clone()));
    let first = only_draft(&stage).await;
    assert_eq!((done.orders.as_slice(), first.supplier.as_str()), ([first.id].as_slice(), "frs"));
    let line = &first.lines[0];
    assert!(line.quantity >= 10 && line.quantity % 10 == 0, "whole packs: {line:?}");
    let units: i64 = line.reasons.iter().map(|reason| reason.units).sum();
    assert_eq!(units, line.quantity, "the reasons add up: {:?}", line.reasons);
    assert_eq!(first.total_cents, line.cents + 1_500);
    assert_eq!(events(&stage).await, ["order.drafted", "orders.waiting"]);
    assert_eq!(approvals(&stage).await, [ApprovalId::SendOrder(first.id, first.digest(&acme()))]);

    let next = monday() + SignedDuration::from_hours(7 * 24);
    assert!(matches!(draft(&stage, "2026-W50", next).await, Week::Drafted(_)));
    assert_ne!(only_draft(&stage).await.id, first.id);
    assert_eq!(order(&stage, first.id).await.state, OrderState::Cancelled);
    let second = only_draft(&stage).await;
    assert_eq!(draft(&stage, "2026-W48", next).await, Week::Skipped("too_late"), "a late run of an old week");
    assert_eq!(only_draft(&stage).await, second, "leaves newer drafts alone");
}

#[tokio::test]
async fn a_draft_that_is_not_needed_any_more_cannot_be_approved() {
    let stage = low().await;
    draft(&stage, WEEK, monday()).await;
    let stale = only_draft(&stage).await;
    let next = monday() + SignedDuration::from_hours(7 * 24);
    record(&stage.store, &line("cap", MovementKind::Receive, ("shop", None), 500, ("late", 1))).await.unwrap();
    let Week::Drafted(done) = draft(&stage, "2026-W50", next).await else { panic!("the old draft is still there") };
    assert!(done.orders.is_empty());
    assert_eq!(order(&stage, stale.id).await.state, OrderState::Cancelled);
}

#[tokio::test]
async fn who_has_no_items_or_needs_none_is_skipped() {
    let stage = Stage::new().await;
    assert_eq!(draft(&stage, WEEK, monday()).await, Week::Skipped("no_items"));
    furnish(&stage, &[item("cap", &json!({"reorder_point": 0, "safety_stock": 0}))]).await;
    record(&stage.store, &line("cap", MovementKind::Receive, ("shop", None), 500, ("r", 0))).await.unwrap();
    assert_eq!(draft(&stage, WEEK, monday()).await, Week::Skipped("nothing_needed"));
    assert_eq!(events(&stage).await, Vec::<String>::new());
}

#[tokio::test]
async fn an_order_is_approved_as_it_was_shown() {
    let stage = low().await;
    draft(&stage, WEEK, monday()).await;
    let inventory = stage.store.inventory();
    let shown = only_draft(&stage).await;
    let wanted = [NewLine { item: shown.lines[0].item.clone(), packs: 7 }];
    let (items, from) = ([item("cap", &json!({}))], supplier("frs"));
    let address = ["2 Sample Street".to_owned()];
    let change = async |version| {
        let known = (items.as_slice(), &from, address.as_slice());
        inventory.change_order(&acme(), (shown.id, version), (&wanted, "Dock 3"), known, &by(monday())).await
    };
    let changed = change(1).await.unwrap();
    assert_eq!((changed.version, changed.value.goods_cents), (2, 63_000));
    assert_eq!(changed.value.deliver_lines, address, "as it is now");
    assert_eq!(change(1).await.unwrap(), changed, "the same change again");
    let old = inventory.approve_order(&acme(), (shown.id, shown.digest(&acme())), &by(monday())).await;
    assert!(matches!(old, Err(Failure::Rejected { kind: Rejection::Conflict, .. })), "{old:?}");
    let digest = changed.value.digest(&acme());
    let approved = inventory.approve_order(&acme(), (shown.id, digest), &by(monday())).await.unwrap();
    let again = inventory.approve_order(&acme(), (shown.id, digest), &by(monday())).await.unwrap();
    assert_eq!((approved.value.state, approved == again), (OrderState::Approved, true));
    assert!(inventory.decline_order(&acme(), shown.id, &by(monday())).await.is_err());
    assert_eq!(approvals(&stage).await, []);
    assert_eq!(events(&stage).await, ["order.approved", "order.drafted", "order.drafted", "orders.waiting"]);
}

#[tokio::test]
async fn an_order_is_mailed_once_when_its_document_is_there() {
    let stage = low().await;
    draft(&stage, WEEK, monday()).await;
    let inventory = stage.store.inventory();
    let shown = only_draft(&stage).await;
    let (digest, to) = (shown.digest(&acme()), supplier("frs").email);
    let attach = async |pdf: OrderPdf| inventory.attach_document(&acme(), shown.id, &pdf, "c", monday()).await.unwrap();
    assert!(attach(document(&shown, true)).await);
    inventory.approve_order(&acme(), (shown.id, digest), &by(monday())).await.unwrap();
    let claim = async || inventory.claim_mail(&acme(), (shown.id, digest), &to, monday()).await.unwrap();
    assert_eq!(claim().await, None, "its document is not there");
    for _ in 0..2 {
        assert!(attach(document(&shown, false)).await);
    }
    let is_ready = |name: &&String| name.as_str() == "order.ready";
    assert_eq!(events(&stage).await.iter().filter(is_ready).count(), 1);
    let claimed = claim().await.unwrap();
    assert_eq!(claim().await, None, "one has it");
    // It never reached the mail service: the next try may.
    inventory.release_mail(&acme(), &claimed, monday()).await.unwrap();
    let claimed = claim().await.unwrap();
    inventory.note_mail(&acme(), &claimed, Some(Ok(())), "c", monday()).await.unwrap();
    inventory.note_mail(&acme(), &claimed, None, "c", monday()).await.unwrap();
    let sent = order(&stage, shown.id).await;
    assert_eq!((sent.state, sent.mail.unwrap().taken), (OrderState::Sent, Some(true)), "what is known stays");
    assert_eq!(claim().await, None);
    assert!(inventory.send_order_again(&acme(), shown.id, &by(monday())).await.is_err());
    let is_sent = |name: &&String| name.as_str() == "order.sent";
    assert_eq!(events(&stage).await.iter().filter(is_sent).count(), 1);
    // What came in says how long the supplier takes.
    let come = line("cap", MovementKind::Receive, ("shop", None), shown.lines[0].quantity, ("in", 0));
    let at = monday() + SignedDuration::from_hours(24 * 6);
    record(&stage.store, &Movement { order: Some(shown.id), at, recorded_at: at, ..come }).await.unwrap();
    assert_eq!(order(&stage, shown.id).await.state, OrderState::Received);
    let known = inventory.known(&tenant("acme"), at).await.unwrap();
    let days: Vec<_> = known.arrivals.iter().map(|arrival| (arrival.supplier.as_str(), arrival.days)).collect();
    assert_eq!(days, [("frs", 6)]);
}
