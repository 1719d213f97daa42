//! What comes in of an order.

use api::{ApiError, Caller, Guard, JsonBody, Tagged};
use axum::extract::{Path, State};
use domain::Failure;
use domain::identity::may;
use domain::ids::{ItemId, PlaceId, PurchaseOrderId};
use domain::inventory::{MAX_ORDER_LINES, Movement, MovementKind, NewMovement, PurchaseOrder};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ShownOrder, tagged};

/// The longest key.
const MAX_KEY: usize = 40;

/// What came in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Receipt {
    /// The caller's own name for this delivery, of 1 to 40 characters: the same one again is the same delivery.
    #[schema(min_length = 1, max_length = 40, example = "delivery-note-8812")]
    key: String,
    /// Where it is now; where the order was to go, where it is not said.
    #[serde(default)]
    #[schema(nullable = false)]
    place: Option<PlaceId>,
    /// What came in.
    #[schema(min_items = 1, max_items = 200)]
    lines: Vec<ReceivedLine>,
}

/// What came in of a line.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReceivedLine {
    /// Which item, one of the order's.
    item: ItemId,
    /// How many units.
    #[schema(minimum = 1, maximum = 1_000_000_000, example = 20)]
    quantity: i64,
}

/// Receive goods of a purchase order
///
/// Each line is a movement into stock, written together with what came in of the order: the same receipt again changes nothing, and one that broke
/// off goes on. More may come in than was ordered. An order is `received` when nothing is open.
#[utoipa::path(
    post, path = "/v1/orders/{id}/receive", tag = "inventory", operation_id = "receiveOrder",
    params(("id" = PurchaseOrderId, Path, description = "The order's id")),
    request_body = Receipt,
    responses((
        status = 200, description = "As it is now", body = ShownOrder,
        headers(("ETag" = String, description = "Its version"))
    )),
    security(("bearer" = ["inventory:write"]))
)]
pub(crate) async fn receive(
    caller: Caller<may::WriteInventory>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    JsonBody(receipt): JsonBody<Receipt>,
) -> Result<Tagged<ShownOrder>, ApiError> {
    let (tenant, inventory, now) = (caller.tenant()?, guard.store.inventory(), caller.trace.at);
    let order = inventory.order(&tenant.id, PurchaseOrderId::parse(&id)?).await?.value;
    let places = crate::places(&guard.store, &tenant.id).await?;
    let mut movements = Vec::new();
    for (index, new) in receipt.movements(&order)?.into_iter().enumerate() {
        new.validate(&places, now).map_err(|failure| named(failure, index))?;
        // Refused before anything is written.
        order.received(&new.item, (new.quantity, now), now).map_err(|failure| named(failure, index))?;
        let line = new.line(&tenant.id, caller.trace.actor.clone(), now);
        movements.push(Movement { order: Some(order.id), ..line });
    }
    for movement in &movements {
        inventory.record(tenant, movement, now).await?;
    }
    Ok(tagged(&tenant.id, inventory.order(&tenant.id, order.id).await?))
}

/// A failure of a line; of the place and the key, which all share, it is the receipt's.
fn named(failure: Failure, index: usize) -> Failure {
    match &failure {
        Failure::Rejected { field: Some(field), .. } if ["item", "quantity"].contains(&field.as_str()) => {
            failure.within(&format!("lines[{index}]"))
        }
        _ => failure,
    }
}

impl Receipt {
    fn movements(self, order: &PurchaseOrder) -> Result<Vec<NewMovement>, Failure> {
        let key = self.key.trim();
        if !(1..=MAX_KEY).contains(&key.chars().count()) {
            return Err(Failure::invalid("key", format!("key must be 1 to {MAX_KEY} characters")));
        }
        if !(1..=MAX_ORDER_LINES).contains(&self.lines.len()) {
            return Err(Failure::invalid("lines", format!("lines takes 1 to {MAX_ORDER_LINES} entries")));
        }
        for (index, line) in self.lines.iter().enumerate() {
            if self.lines.iter().take(index).any(|other| other.item == line.item) {
                return Err(Failure::invalid(format!("lines[{index}].item"), "each item may be given once"));
            }
        }
        let place = self.place.clone().unwrap_or_else(|| order.deliver_to.clone());
        let movement = |line: &ReceivedLine| NewMovement {
            key: format!("receipt/{}/{key}", order.id),
            item: line.item.clone(),
            kind: MovementKind::Receive,
            place: place.clone(),
            to: None,
            quantity: line.quantity,
            at: None,
            staff: None,
            appointment: None,
            unit_cents: order
                .lines
                .iter()
                .find(|own| own.item == line.item)
                .map(domain::inventory::OrderLine::unit_cents),
            note: String::new(),
        };
        Ok(self.lines.iter().map(movement).collect())
    }
}
