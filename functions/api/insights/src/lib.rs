//! Insights: what the front office did for the business in a range of days, and what it is worth.
//!
//! The tenant is the one of the caller's credential. What is said in money takes `usage:read` besides `insights:read`.

mod insights;

use api::Guard;
use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn routes() -> OpenApiRouter<Guard> {
    OpenApiRouter::new().routes(routes!(insights::show))
}

/// The routes behind the guard.
pub fn router(guard: Guard) -> Router {
    api::serve(routes(), OpenApiRouter::new(), guard)
}
