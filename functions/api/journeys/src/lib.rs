//! Journeys: the tenant's sequences and how their texts do, a contact's way with the business (stage, what is planned, what
//! is blocked and why), how they want to be written to, what they agreed to, everything that was said on any channel, a dry
//! run of the days to come, the tasks of the staff, and contacts that may be the same person.
//!
//! The tenant is the one of the caller's credential. A contact of another tenant is a 404.

mod contacts;
mod dry_run;
mod duplicates;
mod sequences;
mod tasks;

use api::Guard;
use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn routes() -> OpenApiRouter<Guard> {
    OpenApiRouter::new()
        .routes(routes!(sequences::list, sequences::create))
        .routes(routes!(sequences::show, sequences::replace, sequences::remove))
        .routes(routes!(sequences::results))
        .routes(routes!(contacts::journey))
        .routes(routes!(contacts::set_preferences))
        .routes(routes!(contacts::record_consent))
        .routes(routes!(contacts::timeline))
        .routes(routes!(duplicates::list))
        .routes(routes!(duplicates::merge))
        .routes(routes!(duplicates::take_apart))
        .routes(routes!(duplicates::not_duplicate))
        .routes(routes!(dry_run::simulate))
        .routes(routes!(tasks::list))
        .routes(routes!(tasks::finish))
}

/// The routes behind the guard.
pub fn router(guard: Guard) -> Router {
    api::serve(routes(), OpenApiRouter::new(), guard)
}
