//! Events out and in: `/v1/webhooks` says where a tenant's events are posted and shows what became of each; `POST
//! /v1/events` takes what happened in other systems.
//!
//! `worker-webhooks` posts. A secret is made and sealed here and shown once; this function cannot open one. Subscribing
//! and unsubscribing by REST hooks is `POST /v1/webhooks` and `DELETE /v1/webhooks/{id}`, which therefore names no
//! version.

mod deliveries;
mod events;
mod webhooks;

use api::Guard;
use aws_config::SdkConfig;
use axum::Router;
use axum::extract::FromRef;
use domain::webhooks::{DueDelivery, Reach, WebhookDelivery};
use domain::{Failure, TenantId};
use runtime::queue::Queue;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What the handlers need: the guard with the table, what seals secrets, and where posts are asked for. Built once.
#[derive(Debug, Clone)]
pub struct AppState {
    /// The guard.
    pub guard: Guard,
    /// The KMS key that seals secrets. This function can seal, and not open.
    pub kms_key: String,
    /// The queue `Webhooks`.
    pub queue: Queue<DueDelivery>,
    /// How far events may be posted.
    pub reach: Reach,
}

impl AppState {
    /// As the environment says: what the guard needs, `CREDENTIALS_KEY_ID` and `WEBHOOKS_QUEUE_URL`.
    ///
    /// # Errors
    /// [`Failure::Permanent`] naming the variable that is missing.
    pub fn from_env(config: &SdkConfig) -> Result<Self, Failure> {
        Ok(Self {
            guard: Guard::from_env(config)?,
            kms_key: runtime::env::required("CREDENTIALS_KEY_ID")?,
            queue: Queue::from_env(config)?,
            reach: runtime::env::webhook_reach(),
        })
    }

    /// Has a delivery posted now.
    async fn ask_for(&self, tenant: &TenantId, delivery: &WebhookDelivery) -> Result<(), Failure> {
        match delivery.due(tenant) {
            Some(due) => self.queue.send(&due).await,
            None => Ok(()),
        }
    }
}

impl FromRef<AppState> for Guard {
    fn from_ref(app_state: &AppState) -> Self {
        app_state.guard.clone()
    }
}

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(webhooks::list, webhooks::create))
        .routes(routes!(webhooks::show, webhooks::replace, webhooks::remove))
        .routes(routes!(webhooks::rotate))
        .routes(routes!(deliveries::test))
        .routes(routes!(deliveries::list))
        .routes(routes!(deliveries::replay))
        .routes(routes!(events::report))
}

/// The routes behind the guard.
pub fn router(app_state: AppState) -> Router {
    api::serve(routes(), OpenApiRouter::new(), app_state)
}
