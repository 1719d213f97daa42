//! Insights: what the front office did for the business in a range of days, and what it is worth; what staff made of the replies that were
//! suggested to them, and customers of the extras that were suggested to those; how the business compares with others of its trade.
//!
//! The tenant is the one of the caller's credential. What is said in money takes `usage:read` besides `insights:read`.

mod benchmarks;
mod insights;

use api::Guard;
use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn routes() -> OpenApiRouter<Guard> {
    OpenApiRouter::new()
        .routes(routes!(insights::show))
        .routes(routes!(insights::suggestions))
        .routes(routes!(insights::extras))
        .routes(routes!(benchmarks::show))
}

/// The routes behind the guard.
pub fn router(guard: Guard) -> Router {
    api::serve(routes(), OpenApiRouter::new(), guard)
}
