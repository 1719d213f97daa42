//! Where a tenant's events are posted.

use api::{ApiError, Caller, HoldsSecret, IfMatch, JsonBody, Tagged};
use auth::secrets::webhook_secret;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use domain::Failure;
use domain::identity::may;
use domain::ids::WebhookId;
use domain::webhooks::{Reach, Secret, Webhook, check_description, check_events, check_url};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::AppState;

/// The webhook that is wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWebhook {
    /// Where events are posted: https, on the public internet.
    #[schema(min_length = 9, max_length = 2000, example = "https://hooks.example.com/porchlight")]
    url: String,
    /// The events that are posted; none: all that may leave.
    #[serde(default)]
    #[schema(example = json!(["lead.created", "appointment.booked"]))]
    events: Vec<String>,
    /// What it is for.
    #[serde(default)]
    #[schema(max_length = 200, example = "CRM")]
    description: String,
}

/// What can be changed of a webhook.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WebhookSettings {
    /// Where events are posted: https, on the public internet.
    #[schema(min_length = 9, max_length = 2000, example = "https://hooks.example.com/porchlight")]
    url: String,
    /// The events that are posted; none: all that may leave.
    #[schema(example = json!(["lead.created", "appointment.booked"]))]
    events: Vec<String>,
    /// What it is for.
    #[schema(max_length = 200, example = "CRM")]
    description: String,
    /// Whether events are posted.
    #[schema(example = true)]
    enabled: bool,
}

/// A webhook with a new secret.
#[derive(Serialize, ToSchema)]
pub(crate) struct MadeWebhook {
    #[serde(flatten)]
    webhook: Webhook,
    /// The secret that signs, by Standard Webhooks: shown now and never again.
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    secret: String,
}

/// The kind of document.
struct Webhooks;

api::resource! {
    (Webhooks: Webhook by WebhookId, "/v1/webhooks", "/v1/webhooks/{id}", "webhooks",
        ReadWebhooks "webhooks:read", WriteWebhooks "webhooks:write")
    /// List webhooks
    ///
    /// Where events are posted; never the secrets.
    list "listWebhooks" = "A page of webhooks, by id";
    /// Get a webhook
    ///
    /// `disabled` says why Porchlight switched it off, `failing_since` since when nothing is taken there.
    show "getWebhook" = "The webhook";
}

impl api::Resource for Webhooks {
    type Document = Webhook;

    fn id(text: &str) -> Result<String, Failure> {
        WebhookId::parse(text).map(|id| id.to_string())
    }
}

/// Make a webhook
///
/// Events are posted there, signed by Standard Webhooks, from within half a minute on. The secret is in this answer,
/// and nowhere else. A tenant has at most 20. This is also how REST hooks subscribe.
#[utoipa::path(
    post, path = "/v1/webhooks", tag = "webhooks", operation_id = "createWebhook",
    request_body = NewWebhook,
    responses((status = 201, description = "It was created", body = MadeWebhook, headers(("Location" = String, description = "Its address")))),
    security(("bearer" = ["webhooks:write"]))
)]
pub(crate) async fn create(
    caller: Caller<may::WriteWebhooks>,
    State(app_state): State<AppState>,
    JsonBody(wanted): JsonBody<NewWebhook>,
) -> Result<impl IntoResponse, ApiError> {
    check(&wanted.url, &wanted.events, &wanted.description, app_state.reach)?;
    let tenant = &caller.tenant()?.id;
    let webhook = Webhook {
        id: WebhookId::derive(tenant, &["webhook", &caller.cause]),
        url: wanted.url,
        events: wanted.events,
        description: wanted.description,
        enabled: true,
        disabled: None,
        failing_since: None,
        created_at: caller.trace.at,
        secrets: vec![Secret { number: 1, until: None }],
    };
    let (secret, store) = (webhook_secret()?, &app_state.guard.store);
    let made = store.webhooks().create(&app_state.kms_key, tenant, &webhook, &secret, &caller.trace).await?;
    let location = [(LOCATION, format!("/v1/webhooks/{}", webhook.id))];
    Ok(HoldsSecret((StatusCode::CREATED, location, Json(with(made.value, &secret)))))
}

/// Change a webhook
///
/// Also to switch it on or off. What failed before is forgotten with it: a webhook that was switched off because it
/// took nothing starts over.
#[utoipa::path(
    put, path = "/v1/webhooks/{id}", tag = "webhooks", operation_id = "replaceWebhook",
    params(
        ("id" = WebhookId, Path, description = "The webhook's id"),
        ("If-Match" = String, Header, description = "The ETag that was read", example = "\"1\""),
    ),
    request_body = WebhookSettings,
    responses((status = 200, description = "As it is now", body = Webhook, headers(("ETag" = String, description = "Its version")))),
    security(("bearer" = ["webhooks:write"]))
)]
pub(crate) async fn replace(
    caller: Caller<may::WriteWebhooks>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(wanted): JsonBody<WebhookSettings>,
) -> Result<Tagged<Webhook>, ApiError> {
    let (tenant, id, store) = (&caller.principal.tenant, WebhookId::parse(&id)?, &app_state.guard.store);
    let before = store.webhooks().get(tenant, id).await?.value;
    check(&wanted.url, &wanted.events, &wanted.description, app_state.reach)?;
    let after = Webhook {
        url: wanted.url,
        events: wanted.events,
        description: wanted.description,
        enabled: wanted.enabled,
        disabled: None,
        failing_since: None,
        ..before
    };
    Ok(Tagged(store.documents().replace(tenant, &after, version, &caller.trace).await?))
}

/// Remove a webhook
///
/// Nothing more is posted there; what is on its way ends. It names no version, because REST hooks unsubscribe by it.
#[utoipa::path(
    delete, path = "/v1/webhooks/{id}", tag = "webhooks", operation_id = "removeWebhook",
    params(("id" = WebhookId, Path, description = "The webhook's id")),
    responses((status = 204, description = "It was deleted")),
    security(("bearer" = ["webhooks:write"]))
)]
pub(crate) async fn remove(
    caller: Caller<may::WriteWebhooks>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let store = app_state.guard.store.webhooks();
    store.remove(&caller.principal.tenant, WebhookId::parse(&id)?, &caller.trace).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Rotate a webhook's secret
///
/// What is posted from now on is signed with the new secret, and for a day with the one before too, so that no receiver
/// refuses anything while it is changed. The new one is in this answer, and nowhere else.
#[utoipa::path(
    post, path = "/v1/webhooks/{id}/rotate-secret", tag = "webhooks", operation_id = "rotateWebhookSecret",
    params(("id" = WebhookId, Path, description = "The webhook's id")),
    responses((status = 200, description = "The webhook and its new secret", body = MadeWebhook)),
    security(("bearer" = ["webhooks:write"]))
)]
pub(crate) async fn rotate(
    caller: Caller<may::WriteWebhooks>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, ApiError> {
    let (tenant, id, secret) = (&caller.principal.tenant, WebhookId::parse(&id)?, webhook_secret()?);
    let store = app_state.guard.store.webhooks();
    let rotated = store.rotate(&app_state.kms_key, tenant, id, &secret, &caller.trace).await?;
    Ok(HoldsSecret(Json(with(rotated.value, &secret))))
}

fn check(url: &str, events: &[String], description: &str, reach: Reach) -> Result<(), Failure> {
    check_url(url, reach)?;
    check_events(events)?;
    check_description(description)
}

fn with(webhook: Webhook, secret: &SecretString) -> MadeWebhook {
    MadeWebhook { webhook, secret: secret.expose_secret().to_owned() }
}
