//! Whether someone is there.

use api::{ApiError, Caller, Guard, Parameters};
use axum::Json;
use axum::extract::State;
use domain::Failure;
use domain::identity::may;
use domain::ids::LocationId;
use domain::tenancy::{Location, Tenant};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct StatusQuery {
    /// When (RFC 3339); now where absent.
    #[param(value_type = Option<Timestamp>, example = "2026-11-20T18:30:00Z")]
    at: Option<String>,
    /// At which location; the tenant's own hours where absent.
    #[param(value_type = Option<LocationId>)]
    location: Option<String>,
}

/// Whether someone is there.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct HoursStatus {
    /// Whether it is open then.
    open: bool,
    /// When it is open next: that very moment where it is open. Null: not within 400 days.
    next_opening: Option<Timestamp>,
    /// The zone of its hours.
    #[schema(example = "America/Denver")]
    zone: String,
}

/// Say whether it is open
#[utoipa::path(
    get, path = "/v1/tenant/hours/status", tag = "settings", operation_id = "getHoursStatus",
    params(StatusQuery),
    responses((status = 200, description = "Whether it is open, and when next", body = HoursStatus)),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn status(
    caller: Caller<may::ReadSettings>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<StatusQuery>,
) -> Result<Json<HoursStatus>, ApiError> {
    let at = query.at.as_deref().map_or_else(|| Ok(runtime::clock::now()), read_time)?;
    let id = &caller.principal.tenant;
    let tenant = guard.store.tenants().document(id).await?.value;
    let Some(location) = query.location else { return Ok(Json(of_tenant(&tenant, at))) };
    let location = guard.store.documents().get::<Location>(id, LocationId::new(location)?.as_str()).await?.value;
    Ok(Json(of_location(&location, &tenant, at)))
}

fn read_time(text: &str) -> Result<Timestamp, Failure> {
    text.parse().map_err(|_| Failure::invalid("at", "at must be a time of RFC 3339, such as 2026-11-20T18:30:00Z"))
}

fn of_tenant(tenant: &Tenant, at: Timestamp) -> HoursStatus {
    let zone = tenant.time_zone();
    HoursStatus {
        open: tenant.hours.is_open_at(at, &zone),
        next_opening: tenant.hours.next_opening(at, &zone),
        zone: tenant.zone.clone(),
    }
}

fn of_location(location: &Location, tenant: &Tenant, at: Timestamp) -> HoursStatus {
    HoursStatus {
        open: location.is_open_at(tenant, at),
        next_opening: location.next_opening(tenant, at),
        zone: location.zone.clone().unwrap_or_else(|| tenant.zone.clone()),
    }
}
