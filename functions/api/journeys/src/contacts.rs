//! A contact's way with the business.

use api::{ApiError, Caller, Guard, IfMatch, JsonBody, Parameters, Tagged, page_size};
use axum::Json;
use axum::extract::{Path, State};
use domain::identity::may;
use domain::journeys::{ConsentRecord, Journey, Preferences};
use domain::messaging::{Channel, Purpose};
use domain::{ContactId, Failure};
use serde::Deserialize;
use store::Timeline;
use utoipa::ToSchema;

/// The longest evidence of a consent, in characters.
const MAX_EVIDENCE: usize = 300;

/// What somebody agreed to, or refused.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Consenting {
    /// Which channel.
    channel: Channel,
    /// For what.
    purpose: Purpose,
    /// Whether they agree.
    granted: bool,
    /// How it can be shown: the form, the words, the paper.
    #[schema(min_length = 1, max_length = 300, example = "Ticked the box on the booking form of 3 November 2026")]
    evidence: String,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TimelineQuery {
    /// The most entries.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100, example = 50)]
    limit: Option<String>,
}

/// Get a contact's journey
///
/// Where they stand, how they want to be written to, which sequences they are in, what waits and why, and what went out in
/// the last eight days.
#[utoipa::path(
    get, path = "/v1/contacts/{id}/journey", tag = "journeys", operation_id = "getJourney",
    params(("id" = ContactId, Path, description = "The contact")),
    responses((status = 200, description = "The journey", body = Journey, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["leads:read"]))
)]
pub(crate) async fn journey(
    caller: Caller<may::ReadLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Tagged<Journey>, ApiError> {
    Ok(Tagged(guard.store.journeys().of(&caller.principal.tenant, ContactId::parse(&id)?).await?))
}

/// Set a contact's preferences
///
/// Channel, quiet hours, frequency, where they live. The gate asks them at every message, also those that are queued.
#[utoipa::path(
    put, path = "/v1/contacts/{id}/preferences", tag = "journeys", operation_id = "setPreferences",
    params(
        ("id" = ContactId, Path, description = "The contact"),
        ("If-Match" = String, Header, description = "The ETag of the journey that was read", example = "\"3\""),
    ),
    request_body = Preferences,
    responses((status = 200, description = "The journey as it is now", body = Journey, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["leads:write"]))
)]
pub(crate) async fn set_preferences(
    caller: Caller<may::WriteLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(preferences): JsonBody<Preferences>,
) -> Result<Tagged<Journey>, ApiError> {
    preferences.validate()?;
    let set = |journey: &mut Journey| journey.preferences = preferences.clone();
    let contact = ContactId::parse(&id)?;
    caller.demand_reach(&guard.store, contact).await?;
    Ok(Tagged(guard.store.journeys().change(&caller.principal.tenant, contact, version, set, &caller.trace).await?))
}

/// Record what a contact agreed to
///
/// For one channel and purpose; the latest word stands. It does not lift a STOP: only the person does, with START.
#[utoipa::path(
    post, path = "/v1/contacts/{id}/consents", tag = "journeys", operation_id = "recordConsent",
    params(
        ("id" = ContactId, Path, description = "The contact"),
        ("If-Match" = String, Header, description = "The ETag of the journey that was read", example = "\"3\""),
    ),
    request_body = Consenting,
    responses((status = 200, description = "The journey as it is now", body = Journey, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["leads:write"]))
)]
pub(crate) async fn record_consent(
    caller: Caller<may::WriteLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(said): JsonBody<Consenting>,
) -> Result<Tagged<Journey>, ApiError> {
    let length = said.evidence.trim().chars().count();
    if length == 0 || said.evidence.chars().count() > MAX_EVIDENCE {
        return Err(Failure::invalid("evidence", format!("evidence must be 1 to {MAX_EVIDENCE} characters")).into());
    }
    let record = ConsentRecord {
        channel: said.channel,
        purpose: said.purpose,
        granted: said.granted,
        at: caller.trace.at,
        evidence: said.evidence,
    };
    let set = |journey: &mut Journey| journey.record_consent(record.clone());
    let contact = ContactId::parse(&id)?;
    caller.demand_reach(&guard.store, contact).await?;
    Ok(Tagged(guard.store.journeys().change(&caller.principal.tenant, contact, version, set, &caller.trace).await?))
}

/// See everything that was said
///
/// Every message on every channel, in and out, with what became of it and why; what happened to the journey; tasks; what is
/// planned; what is blocked and why. Newest first.
#[utoipa::path(
    get, path = "/v1/contacts/{id}/timeline", tag = "journeys", operation_id = "getTimeline",
    params(("id" = ContactId, Path, description = "The contact"), TimelineQuery),
    responses((status = 200, description = "The timeline", body = Timeline)),
    security(("bearer" = ["conversations:read"]))
)]
pub(crate) async fn timeline(
    caller: Caller<may::ReadConversations>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    Parameters(query): Parameters<TimelineQuery>,
) -> Result<Json<Timeline>, ApiError> {
    let limit = page_size(query.limit.as_deref())?;
    Ok(Json(guard.store.conversations().timeline(&caller.principal.tenant, ContactId::parse(&id)?, limit).await?))
}
