//! How a business orders.

use api::{ApiError, Caller, Guard, IfMatch, JsonBody, Tagged};
use axum::extract::State;
use domain::identity::may;
use domain::inventory::InventorySettings;

/// Get how orders are made
///
/// Budget, service level and where deliveries go. The version is 0 as long as nothing was set, and defaults hold.
#[utoipa::path(
    get, path = "/v1/inventory/settings", tag = "inventory", operation_id = "getInventorySettings",
    responses((
        status = 200, description = "The settings", body = InventorySettings,
        headers(("ETag" = String, description = "Its version"))
    )),
    security(("bearer" = ["inventory:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadInventory>,
    State(guard): State<Guard>,
) -> Result<Tagged<InventorySettings>, ApiError> {
    Ok(Tagged(guard.store.inventory().settings(&caller.principal.tenant).await?))
}

/// Set how orders are made
///
/// From the next Monday on. `weekly: false` stops the drafts.
#[utoipa::path(
    put, path = "/v1/inventory/settings", tag = "inventory", operation_id = "setInventorySettings",
    params(("If-Match" = String, Header, description = "The ETag that was read", example = "\"0\"")),
    request_body = InventorySettings,
    responses((
        status = 200, description = "As they are now", body = InventorySettings,
        headers(("ETag" = String, description = "Its version"))
    )),
    security(("bearer" = ["orders:write"]))
)]
pub(crate) async fn replace(
    caller: Caller<may::WriteOrders>,
    State(guard): State<Guard>,
    IfMatch(version): IfMatch,
    JsonBody(wanted): JsonBody<InventorySettings>,
) -> Result<Tagged<InventorySettings>, ApiError> {
    let (tenant, documents) = (&caller.principal.tenant, guard.store.documents());
    wanted.validate(&crate::places(&guard.store, tenant).await?)?;
    Ok(Tagged(match version {
        0 => documents.create(tenant, &wanted, &caller.trace).await?,
        _ => documents.replace(tenant, &wanted, version, &caller.trace).await?,
    }))
}
