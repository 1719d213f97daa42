//! A business beside others of its trade.

use api::{ApiError, Caller, Guard};
use axum::Json;
use axum::extract::State;
use domain::identity::{Permission, may};
use domain::insights::benchmarks::BenchmarkReport;

/// Get benchmarks
///
/// The business's own figures of the last twelve months, as of its last night, beside those of businesses of the same trade: their average,
/// what the best quarter and the best tenth reach, where the own figure is among them and where it goes, and a next step. Each metric is
/// compared with the nearest cohort that has figures: the state or province, the country, or the whole trade. Nothing of any one other
/// business is in the answer or can be worked out from it. Where there is nothing to compare, it says why. Revenue is told only with `usage:read`.
#[utoipa::path(
    get, path = "/v1/insights/benchmarks", tag = "insights", operation_id = "getBenchmarks",
    responses((status = 200, description = "How the business compares", body = BenchmarkReport)),
    security(("bearer" = ["insights:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadInsights>,
    State(guard): State<Guard>,
) -> Result<Json<BenchmarkReport>, ApiError> {
    // As it is now: who has just left sees that they have.
    let tenant = guard.store.tenants().document(&caller.principal.tenant).await?.value;
    let report = guard.store.benchmarks().report(&tenant).await?;
    let with_money = caller.principal.permits(Permission::ReadUsage);
    Ok(Json(if with_money { report } else { report.without_money() }))
}
