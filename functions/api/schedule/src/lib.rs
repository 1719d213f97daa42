//! Booking: what can be booked (`/v1/resources`), when it is free (`/v1/availability`), appointments from the hold to
//! the visit that is over (`/v1/appointments`), who waits for a time to become free (`/v1/waitlist`), and the calendars that
//! people keep elsewhere (`/v1/calendars`).
//!
//! Whether a time is given is decided by the days of the resources alone, in one transaction: of two who ask for one time,
//! one is refused, with the nearest times that are free.

mod appointments;
mod availability;
mod calendars;
mod query;
mod resources;
mod waitlist;

use api::Guard;
use aws_config::SdkConfig;
use axum::Router;
use axum::extract::FromRef;
use domain::Failure;
use domain::webhooks::Reach;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What the handlers need. Built once.
#[derive(Debug, Clone)]
pub struct AppState {
    /// The guard.
    pub guard: Guard,
    /// The KMS key that seals the addresses of outside calendars. This function can seal, and not open.
    pub kms_key: String,
    /// How far these addresses may lead.
    pub reach: Reach,
}

impl AppState {
    /// As the environment says: what the guard needs, and `CREDENTIALS_KEY_ID`.
    ///
    /// # Errors
    /// [`Failure::Permanent`] naming the variable that is missing.
    pub fn from_env(config: &SdkConfig) -> Result<Self, Failure> {
        Ok(Self {
            guard: Guard::from_env(config)?,
            kms_key: runtime::env::required("CREDENTIALS_KEY_ID")?,
            reach: runtime::env::webhook_reach(),
        })
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
        .routes(routes!(resources::list, resources::create))
        .routes(routes!(resources::show, resources::replace, resources::remove))
        .routes(routes!(availability::show))
        .routes(routes!(appointments::list, appointments::create))
        .routes(routes!(appointments::show))
        .routes(routes!(appointments::move_to))
        .routes(routes!(appointments::step))
        .routes(routes!(waitlist::list, waitlist::create))
        .routes(routes!(waitlist::show, waitlist::remove))
        .routes(routes!(calendars::list, calendars::create))
        .routes(routes!(calendars::show, calendars::remove))
}

/// The routes behind the guard.
pub fn router(app_state: AppState) -> Router {
    api::serve(routes(), OpenApiRouter::new(), app_state)
}
