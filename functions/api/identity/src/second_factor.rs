//! The second factor: one-time codes are set up in two steps, so that no one locks themselves out, and backup codes are
//! shown once. Setting it up or removing it ends all other sessions (`Accounts::update`): they were opened by other means.

use api::{ApiError, Caller, HoldsSecret, JsonBody};
use auth::one_time_codes;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::Failure;
use domain::failure::Rejection;
use domain::identity::{Account, AuditAction, OneTimeCodes, may};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::backup_codes::{BackupCodes, SecondFactorProof, with_new_codes};
use crate::person::Person;
use crate::proof;
use crate::{AppState, qr};

/// What the app shows beside the account.
const ISSUER: &str = "Porchlight";

/// The password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SecondFactorRequest {
    #[schema(value_type = String, example = "correct-horse-battery-staple")]
    password: SecretString,
}

/// What the authenticator app needs. Shown once.
#[derive(Serialize, ToSchema)]
pub(crate) struct SecondFactorSecret {
    /// The secret in base32, for typing.
    #[schema(example = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")]
    secret: String,
    /// The same as a URL, for a QR code.
    #[schema(
        example = "otpauth://totp/Porchlight:ana%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Porchlight"
    )]
    otpauth_url: String,
    /// That QR code, as an SVG image.
    #[schema(example = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 53 53\"></svg>")]
    qr_svg: String,
}

/// The first code that the app shows.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SecondFactorCode {
    #[schema(value_type = String, example = "492039")]
    code: SecretString,
}

/// Set up a second factor
///
/// Gives the secret for an authenticator app. It counts once a code of it was confirmed; until then a new call gives a new one.
#[utoipa::path(
    post, path = "/v1/account/second-factor", tag = "account", operation_id = "beginSecondFactor",
    request_body = SecondFactorRequest,
    responses((status = 200, description = "The secret: shown once", body = SecondFactorSecret)),
    security(("bearer" = ["account:own"]))
)]
pub(crate) async fn begin(
    caller: Caller<may::OwnAccount>,
    State(app_state): State<AppState>,
    JsonBody(request): JsonBody<SecondFactorRequest>,
) -> Result<HoldsSecret<Json<SecondFactorSecret>>, ApiError> {
    let store = &app_state.guard.store;
    let account = store.accounts().get(Person::of(&caller)?.account).await?.value;
    proof::password(store, &account, &request.password, &caller.trace).await?;
    demand_none(&account)?;
    let secret = one_time_codes::new_secret()?;
    store.accounts().put_second_factor(&app_state.kms_key, account.id, &secret).await?;
    let otpauth_url = one_time_codes::otpauth_url(&secret, account.email.as_str(), ISSUER);
    let qr_svg = qr::svg(&otpauth_url)?;
    Ok(HoldsSecret(Json(SecondFactorSecret { secret: secret.expose_secret().to_owned(), otpauth_url, qr_svg })))
}

/// Confirm the second factor
///
/// From now on signing in needs a code. All other sessions end.
#[utoipa::path(
    post, path = "/v1/account/second-factor/confirm", tag = "account", operation_id = "confirmSecondFactor",
    request_body = SecondFactorCode,
    responses((status = 200, description = "The backup codes: shown once", body = BackupCodes)),
    security(("bearer" = ["account:own"]))
)]
pub(crate) async fn confirm(
    caller: Caller<may::OwnAccount>,
    State(app_state): State<AppState>,
    JsonBody(request): JsonBody<SecondFactorCode>,
) -> Result<HoldsSecret<Json<BackupCodes>>, ApiError> {
    let (store, person) = (&app_state.guard.store, Person::of(&caller)?);
    let account = store.accounts().get(person.account).await?;
    demand_none(&account.value)?;
    let begin = || Failure::rejected(Rejection::Conflict, "set one up first: POST /v1/account/second-factor");
    let secret = store.accounts().second_factor(person.account).await?.ok_or_else(begin)?;
    let now = caller.trace.at;
    let step = one_time_codes::check(&secret, request.code.expose_secret(), now, 0);
    let wrong = || Failure::invalid("code", "the code is wrong: check the clock of the device that shows it");
    let last_step = step.ok_or_else(wrong)?;
    let factor = OneTimeCodes { since: now, last_step, backup_codes: [].into() };
    Ok(with_new_codes(&app_state, account, factor, AuditAction::SecondFactorEnabled, &caller.trace).await?)
}

/// Remove the second factor
///
/// Signing in then takes the password alone. All other sessions end. Where the tenant demands a second factor of its
/// administrators, they can do nothing but set up another one.
#[utoipa::path(
    post, path = "/v1/account/second-factor/remove", tag = "account", operation_id = "removeSecondFactor",
    request_body = SecondFactorProof,
    responses((status = 204, description = "It was removed")),
    security(("bearer" = ["account:own"]))
)]
pub(crate) async fn remove(
    caller: Caller<may::OwnAccount>,
    State(app_state): State<AppState>,
    JsonBody(request): JsonBody<SecondFactorProof>,
) -> Result<StatusCode, ApiError> {
    let (store, person) = (&app_state.guard.store, Person::of(&caller)?);
    let account = store.accounts().get(person.account).await?;
    let account = proof::both(store, account, &request.password, request.code(), &caller.trace).await?;
    let without = Account { second_factor: None, ..account.value };
    store.accounts().update(&without, account.version, AuditAction::SecondFactorDisabled, &caller.trace).await?;
    store.accounts().remove_second_factor(person.account).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn demand_none(account: &Account) -> Result<(), Failure> {
    if account.second_factor.is_none() {
        return Ok(());
    }
    Err(Failure::rejected(Rejection::Conflict, "a second factor is set up already: remove it first"))
}
