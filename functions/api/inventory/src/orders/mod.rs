//! Purchase orders: looked at, changed, decided about, received.

mod document;
mod receive;
mod steps;

use api::{ApiError, Caller, Guard, IfMatch, JsonBody, Parameters, Tagged, page_size};
use axum::Json;
use axum::extract::{Path, State};
use domain::identity::may;
use domain::ids::{OrderDigest, PurchaseOrderId};
use domain::inventory::{Item, NewLine, OrderState, PurchaseOrder, Supplier, delivery_lines};
use domain::{Failure, TenantId};
use serde::{Deserialize, Serialize};
use store::{OrderFilter, Page, Versioned};
use utoipa::ToSchema;

pub(crate) use document::*;
pub(crate) use receive::*;
pub(crate) use steps::*;

/// An order, and what its approval names.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct ShownOrder {
    #[serde(flatten)]
    order: PurchaseOrder,
    /// What it says, as one value: an approval names it.
    digest: OrderDigest,
}

impl ShownOrder {
    fn of(tenant: &TenantId, order: PurchaseOrder) -> Self {
        Self { digest: order.digest(tenant), order }
    }
}

/// An order at its version.
fn tagged(tenant: &TenantId, order: Versioned<PurchaseOrder>) -> Tagged<ShownOrder> {
    Tagged(Versioned { value: ShownOrder::of(tenant, order.value), version: order.version })
}

/// Other lines for a draft.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangedOrder {
    /// All lines of the order: one that is left out is taken out.
    #[schema(min_items = 1, max_items = 200)]
    lines: Vec<NewLine>,
    /// What the supplier should know.
    #[serde(default)]
    #[schema(max_length = 500)]
    note: String,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Only in this state.
    #[param(value_type = Option<OrderState>, example = "draft")]
    state: Option<String>,
    /// Entries on a page.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100, example = 25)]
    limit: Option<String>,
    /// The one that the page before gave.
    cursor: Option<String>,
}

/// List purchase orders
///
/// The latest first.
#[utoipa::path(
    get, path = "/v1/orders", tag = "inventory", operation_id = "listOrders",
    params(ListQuery),
    responses((status = 200, description = "A page of orders", body = Page<ShownOrder>)),
    security(("bearer" = ["inventory:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadInventory>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<ListQuery>,
) -> Result<Json<Page<ShownOrder>>, ApiError> {
    let state = query.state.as_deref().map(|name| {
        OrderState::named(name).ok_or_else(|| Failure::invalid("state", "state must be one of the states of orders"))
    });
    let filter = OrderFilter { state: state.transpose()? };
    let (tenant, limit) = (&caller.principal.tenant, page_size(query.limit.as_deref())?);
    let page = guard.store.inventory().orders(tenant, filter, limit, query.cursor.as_deref()).await?;
    let items = page.items.into_iter().map(|order| ShownOrder::of(tenant, order)).collect();
    Ok(Json(Page { items, cursor: page.cursor }))
}

/// Get a purchase order
#[utoipa::path(
    get, path = "/v1/orders/{id}", tag = "inventory", operation_id = "getOrder",
    params(("id" = PurchaseOrderId, Path, description = "The order's id")),
    responses((
        status = 200, description = "The order", body = ShownOrder,
        headers(("ETag" = String, description = "Its version"))
    )),
    security(("bearer" = ["inventory:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadInventory>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Tagged<ShownOrder>, ApiError> {
    let tenant = &caller.principal.tenant;
    Ok(tagged(tenant, guard.store.inventory().order(tenant, PurchaseOrderId::parse(&id)?).await?))
}

/// Change a purchase order
///
/// Other lines for a draft; sums, shipping and the prices of quantities follow from what the supplier asks. A line that stays as it is keeps its
/// price and its reasons. Its document is made again.
#[utoipa::path(
    put, path = "/v1/orders/{id}", tag = "inventory", operation_id = "changeOrder",
    params(
        ("id" = PurchaseOrderId, Path, description = "The order's id"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
    ),
    request_body = ChangedOrder,
    responses((
        status = 200, description = "As it is now", body = ShownOrder,
        headers(("ETag" = String, description = "Its version"))
    )),
    security(("bearer" = ["orders:write"]))
)]
pub(crate) async fn change(
    caller: Caller<may::WriteOrders>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(wanted): JsonBody<ChangedOrder>,
) -> Result<Tagged<ShownOrder>, ApiError> {
    let (tenant, inventory, documents) = (&caller.principal.tenant, guard.store.inventory(), guard.store.documents());
    let id = PurchaseOrderId::parse(&id)?;
    let order = inventory.order(tenant, id).await?.value;
    let supplier = documents.get::<Supplier>(tenant, order.supplier.as_str());
    let locations = guard.store.tenants().locations(tenant);
    let (supplier, items, locations) = tokio::try_join!(supplier, documents.all::<Item>(tenant), locations)?;
    let deliver_lines = delivery_lines(caller.tenant()?, &locations, &order.deliver_to);
    let known = (items.as_slice(), &supplier.value, deliver_lines.as_slice());
    let wanted = (wanted.lines.as_slice(), wanted.note.as_str());
    Ok(tagged(tenant, inventory.change_order(tenant, (id, version), wanted, known, &caller.trace).await?))
}
