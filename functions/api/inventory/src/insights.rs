//! What the owner should know of the stock.

use api::{ApiError, Caller, Guard};
use axum::Json;
use axum::extract::State;
use domain::identity::may;
use domain::inventory::StockInsight;
use serde::Serialize;
use utoipa::ToSchema;

/// What the owner should know.
#[derive(Serialize, ToSchema)]
pub(crate) struct StockInsights {
    /// The most money first in each kind.
    insights: Vec<StockInsight>,
}

/// Get insights into the stock
///
/// Of the last 90 days: what is used more or less than in the same days of the year before, what earns most, what lies idle, and where much is
/// wasted. Sums value a unit at what it cost last.
#[utoipa::path(
    get, path = "/v1/inventory/insights", tag = "inventory", operation_id = "getStockInsights",
    responses((status = 200, description = "What the owner should know", body = StockInsights)),
    security(("bearer" = ["inventory:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadInventory>,
    State(guard): State<Guard>,
) -> Result<Json<StockInsights>, ApiError> {
    let tenant = caller.tenant()?;
    let today = caller.trace.at.to_zoned(tenant.time_zone()).date();
    let (_, insights) = guard.store.inventory().insights(&tenant.id, today).await?;
    Ok(Json(StockInsights { insights }))
}
