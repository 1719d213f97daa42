//! What came of a week.

use api::{ApiError, Caller, Guard};
use axum::Json;
use axum::extract::{Path, State};
use domain::identity::may;
use domain::inventory::OrderWeek;

/// Get what came of a week
///
/// Its orders, what is wanted and could not be ordered or comes late and why, and at which stock each item is ordered. 404 where the week was not
/// planned, or nothing was needed.
#[utoipa::path(
    get, path = "/v1/inventory/weeks/{week}", tag = "inventory", operation_id = "getOrderWeek",
    params(("week" = String, Path, description = "An ISO week", example = "2026-W49")),
    responses((status = 200, description = "What came of it", body = OrderWeek)),
    security(("bearer" = ["inventory:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadInventory>,
    State(guard): State<Guard>,
    Path(week): Path<String>,
) -> Result<Json<OrderWeek>, ApiError> {
    // A name that is none names nothing; the table takes keys of any length below 1 KB.
    let is_week = week.len() == 8 && week.is_ascii();
    if !is_week {
        return Err(domain::Failure::not_found("order week").into());
    }
    Ok(Json(guard.store.inventory().week(&caller.principal.tenant, &week).await?))
}
