//! A tenant's conversations: `GET /v1/conversations`, `GET /v1/conversations/{id}` with the whole replay,
//! `GET /v1/escalations`.
//!
//! The tenant is the one whose API key the caller shows. A conversation of another tenant is a 404.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::routing::get;
use axum::{Json, Router};
use domain::conversations::{Conversation, Escalation};
use domain::{ConversationId, Failure, TenantId};
use runtime::api::{ApiError, Parameters, page_size};
use serde::Deserialize;
use store::{Page, Replay, Store};

const STATUSES: [&str; 3] = ["active", "escalated", "ended"];
const CHANNELS: [&str; 4] = ["whatsapp", "sms", "email", "chat"];
const ESCALATION_STATUSES: [&str; 2] = ["pending", "resolved"];

/// The routes.
pub fn router(store: Store) -> Router {
    Router::new()
        .route("/v1/conversations", get(list))
        .route("/v1/conversations/{id}", get(replay))
        .route("/v1/escalations", get(escalations))
        .fallback(runtime::api::no_such_address)
        .with_state(store)
}

#[derive(Deserialize)]
struct ListQuery {
    status: Option<String>,
    channel: Option<String>,
    limit: Option<String>,
    cursor: Option<String>,
}

async fn tenant(store: &Store, headers: &HeaderMap) -> Result<TenantId, Failure> {
    store.tenant_of_bearer(headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok())).await
}

async fn list(
    State(store): State<Store>,
    headers: HeaderMap,
    Parameters(query): Parameters<ListQuery>,
) -> Result<Json<Page<Conversation>>, ApiError> {
    let tenant = tenant(&store, &headers).await?;
    let status = one_of("status", query.status.as_deref(), &STATUSES)?;
    let channel = one_of("channel", query.channel.as_deref(), &CHANNELS)?;
    let limit = page_size(query.limit.as_deref())?;
    Ok(Json(store.threads(&tenant, status, channel, limit, query.cursor.as_deref()).await?))
}

async fn replay(
    State(store): State<Store>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Json<Replay>, ApiError> {
    let tenant = tenant(&store, &headers).await?;
    Ok(Json(store.replay(&tenant, ConversationId::parse(&id)?).await?))
}

async fn escalations(
    State(store): State<Store>,
    headers: HeaderMap,
    Parameters(query): Parameters<ListQuery>,
) -> Result<Json<Page<Escalation>>, ApiError> {
    let tenant = tenant(&store, &headers).await?;
    let status = one_of("status", query.status.as_deref(), &ESCALATION_STATUSES)?;
    let limit = page_size(query.limit.as_deref())?;
    Ok(Json(store.escalations(&tenant, status, limit, query.cursor.as_deref()).await?))
}

/// A filter's value, if it is one of `known`.
fn one_of<'a>(field: &str, value: Option<&'a str>, known: &[&str]) -> Result<Option<&'a str>, Failure> {
    match value {
        Some(value) if !known.contains(&value) => {
            Err(Failure::invalid(field, format!("{field} must be one of {}", known.join(", "))))
        }
        value => Ok(value),
    }
}
