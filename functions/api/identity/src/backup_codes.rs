//! Backup codes, and what someone shows who changes anything about a second factor that is set up.

use api::{ApiError, Caller, HoldsSecret, JsonBody};
use auth::one_time_codes;
use axum::Json;
use axum::extract::State;
use domain::Failure;
use domain::failure::Rejection;
use domain::identity::{Account, AuditAction, OneTimeCodes, may};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use store::{Trace, Versioned};
use utoipa::ToSchema;

use crate::AppState;
use crate::person::Person;
use crate::proof::{self, Code};

/// Codes for the day the telephone is lost, each good once. Shown once.
#[derive(Serialize, ToSchema)]
pub(crate) struct BackupCodes {
    #[schema(example = json!(["7k2m9-x4vqa-0hj3t-bn5wc-e8rdz"]))]
    backup_codes: Vec<String>,
}

/// Password and code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SecondFactorProof {
    #[schema(value_type = String, example = "correct-horse-battery-staple")]
    pub(crate) password: SecretString,
    /// What the app shows,
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "492039")]
    code: Option<SecretString>,
    /// or one of the backup codes.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = json!(null))]
    backup_code: Option<SecretString>,
}

impl SecondFactorProof {
    pub(crate) fn code(&self) -> Code<'_> {
        Code { one_time: self.code.as_ref(), backup: self.backup_code.as_ref() }
    }
}

/// New backup codes
///
/// The old ones are void.
#[utoipa::path(
    post, path = "/v1/account/second-factor/backup-codes", tag = "account", operation_id = "renewBackupCodes",
    request_body = SecondFactorProof,
    responses((status = 200, description = "The backup codes: shown once", body = BackupCodes)),
    security(("bearer" = ["account:own"]))
)]
pub(crate) async fn renew_backup_codes(
    caller: Caller<may::OwnAccount>,
    State(app_state): State<AppState>,
    JsonBody(request): JsonBody<SecondFactorProof>,
) -> Result<HoldsSecret<Json<BackupCodes>>, ApiError> {
    let store = &app_state.guard.store;
    let account = store.accounts().get(Person::of(&caller)?.account).await?;
    let account = proof::both(store, account, &request.password, request.code(), &caller.trace).await?;
    let factor = account.value.second_factor.clone();
    let factor = factor.ok_or_else(|| Failure::rejected(Rejection::Conflict, "no second factor is set up"))?;
    Ok(with_new_codes(&app_state, account, factor, AuditAction::Updated, &caller.trace).await?)
}

/// Stores the second factor with backup codes that no one has seen yet, and shows them.
pub(crate) async fn with_new_codes(
    app_state: &AppState,
    account: Versioned<Account>,
    factor: OneTimeCodes,
    action: AuditAction,
    trace: &Trace,
) -> Result<HoldsSecret<Json<BackupCodes>>, Failure> {
    let backup_codes = one_time_codes::backup_codes()?;
    let hashes = backup_codes.iter().map(|code| one_time_codes::backup_hash(code)).collect();
    let second_factor = Some(OneTimeCodes { backup_codes: hashes, ..factor });
    let Versioned { value, version } = account;
    app_state.guard.store.accounts().update(&Account { second_factor, ..value }, version, action, trace).await?;
    Ok(HoldsSecret(Json(BackupCodes { backup_codes })))
}
