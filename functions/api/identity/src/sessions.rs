//! Where someone is signed in, and how that ends.

use api::{ApiError, Caller};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::Failure;
use domain::identity::{AuditAction, Session, may};
use domain::ids::SessionId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::person::Person;
use crate::{AppState, cookies};

/// A session as its owner sees it.
#[derive(Serialize, ToSchema)]
pub(crate) struct OwnSession {
    #[serde(flatten)]
    session: Session,
    /// Whether it is the one that asks.
    #[schema(example = true)]
    current: bool,
}

/// All sessions of a person; there are at most 20.
#[derive(Serialize, ToSchema)]
pub(crate) struct OwnSessions {
    /// Last used first.
    items: Vec<OwnSession>,
}

/// Sign out
///
/// Ends this session; its access token is refused from now on.
#[utoipa::path(
    post, path = "/v1/auth/sign-out", tag = "auth", operation_id = "signOut",
    responses((status = 204, description = "Signed out")),
    security(("bearer" = ["account:own"]))
)]
pub(crate) async fn sign_out(
    caller: Caller<may::OwnAccount>,
    State(app_state): State<AppState>,
) -> Result<Response, ApiError> {
    let person = Person::of(&caller)?;
    app_state.guard.store.sessions().end(person.account, person.id, AuditAction::SignedOut, &caller.trace).await?;
    Ok(signed_out()?)
}

/// Sign out everywhere
///
/// Ends all sessions of this person, in all tenants.
#[utoipa::path(
    post, path = "/v1/auth/sign-out-everywhere", tag = "auth", operation_id = "signOutEverywhere",
    responses((status = 204, description = "Signed out everywhere")),
    security(("bearer" = ["account:own"]))
)]
pub(crate) async fn sign_out_everywhere(
    caller: Caller<may::OwnAccount>,
    State(app_state): State<AppState>,
) -> Result<Response, ApiError> {
    let account = Person::of(&caller)?.account;
    app_state.guard.store.sessions().end_all(account, None, None, AuditAction::SignedOut, &caller.trace).await?;
    Ok(signed_out()?)
}

/// Where the person is signed in
#[utoipa::path(
    get, path = "/v1/account/sessions", tag = "account", operation_id = "listSessions",
    responses((status = 200, description = "The sessions, last refreshed first", body = OwnSessions)),
    security(("bearer" = ["account:own"]))
)]
pub(crate) async fn list(
    caller: Caller<may::OwnAccount>,
    State(app_state): State<AppState>,
) -> Result<Json<OwnSessions>, ApiError> {
    let person = Person::of(&caller)?;
    let mut sessions = app_state.guard.store.sessions().list(person.account).await?;
    sessions.retain(|session| !session.is_over(caller.trace.at));
    sessions.sort_by_key(|session| std::cmp::Reverse(session.refreshed_at));
    let shown = |session: Session| OwnSession { current: session.id == person.id, session };
    Ok(Json(OwnSessions { items: sessions.into_iter().map(shown).collect() }))
}

/// End a session
#[utoipa::path(
    delete, path = "/v1/account/sessions/{id}", tag = "account", operation_id = "endSession",
    params(("id" = SessionId, Path, description = "The session's id")),
    responses((status = 204, description = "The session has ended")),
    security(("bearer" = ["account:own"]))
)]
pub(crate) async fn end(
    caller: Caller<may::OwnAccount>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let (store, account) = (&app_state.guard.store, Person::of(&caller)?.account);
    let id = SessionId::parse(&id)?;
    store.sessions().get(account, id).await?.ok_or_else(|| Failure::not_found("session"))?;
    store.sessions().end(account, id, AuditAction::SignedOut, &caller.trace).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 204, and the browser forgets its cookies.
pub(crate) fn signed_out() -> Result<Response, Failure> {
    let mut headers = HeaderMap::new();
    cookies::clear(&mut headers)?;
    Ok((StatusCode::NO_CONTENT, headers).into_response())
}
