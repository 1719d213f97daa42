//! Appointments: listed, made, moved, and taken from step to step.

use api::{
    ApiError, Caller, Created, Expand, Expandable, Expanded, Guard, IfMatch, JsonBody, Parameters, Tagged, page_size,
};
use axum::Json;
use axum::extract::{Path, State};
use domain::identity::may;
use domain::ids::{AppointmentId, LocationId, ResourceId, ServiceId};
use domain::journeys::no_show::Risk;
use domain::metadata::{self, MetadataChange};
use domain::scheduling::{Booking, BookingState, MAX_NOTE, Place, Step, Terms};
use domain::tenancy::Tenant;
use domain::{ContactId, Failure, LeadId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{AppointmentFilter, Appointments, Page, Versioned, WantedTime};
use utoipa::ToSchema;

use crate::query::range;

/// The most days of one list.
const MAX_LISTED_DAYS: i64 = 366;
/// The longest address, in characters.
const MAX_ADDRESS: usize = 200;

/// The appointment that is wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAppointment {
    /// With whom.
    contact: ContactId,
    /// The lead that it comes of, one of the contact's.
    #[serde(default)]
    #[schema(nullable = false)]
    lead: Option<LeadId>,
    /// What it is for: a service with booking rules.
    service: ServiceId,
    /// Where, as far as the business has several places.
    #[serde(default)]
    #[schema(nullable = false)]
    location: Option<LocationId>,
    /// Where the customer is, where staff go there: an address with its postal code or town, a postal code alone, or degrees
    /// (`39.7392, -104.9903`). Of an address postal code and town are kept until they are looked up, and then where that is on the map.
    #[serde(default)]
    #[schema(nullable = false, max_length = 200, example = "12 Alder Street, Lakewood, CO 80226")]
    address: Option<String>,
    /// When it is to begin (UTC).
    starts_at: Timestamp,
    /// Resources that it must take; none: whom the service prefers.
    #[serde(default)]
    resources: Vec<ResourceId>,
    /// Whether the time is only held, for ten minutes, until the step `book`.
    #[serde(default)]
    #[schema(example = false)]
    held: bool,
    /// What staff should know of it.
    #[serde(default)]
    #[schema(max_length = 1000, example = "Gate code 4711")]
    note: String,
    /// The caller's own pairs, at most 20: names of 1 to 40 characters, values of at most 500.
    #[serde(default)]
    #[schema(example = json!({"work_order": "4711"}))]
    metadata: BTreeMap<String, Option<String>>,
}

/// What changes of an appointment beside its time and how far it got.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AppointmentChange {
    /// The caller's own pairs to set: a value that is null or empty takes its pair away, others stay. Null takes all away. At most 20 are kept.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(value_type = BTreeMap<String, Option<String>>, nullable, example = json!({"work_order": "4711"}))]
    metadata: MetadataChange,
}

/// Another time for an appointment.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTime {
    /// When it is to begin (UTC).
    starts_at: Timestamp,
    /// Resources that it must take; none: whom the service prefers.
    #[serde(default)]
    resources: Vec<ResourceId>,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Those that begin at or after this moment; now, where it is not said.
    #[param(value_type = Option<Timestamp>, example = "2026-12-01T00:00:00Z")]
    from: Option<String>,
    /// And before this one: a week later, where it is not said, and at most 366 days.
    #[param(value_type = Option<Timestamp>, example = "2026-12-08T00:00:00Z")]
    to: Option<String>,
    /// Only those that take this resource.
    #[param(value_type = Option<ResourceId>, example = "bay-2")]
    resource: Option<String>,
    /// Only in this state.
    #[param(value_type = Option<BookingState>, example = "booked")]
    state: Option<String>,
    /// Entries on a page.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100, example = 25)]
    limit: Option<String>,
    /// The one that the page before gave.
    cursor: Option<String>,
}

/// An appointment in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct ListedAppointment {
    #[serde(flatten)]
    appointment: Booking,
    /// How likely the customer is not there, while it is agreed on and has not begun.
    no_show_risk: Option<Risk>,
    /// What was asked for with `expand`.
    #[serde(skip_serializing_if = "Option::is_none")]
    expanded: Option<Expanded>,
}

