//! A tenant's leads: `GET /v1/leads`, `GET` and `PATCH /v1/leads/{id}`, `GET /v1/leads/{id}/conversations`.
//!
//! The tenant is the one whose API key the caller shows. A lead of another tenant is a 404 like one that does not exist.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::routing::get;
use axum::{Json, Router};
use domain::conversations::Conversation;
use domain::leads::{Lead, LeadStatus, Score};
use domain::{Failure, LeadId, TenantId};
use runtime::api::{ApiError, JsonBody, Parameters, correlation_id, page_size};
use serde::{Deserialize, Serialize};
use store::{LeadFilter, Page, Store};

/// The routes.
pub fn router(store: Store) -> Router {
    Router::new()
        .route("/v1/leads", get(list))
        .route("/v1/leads/{id}", get(one).patch(change))
        .route("/v1/leads/{id}/conversations", get(conversations))
        .fallback(runtime::api::no_such_address)
        .with_state(store)
}

#[derive(Deserialize)]
struct ListQuery {
    status: Option<String>,
    score: Option<String>,
    limit: Option<String>,
    cursor: Option<String>,
}

#[derive(Deserialize)]
struct StatusChange {
    status: String,
}

#[derive(Serialize)]
struct Conversations {
    items: Vec<Conversation>,
}

async fn tenant(store: &Store, headers: &HeaderMap) -> Result<TenantId, Failure> {
    store.tenant_of_bearer(headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok())).await
}

async fn list(
    State(store): State<Store>,
    headers: HeaderMap,
    Parameters(query): Parameters<ListQuery>,
) -> Result<Json<Page<Lead>>, ApiError> {
    let tenant = tenant(&store, &headers).await?;
    let filter = LeadFilter {
        status: query.status.as_deref().map(status).transpose()?,
        score: query.score.as_deref().map(score).transpose()?,
    };
    let limit = page_size(query.limit.as_deref())?;
    Ok(Json(store.leads(&tenant, filter, limit, query.cursor.as_deref()).await?))
}

async fn one(State(store): State<Store>, headers: HeaderMap, Path(id): Path<String>) -> Result<Json<Lead>, ApiError> {
    let tenant = tenant(&store, &headers).await?;
    Ok(Json(store.lead(&tenant, LeadId::parse(&id)?).await?))
}

async fn change(
    State(store): State<Store>,
    headers: HeaderMap,
    Path(id): Path<String>,
    JsonBody(change): JsonBody<StatusChange>,
) -> Result<Json<Lead>, ApiError> {
    let tenant = tenant(&store, &headers).await?;
    let to = status(&change.status)?;
    let now = runtime::clock::now();
    Ok(Json(store.set_lead_status(&tenant, LeadId::parse(&id)?, to, &correlation_id(&headers), now).await?))
}

async fn conversations(
    State(store): State<Store>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Json<Conversations>, ApiError> {
    let tenant = tenant(&store, &headers).await?;
    Ok(Json(Conversations { items: store.conversations_of_lead(&tenant, LeadId::parse(&id)?).await? }))
}

fn status(text: &str) -> Result<LeadStatus, Failure> {
    let names = LeadStatus::ALL.map(LeadStatus::as_str).join(", ");
    LeadStatus::parse(text).ok_or_else(|| Failure::invalid("status", format!("status must be one of {names}")))
}

fn score(text: &str) -> Result<Score, Failure> {
    Score::parse(text).ok_or_else(|| Failure::invalid("score", "score must be one of hot, warm, cold, unscored"))
}
