//! The record of what was done.

use api::{ApiError, Caller, Guard, PageQuery, Parameters};
use axum::Json;
use axum::extract::State;
use domain::identity::{AuditEntry, may};
use store::Page;

/// List what was done
///
/// Every security event and every write to settings with before and after, newest first. Lines are kept for 400 days.
#[utoipa::path(
    get, path = "/v1/audit", tag = "audit", operation_id = "listAudit",
    params(PageQuery),
    responses((status = 200, description = "A page of the record", body = Page<AuditEntry>)),
    security(("bearer" = ["audit:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadAudit>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<PageQuery>,
) -> Result<Json<Page<AuditEntry>>, ApiError> {
    let (limit, cursor) = query.read()?;
    Ok(Json(guard.store.audit().list(&caller.principal.tenant, limit, cursor).await?))
}
