//! Data rights: `POST /v1/exports`, `GET /v1/exports/{id}`, `POST /v1/erasures`, `GET /v1/erasures/{id}`;
//! and `GET /v1/received-files/{id}`, what a customer sent.
//!
//! Exports and erasures are jobs that `worker-data-rights` does in steps: a POST says 202 and where to ask. The same POST with the same
//! `Idempotency-Key` is the same job. One job of a kind runs at a time, and a day takes so many, because each reads the
//! whole table. What is erased cannot be had back: not by the tenant, not by the platform.

mod erasures;
mod exports;
mod received_files;

use api::Guard;
use aws_config::SdkConfig;
use axum::extract::FromRef;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use domain::Failure;
use domain::ids::JobId;
use domain::rights::{DataJob, DataJobStatus, DataStep};
use files::Files;
use runtime::queue::Queue;
use serde::Serialize;
use store::Trace;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What the handlers need: the guard with the table, the bucket, and where steps are asked for. Built once.
#[derive(Debug, Clone)]
pub struct AppState {
    /// The guard.
    pub guard: Guard,
    /// The bucket.
    pub files: Files,
    /// The queue `DataRights`.
    pub queue: Queue<DataStep>,
}

impl AppState {
    /// As the environment says: what the guard needs, `FILES_BUCKET` and `DATA_RIGHTS_QUEUE_URL`.
    ///
    /// # Errors
    /// [`Failure::Permanent`] naming the variable that is missing.
    pub fn from_env(config: &SdkConfig) -> Result<Self, Failure> {
        Ok(Self {
            guard: Guard::from_env(config)?,
            files: Files::new(config, runtime::env::required("FILES_BUCKET")?),
            queue: Queue::from_env(config)?,
        })
    }

    /// Keeps a job and asks for its first step. Again is the same: a step that comes twice is done once.
    async fn begin(&self, job: &DataJob, trace: &Trace) -> Result<DataJob, Failure> {
        let job = self.guard.store.rights().begin(job, trace).await?;
        let step = DataStep { tenant: job.tenant.clone(), job: job.id, turn: 0 };
        self.queue.send(&step).await?;
        Ok(job)
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
        .routes(routes!(exports::ask))
        .routes(routes!(exports::show))
        .routes(routes!(erasures::ask))
        .routes(routes!(erasures::show))
        .routes(routes!(received_files::show))
}

/// The routes behind the guard.
pub fn router(app_state: AppState) -> Router {
    api::serve(routes(), OpenApiRouter::new(), app_state)
}

/// A job that was taken on.
#[derive(Debug, Serialize, ToSchema)]
struct TakenOn {
    /// By which to ask for it.
    id: JobId,
    /// How far it is.
    status: DataJobStatus,
}

/// 202, and where to ask.
fn taken_on(list: &str, job: &DataJob) -> Response {
    let body = Json(TakenOn { id: job.id, status: job.status });
    (StatusCode::ACCEPTED, [(LOCATION, format!("/v1/{list}/{}", job.id))], body).into_response()
}
