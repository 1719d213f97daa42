//! What was posted to a webhook: the log, a test, and posting again.

use api::{ApiError, Caller, PageQuery, Parameters};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::Failure;
use domain::failure::Rejection;
use domain::identity::may;
use domain::ids::{WebhookDeliveryId, WebhookId};
use domain::webhooks::{Message, State as DeliveryState, WebhookDelivery};
use serde::Deserialize;
use store::Page;

use crate::AppState;

const STATES: [DeliveryState; 3] = [DeliveryState::Pending, DeliveryState::Delivered, DeliveryState::Failed];

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DeliveryQuery {
    /// Only in this state.
    #[param(value_type = Option<DeliveryState>, example = "failed")]
    state: Option<String>,
}

/// List what was posted
///
/// To one webhook, newest first, with every try; for 30 days.
#[utoipa::path(
    get, path = "/v1/webhooks/{id}/deliveries", tag = "webhooks", operation_id = "listWebhookDeliveries",
    params(("id" = WebhookId, Path, description = "The webhook"), DeliveryQuery, PageQuery),
    responses((status = 200, description = "A page of deliveries", body = Page<WebhookDelivery>)),
    security(("bearer" = ["webhooks:read"]))
)]
pub(crate) async fn list(
    caller: Caller<may::ReadWebhooks>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
    Parameters(query): Parameters<DeliveryQuery>,
    Parameters(page): Parameters<PageQuery>,
) -> Result<Json<Page<WebhookDelivery>>, ApiError> {
    let (tenant, id, store) = (&caller.principal.tenant, WebhookId::parse(&id)?, &app_state.guard.store);
    let (state, (limit, cursor)) = (state(query.state.as_deref())?, page.read()?);
    store.webhooks().get(tenant, id).await?;
    Ok(Json(store.webhook_deliveries().list(tenant, id, state, limit, cursor).await?))
}

/// Post a test
///
/// The event `webhook.test`, signed and logged like every other; whether the webhook asked for it or not.
#[utoipa::path(
    post, path = "/v1/webhooks/{id}/test", tag = "webhooks", operation_id = "testWebhook",
    params(("id" = WebhookId, Path, description = "The webhook's id")),
    responses((status = 202, description = "It will be posted", body = WebhookDelivery)),
    security(("bearer" = ["webhooks:write"]))
)]
pub(crate) async fn test(
    caller: Caller<may::WriteWebhooks>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<WebhookDelivery>), ApiError> {
    let (tenant, id, store) = (&caller.principal.tenant, WebhookId::parse(&id)?, &app_state.guard.store);
    switched_on(&app_state, &caller, id).await?;
    let delivery = WebhookDeliveryId::derive(tenant, &["test", &caller.cause]);
    let message = Message::test(&delivery.to_string(), tenant, id, caller.trace.at);
    let delivery = WebhookDelivery::new(delivery, id, &message, caller.trace.at);
    let delivery = store.webhook_deliveries().add(tenant, &delivery).await?;
    app_state.ask_for(tenant, &delivery).await?;
    Ok((StatusCode::ACCEPTED, Json(delivery)))
}

/// Post again
///
/// At once, and where it is not taken as often again as the first time. The receiver sees the same `webhook-id`.
#[utoipa::path(
    post, path = "/v1/webhooks/deliveries/{id}/replay", tag = "webhooks", operation_id = "replayWebhookDelivery",
    params(("id" = WebhookDeliveryId, Path, description = "The delivery")),
    responses((status = 202, description = "It will be posted", body = WebhookDelivery)),
    security(("bearer" = ["webhooks:write"]))
)]
pub(crate) async fn replay(
    caller: Caller<may::WriteWebhooks>,
    State(app_state): State<AppState>,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<WebhookDelivery>), ApiError> {
    let (tenant, id) = (&caller.principal.tenant, WebhookDeliveryId::parse(&id)?);
    let deliveries = app_state.guard.store.webhook_deliveries();
    let delivery = deliveries.get(tenant, id).await?;
    switched_on(&app_state, &caller, delivery.webhook).await?;
    let tried = delivery.tries.len();
    // Asked for twice, it is posted once. One whose next try should long have come is asked for again.
    if delivery.is_on_its_way(caller.trace.at) {
        return Err(Failure::rejected(Rejection::Conflict, "it will be posted: its next try is due").into());
    }
    let often = || Failure::rejected(Rejection::Conflict, "it was posted too many times, and is not posted again");
    let again = delivery.again(caller.trace.at).ok_or_else(often)?;
    if !deliveries.save(tenant, &again, tried).await? {
        return Err(Failure::rejected(Rejection::Conflict, "it is being posted now: ask again in a moment").into());
    }
    app_state.ask_for(tenant, &again).await?;
    Ok((StatusCode::ACCEPTED, Json(again)))
}

/// 409 where nothing is posted to a webhook.
async fn switched_on(app_state: &AppState, caller: &Caller<may::WriteWebhooks>, id: WebhookId) -> Result<(), Failure> {
    let webhook = app_state.guard.store.webhooks().get(&caller.principal.tenant, id).await?.value;
    let off = || Failure::rejected(Rejection::Conflict, "this webhook is switched off: switch it on first");
    webhook.enabled.then_some(()).ok_or_else(off)
}

/// The name of a state, if it is one.
fn state(name: Option<&str>) -> Result<Option<&str>, Failure> {
    match name {
        Some(name) if STATES.iter().all(|state| state.as_str() != name) => {
            let known = STATES.map(DeliveryState::as_str).join(", ");
            Err(Failure::invalid("state", format!("state must be one of {known}")))
        }
        name => Ok(name),
    }
}
