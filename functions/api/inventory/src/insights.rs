//! What the owner should know of the stock.

use api::{ApiError, Caller, Guard};
use axum::Json;
use axum::extract::State;
use domain::identity::may;
use domain::inventory::{Item, StockInsight, insights};
use jiff::ToSpan;
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
    let (inventory, documents) = (guard.store.inventory(), guard.store.documents());
    let today = caller.trace.at.to_zoned(tenant.time_zone()).date();
    let since = today.checked_sub(16.months()).unwrap_or(today);
    let (items, levels, months) = tokio::try_join!(
        documents.all::<Item>(&tenant.id),
        inventory.levels(&tenant.id),
        inventory.used_since(&tenant.id, since)
    )?;
    Ok(Json(StockInsights { insights: insights(&items, &levels, &months, today) }))
}
