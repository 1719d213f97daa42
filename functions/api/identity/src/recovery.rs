//! What mailed links do for an account: prove its address, set a new password.

use api::{ApiError, JsonBody};
use auth::passwords;
use auth::secrets::sha256_hex;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use domain::Failure;
use domain::identity::{Account, AccountMail, AccountStatus, Actor, AuditAction};
use domain::ids::AccountId;
use domain::messaging::Email;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use std::time::Duration;
use store::{Guess, LinkPurpose, Quota, Store, Trace, Versioned};
use utoipa::ToSchema;

use crate::anonymous_caller::AnonymousCaller;
use crate::words::link_is_void;
use crate::{AppState, device};

/// How many mails one address gets: three at once and one more each two hours, 15 a day at most. Anonymous callers who use them up so
/// keep no one waiting for longer, and the owner has a link from each.
const MAILS: Quota = Quota { at_once: 3, every: SignedDuration::from_hours(2) };

/// When it is looked whether a new password was stored: later than this function may take.
const TELL_AFTER: Duration = Duration::from_secs(15);

/// A link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerifyEmailRequest {
    /// The token in the link.
    #[schema(value_type = String, example = "q2m0cXJ0ZXN0c2FtcGxlb25seTAwMDAw")]
    token: SecretString,
}

/// Who forgot.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ForgotRequest {
    /// The address that signs in.
    #[schema(example = "ana@example.com")]
    email: String,
}

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResetRequest {
    /// The token in the link.
    #[schema(value_type = String, example = "q2m0cXJ0ZXN0c2FtcGxlb25seTAwMDAw")]
    token: SecretString,
    /// From now on.
    #[schema(value_type = String, example = "correct-horse-battery-staple")]
    password: SecretString,
}

/// Prove an address
///
/// Of an account, or the one that a tenant's mail is to come from.
#[utoipa::path(
    post, path = "/v1/auth/verify-email", tag = "auth", operation_id = "verifyEmail",
    request_body = VerifyEmailRequest,
    responses((status = 204, description = "The address is proven"))
)]
pub(crate) async fn verify_email(
    State(app_state): State<AppState>,
    anonymous_caller: AnonymousCaller,
    JsonBody(request): JsonBody<VerifyEmailRequest>,
) -> Result<StatusCode, ApiError> {
    let (store, now) = (&app_state.guard.store, anonymous_caller.trace.at);
    let link = store.links().get(&sha256_hex(request.token.expose_secret()), now).await?.ok_or_else(link_is_void)?;
    let account = match link.purpose {
        LinkPurpose::VerifyEmail { account } => account,
        LinkPurpose::Sender { tenant } => {
            // We do not know who reads mail there: the record names the address that was confirmed.
            store.tenants().confirm_sender(&tenant, &link.email, &anonymous_caller.trace).await?;
            return Ok(StatusCode::NO_CONTENT);
        }
        _ => return Err(link_is_void().into()),
    };
    let Versioned { value: account, version } = account_of(store, account, &link.email).await?;
    if account.email_verified_at.is_none() {
        let trace = anonymous_caller.is(Actor::Person { account: account.id, session: None });
        let proven = Account { email_verified_at: Some(now), ..account };
        store.accounts().update(&proven, version, AuditAction::EmailVerified, &trace).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Ask for a new password
///
/// The answer is the same for every address, whether or not anybody signs in with it. The mail's link is good for half an
/// hour.
#[utoipa::path(
    post, path = "/v1/auth/forgot", tag = "auth", operation_id = "forgot",
    request_body = ForgotRequest,
    responses((status = 202, description = "If an account has this address, a mail is on its way"))
)]
pub(crate) async fn forgot(
    State(app_state): State<AppState>,
    anonymous_caller: AnonymousCaller,
    JsonBody(request): JsonBody<ForgotRequest>,
) -> Result<StatusCode, ApiError> {
    let email = Email::new(&request.email, "email")?;
    let bucket = format!("forgot|{}", sha256_hex(email.as_str()));
    // No one's mailbox is flooded. That no further mail comes is not told either.
    if app_state.guard.store.limits().take_quota(&bucket, MAILS, None, anonymous_caller.trace.at).await? {
        app_state.mail.send_traced(&AccountMail::Reset { email }, &anonymous_caller.trace.correlation_id).await?;
    }
    Ok(StatusCode::ACCEPTED)
}

