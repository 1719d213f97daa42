//! Exports.

use api::{ApiError, Caller, JsonBody};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::identity::may;
use domain::ids::JobId;
use domain::rights::{DataJob, DataJobStatus, DataWork};
use domain::{ContactId, Failure};
use files::Prefix;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{AppState, TakenOn, taken_on};

/// What to export.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportRequest {
    /// All about one contact; left out: everything.
    #[serde(default)]
    #[schema(value_type = Option<ContactId>)]
    contact: Option<String>,
}

/// An export.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Export {
    /// Its id.
    id: JobId,
    /// How far it is.
    status: DataJobStatus,
    /// Fetches the archive, for 15 minutes; each answer has a new one.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// Until when the archive is there (UTC).
    expires_at: Option<Timestamp>,
    /// Entries in it.
    items: u64,
    /// Its size.
    bytes: u64,
}

/// Ask for an export
#[utoipa::path(
    post, path = "/v1/exports", tag = "data", operation_id = "askForExport",
    request_body = ExportRequest,
    responses((status = 202, description = "The job was accepted; `location` says where to ask for it", body = TakenOn)),
    security(("bearer" = ["data:export"]))
)]
pub(crate) async fn ask(
    caller: Caller<may::ExportData>,
    State(app_state): State<AppState>,
    JsonBody(request): JsonBody<ExportRequest>,
) -> Result<Response, ApiError> {
    let tenant = caller.tenant()?.id.clone();
    let contact = request.contact.as_deref().map(ContactId::parse).transpose()?;
    if let Some(contact) = contact {
        let plan = app_state.guard.store.rights().contact_plan(&tenant, contact).await?;
        plan.ok_or_else(|| Failure::not_found("contact"))?;
    }
    let id = JobId::derive(&tenant, &["export", &caller.cause]);
    let job = DataJob::new(id, tenant, DataWork::Export { contact }, caller.trace.actor.clone(), caller.trace.at);
    Ok(taken_on("exports", &app_state.begin(&job, &caller.trace).await?))
}

/// Get an export
#[utoipa::path(
    get, path = "/v1/exports/{id}", tag = "data", operation_id = "getExport",
    params(("id" = JobId, Path, description = "The export's id")),
    responses((status = 200, description = "How far it is, and where the archive is", body = Export)),
    security(("bearer" = ["data:export"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ExportData>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<Export>, ApiError> {
    let tenant = &caller.principal.tenant;
    let job = app_state.guard.store.rights().job(tenant, JobId::parse(&id)?).await?;
    if !matches!(job.work, DataWork::Export { .. }) {
        return Err(Failure::not_found("export").into());
    }
    let expires_at = job.archive_until();
    let is_there = expires_at.is_some_and(|until| caller.trace.at < until);
    let url = if is_there {
        Some(app_state.files.link(&Prefix::export(tenant, job.id).key("archive.zip")).await?)
    } else {
        None
    };
    Ok(Json(Export { id: job.id, status: job.status, url, expires_at, items: job.entries, bytes: job.bytes }))
}
