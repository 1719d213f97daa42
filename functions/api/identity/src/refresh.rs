//! Refreshing: a refresh token for the next pair. Each is good once; who shows one a second time ends the session, for
//! nobody can say which of the two is the thief.

use api::{ApiError, JsonBody};
use auth::refresh_tokens::{Judgement, RefreshToken, judge};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::Failure;
use domain::identity::{AccountStatus, Actor, AuditAction, Session};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use store::Trace;
use utoipa::ToSchema;

use crate::stranger::Stranger;
use crate::tokens::{self, Tokens};
use crate::{Desk, cookies, seats};

/// The token, where it is not in the cookie.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefreshRequest {
    /// The one that the last answer gave.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "pl_refresh_39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c.0a4d6a0e-5f0c-5b3a-9d27-2ae4f8fd6f3e.cXJ0ZXN0c2FtcGxlb25seTAwMDAwMDAw.bXJ0ZXN0c2FtcGxlb25seTAwMDAwMDAx")]
    refresh_token: Option<SecretString>,
}

/// Refresh
///
/// Gives the next pair of tokens for a refresh token, which is good once. Without one in the body (send `{}`) the cookie's
/// is taken, and the next pair goes into cookies. A token that comes a second time ends the session.
#[utoipa::path(
    post, path = "/v1/auth/refresh", tag = "auth", operation_id = "refresh",
    request_body = RefreshRequest,
    responses((status = 200, description = "The next pair", body = Tokens))
)]
pub(crate) async fn refresh(
    State(desk): State<Desk>,
    stranger: Stranger,
    headers: HeaderMap,
    JsonBody(request): JsonBody<RefreshRequest>,
) -> Result<Response, ApiError> {
    let (text, by_cookie) = match &request.refresh_token {
        Some(token) => (token.expose_secret(), false),
        None => (cookies::refresh_token(&headers).ok_or_else(Failure::unauthorized)?, true),
    };
    let presented = RefreshToken::parse(text)?;
    let store = &desk.door.store;
    let now = stranger.trace.at;
    let stored = store.session(presented.account, presented.session).await?.ok_or_else(Failure::unauthorized)?;
    let trace = stranger.is(Actor::Person { account: presented.account, session: Some(presented.session) });
    match judge(&presented, &stored.family_hash, &stored.turn_hash) {
        _ if stored.session.is_over(now) => return Err(Failure::unauthorized().into()),
        Judgement::Forged => return Err(Failure::unauthorized().into()),
        Judgement::Reused => return Err(end_reused(&desk, &stored.session, &trace).await?.into()),
        Judgement::Current => {}
    }
    let session = stored.session;
    let account = store.account(session.account).await?.value;
    let memberships = store.memberships(account.id).await?;
    let seat = seats::seat(store, &account, &memberships, &session.tenant).await?;
    let still = |seat: &seats::Seat| seat.role == session.role && account.status == AccountStatus::Active;
    let Some(seat) = seat.filter(still) else {
        // What the session rested on is no more, or the tenant is closed.
        store.end_session(session.account, session.id, AuditAction::SignedOut, &trace).await?;
        return Err(Failure::unauthorized().into());
    };
    let next = presented.next()?;
    let (from, to) = (presented.turn_hash(), next.turn_hash());
    let address = trace.address.as_deref().unwrap_or_default();
    let turned = store.turn_session(session.account, session.id, &from, &to, &stranger.device, address, now).await?;
    if !turned {
        // The same token came twice at once.
        return Err(end_reused(&desk, &session, &trace).await?.into());
    }
    let session = Session { refreshed_at: now, ..session };
    Ok(tokens::hand_out(&desk, &session, seat.enrolling, &next, &memberships, by_cookie, now).await?)
}

/// Ends the session whose refresh token a browser sent along with a new sign-in: the cookie is overwritten, and nobody else
/// holds its token (ASVS 5.0, 7.2.4).
///
/// # Errors
/// [`Failure::Retryable`] when the table does not answer.
pub(crate) async fn end_replaced(desk: &Desk, headers: &HeaderMap, trace: &Trace) -> Result<(), Failure> {
    let Some(Ok(presented)) = cookies::refresh_token(headers).map(RefreshToken::parse) else { return Ok(()) };
    let store = &desk.door.store;
    let Some(stored) = store.session(presented.account, presented.session).await? else { return Ok(()) };
    if judge(&presented, &stored.family_hash, &stored.turn_hash) != Judgement::Current {
        return Ok(());
    }
    let actor = Actor::Person { account: presented.account, session: Some(presented.session) };
    let trace = Trace { actor, ..trace.clone() };
    store.end_session(presented.account, presented.session, AuditAction::SignedOut, &trace).await
}

async fn end_reused(desk: &Desk, session: &Session, trace: &Trace) -> Result<Failure, Failure> {
    tracing::warn!(session = %session.id, tenant = %session.tenant, "a refresh token came a second time");
    desk.door.store.end_session(session.account, session.id, AuditAction::RefreshReused, trace).await?;
    Ok(Failure::unauthorized())
}
