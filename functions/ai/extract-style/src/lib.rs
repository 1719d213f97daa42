//! Makes rules of the examples of a training: `POST /v1/training/{topic}/rules`.
//!
//! It answers the request itself, as `ai-suggest-reply` does: models have eight seconds, and without one the rules are counted at once. What
//! it makes is looked through and confirmed by people (`api-tenants`); nothing is in force by it. A request that comes again finds what the
//! first one stored, as long as no example came after it.

use ai::{Assistant, Extracted, STYLE_BUDGET};
use api::{ApiError, Caller, Guard};
use axum::extract::{FromRef, Path, State};
use axum::{Json, Router};
use domain::Failure;
use domain::failure::Rejection;
use domain::identity::may;
use domain::tenancy::{StyleTopic, Tenant};
use domain::training::TrainingSession;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::time::Instant;
use store::Quota;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How often a tenant's people have rules made: so often at once, and once more every minute.
const EXTRACTIONS: Quota = Quota { at_once: 5, every: SignedDuration::from_secs(60) };

/// What the handler needs: the guard with the table, and the models. Built once.
#[derive(Debug, Clone)]
pub struct AppState {
    /// The guard.
    pub guard: Guard,
    /// The models, or none.
    pub assistant: Arc<Assistant>,
}

impl FromRef<AppState> for Guard {
    fn from_ref(app_state: &AppState) -> Self {
        app_state.guard.clone()
    }
}

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(extract))
}

/// The routes behind the guard.
pub fn router(app_state: AppState) -> Router {
    api::serve(routes(), OpenApiRouter::new(), app_state)
}

/// Make rules of the examples
///
/// From five examples on: what was changed in most of them is counted, and a model words more where one can be had. Nothing is in force by it:
/// look the rules through, change or remove single ones, and confirm them. With rules there already and no example since, these are given.
#[utoipa::path(
    post, path = "/v1/training/{topic}/rules", tag = "settings", operation_id = "extractStyle",
    params(("topic" = StyleTopic, Path, description = "What is trained")),
    responses((status = 200, description = "The training with its rules", body = TrainingSession)),
    security(("bearer" = ["settings:write"]))
)]
async fn extract(
    caller: Caller<may::WriteSettings>,
    State(app_state): State<AppState>,
    Path(topic): Path<String>,
) -> Result<Json<TrainingSession>, ApiError> {
    let (topic, now) = (StyleTopic::parse(&topic)?, caller.trace.at);
    let store = &app_state.guard.store;
    let session = store.training().session(&caller.principal.tenant, topic).await?.value;
    if session.rules.is_some() {
        return Ok(Json(session));
    }
    session.demand_enough()?;
    let tenant = store.tenants().document(&caller.principal.tenant).await?.value;
    app_state.demand_quota(&tenant, now).await?;
    let started = Instant::now();
    let cost_mode = app_state.assistant.cost_mode(store.usage().cost_mode(&tenant, now)).await?;
    let extracted = app_state.assistant.extract_style(&tenant, &session, cost_mode, started + STYLE_BUDGET).await;
    log(&tenant, &extracted, started);
    // What was asked was paid for, whether it is used or not.
    let took = (extracted.spent.as_slice(), extracted.counted.as_slice());
    store.usage().count(&tenant.id, took, &format!("training|{topic}|{}", caller.cause), now).await?;
    let with_rules = |found: TrainingSession| {
        // An example that came meanwhile is in none of them.
        if found.examples.len() != session.examples.len() {
            let message = "another example came meanwhile: ask for the rules again";
            return Err(Failure::rejected(Rejection::Conflict, message));
        }
        let rules = found.rules.clone().unwrap_or_else(|| extracted.rules.clone());
        Ok(TrainingSession { rules: Some(rules), ..found })
    };
    Ok(Json(store.training().change(&tenant.id, topic, with_rules).await?))
}

impl AppState {
    async fn demand_quota(&self, tenant: &Tenant, now: Timestamp) -> Result<(), Failure> {
        let name = format!("extractions|{}", tenant.id);
        if self.guard.store.limits().take_quota(&name, EXTRACTIONS, None, now).await? {
            return Ok(());
        }
        let message = "rules were made too often: once a minute is enough, try again then";
        Err(Failure::rejected(Rejection::TooManyRequests, message))
    }
}

/// Never what was written.
fn log(tenant: &Tenant, extracted: &Extracted, started: Instant) {
    tracing::info!(
        tenant = %tenant.id,
        rules = extracted.rules.len(),
        degraded = extracted.degraded.as_ref().map(ToString::to_string),
        duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        "made rules of a training"
    );
}
