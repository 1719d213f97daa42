//! Registering: an invitation is accepted, by a new account or by the one that has the address already.

use api::{ApiError, JsonBody};
use auth::passwords;
use auth::secrets::sha256_hex;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::identity::{Account, AccountStatus, Actor, Invitation, Member};
use domain::ids::AccountId;
use domain::{Failure, TenantId};
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use store::{LinkPurpose, Versioned};
use utoipa::ToSchema;

use crate::anonymous_caller::AnonymousCaller;
use crate::words::{link_is_void, name};
use crate::{AppState, proof};

/// Who accepts.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegisterRequest {
    /// The token in the link of the invitation.
    #[schema(value_type = String, example = "q2m0cXJ0ZXN0c2FtcGxlb25seTAwMDAw")]
    token: SecretString,
    /// What to call them; an account that exists keeps its own.
    #[schema(min_length = 1, max_length = 80, example = "Ana Flores")]
    name: String,
    /// A new password; of an account that exists, its own.
    #[schema(value_type = String, example = "correct-horse-battery-staple")]
    password: SecretString,
}

/// Accept an invitation
///
/// Makes the account, or lets the one with the invited address join with its own password. The link proves the address.
/// Signing in comes after.
#[utoipa::path(
    post, path = "/v1/auth/register", tag = "auth", operation_id = "register",
    request_body = RegisterRequest,
    responses(
        (status = 201, description = "A member now", body = Member),
        (status = 403, description = "The account exists, and this is not its password."),
        (status = 409, description = "The invitation was accepted, revoked or renewed, or has expired.")
    )
)]
pub(crate) async fn register(
    State(app_state): State<AppState>,
    anonymous_caller: AnonymousCaller,
    JsonBody(request): JsonBody<RegisterRequest>,
) -> Result<(StatusCode, Json<Member>), ApiError> {
    let (store, now) = (&app_state.guard.store, anonymous_caller.trace.at);
    let hash = sha256_hex(request.token.expose_secret());
    let Some(LinkPurpose::Invitation { tenant, invitation, .. }) =
        store.links().get(&hash, now).await?.map(|link| link.purpose)
    else {
        return Err(link_is_void().into());
    };
    let invitation = store.invitations().get(&tenant, invitation).await?;
    let there = store.accounts().by_email(&invitation.value.email).await?;
    let is_new = there.is_none();
    let account = match there {
        Some(Versioned { value: account, .. }) => {
            let trace = anonymous_caller.is(Actor::Person { account: account.id, session: None });
            proof::password(store, &account, &request.password, &trace).await?;
            account
        }
        None => new_account(&request, &invitation.value, now)?,
    };
    let trace = anonymous_caller.is(Actor::Person { account: account.id, session: None });
    let member = store.invitations().accept(&invitation, &account, is_new, &hash, &trace).await?;
    Ok((StatusCode::CREATED, Json(member)))
}

/// Its id is derived from the invitation: accepting twice makes one account.
fn new_account(request: &RegisterRequest, invitation: &Invitation, now: Timestamp) -> Result<Account, Failure> {
    let name = name(&request.name)?;
    passwords::check_strength(&request.password, &[invitation.email.as_str(), &name, invitation.tenant.as_str()])?;
    let id = AccountId::derive(
        &TenantId::platform(),
        &["invitation", invitation.tenant.as_str(), &invitation.id.to_string(), &invitation.created_at.to_string()],
    );
    Ok(Account {
        id,
        email: invitation.email.clone(),
        name,
        status: AccountStatus::Active,
        email_verified_at: Some(now),
        password: passwords::hash(&request.password)?,
        password_set_at: now,
        second_factor: None,
        created_at: now,
    })
}
