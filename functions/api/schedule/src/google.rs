//! How an account at Google grants us access: somebody is sent there, comes back with a code, and chooses one of the account's calendars.
//!
//! Who comes back must be who was sent, in the same session: the state that they bring is checked against it. The code is worth nothing
//! without a verifier that never leaves. Both are sealed here. Only `worker-calendars` calls Google.

use api::{ApiError, Caller, JsonBody, Tagged};
use auth::secrets::{code_challenge, code_verifier, random_token, sha256_hex};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use connectors::google::{Consent, consent_url};
use domain::Failure;
use domain::failure::Rejection;
use domain::identity::{Actor, may};
use domain::ids::OutsideCalendarId;
use domain::scheduling::{Asked, CalendarKind, OutsideCalendar};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::AppState;

/// The page to which Google sends people back. The client at Google has to list it.
const BACK: &str = "/app/google";
/// The longest code of Google's, in characters.
const MAX_CODE: usize = 1_000;

/// Where somebody lets Porchlight in.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConsentPage {
    /// Google's page, good for 15 minutes and for whoever asked.
    #[schema(example = "https://accounts.google.com/o/oauth2/v2/auth?client_id=7f3a")]
    url: String,
}

/// What somebody came back with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BroughtBack {
    /// What was sent along, as Google gave it back.
    #[schema(max_length = 200, example = "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c.7f3a")]
    state: String,
    /// Google's code.
    #[schema(max_length = 1000, value_type = String, example = "4/0AbCdEf")]
    code: SecretString,
}

/// Which of the account's calendars it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Choice {
    /// The id of one of `account.choices`.
    #[schema(example = "ana@example.com")]
    calendar: String,
    /// Whether visits are written into it, and can be moved there.
    #[schema(example = true)]
    writes: bool,
}

/// Ask Google to let us in
///
/// Answers with Google's page, for a person who is signed in. Google sends them back to `/app/google`.
#[utoipa::path(
    post, path = "/v1/calendars/{id}/consent", tag = "schedule", operation_id = "askForCalendarConsent",
    params(("id" = OutsideCalendarId, Path, description = "Which, of the kind `google`")),
    responses((status = 200, description = "Where to go", body = ConsentPage)),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn ask(
    caller: Caller<may::WriteSettings>,
    State(app_state): State<AppState>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Json<ConsentPage>, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, OutsideCalendarId::parse(&id)?);
    let client = at_google(&app_state, &caller, id).await?;
    let (verifier, secret) = (code_verifier()?, random_token("")?);
    let redirect = format!("{}{BACK}", own_address(&app_state, &headers));
    let asked = Asked {
        state_hash: sha256_hex(secret.expose_secret()),
        by: caller.trace.actor.clone(),
        redirect: redirect.clone(),
        at: caller.trace.at,
    };
    let calendars = app_state.guard.store.outside_calendars();
    calendars.ask(&app_state.kms_key, tenant, id, (&asked, &verifier)).await?;
    let (state, challenge) = (format!("{id}.{}", secret.expose_secret()), code_challenge(&verifier));
    let consent = Consent { client, redirect: &redirect, state: &state, challenge: &challenge };
    Ok(Json(ConsentPage { url: consent_url(consent)? }))
}

/// Bring back what Google gave
///
/// `health` says within seconds whether it was taken, and `account.choices` which calendars the account has.
#[utoipa::path(
    put, path = "/v1/calendars/{id}/consent", tag = "schedule", operation_id = "bringCalendarConsent",
    params(("id" = OutsideCalendarId, Path, description = "The calendar's id")),
    request_body = BroughtBack,
    responses(
        (status = 204, description = "The code was exchanged"),
        (status = 409, description = "The calendar is none at Google that stays: connect a new one."),
    ),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn bring_back(
    caller: Caller<may::WriteSettings>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(back): JsonBody<BroughtBack>,
) -> Result<StatusCode, ApiError> {
    let (tenant, id, now) = (&caller.principal.tenant, OutsideCalendarId::parse(&id)?, caller.trace.at);
    at_google(&app_state, &caller, id).await?;
    if !(1..=MAX_CODE).contains(&back.code.expose_secret().len()) {
        return Err(Failure::invalid("code", format!("code must have 1 to {MAX_CODE} characters")).into());
    }
    let secret = back.state.split_once('.').filter(|(calendar, _)| *calendar == id.to_string());
    let hash = sha256_hex(secret.map_or("", |(_, secret)| secret));
    let calendars = app_state.guard.store.outside_calendars();
    let by = (hash.as_str(), &caller.trace.actor);
    calendars.answer(&app_state.kms_key, tenant, id, by, &back.code, now).await?;
    app_state.read_soon(tenant, id, now).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Choose a calendar
///
/// One of the account's calendars, event types or people, once; whether visits are written into it can be changed. It is read at once.
#[utoipa::path(
    post, path = "/v1/calendars/{id}/choice", tag = "schedule", operation_id = "chooseCalendar",
    params(("id" = OutsideCalendarId, Path, description = "Which, of an account")),
    request_body = Choice,
    responses((status = 200, description = "The calendar was chosen", body = OutsideCalendar, headers(
        ("ETag" = String, description = "Its version")
    ))),
    security(("bearer" = ["settings:write"]))
)]
pub(crate) async fn choose(
    caller: Caller<may::WriteSettings>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(choice): JsonBody<Choice>,
) -> Result<Tagged<OutsideCalendar>, ApiError> {
    let (tenant, id) = (&caller.principal.tenant, OutsideCalendarId::parse(&id)?);
    let calendars = app_state.guard.store.outside_calendars();
    let chosen = calendars.choose(tenant, id, (&choice.calendar, choice.writes), &caller.trace).await?;
    app_state.read_soon(tenant, id, caller.trace.at).await;
    Ok(Tagged(chosen))
}

/// The client's id, for a calendar at Google and a person who is signed in.
async fn at_google<'a>(
    app_state: &'a AppState,
    caller: &Caller<may::WriteSettings>,
    id: OutsideCalendarId,
) -> Result<&'a str, Failure> {
    let documents = app_state.guard.store.documents();
    let calendar = documents.get::<OutsideCalendar>(&caller.principal.tenant, &id.to_string()).await?.value;
    if calendar.kind != CalendarKind::Google || calendar.closing.is_some() {
        let message = "this calendar is none at Google that stays: connect a new one";
        return Err(Failure::rejected(Rejection::Conflict, message));
    }
    if !matches!(caller.trace.actor, Actor::Person { session: Some(_), .. }) {
        let message = "a person has to let Porchlight in at Google: do it in the settings, signed in";
        return Err(Failure::rejected(Rejection::Forbidden, message));
    }
    app_state.google()
}

/// Where the caller's pages are: the guard has checked the origin that a browser names.
fn own_address(app_state: &AppState, headers: &HeaderMap) -> String {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(origin) = header(ORIGIN) {
        return origin.trim_end_matches('/').to_owned();
    }
    let host = || format!("https://{}", header(HOST).unwrap_or_default());
    app_state.guard.own_origins.last().cloned().unwrap_or_else(host)
}