/// List appointments
///
/// Those that begin within a range, the latest first; cancelled ones too, and holds, of which `held_until` says how long
/// they stand. What is agreed on and has not begun says how likely it is missed, and why: `not_confirmed`, `missed_before`,
/// `booked_long_ahead`, `no_answer` (to its reminders), `first_visit`, `time_of_day`, `weekday`, `channel` (how they came),
/// `no_deposit`, `weather`.
#[utoipa::path(
    get, path = "/v1/appointments", tag = "schedule", operation_id = "listAppointments",
    params(ListQuery, Expand<Booking>),
    responses((status = 200, description = "A page of appointments", body = Page<ListedAppointment>)),
    security(("bearer" = ["schedule:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadSchedule>,
    State(guard): State<Guard>,
    Parameters(query): Parameters<ListQuery>,
    expand: Expand<Booking>,
) -> Result<Json<Page<ListedAppointment>>, ApiError> {
    let (from, to) = range(query.from.as_deref(), query.to.as_deref(), MAX_LISTED_DAYS, caller.trace.at)?;
    let resource = query.resource.map(ResourceId::new).transpose()?;
    let filter = AppointmentFilter { from, to, resource, state: state(query.state.as_deref())? };
    let (tenant, store, limit) = (caller.tenant()?, guard.store.appointments(), page_size(query.limit.as_deref())?);
    let page = store.list(&tenant.id, &filter, limit, query.cursor.as_deref()).await?;
    let mut risks = store.risks(tenant, &page.items, caller.trace.at).await?;
    let expanded = expand.of(&guard.store, &tenant.id, &page.items).await?.into_iter();
    let listed = |(appointment, expanded): (Booking, _)| {
        let no_show_risk = risks.remove(&appointment.id);
        ListedAppointment { appointment, no_show_risk, expanded }
    };
    Ok(Json(Page { items: page.items.into_iter().zip(expanded).map(listed).collect(), cursor: page.cursor }))
}

/// Get an appointment
#[utoipa::path(
    get, path = "/v1/appointments/{id}", tag = "schedule", operation_id = "getAppointment",
    params(("id" = AppointmentId, Path, description = "The appointment's id"), Expand<Booking>),
    responses((status = 200, description = "The appointment", body = Expandable<Booking>, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["schedule:read"]))
)]
pub(crate) async fn show(
    caller: Caller<may::ReadSchedule>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    expand: Expand<Booking>,
) -> Result<Tagged<Expandable<Booking>>, ApiError> {
    let tenant = &caller.principal.tenant;
    let Versioned { value, version } = guard.store.appointments().get(tenant, AppointmentId::parse(&id)?).await?;
    Ok(Tagged(Versioned { value: expand.one(&guard.store, tenant, value).await?, version }))
}

/// Make an appointment
///
/// Books a time, or holds it for ten minutes. 409 where it is taken, 400 naming `starts_at` where it cannot be booked; both
/// say the nearest times that are free. With an `Idempotency-Key`, the same request is the same appointment. Sequences
/// and webhooks hear of it as `appointment.booked`.
#[utoipa::path(
    post, path = "/v1/appointments", tag = "schedule", operation_id = "createAppointment",
    request_body = NewAppointment,
    responses((status = 201, description = "It was created", body = Booking, headers(
        ("Location" = String, description = "Its address"), ("ETag" = String, description = "Its version")
    ))),
    security(("bearer" = ["schedule:write"]))
)]
pub(crate) async fn create(
    caller: Caller<may::WriteSchedule>,
    State(guard): State<Guard>,
    JsonBody(wanted): JsonBody<NewAppointment>,
) -> Result<Created<Booking>, ApiError> {
    let (tenant, store, now) = (caller.tenant()?, guard.store.appointments(), caller.trace.at);
    if wanted.note.chars().count() > MAX_NOTE {
        return Err(Failure::invalid("note", format!("note must be at most {MAX_NOTE} characters")).into());
    }
    let address = wanted.address.as_deref();
    if let Some(lead) = wanted.lead
        && guard.store.leads().contact(&tenant.id, lead).await? != Some(wanted.contact)
    {
        // An erasure takes whatever names a lead of the erased: it must not take somebody else's appointment.
        return Err(Failure::invalid("lead", "lead must be one of the contact's").into());
    }
    caller.demand_reach(&guard.store, wanted.contact).await?;
    let location = store.location(&tenant.id, wanted.location.as_ref()).await?;
    let terms = Terms::of(tenant, location.as_ref(), &wanted.service)?;
    let terms = at_address(store, tenant, terms, address, now).await?;
    let id = AppointmentId::derive(&tenant.id, &["appointment", &caller.cause]);
    let metadata = metadata::changed(&BTreeMap::new(), &Some(wanted.metadata))?;
    let new =
        Booking { lead: wanted.lead, note: wanted.note, metadata, ..Booking::new(id, wanted.contact, &terms, now) };
    let time = WantedTime { terms: &terms, starts_at: wanted.starts_at, resources: &wanted.resources };
    let value = store.make(&tenant.id, &new, time, wanted.held, &caller.trace).await?;
    Ok(Created { location: format!("/v1/appointments/{id}"), value })
}

