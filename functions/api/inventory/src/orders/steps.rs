//! Deciding about an order.

use api::{ApiError, Caller, Guard, JsonBody, Tagged};
use axum::extract::{Path, State};
use domain::identity::may;
use domain::ids::{OrderDigest, PurchaseOrderId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ShownOrder, tagged};

/// What is approved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApprovedOrder {
    /// The order's `digest` as it was shown.
    digest: OrderDigest,
}

/// Approve a purchase order and send it
///
/// It is mailed to the supplier's address once, as soon as its document is made. What is approved is what was shown: where the order says something
/// else by now, it is a 409. Again, it changes nothing.
#[utoipa::path(
    post, path = "/v1/orders/{id}/approve", tag = "inventory", operation_id = "approveOrder",
    params(("id" = PurchaseOrderId, Path, description = "The order's id")),
    request_body = ApprovedOrder,
    responses((
        status = 200, description = "As it is now", body = ShownOrder,
        headers(("ETag" = String, description = "Its version"))
    )),
    security(("bearer" = ["orders:write"]))
)]
pub(crate) async fn approve(
    caller: Caller<may::WriteOrders>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    JsonBody(shown): JsonBody<ApprovedOrder>,
) -> Result<Tagged<ShownOrder>, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, PurchaseOrderId::parse(&id)?);
    let order = guard.store.inventory().approve_order(tenant, (id, shown.digest), &caller.trace).await?;
    Ok(tagged(tenant, order))
}

/// Decline a purchase order
///
/// A draft is not sent. Again, it changes nothing.
#[utoipa::path(
    post, path = "/v1/orders/{id}/decline", tag = "inventory", operation_id = "declineOrder",
    params(("id" = PurchaseOrderId, Path, description = "The order's id")),
    responses((
        status = 200, description = "As it is now", body = ShownOrder,
        headers(("ETag" = String, description = "Its version"))
    )),
    security(("bearer" = ["orders:write"]))
)]
pub(crate) async fn decline(
    caller: Caller<may::WriteOrders>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Tagged<ShownOrder>, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, PurchaseOrderId::parse(&id)?);
    Ok(tagged(tenant, guard.store.inventory().decline_order(tenant, id, &caller.trace).await?))
}

/// Cancel a purchase order
///
/// What has not come in is not waited for any more. The supplier is not told: call or write to it. Again, it changes nothing.
#[utoipa::path(
    post, path = "/v1/orders/{id}/cancel", tag = "inventory", operation_id = "cancelOrder",
    params(("id" = PurchaseOrderId, Path, description = "The order's id")),
    responses((
        status = 200, description = "As it is now", body = ShownOrder,
        headers(("ETag" = String, description = "Its version"))
    )),
    security(("bearer" = ["orders:write"]))
)]
pub(crate) async fn cancel(
    caller: Caller<may::WriteOrders>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Tagged<ShownOrder>, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, PurchaseOrderId::parse(&id)?);
    Ok(tagged(tenant, guard.store.inventory().cancel_order(tenant, id, &caller.trace).await?))
}

/// Send a purchase order again
///
/// Where its mail was not taken, or no one knows whether it was: the supplier may have it then, and get it twice. 409 where it was taken, or
/// is being handed over.
#[utoipa::path(
    post, path = "/v1/orders/{id}/send-again", tag = "inventory", operation_id = "sendOrderAgain",
    params(("id" = PurchaseOrderId, Path, description = "The order's id")),
    responses((
        status = 200, description = "As it is now", body = ShownOrder,
        headers(("ETag" = String, description = "Its version"))
    )),
    security(("bearer" = ["orders:write"]))
)]
pub(crate) async fn send_again(
    caller: Caller<may::WriteOrders>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Tagged<ShownOrder>, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, PurchaseOrderId::parse(&id)?);
    Ok(tagged(tenant, guard.store.inventory().send_order_again(tenant, id, &caller.trace).await?))
}
