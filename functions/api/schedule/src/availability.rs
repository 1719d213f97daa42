//! `GET /v1/availability`: the free times of a service.

use api::{ApiError, Caller, Guard, Parameters};
use axum::Json;
use axum::extract::State;
use domain::Failure;
use domain::identity::may;
use domain::ids::{AppointmentId, LocationId, ResourceId, ServiceId};
use domain::scheduling::{MAX_RANGE_DAYS, Slot, Terms};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::appointments::at_address;
use crate::query::range;

/// Free times in an answer where the caller does not say.
const USUAL: usize = 50;
/// The most.
const MOST: usize = 500;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AvailabilityQuery {
    /// The service.
    #[param(value_type = ServiceId, required = true, example = "roof-inspection")]
    service: Option<String>,
    /// Visits that begin at or after this moment; now, where it is not said.
    #[param(value_type = Option<Timestamp>, example = "2026-12-01T00:00:00Z")]
    from: Option<String>,
    /// And before this one: a week later, where it is not said, and at most 31 days.
    #[param(value_type = Option<Timestamp>, example = "2026-12-08T00:00:00Z")]
    to: Option<String>,
    /// At this location.
    #[param(value_type = Option<LocationId>, example = "lakewood")]
    location: Option<String>,
    /// Where the customer is, where staff go there: an address with its postal code or town, a postal code alone, or degrees. The
    /// way from the visit before and to the next one is kept free, as far as these places are known.
    #[param(max_length = 200, example = "39.7392, -104.9903")]
    address: Option<String>,
    /// For an appointment that is to move: its own time is free for it, and its place is known.
    #[param(value_type = Option<AppointmentId>, example = "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c")]
    moving: Option<String>,
    /// At most so many times.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 500, example = 50)]
    limit: Option<String>,
}

/// Free times of a service.
#[derive(Serialize, ToSchema)]
pub(crate) struct FreeTimes {
    /// The zone of the place, in which the times are even.
    #[schema(example = "America/Denver")]
    zone: String,
    /// The first ones of the range, in order.
    items: Vec<FreeTime>,
}

/// A time at which a visit can begin.
#[derive(Serialize, ToSchema)]
pub(crate) struct FreeTime {
    /// When it begins (UTC).
    starts_at: Timestamp,
    /// When it ends (UTC).
    ends_at: Timestamp,
    /// What it would take: whom the service prefers, who is booked least on that day or who is near.
    resources: Vec<ResourceId>,
    /// What else is free then and could do it.
    also_free: Vec<ResourceId>,
}

impl From<Slot<'_>> for FreeTime {
    fn from(slot: Slot<'_>) -> Self {
        let owned = |ids: Vec<&ResourceId>| ids.into_iter().cloned().collect();
        let (resources, also_free) = (owned(slot.resources), owned(slot.also_free));
        Self { starts_at: slot.starts_at, ends_at: slot.ends_at, resources, also_free }
    }
}

/// Get free times
///
/// The times at which a visit of the service can begin: within opening hours and shifts, clear of other visits with their
/// buffers and the ways between them, with all that it needs. A time that is offered is given to whoever books it first.
#[utoipa::path(
    get, path = "/v1/availability", tag = "schedule", operation_id = "getAvailability",
    params(AvailabilityQuery),
    responses((status = 200, description = "The free times", body = FreeTimes)),
    security(("bearer" = ["schedule:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadSchedule>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<AvailabilityQuery>,
) -> Result<Json<FreeTimes>, ApiError> {
    let (tenant, now, store) = (caller.tenant()?, caller.trace.at, guard.store.appointments());
    let service = query.service.ok_or_else(|| Failure::invalid("service", "say which service"))?;
    let (from, to) = range(query.from.as_deref(), query.to.as_deref(), MAX_RANGE_DAYS, now)?;
    let most = limit(query.limit.as_deref())?;
    let location = query.location.map(LocationId::new).transpose()?;
    let location = store.location(&tenant.id, location.as_ref()).await?;
    let terms = Terms::of(tenant, location.as_ref(), &ServiceId::new(service)?)?;
    let moving = query.moving.as_deref().map(AppointmentId::parse).transpose()?;
    let terms = at_address(store, tenant, terms, query.address.as_deref(), now).await?;
    let visit = store.visit(&tenant.id, terms.dates(from, to), moving).await?;
    let terms = match visit.booking {
        Some(booking) if query.address.is_none() => terms.visiting(booking.value.place),
        _ => terms,
    };
    let slots = visit.calendar.of(&terms, moving, now).slots(from, to, most);
    let items = slots.into_iter().map(FreeTime::from).collect();
    Ok(Json(FreeTimes { zone: terms.zone_name(), items }))
}

fn limit(text: Option<&str>) -> Result<usize, Failure> {
    let Some(text) = text else { return Ok(USUAL) };
    let number = text.parse().ok().filter(|number| (1..=MOST).contains(number));
    number.ok_or_else(|| Failure::invalid("limit", format!("limit must be 1 to {MOST}")))
}
