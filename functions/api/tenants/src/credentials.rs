//! Vendors' credentials: they go in, and are never shown again. This function cannot open what it seals.

use api::{ApiError, Caller, Guard, JsonBody};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::Failure;
use domain::identity::may;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use store::{Credential, Page, StoredCredential, VendorCredential};
use utoipa::ToSchema;

use crate::AppState;

/// The longest credential, in bytes: what KMS-sealed items are meant for.
const MAX_SECRET: usize = 4_096;
/// The shortest verify token: people make it up, and it leads to the tenant.
const MIN_VERIFY_TOKEN: usize = 16;

/// A credential as the vendor's console shows it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCredential {
    #[schema(value_type = String, min_length = 1, max_length = 4096, example = "0123456789abcdef0123456789abcdef")]
    secret: SecretString,
}

/// List credentials
///
/// Which are stored and since when; never what they are.
#[utoipa::path(
    get, path = "/v1/credentials", tag = "keys", operation_id = "listCredentials",
    responses((status = 200, description = "Which are stored", body = Page<StoredCredential>)),
    security(("bearer" = ["keys:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadKeys>,
    State(guard): State<Guard>,
) -> Result<Json<Page<StoredCredential>>, ApiError> {
    Ok(Json(Page { items: guard.store.vendor_credentials().list(&caller.principal.tenant).await?, cursor: None }))
}

/// Store a credential
///
/// In the place of an earlier one, which goes on working for up to five minutes. The names are `meta-app-secret`,
/// `meta-access-token`, `meta-verify-token` (at least 16 characters, made up by you and told to Meta), `twilio-auth-token`
/// and `twilio-api-key` (its SID, a colon, its secret).
#[utoipa::path(
    put, path = "/v1/credentials/{name}", tag = "keys", operation_id = "storeCredential",
    params(("name" = String, Path, description = "The credential's name", example = "twilio-auth-token")),
    request_body = NewCredential,
    responses((status = 200, description = "It was stored", body = StoredCredential)),
    security(("bearer" = ["keys:write"]))
)]
pub(crate) async fn store(
    caller: Caller<may::WriteKeys>,
    State(app_state): State<AppState>,
    Path(name): Path<String>,
    JsonBody(wanted): JsonBody<NewCredential>,
) -> Result<Json<StoredCredential>, ApiError> {
    let which = known(&name)?;
    check(which, wanted.secret.expose_secret())?;
    let store = &app_state.guard.store;
    let tenant = store.tenants().document(&caller.principal.tenant).await?.value;
    Ok(Json(store.vendor_credentials().put(&app_state.kms_key, &tenant, which, &wanted.secret, &caller.trace).await?))
}

/// Forget a credential
///
/// What needs it stops within five minutes.
#[utoipa::path(
    delete, path = "/v1/credentials/{name}", tag = "keys", operation_id = "removeCredential",
    params(("name" = String, Path, description = "The credential's name", example = "twilio-auth-token")),
    responses((status = 204, description = "It was deleted")),
    security(("bearer" = ["keys:write"]))
)]
pub(crate) async fn remove(
    caller: Caller<may::WriteKeys>,
    State(guard): State<Guard>,
    Path(name): Path<String>,
) -> Result<StatusCode, ApiError> {
    guard.store.vendor_credentials().remove(&caller.principal.tenant, known(&name)?, &caller.trace).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn known(name: &str) -> Result<VendorCredential, Failure> {
    VendorCredential::parse(name).ok_or_else(|| Failure::not_found("credential"))
}

/// Refuses what was copied wrong. The refusal does not repeat it.
fn check(which: VendorCredential, secret: &str) -> Result<(), Failure> {
    let refuse = |message: String| Err(Failure::invalid("secret", message));
    if secret.is_empty() || secret.len() > MAX_SECRET || !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
        return refuse(format!("secret must be 1 to {MAX_SECRET} visible ASCII characters without spaces"));
    }
    match which {
        VendorCredential::MetaVerifyToken if secret.len() < MIN_VERIFY_TOKEN => {
            refuse(format!("a verify token has at least {MIN_VERIFY_TOKEN} characters, so that it cannot be guessed"))
        }
        VendorCredential::Sealed(Credential::TwilioApiKey) if !secret.contains(':') => {
            refuse("a Twilio API key is its SID, a colon and its secret".to_owned())
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_copied_wrong_is_refused_and_not_repeated() {
        let token = VendorCredential::Sealed(Credential::TwilioAuthToken);
        let api_key = VendorCredential::Sealed(Credential::TwilioApiKey);
        let verify = VendorCredential::MetaVerifyToken;
        for (which, secret) in [(token, "0123456789abcdef"), (api_key, "SK0:abcdef"), (verify, "0123456789abcdef")] {
            assert_eq!(check(which, secret), Ok(()), "{which:?}");
        }
        for (which, secret) in [
            (token, String::new()),
            (token, " leading-space".to_owned()),
            (token, "abc\n".to_owned()),
            (token, "pass\u{0}word".to_owned()),
            (token, "schl\u{fc}ssel".to_owned()),
            (token, "x".repeat(MAX_SECRET + 1)),
            (api_key, "0123456789abcdef".to_owned()),
            (verify, "guessable".to_owned()),
        ] {
            let refused = check(which, &secret).unwrap_err();
            let Failure::Rejected { field: Some(field), message, .. } = refused else { panic!("{refused:?}") };
            assert!(field == "secret" && (secret.is_empty() || !message.contains(&secret)), "{message}");
        }
    }
}
