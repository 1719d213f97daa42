//! The dry run: what would happen to a contact if no one did anything.

use api::{ApiError, Caller, Guard, JsonBody};
use axum::Json;
use axum::extract::{Path, State};
use domain::identity::may;
use domain::journeys::{Journey, JourneyContext, Simulated, simulate as on_a_simulated_clock};
use domain::{ContactId, Failure};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How far ahead it looks, in days.
const MAX_DAYS: u32 = 90;
/// What stands in the place of the link to an appointment, which is shown to its customer alone.
const NOBODYS: &str = "https://example.com/visit/…";

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
    let (store, tenant) = (&guard.store, &caller.principal.tenant);
    let now = caller.trace.at;
    let person =
        store.journeys().visit(tenant, ContactId::parse(&id)?).await?.ok_or_else(|| Failure::not_found("contact"))?;
    let sequences = store.sequences().in_force(tenant).await?;
    let tenant = store.tenants().document(tenant).await?.value;
    let journey_context =
        JourneyContext { tenant: &tenant, person: &person, sequences: &sequences, visit_link: Some(NOBODYS) };
    let journey =
        person.journey.clone().unwrap_or_else(|| Journey::begin(person.contact.id, person.contact.created_at));
    let steps = on_a_simulated_clock(&journey_context, &journey, now, ahead.days);
    Ok(Json(DryRun { from: now, days: ahead.days, steps }))
}