/// Change an appointment
///
/// Its metadata, whatever state it is in. It causes no event. `/move` gives it another time, `/steps` says how far it got.
#[utoipa::path(
    patch, path = "/v1/appointments/{id}", tag = "schedule", operation_id = "changeAppointment",
    params(
        ("id" = AppointmentId, Path, description = "The appointment's id"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
    ),
    request_body = AppointmentChange,
    responses((status = 200, description = "As it is now", body = Booking, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["schedule:write"]))
)]
pub(crate) async fn change(
    caller: Caller<may::WriteSchedule>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(change): JsonBody<AppointmentChange>,
) -> Result<Tagged<Booking>, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, AppointmentId::parse(&id)?);
    caller.demand_reach(&guard.store, id).await?;
    let store = guard.store.appointments();
    Ok(Tagged(store.change_metadata(tenant, id, &change.metadata, version, &caller.trace).await?))
}

/// Move an appointment
///
/// To another time, or to other resources: it stays the same appointment, and its old time is free at once. Nothing
/// changes where the new time is refused. `appointment.rescheduled` tells of it.
#[utoipa::path(
    post, path = "/v1/appointments/{id}/move", tag = "schedule", operation_id = "moveAppointment",
    params(("id" = AppointmentId, Path, description = "The appointment's id")),
    request_body = NewTime,
    responses((status = 200, description = "As it is now", body = Booking, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["schedule:write"]))
)]
pub(crate) async fn move_to(
    caller: Caller<may::WriteSchedule>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    JsonBody(wanted): JsonBody<NewTime>,
) -> Result<Tagged<Booking>, ApiError> {
    let (tenant, id) = (caller.tenant()?, AppointmentId::parse(&id)?);
    let store = guard.store.appointments();
    caller.demand_reach(&guard.store, id).await?;
    Ok(Tagged(store.move_to(tenant, id, wanted.starts_at, &wanted.resources, &caller.trace).await?))
}

/// Take an appointment a step further
///
/// `book` takes what was held; `confirm`, `en_route`, `arrive`, `start`, `complete` and `miss` say how the visit goes;
/// `cancel` frees its time at once. It goes forward only: 409 where a step is not possible any more. The same step twice
/// is one.
#[utoipa::path(
    post, path = "/v1/appointments/{id}/steps", tag = "schedule", operation_id = "stepAppointment",
    params(("id" = AppointmentId, Path, description = "The appointment's id")),
    request_body = Step,
    responses((status = 200, description = "As it is now", body = Booking, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["schedule:write"]))
)]
pub(crate) async fn step(
    caller: Caller<may::WriteSchedule>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    JsonBody(step): JsonBody<Step>,
) -> Result<Tagged<Booking>, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, AppointmentId::parse(&id)?);
    step.validate()?;
    caller.demand_reach(&guard.store, id).await?;
    Ok(Tagged(guard.store.appointments().step(tenant, id, &step, &caller.trace).await?))
}

/// The same terms for a visit at `address`: degrees (`39.7392, -104.9903`) are that very place.
pub(crate) async fn at_address<'t>(
    store: Appointments<'_>,
    tenant: &Tenant,
    terms: Terms<'t>,
    address: Option<&str>,
    now: Timestamp,
) -> Result<Terms<'t>, Failure> {
    if address.is_some_and(|address| address.chars().count() > MAX_ADDRESS) {
        return Err(Failure::invalid("address", format!("address must be at most {MAX_ADDRESS} characters")));
    }
    match address.and_then(Place::of_text) {
        Some(place) => Ok(terms.visiting(Some(place))),
        None => store.visiting(tenant, terms, address, now).await,
    }
}

fn state(name: Option<&str>) -> Result<Option<BookingState>, Failure> {
    let Some(name) = name else { return Ok(None) };
    let known = BookingState::ALL.into_iter().find(|state| state.as_str() == name);
    let wrong = || {
        let names = BookingState::ALL.map(BookingState::as_str).join(", ");
        Failure::invalid("state", format!("state must be one of {names}"))
    };
    known.map(Some).ok_or_else(wrong)
}
