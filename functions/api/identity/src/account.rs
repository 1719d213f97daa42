//! One's own account: what it is, its name, and its end.

use api::{ApiError, Caller, IfMatch, JsonBody, Tagged};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::failure::Rejection;
use domain::identity::{Account, AccountMail, AuditAction, may};
use domain::ids::AccountId;
use domain::messaging::Email;
use domain::{Failure, TenantId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Versioned;
use utoipa::ToSchema;

use crate::backup_codes::SecondFactorProof;
use crate::person::Person;
use crate::sessions::signed_out;
use crate::words::name;
use crate::{AppState, proof};

/// An account as its owner sees it.
#[derive(Serialize, ToSchema)]
pub(crate) struct OwnAccount {
    id: AccountId,
    email: Email,
    /// What others see.
    #[schema(example = "Ana Flores")]
    name: String,
    /// When the address was proven.
    email_verified_at: Option<Timestamp>,
    /// When the password was last set.
    password_set_at: Timestamp,
    /// Since when a second factor is set up.
    second_factor_since: Option<Timestamp>,
    /// How many backup codes are left.
    #[schema(example = 10)]
    backup_codes_left: usize,
    created_at: Timestamp,
    /// The tenant of this session.
    tenant: TenantId,
}

impl OwnAccount {
    fn of(account: Versioned<Account>, tenant: &TenantId) -> Tagged<Self> {
        let Versioned { value: account, version } = account;
        let factor = account.second_factor.as_ref();
        let value = Self {
            second_factor_since: factor.map(|factor| factor.since),
            backup_codes_left: factor.map_or(0, |factor| factor.backup_codes.len()),
            id: account.id,
            email: account.email,
            name: account.name,
            email_verified_at: account.email_verified_at,
            password_set_at: account.password_set_at,
            created_at: account.created_at,
            tenant: tenant.clone(),
        };
        Tagged(Versioned { value, version })
    }
}

/// What can be changed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountChange {
    #[schema(min_length = 1, max_length = 80, example = "Ana Flores")]
    name: String,
}

/// The own account
#[utoipa::path(
    get, path = "/v1/account", tag = "account", operation_id = "getAccount",
    responses((status = 200, description = "The account, its version as ETag", body = OwnAccount)),
    security(("bearer" = ["account:own"]))
)]
pub(crate) async fn show(
    caller: Caller<may::OwnAccount>,
    State(app_state): State<AppState>,
) -> Result<Tagged<OwnAccount>, ApiError> {
    let person = Person::of(&caller)?;
    Ok(OwnAccount::of(app_state.guard.store.accounts().get(person.account).await?, &caller.principal.tenant))
}

/// Change the name
#[utoipa::path(
    patch, path = "/v1/account", tag = "account", operation_id = "changeAccount",
    params(("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\"")),
    request_body = AccountChange,
    responses((status = 200, description = "The account as it is now", body = OwnAccount)),
    security(("bearer" = ["account:own"]))
)]
pub(crate) async fn rename(
    caller: Caller<may::OwnAccount>,
    State(app_state): State<AppState>,
    IfMatch(version): IfMatch,
    JsonBody(change): JsonBody<AccountChange>,
) -> Result<Tagged<OwnAccount>, ApiError> {
    let store = &app_state.guard.store;
    let there = store.accounts().get(Person::of(&caller)?.account).await?;
    let wanted = Account { name: name(&change.name)?, ..there.value.clone() };
    let account = if there.version == version + 1 && there.value == wanted {
        // The same change, sent again.
        there
    } else if there.version != version {
        let message = "the account has changed since: read it again, and change what is there now";
        return Err(Failure::rejected(Rejection::PreconditionFailed, message).into());
    } else {
        store.accounts().update(&wanted, version, AuditAction::Updated, &caller.trace).await?
    };
    Ok(OwnAccount::of(account, &caller.principal.tenant))
}

/// Delete the account
///
/// It is gone with its sessions, its second factor and what it was in every tenant. Takes the password, and a code where a
/// second factor is set up. A tenant's last admin makes someone else one first.
#[utoipa::path(
    post, path = "/v1/account/delete", tag = "account", operation_id = "deleteAccount",
    request_body = SecondFactorProof,
    responses((status = 204, description = "The account was deleted")),
    security(("bearer" = ["account:own"]))
)]
pub(crate) async fn delete(
    caller: Caller<may::OwnAccount>,
    State(app_state): State<AppState>,
    JsonBody(request): JsonBody<SecondFactorProof>,
) -> Result<Response, ApiError> {
    let store = &app_state.guard.store;
    let account = store.accounts().get(Person::of(&caller)?.account).await?;
    if account.value.second_factor.is_some() {
        // The code is spent by being taken: the account is gone before it could be shown again.
        proof::both(store, account.clone(), &request.password, request.code(), &caller.trace).await?;
    } else {
        proof::password(store, &account.value, &request.password, &caller.trace).await?;
    }
    store.accounts().delete(account.value.id, account.version, &caller.trace).await?;
    Ok(signed_out()?)
}

/// Ask for a mail that proves the address
#[utoipa::path(
    post, path = "/v1/account/verify-email", tag = "account", operation_id = "askForVerification",
    responses((status = 202, description = "The mail is on its way, unless the address is proven already")),
    security(("bearer" = ["account:own"]))
)]
pub(crate) async fn ask_for_verification(
    caller: Caller<may::OwnAccount>,
    State(app_state): State<AppState>,
) -> Result<StatusCode, ApiError> {
    let mail = AccountMail::VerifyEmail { account: Person::of(&caller)?.account };
    app_state.mail.send_traced(&mail, &caller.trace.correlation_id).await?;
    Ok(StatusCode::ACCEPTED)
}
