//! What the models took.

use api::{ApiError, Caller, Guard, Parameters};
use axum::Json;
use axum::extract::State;
use domain::identity::may;
use domain::tenancy::usage::{Month, Usage};
use serde::Deserialize;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct UsageQuery {
    /// A month of UTC; this one where absent.
    #[param(value_type = Option<Month>, example = "2026-11")]
    month: Option<String>,
}

/// Get a month's usage
///
/// Tokens and what they cost, by day, feature and model.
#[utoipa::path(
    get, path = "/v1/usage", tag = "usage", operation_id = "getUsage",
    params(UsageQuery),
    responses((status = 200, description = "The month's usage", body = Usage)),
    security(("bearer" = ["usage:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadUsage>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<UsageQuery>,
) -> Result<Json<Usage>, ApiError> {
    let month = query.month.unwrap_or_else(|| Month::of(caller.trace.at).to_string());
    Ok(Json(guard.store.usage().of_month(&caller.principal.tenant, &month).await?))
}
