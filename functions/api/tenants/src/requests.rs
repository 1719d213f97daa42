//! The log of requests to the API.

use api::{ApiError, Caller, Guard, PageQuery, Parameters, flag};
use axum::Json;
use axum::extract::{Path, State};
use domain::identity::{LoggedRequest, may};
use serde::Deserialize;
use store::Page;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RequestQuery {
    /// `true`: only what was refused or failed. Then a page may be short: the list ends where there is no cursor.
    #[param(value_type = Option<bool>, example = true)]
    failed: Option<String>,
}

/// List requests
///
/// What programs asked and people changed in the last 14 days, newest first: route, status, code, duration, by which key or whom; neither
/// bodies nor ids of what it was about. What the rate limit refused is not among it.
#[utoipa::path(
    get, path = "/v1/requests", tag = "audit", operation_id = "listRequests",
    params(RequestQuery, PageQuery),
    responses((status = 200, description = "A page of requests", body = Page<LoggedRequest>)),
    security(("bearer" = ["audit:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadAudit>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<RequestQuery>,
    Parameters(page): Parameters<PageQuery>,
) -> Result<Json<Page<LoggedRequest>>, ApiError> {
    let (failed, (limit, cursor)) = (flag("failed", query.failed.as_deref())?, page.read()?);
    Ok(Json(guard.store.request_log().list(&caller.principal.tenant, failed, limit, cursor).await?))
}

/// Get a request
///
/// By the header `x-request-id` of its answer.
#[utoipa::path(
    get, path = "/v1/requests/{id}", tag = "audit", operation_id = "getRequest",
    params(("id" = String, Path, description = "The request")),
    responses((status = 200, description = "The request", body = LoggedRequest)),
    security(("bearer" = ["audit:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadAudit>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Json<LoggedRequest>, ApiError> {
    Ok(Json(guard.store.request_log().get(&caller.principal.tenant, &id).await?))
}
