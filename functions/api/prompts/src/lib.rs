//! Prompts: the versions of the instructions that models get, which of them are live, and what came of each.
//!
//! A business sees the versions that apply to it and what was counted of them in its own conversations; what it adds to them stands in its
//! settings. Texts, drafts and the traffic are the platform's: they are seen and changed by those who run it, over a session of theirs.

mod comparison;
mod operators;
mod prompts;
mod traffic;
mod versions;

use api::Guard;
use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn routes() -> OpenApiRouter<Guard> {
    OpenApiRouter::new()
        .routes(routes!(prompts::list))
        .routes(routes!(prompts::show))
        .routes(routes!(comparison::show))
        .routes(routes!(versions::create))
        .routes(routes!(versions::show))
        .routes(routes!(traffic::set))
        .routes(routes!(traffic::promote))
        .routes(routes!(traffic::roll_back))
}

/// The routes behind the guard.
pub fn router(guard: Guard) -> Router {
    api::serve(routes(), OpenApiRouter::new(), guard)
}
