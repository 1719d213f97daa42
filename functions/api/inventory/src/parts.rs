//! What visits would use that are not booked yet.

use api::{ApiError, Caller, Guard, Parameters};
use axum::Json;
use axum::extract::State;
use domain::Failure;
use domain::identity::may;
use domain::ids::ServiceId;
use domain::inventory::PartsNeeded;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The most visits that are asked about.
const MAX_VISITS: u32 = 10_000;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PartsQuery {
    /// Visits of which service.
    #[param(value_type = ServiceId, example = "tune-up")]
    service: String,
    /// How many.
    #[param(value_type = u32, minimum = 1, maximum = 10_000, example = 6)]
    visits: String,
}

/// What visits would use.
#[derive(Serialize, ToSchema)]
pub(crate) struct PartsForVisits {
    /// By item; what lacks most first. An item that these visits do not use is not there.
    items: Vec<PartsNeeded>,
}

/// Get what visits would use
///
/// What so many visits of a service use as a rule, beside what is there and on its way: for visits that may come, such as those that a campaign
/// invites to. Booked ones are in the forecast.
#[utoipa::path(
    get, path = "/v1/inventory/parts", tag = "inventory", operation_id = "getPartsForVisits",
    params(PartsQuery),
    responses((status = 200, description = "What they would use", body = PartsForVisits)),
    security(("bearer" = ["inventory:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadInventory>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<PartsQuery>,
) -> Result<Json<PartsForVisits>, ApiError> {
    let service = ServiceId::new(query.service)?;
    let visits = query.visits.parse().ok().filter(|visits| (1..=MAX_VISITS).contains(visits));
    let visits = visits.ok_or_else(|| Failure::invalid("visits", "visits must be a number from 1 to 10000"))?;
    let known = guard.store.inventory().known(caller.tenant()?, caller.trace.at).await?;
    Ok(Json(PartsForVisits { items: known.parts_for(&service, visits) }))
}
