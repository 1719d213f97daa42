//! `POST /v1/events`: what happened in other systems.

use api::{ApiError, Caller, JsonBody};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::events::Report;
use domain::identity::may;
use domain::{ContactId, EventId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::AppState;

/// A report that was taken.
#[derive(Serialize, ToSchema)]
pub(crate) struct TakenReport {
    /// The event's id here.
    event: EventId,
    /// Whom it is about.
    contact: ContactId,
}

/// Report an event
///
/// A quote, an appointment, a job, an invoice or a review of another system. Sequences begin and end by it, and
/// webhooks hear of it, as if it had happened here. The same `id` within 30 days is the same event: it happens once.
/// The same `id` with something else is a 409.
#[utoipa::path(
    post, path = "/v1/events", tag = "webhooks", operation_id = "reportEvent",
    request_body = Report,
    responses((status = 202, description = "It was accepted", body = TakenReport)),
    security(("bearer" = ["events:write"]))
)]
pub(crate) async fn report(
    caller: Caller<may::WriteEvents>,
    State(app_state): State<AppState>,
    JsonBody(report): JsonBody<Report>,
) -> Result<(StatusCode, Json<TakenReport>), ApiError> {
    let (tenant, reports) = (&caller.tenant()?.id, app_state.guard.store.reports());
    let at = report.check(caller.trace.at)?;
    let contact = reports.whom(tenant, report.contact, report.lead).await?;
    caller.demand_reach(&app_state.guard.store, contact).await?;
    let kind = report.event(tenant, contact)?;
    let event = reports.publish(tenant, &report.id, at, kind, &caller.trace).await?;
    Ok((StatusCode::ACCEPTED, Json(TakenReport { event, contact })))
}
