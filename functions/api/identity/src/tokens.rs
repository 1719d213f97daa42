//! What someone gets who got in: an access token and a refresh token, in the answer or as cookies.

use api::HoldsSecret;
use auth::access_tokens::{self, ACCESS_MINUTES, Claims};
use auth::csrf;
use auth::refresh_tokens::RefreshToken;
use auth::secrets::random_token;
use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::identity::{Account, Actor, Member, Role, Session};
use domain::ids::SessionId;
use domain::{Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use store::{Trace, Versioned};
use utoipa::ToSchema;

use crate::seats::Seat;
use crate::{AppState, cookies};

/// What signing in answers.
#[derive(Serialize, ToSchema)]
pub(crate) struct Tokens {
    /// Good for five minutes; absent where it went into a cookie.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl")]
    access_token: Option<String>,
    /// How the access token is shown: `Authorization: Bearer <token>`.
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// For how many seconds the access token is good.
    #[schema(example = 300)]
    expires_in: i64,
    /// Good once, for the next pair; absent where it went into a cookie.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        example = "pl_refresh_39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c.0a4d6a0e-5f0c-5b3a-9d27-2ae4f8fd6f3e.cXJ0ZXN0c2FtcGxlb25seTAwMDAwMDAw.bXJ0ZXN0c2FtcGxlb25seTAwMDAwMDAx"
    )]
    refresh_token: Option<String>,
    /// What a page repeats in the header `x-csrf-token` with every change; only with cookies.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "pl_csrf_q2m0cXJ0ZXN0c2FtcGxlb25seTAwMDAw")]
    csrf_token: Option<String>,
    /// The tenant that the session belongs to.
    tenant: TenantId,
    /// The role.
    role: Role,
    /// Where else this person belongs.
    tenants: Vec<Membership>,
    /// Whether a second factor must be set up before anything but the own account is open.
    #[schema(example = false)]
    enrolling: bool,
}

/// A tenant that someone belongs to.
#[derive(Serialize, ToSchema)]
pub(crate) struct Membership {
    /// The tenant.
    pub(crate) tenant: TenantId,
    /// The role.
    pub(crate) role: Role,
}

impl From<&Member> for Membership {
    fn from(member: &Member) -> Self {
        Self { tenant: member.tenant.clone(), role: member.role }
    }
}

/// How a session is to be opened.
pub(crate) struct Opening<'a> {
    /// Whose, as it was when all was decided.
    pub(crate) account: &'a Versioned<Account>,
    pub(crate) memberships: &'a [Member],
    pub(crate) seat: &'a Seat,
    /// The session that it goes on from, and whose rate limit it goes on with.
    pub(crate) from: Option<SessionId>,
    /// Whether a second factor was shown.
    pub(crate) second_factor: bool,
    pub(crate) device: String,
    /// Whether the tokens go into cookies.
    pub(crate) cookies: bool,
    pub(crate) trace: &'a Trace,
}

/// Opens a session and hands out its tokens.
///
/// # Errors
/// 409 when the account has changed since it was read.
pub(crate) async fn open(app_state: &AppState, opening: Opening<'_>) -> Result<Response, Failure> {
    let Opening { account, memberships, seat, from, second_factor, device, cookies, trace } = opening;
    let random = random_token("")?;
    let id = SessionId::derive(&TenantId::platform(), &[random.expose_secret()]);
    let session = Session {
        id,
        account: account.value.id,
        tenant: seat.tenant.clone(),
        role: seat.role,
        second_factor,
        device,
        address: trace.address.clone().unwrap_or_default(),
        started_at: trace.at,
        refreshed_at: trace.at,
    };
    let refresh = RefreshToken::begin(session.account, id)?;
    let actor = Actor::Person { account: session.account, session: Some(id) };
    let trace = Trace { actor, ..trace.clone() };
    let store = &app_state.guard.store;
    let (family, turn) = (refresh.family_hash(), refresh.turn_hash());
    store.sessions().open(&session, account.version, &family, &turn, from, &trace).await?;
    hand_out(app_state, &session, seat, &refresh, memberships, cookies, trace.at).await
}

/// The answer with the tokens of a valid session.
///
/// # Errors
/// [`Failure::Retryable`] when the table or KMS does not answer.
pub(crate) async fn hand_out(
    app_state: &AppState,
    session: &Session,
    seat: &Seat,
    refresh: &RefreshToken,
    memberships: &[Member],
    cookies: bool,
    now: Timestamp,
) -> Result<Response, Failure> {
    let csrf = if cookies { Some(csrf::token()?) } else { None };
    let hash = csrf.as_ref().map(|token| csrf::hash(token.expose_secret()));
    let (enrolling, via) = (seat.enrolling, seat.through.clone());
    let claims = Claims { enrolling, via, csrf: hash, ..Claims::of(session, &app_state.guard.issuer, now)? };
    let key = app_state.guard.store.signing_keys().current(now, &app_state.kms_key).await?;
    let access = access_tokens::sign(&key, &claims)?;
    let refresh = refresh.text();
    let shown = |token: &SecretString| (!cookies).then(|| token.expose_secret().to_owned());
    let tokens = Tokens {
        access_token: shown(&access),
        token_type: "Bearer",
        expires_in: claims.exp.duration_since(now).as_secs(),
        refresh_token: shown(&refresh),
        csrf_token: csrf.map(|token| token.expose_secret().to_owned()),
        tenant: session.tenant.clone(),
        role: session.role,
        tenants: memberships.iter().map(Membership::from).collect(),
        enrolling,
    };
    let mut response = HoldsSecret(Json(tokens)).into_response();
    if cookies {
        let (short, long) = (SignedDuration::from_mins(ACCESS_MINUTES), session.ends_at().duration_since(now));
        cookies::set(response.headers_mut(), (&access, short), (&refresh, long))?;
    }
    Ok(response)
}
