//! What is there.

use api::{ApiError, Caller, Guard};
use axum::Json;
use axum::extract::State;
use domain::Failure;
use domain::identity::may;
use domain::inventory::{Item, PlaceLevel, Shelf};
use domain::tenancy::runs::RunKind;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What is there of all items.
#[derive(Serialize, ToSchema)]
pub(crate) struct Stock {
    /// One for each item, by id.
    items: Vec<ItemStock>,
}

/// What is there of an item.
#[derive(Serialize, ToSchema)]
pub(crate) struct ItemStock {
    /// Which item.
    #[schema(example = "capacitor-45-5")]
    item: String,
    /// The business's number for it.
    sku: String,
    /// What it is called.
    name: String,
    /// What it is counted in.
    #[schema(example = "pcs")]
    unit: String,
    /// What it is kept among.
    category: String,
    /// How many units are there in all places, as far as is known.
    on_hand: i64,
    /// How many units were used that the books did not have: above zero, a place is to be counted.
    missing: i64,
    /// How many units are ordered and not there yet.
    on_order: i64,
    /// Ordered when stock and orders are at or below this: as set, or as this week's orders worked it out.
    reorder_point: Option<i64>,
    /// Whether stock and orders are at or below it.
    is_low: bool,
    /// What a unit cost last, in cents of the tenant's currency.
    unit_cents: Option<i64>,
    /// By place.
    places: Vec<PlaceLevel>,
}

/// Get what is there
///
/// Of every item, by place. It follows from the movements and is never below zero: what was used and was not in the books is in `missing`.
#[utoipa::path(
    get, path = "/v1/inventory/stock", tag = "inventory", operation_id = "getStock",
    responses((status = 200, description = "What is there", body = Stock)),
    security(("bearer" = ["inventory:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadInventory>,
    State(guard): State<Guard>,
) -> Result<Json<Stock>, ApiError> {
    let tenant = caller.tenant()?;
    let (inventory, documents) = (guard.store.inventory(), guard.store.documents());
    let today = caller.trace.at.to_zoned(tenant.time_zone()).date();
    let week = RunKind::WeeklyOrders.of_day(today).period;
    let (items, levels, orders) = tokio::try_join!(
        documents.all::<Item>(&tenant.id),
        inventory.levels(&tenant.id),
        inventory.incoming(&tenant.id, caller.trace.at)
    )?;
    let points = match inventory.week(&tenant.id, &week).await {
        Ok(week) => week.reorder_points,
        Err(Failure::Rejected { .. }) => BTreeMap::new(),
        Err(failure) => return Err(failure.into()),
    };
    let shelves = Shelf::all(&items, &levels, &orders, &points);
    Ok(Json(Stock { items: shelves.into_iter().map(ItemStock::of).collect() }))
}

impl ItemStock {
    fn of(shelf: Shelf<'_>) -> Self {
        let item = shelf.item;
        Self {
            item: item.id.to_string(),
            sku: item.sku.clone(),
            name: item.name.clone(),
            unit: item.unit.clone(),
            category: item.category.clone(),
            on_hand: shelf.on_hand,
            missing: shelf.missing(),
            on_order: shelf.on_order,
            reorder_point: shelf.reorder_point,
            is_low: shelf.is_low(),
            unit_cents: shelf.unit_cents,
            places: shelf.places,
        }
    }
}
