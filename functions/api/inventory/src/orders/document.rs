//! The document of an order.

use api::{ApiError, Caller};
use axum::Json;
use axum::extract::{Path, State};
use domain::Failure;
use domain::failure::Rejection;
use domain::identity::may;
use domain::ids::PurchaseOrderId;
use domain::inventory::{OrderPdf, OrderState};
use files::{LINK_FOR, Prefix};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::AppState;

/// Where a document can be fetched.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentLink {
    /// The link: whoever has it can open the document until it expires.
    url: String,
    /// Until when it is good (UTC).
    expires_at: Timestamp,
    /// Whether it is the draft's, with reasons and a mark, or the supplier's.
    draft: bool,
}

/// Get a link to the document of a purchase order
///
/// A PDF, for 15 minutes. 409 while the document of what the order says now is being made: it takes some seconds after a change.
#[utoipa::path(
    get, path = "/v1/orders/{id}/document", tag = "inventory", operation_id = "getOrderDocument",
    params(("id" = PurchaseOrderId, Path, description = "The order's id")),
    responses((status = 200, description = "The link", body = DocumentLink)),
    security(("bearer" = ["inventory:read"]))
)]
pub(crate) async fn document(
    caller: Caller<may::ReadInventory>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<DocumentLink>, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, PurchaseOrderId::parse(&id)?);
    let order = app_state.guard.store.inventory().order(tenant, id).await?.value;
    let is_draft = matches!(order.state, OrderState::Draft | OrderState::Declined);
    // One that was cancelled may have been a draft then.
    let made = order.document(tenant, is_draft).or_else(|| order.document(tenant, !is_draft));
    let wanted = |pdf: &&OrderPdf| pdf.draft == is_draft || order.state == OrderState::Cancelled;
    let being_made = || Failure::rejected(Rejection::Conflict, "its document is being made: ask again in some seconds");
    let pdf = made.filter(wanted).ok_or_else(being_made)?;
    let url = app_state.files.link(&Prefix::order(tenant, id).key(&pdf.name)).await?;
    let expires_at = caller.trace.at.saturating_add(LINK_FOR).map_err(|error| Failure::Permanent(error.to_string()))?;
    Ok(Json(DocumentLink { url, expires_at, draft: pdf.draft }))
}