/// Set a new password by link
///
/// Ends all sessions of the account, and tells its owner by mail. A second factor stays as it is, with the wrong codes that
/// were tried at it. From this browser the owner signs in even while anonymous callers' guesses lock the address.
#[utoipa::path(
    post, path = "/v1/auth/reset", tag = "auth", operation_id = "reset",
    request_body = ResetRequest,
    responses((status = 204, description = "The password is set; signing in is a request of its own"))
)]
pub(crate) async fn reset(
    State(app_state): State<AppState>,
    anonymous_caller: AnonymousCaller,
    headers: HeaderMap,
    JsonBody(request): JsonBody<ResetRequest>,
) -> Result<(StatusCode, HeaderMap), ApiError> {
    let (store, now) = (&app_state.guard.store, anonymous_caller.trace.at);
    let hash = sha256_hex(request.token.expose_secret());
    let link = store.links().get(&hash, now).await?.ok_or_else(link_is_void)?;
    let LinkPurpose::Reset { account } = link.purpose else { return Err(link_is_void().into()) };
    let Versioned { value: account, version } = account_of(store, account, &link.email).await?;
    let account = with_password(account, &request.password, now)?;
    let trace = anonymous_caller.is(Actor::Person { account: account.id, session: None });
    // The link came by mail, which proves the address, and that whoever has it need not guess.
    let account = Account { email_verified_at: account.email_verified_at.or(Some(now)), ..account };
    tell(&app_state, &account, &trace).await?;
    store.accounts().set_password(&account, version, Some(&hash), &trace).await?;
    for guess in [Guess::At(&account.email), Guess::Within(account.id)] {
        store.guesses().forget(guess).await?;
    }
    let mut answer = HeaderMap::new();
    device::remember(store, &headers, &mut answer, &account.email, now).await?;
    Ok((StatusCode::NO_CONTENT, answer))
}

/// Asks for the mail that says that there is a new password. It is asked for before that is stored, so that none is set
/// unseen, and looked at a little later: the worker sends it if the password was set then.
///
/// # Errors
/// [`Failure::Retryable`] when the queue does not answer.
pub(crate) async fn tell(app_state: &AppState, account: &Account, trace: &Trace) -> Result<(), Failure> {
    let mail = AccountMail::PasswordSet { account: account.id, at: account.password_set_at };
    app_state.mail.send_later(&mail, TELL_AFTER, &trace.correlation_id).await
}

/// The account with a new password.
///
/// # Errors
/// 400 naming `password` where it is soon guessed, or the one that there is.
pub(crate) fn with_password(account: Account, password: &SecretString, now: Timestamp) -> Result<Account, Failure> {
    if passwords::verify(password, &account.password) {
        return Err(Failure::invalid("password", "this is your current password: choose another one"));
    }
    passwords::check_strength(password, &[account.email.as_str(), &account.name])?;
    Ok(Account { password: passwords::hash(password)?, password_set_at: now, ..account })
}

/// The account that a link was mailed for, if it still has that address.
async fn account_of(store: &Store, id: AccountId, email: &Email) -> Result<Versioned<Account>, Failure> {
    let account = store.accounts().get(id).await?;
    let stands = account.value.status == AccountStatus::Active && account.value.email == *email;
    if stands { Ok(account) } else { Err(link_is_void()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_mailed_fifteen_links_a_day_at_most() {
        let of_a_day = SignedDuration::from_hours(24).as_secs() / MAILS.every.as_secs();
        assert_eq!(i64::from(MAILS.at_once) + of_a_day, 15, "docs/security.md says so");
    }
}
