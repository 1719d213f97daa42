//! Keys that are used in forms, chat widgets and telephone systems.

use api::{ApiError, Caller, Created, Guard, HoldsSecret, IfMatch, JsonBody, Resource as _};
use auth::secrets::random_token;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::Failure;
use domain::identity::{SiteKey, SiteKeyKind, may};
use domain::ids::ApiKeyId;
use domain::messaging::MAX_PROOF_CHARS;
use domain::tenancy::check_origins;
use secrecy::ExposeSecret;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::rules::check_name;

/// The key that is wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSiteKey {
    /// Where it will stand.
    kind: SiteKeyKind,
    /// What it is for.
    #[schema(min_length = 1, max_length = 80, example = "Website")]
    name: String,
    /// Sites whose browsers may use it; none: any.
    #[serde(default)]
    #[schema(max_items = 20, example = json!(["https://www.example.com"]))]
    origins: Vec<String>,
    /// Of a form: the words beside its telephone field by which whoever submits it agrees to be texted. They are kept as proof
    /// with every number that comes in. Without them, only a form that says so itself is answered by text message.
    #[serde(default)]
    #[schema(
        min_length = 1,
        max_length = 1000,
        example = "By sending this form you agree that we text you about your request."
    )]
    consent_wording: Option<String>,
}

/// The kind of document.
struct SiteKeys;

api::resource! {
    (SiteKeys: SiteKey by ApiKeyId, "/v1/site-keys", "/v1/site-keys/{id}", "keys",
        ReadKeys "keys:read", WriteKeys "keys:write")
    /// List site keys
    ///
    /// With the keys that are public; a telephone system's is secret.
    list "listSiteKeys" = "A page of keys, by id";
    /// Get a site key
    show "getSiteKey" = "The key";
}

impl api::Resource for SiteKeys {
    type Document = SiteKey;

    fn id(text: &str) -> Result<String, Failure> {
        ApiKeyId::parse(text).map(|id| id.to_string())
    }
}

/// Make a site key
///
/// The key of a telephone system is secret: it is in this answer, and nowhere else.
#[utoipa::path(
    post, path = "/v1/site-keys", tag = "keys", operation_id = "createSiteKey",
    request_body = NewSiteKey,
    responses((status = 201, description = "It was created", body = SiteKey, headers(
        ("Location" = String, description = "Its address"), ("ETag" = String, description = "Its version")
    ))),
    security(("bearer" = ["keys:write"]))
)]
pub(crate) async fn create(
    caller: Caller<may::WriteKeys>,
    State(guard): State<Guard>,
    JsonBody(wanted): JsonBody<NewSiteKey>,
) -> Result<Response, ApiError> {
    check_name(&wanted.name)?;
    check_origins(&wanted.origins)?;
    check_wording(wanted.kind, wanted.consent_wording.as_deref())?;
    let tenant = guard.store.tenants().document(&caller.principal.tenant).await?.value;
    let plain = random_token(wanted.kind.prefix())?;
    let plain = plain.expose_secret();
    let site = SiteKey {
        id: ApiKeyId::derive(&tenant.id, &["site", &caller.cause]),
        kind: wanted.kind,
        name: wanted.name,
        origins: wanted.origins,
        consent_wording: wanted.consent_wording,
        key: wanted.kind.is_public().then(|| plain.to_owned()),
        created_at: caller.trace.at,
    };
    let mut value = guard.store.registry().make_site_key(&tenant, &site, plain, &caller.trace).await?;
    let location = format!("/v1/site-keys/{}", site.id);
    if wanted.kind.is_public() {
        return Ok(Created { location, value }.into_response());
    }
    value.value.key = Some(plain.to_owned());
    Ok(HoldsSecret(Created { location, value }).into_response())
}

/// Remove a site key
///
/// What carries it is refused within 30 seconds.
#[utoipa::path(
    delete, path = "/v1/site-keys/{id}", tag = "keys", operation_id = "removeSiteKey",
    params(
        ("id" = ApiKeyId, Path, description = "The key's id"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"1\""),
    ),
    responses((status = 204, description = "It was deleted")),
    security(("bearer" = ["keys:write"]))
)]
pub(crate) async fn remove(
    caller: Caller<may::WriteKeys>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, ApiError> {
    let id = SiteKeys::id(&id)?;
    guard.store.registry().remove_site_key(&caller.principal.tenant, &id, version, &caller.trace).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn check_wording(kind: SiteKeyKind, wording: Option<&str>) -> Result<(), Failure> {
    let Some(wording) = wording else { return Ok(()) };
    if kind != SiteKeyKind::Form {
        return Err(Failure::invalid("consent_wording", "consent_wording belongs to a form's key: leave it out"));
    }
    if wording.trim().is_empty() || wording.chars().count() > MAX_PROOF_CHARS {
        let what =
            format!("consent_wording must be 1 to {MAX_PROOF_CHARS} characters: the words as the form shows them");
        return Err(Failure::invalid("consent_wording", what));
    }
    Ok(())
}
