//! Programs' keys to the API: at most two at a time, so that a new one is in use before the old one goes.

use api::{ApiError, Caller, Guard, HoldsSecret, JsonBody};
use auth::secrets::random_token;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use domain::Failure;
use domain::failure::Rejection;
use domain::identity::{ApiKey, KeyMode, Permission, Principal, may};
use domain::ids::ApiKeyId;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::Page;
use utoipa::ToSchema;

use crate::rules::check_name;

/// How many of a key's characters, after what all begin with, people know it by.
const SHOWN: usize = 4;

/// The key that is wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewApiKey {
    /// What it is for.
    #[schema(min_length = 1, max_length = 80, example = "Booking calendar")]
    name: String,
    /// What it may do; nothing that its maker may not.
    #[schema(min_items = 1, example = json!(["leads:read", "leads:write"]))]
    scopes: BTreeSet<Permission>,
    /// `test`: it does what any key does, and nothing that it causes is sent to anybody.
    #[serde(default)]
    mode: KeyMode,
}

/// A key just made.
#[derive(Serialize, ToSchema)]
pub(crate) struct MadeApiKey {
    #[serde(flatten)]
    about: ApiKey,
    /// The key itself: shown now and never again.
    #[schema(example = "pl_api_0123456789abcdefghijklmnopqrstuv")]
    key: String,
}

/// List API keys
///
/// Which there are and when each was last used; never the keys.
#[utoipa::path(
    get, path = "/v1/api-keys", tag = "keys", operation_id = "listApiKeys",
    responses((status = 200, description = "The active keys", body = Page<ApiKey>)),
    security(("bearer" = ["keys:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadKeys>,
    State(guard): State<Guard>,
) -> Result<Json<Page<ApiKey>>, ApiError> {
    Ok(Json(Page { items: guard.store.api_keys().list(&caller.principal.tenant).await?, cursor: None }))
}

/// Make an API key
///
/// The key is in the answer, and nowhere else: only its hash is stored. A tenant has at most two, and two for tests.
#[utoipa::path(
    post, path = "/v1/api-keys", tag = "keys", operation_id = "createApiKey",
    request_body = NewApiKey,
    responses((status = 201, description = "It was created", body = MadeApiKey, headers(("Location" = String, description = "Its address")))),
    security(("bearer" = ["keys:write"]))
)]
pub(crate) async fn create(
    caller: Caller<may::WriteKeys>,
    State(guard): State<Guard>,
    JsonBody(wanted): JsonBody<NewApiKey>,
) -> Result<impl IntoResponse, ApiError> {
    check_name(&wanted.name)?;
    check_scopes(&caller.principal, &wanted.scopes)?;
    // A key is a business's or an agency's: the platform has none.
    let tenant = &caller.tenant()?.id;
    let plain = random_token(wanted.mode.prefix())?;
    let about = ApiKey {
        id: ApiKeyId::derive(tenant, &["api", &caller.cause]),
        name: wanted.name,
        scopes: wanted.scopes,
        mode: wanted.mode,
        prefix: plain.expose_secret().chars().take(wanted.mode.prefix().len() + SHOWN).collect(),
        created_at: caller.trace.at,
        last_used_at: None,
    };
    guard.store.api_keys().make(tenant, &about, &plain, &caller.trace).await?;
    let location = [(LOCATION, format!("/v1/api-keys/{}", about.id))];
    let made = MadeApiKey { about, key: plain.expose_secret().to_owned() };
    Ok(HoldsSecret((StatusCode::CREATED, location, Json(made))))
}

/// Revoke an API key
///
/// It is refused from now on.
#[utoipa::path(
    delete, path = "/v1/api-keys/{id}", tag = "keys", operation_id = "revokeApiKey",
    params(("id" = ApiKeyId, Path, description = "The key's id")),
    responses((status = 204, description = "Revoked")),
    security(("bearer" = ["keys:write"]))
)]
pub(crate) async fn revoke(
    caller: Caller<may::WriteKeys>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    guard.store.api_keys().revoke(&caller.principal.tenant, ApiKeyId::parse(&id)?, &caller.trace).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A key may nothing that its maker may not, and nothing that no key may.
fn check_scopes(maker: &Principal, scopes: &BTreeSet<Permission>) -> Result<(), Failure> {
    if scopes.is_empty() {
        return Err(Failure::invalid("scopes", "scopes needs at least one: a key without any may do nothing"));
    }
    if let Some(scope) = scopes.iter().find(|scope| !scope.is_scope()) {
        return Err(Failure::invalid("scopes", format!("an API key cannot have {scope}: only a person can")));
    }
    match scopes.iter().find(|scope| !maker.permits(**scope)) {
        Some(scope) => Err(Failure::Rejected {
            kind: Rejection::Forbidden,
            field: Some("scopes".to_owned()),
            message: format!("you cannot give {scope}: you do not have it"),
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::TenantId;
    use domain::identity::{Credential, Role};
    use domain::ids::{AccountId, SessionId};

    #[test]
    fn a_key_may_only_what_its_maker_may_and_keys_can() {
        let tenant = TenantId::new("acme").unwrap();
        let (account, session) = (AccountId::derive(&tenant, &["a"]), SessionId::derive(&tenant, &["s"]));
        let maker = |role| Principal {
            tenant: tenant.clone(),
            credential: Credential::Session { account, session, role, enrolling: false },
        };
        let refused = |role, scopes: &[Permission]| match check_scopes(&maker(role), &scopes.iter().copied().collect())
        {
            Ok(()) => None,
            Err(Failure::Rejected { kind, .. }) => Some(kind),
            Err(other) => panic!("{other:?}"),
        };
        assert_eq!(refused(Role::Admin, &[Permission::ReadLeads, Permission::ReadAudit]), None);
        assert_eq!(refused(Role::Admin, &[]), Some(Rejection::Invalid));
        assert_eq!(refused(Role::Admin, &[Permission::ReadLeads, Permission::WriteKeys]), Some(Rejection::Invalid));
        assert_eq!(refused(Role::Viewer, &[Permission::ReadAudit]), Some(Rejection::Forbidden));
    }
}
