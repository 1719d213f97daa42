//! The dry run: what would happen to a contact if no one did anything.

use api::{ApiError, Caller, Guard, JsonBody};
use axum::Json;
use axum::extract::{Path, State};
use domain::identity::may;
use domain::journeys::Simulated;
use domain::{ContactId, Failure};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How far ahead it looks, in days.
const MAX_DAYS: u32 = 90;

/// How far ahead to look.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ahead {
    /// In days.
    #[serde(default = "a_month")]
    #[schema(minimum = 1, maximum = 90, default = 30, example = 30)]
    days: u32,
}

fn a_month() -> u32 {
    30
}

/// What would happen.
#[derive(Serialize, ToSchema)]
pub(crate) struct DryRun {
    /// From when on (UTC).
    from: Timestamp,
    /// For so many days.
    days: u32,
    /// What would happen, in order.
    steps: Vec<Simulated>,
}

/// Simulate the days to come
///
/// What would happen to this contact in the next days if they did not react and no one did anything: every step of every
/// sequence they are in, where it would go, what the gate would say, and why. By the very rules that decide when the time
/// comes, on a simulated clock; nothing is sent and nothing is stored.
#[utoipa::path(
    post, path = "/v1/contacts/{id}/dry-run", tag = "journeys", operation_id = "dryRun",
    params(("id" = ContactId, Path, description = "The contact")),
    request_body = Ahead,
    responses((status = 200, description = "What would happen", body = DryRun)),
    security(("bearer" = ["leads:read"]))
)]
pub(crate) async fn simulate(
    caller: Caller<may::ReadLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    JsonBody(ahead): JsonBody<Ahead>,
) -> Result<Json<DryRun>, ApiError> {
    if !(1..=MAX_DAYS).contains(&ahead.days) {
        return Err(Failure::invalid("days", format!("days must be from 1 to {MAX_DAYS}")).into());
    }
    let (tenant, now) = (&caller.principal.tenant, caller.trace.at);
    let steps = guard.store.journeys().dry_run(tenant, ContactId::parse(&id)?, now, ahead.days).await?;
    Ok(Json(DryRun { from: now, days: ahead.days, steps }))
}
