//! Stock and orders: the ledger and what follows from it under many writers, and orders from the draft to the receipt.

mod documents;
pub mod functions;
mod insights;
mod killed;
mod ledger;
mod many;
mod orders;
pub mod outlook;

use domain::identity::Actor;
use domain::ids::ItemId;
use domain::inventory::{Item, Movement, MovementKind, NewMovement, Supplier};
use domain::{Failure, TenantId};
use jiff::Timestamp;
use serde_json::{Value, json};
use store::{Recorded, Store};

use crate::stage::{Stage, noon, tenant, trace};

/// An item that one supplier sells in packs of ten.
pub fn item(id: &str, more: &Value) -> Item {
    let mut item = json!({"id": id, "sku": id.to_uppercase(), "name": id, "offers": [
        {"supplier": "frs", "pack_size": 10, "lead_days": 3, "prices": [{"from": 10, "pack_cents": 9_000}]}]});
    item.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    serde_json::from_value(item).unwrap()
}

pub fn supplier(id: &str) -> Supplier {
    let mail = format!("orders@{id}.example.com");
    serde_json::from_value(json!({"id": id, "name": id.to_uppercase(), "email": mail, "shipping_cents": 1_500}))
        .unwrap()
}

/// A tenant's items and one supplier of theirs.
pub async fn furnish(stage: &Stage, items: &[Item]) {
    let documents = stage.store.documents();
    documents.create(&stage.tenant.id, &supplier("frs"), &trace()).await.unwrap();
    for item in items {
        documents.create(&stage.tenant.id, item, &trace()).await.unwrap();
    }
}

/// A movement of `item` at so many seconds after noon.
pub fn line(
    item: &str,
    kind: MovementKind,
    (place, to): (&str, Option<&str>),
    quantity: i64,
    (key, seconds): (&str, i64),
) -> Movement {
    let new: NewMovement = serde_json::from_value(json!({
        "key": key, "item": item, "kind": kind, "place": place, "quantity": quantity, "at": noon(seconds),
    }))
    .unwrap();
    let new = NewMovement { to: to.map(|to| serde_json::from_value(json!(to)).unwrap()), ..new };
    new.line(&acme(), Actor::Operator, noon(seconds))
}

pub fn acme() -> TenantId {
    TenantId::new("acme").unwrap()
}

/// Records a movement, again for as long as others are first.
pub async fn record(store: &Store, movement: &Movement) -> Result<Recorded, Failure> {
    loop {
        match store.inventory().record(&tenant("acme"), movement, now_of(movement)).await {
            Err(Failure::Retryable(_)) => {}
            other => return other,
        }
    }
}

fn now_of(movement: &Movement) -> Timestamp {
    movement.recorded_at
}

/// What is at each place of an item, as it is stored.
pub async fn at_places(stage: &Stage, item: &str) -> Vec<(String, i64, i64)> {
    let levels = stage.store.inventory().levels(&stage.tenant.id).await.unwrap();
    let level = levels.into_iter().find(|level| level.item == ItemId::new(item).unwrap());
    let places = level.map(|level| level.by_place()).unwrap_or_default();
    places.into_iter().map(|place| (place.place, place.on_hand, place.missing)).collect()
}
