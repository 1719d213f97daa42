//! Booking: what can be booked (`/v1/resources`), when it is free (`/v1/availability`), appointments from the hold to
//! the visit that is over (`/v1/appointments`), and who waits for a time to become free (`/v1/waitlist`).
//!
//! Whether a time is given is decided by the days of the resources alone, in one transaction: of two who ask for one time,
//! one is refused, with the nearest times that are free.

mod appointments;
mod availability;
mod query;
mod resources;
mod waitlist;

use api::Guard;
use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn routes() -> OpenApiRouter<Guard> {
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
}

/// The routes behind the guard.
pub fn router(guard: Guard) -> Router {
    api::serve(routes(), OpenApiRouter::new(), guard)
}
