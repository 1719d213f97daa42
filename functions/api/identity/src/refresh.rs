//! Refreshing: a refresh token gives the next pair of tokens. Each is good once. For a minute it gives the same answer again, because
//! answers get lost. Whoever shows one later, or one older than the last, ends the session: no one can say whether that is the owner or a
//! thief.

use api::{ApiError, JsonBody};
use auth::refresh_tokens::{Judgement, RefreshToken, Turn, judge, new_seed};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::Failure;
use domain::identity::{AccountStatus, Actor, AuditAction, Session};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use store::{StoredSession, Trace};
use utoipa::ToSchema;

use crate::anonymous_caller::AnonymousCaller;
use crate::tokens::{self, Tokens};
use crate::{AppState, cookies, seats};

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
/// is taken, and the next pair goes into cookies. Where the answer was lost, the same token gives the same successor for a
/// minute. One that comes again later ends the session.
#[utoipa::path(
    post, path = "/v1/auth/refresh", tag = "auth", operation_id = "refresh",
    request_body = RefreshRequest,
    responses((status = 200, description = "The next pair", body = Tokens))
)]
pub(crate) async fn refresh(
    State(app_state): State<AppState>,
    anonymous_caller: AnonymousCaller,
    headers: HeaderMap,
    JsonBody(request): JsonBody<RefreshRequest>,
) -> Result<Response, ApiError> {
    let (text, by_cookie) = match &request.refresh_token {
        Some(token) => (token.expose_secret(), false),
        None => (cookies::refresh_token(&headers).ok_or_else(Failure::unauthorized)?, true),
    };
    let presented = RefreshToken::parse(text)?;
    let store = &app_state.guard.store;
    let now = anonymous_caller.trace.at;
    let trace = anonymous_caller.is(Actor::Person { account: presented.account, session: Some(presented.session) });
    let stored = stored_session(&app_state, &presented, &trace).await?;
    let account = store.accounts().get(presented.account).await?.value;
    let memberships = store.members().of_account(account.id).await?;
    let seat = seats::seat(store, &account, &memberships, &stored.session.tenant).await?;
    let still = |seat: &seats::Seat| seat.role == stored.session.role && account.status == AccountStatus::Active;
    let Some(seat) = seat.filter(still) else {
        // What the session rested on is no more, or the tenant is closed.
        store.sessions().end(presented.account, presented.session, AuditAction::SignedOut, &trace).await?;
        return Err(Failure::unauthorized().into());
    };
    // Before the token is spent: where KMS does not answer, it is still good.
    store.signing_keys().current(now, &app_state.kms_key).await?;
    let (session, next) = turn(&app_state, &presented, stored, &anonymous_caller, &trace).await?;
    Ok(tokens::hand_out(&app_state, &session, &seat, &next, &memberships, by_cookie, now).await?)
}

/// The session of a refresh token that is good, or was a moment ago.
///
/// # Errors
/// 401 for any other; the session of one that is shown too late ends.
async fn stored_session(
    app_state: &AppState,
    presented: &RefreshToken,
    trace: &Trace,
) -> Result<StoredSession, Failure> {
    let stored = app_state.guard.store.sessions().get(presented.account, presented.session).await?;
    let stored = stored.filter(|stored| !stored.session.is_over(trace.at)).ok_or_else(Failure::unauthorized)?;
    match judge(presented, &stored.tokens, trace.at) {
        Judgement::Current | Judgement::Repeated => Ok(stored),
        Judgement::Forged => Err(Failure::unauthorized()),
        Judgement::Reused => Err(end_reused(app_state, &stored.session, trace).await?),
    }
}

/// The next token: made and stored now, or the one that was made a moment ago, by this request or another.
async fn turn(
    app_state: &AppState,
    presented: &RefreshToken,
    stored: StoredSession,
    anonymous_caller: &AnonymousCaller,
    trace: &Trace,
) -> Result<(Session, RefreshToken), Failure> {
    let mut stored = stored;
    if stored.tokens.turn_hash == presented.turn_hash() {
        let made = Turn { from_hash: presented.turn_hash(), seed: new_seed()?, at: trace.at };
        let next = presented.next(&made.seed);
        let from = (anonymous_caller.device.as_str(), trace.address.as_deref().unwrap_or_default());
        let (account, id) = (presented.account, presented.session);
        if app_state.guard.store.sessions().turn(account, id, &made, &next.turn_hash(), from).await? {
            return Ok((Session { refreshed_at: trace.at, ..stored.session }, next));
        }
        // The same token came twice at once, and the other was first.
        stored = stored_session(app_state, presented, trace).await?;
    }
    let last = stored.tokens.last.ok_or_else(Failure::unauthorized)?;
    Ok((stored.session, presented.next(&last.seed)))
}

/// Ends the session whose refresh token a browser sent along with a new sign-in: the cookie is overwritten, and no one else
/// holds its token (ASVS 5.0, 7.2.4).
///
/// # Errors
/// [`Failure::Retryable`] when the table does not answer.
pub(crate) async fn end_replaced(app_state: &AppState, headers: &HeaderMap, trace: &Trace) -> Result<(), Failure> {
    let Some(Ok(presented)) = cookies::refresh_token(headers).map(RefreshToken::parse) else { return Ok(()) };
    let store = &app_state.guard.store;
    let Some(stored) = store.sessions().get(presented.account, presented.session).await? else { return Ok(()) };
    if !matches!(judge(&presented, &stored.tokens, trace.at), Judgement::Current | Judgement::Repeated) {
        return Ok(());
    }
    let actor = Actor::Person { account: presented.account, session: Some(presented.session) };
    let trace = Trace { actor, ..trace.clone() };
    store.sessions().end(presented.account, presented.session, AuditAction::SignedOut, &trace).await
}

async fn end_reused(app_state: &AppState, session: &Session, trace: &Trace) -> Result<Failure, Failure> {
    tracing::warn!(session = %session.id, tenant = %session.tenant, "a refresh token came a second time");
    app_state.guard.store.sessions().end(session.account, session.id, AuditAction::RefreshReused, trace).await?;
    Ok(Failure::unauthorized())
}
