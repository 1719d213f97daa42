//! Booking: what can be booked (`/v1/resources`), when it is free (`/v1/availability`), appointments from the hold to
//! the visit that is over (`/v1/appointments`), who waits for a time to become free (`/v1/waitlist`), and the calendars that
//! people keep elsewhere (`/v1/calendars`).
//!
//! Whether a time is given is decided by the days of the resources alone, in one transaction: of two who ask for one time,
//! one is refused, with the nearest times that are free.

mod appointments;
mod availability;
mod calendars;
mod google;
mod query;
mod resources;
mod waitlist;

use api::Guard;
use aws_config::SdkConfig;
use axum::Router;
use axum::extract::FromRef;
use domain::failure::Rejection;
use domain::ids::OutsideCalendarId;
use domain::scheduling::DueCalendar;
use domain::webhooks::Reach;
use domain::{Failure, TenantId};
use jiff::Timestamp;
use runtime::queue::Queue;
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
    /// The id of Porchlight's client at Google, where the operator made one.
    pub google_client: Option<String>,
    /// The queue of calendars that are to be read.
    pub calendars: Queue<DueCalendar>,
}

impl AppState {
    /// As the environment says: what the guard needs, and `CREDENTIALS_KEY_ID`, `CALENDARS_QUEUE_URL`, and `GOOGLE_CLIENT_ID`.
    ///
    /// # Errors
    /// [`Failure::Permanent`] naming the variable that is missing.
    pub fn from_env(config: &SdkConfig) -> Result<Self, Failure> {
        Ok(Self {
            guard: Guard::from_env(config)?,
            kms_key: runtime::env::required("CREDENTIALS_KEY_ID")?,
            reach: runtime::env::webhook_reach(),
            google_client: runtime::env::optional("GOOGLE_CLIENT_ID"),
            calendars: Queue::from_env(config)?,
        })
    }

    /// The id of Porchlight's client at Google.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) where there is none.
    fn google(&self) -> Result<&str, Failure> {
        let message =
            "Porchlight has no client at Google here: ask its operator, or connect the calendar's secret address";
        self.google_client.as_deref().ok_or_else(|| Failure::rejected(Rejection::Conflict, message))
    }

    /// Puts a calendar that is due since `due` on its queue; where that does not work, it is found within a minute.
    async fn read_soon(&self, tenant: &TenantId, calendar: OutsideCalendarId, due: Timestamp) {
        let due = DueCalendar { tenant: tenant.clone(), calendar, due };
        // The queue names itself in its failure.
        if let Err(failure) = self.calendars.send(&due).await {
            tracing::warn!(%calendar, reason = %failure, "it is left to cron-calendars");
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
        .routes(routes!(resources::list, resources::create))
        .routes(routes!(resources::show, resources::replace, resources::remove))
        .routes(routes!(availability::show))
        .routes(routes!(appointments::list, appointments::create))
        .routes(routes!(appointments::show, appointments::change))
        .routes(routes!(appointments::move_to))
        .routes(routes!(appointments::step))
        .routes(routes!(waitlist::list, waitlist::create))
        .routes(routes!(waitlist::show, waitlist::remove))
        .routes(routes!(calendars::list, calendars::create))
        .routes(routes!(calendars::show, calendars::remove))
        .routes(routes!(calendars::set_key))
        .routes(routes!(google::ask, google::bring_back))
        .routes(routes!(google::choose))
}

/// The routes behind the guard.
pub fn router(app_state: AppState) -> Router {
    api::serve(routes(), OpenApiRouter::new(), app_state)
}
