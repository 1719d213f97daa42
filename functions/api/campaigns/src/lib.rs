//! Campaigns: what a business writes to many customers because of the weather, and the weather that it waits for.
//!
//! A campaign is begun by the weather alone (`worker-weather`), drafted by `ai-draft-campaign`, and sent by `worker-campaigns`. Here people
//! look at it, change its text, say yes or no to what they saw, and stop it. The tenant is the one of the caller's credential.

mod campaigns;
mod decisions;
mod evidence;
mod preview;
mod rules;

use api::Guard;
use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn routes() -> OpenApiRouter<Guard> {
    OpenApiRouter::new()
        .routes(routes!(campaigns::list))
        .routes(routes!(campaigns::show, campaigns::change))
        .routes(routes!(decisions::approve))
        .routes(routes!(decisions::decline))
        .routes(routes!(decisions::stop))
        .routes(routes!(evidence::find))
        .routes(routes!(preview::show))
        .routes(routes!(rules::list, rules::create))
        .routes(routes!(rules::show, rules::replace, rules::remove))
}

/// The routes behind the guard.
pub fn router(guard: Guard) -> Router {
    api::serve(routes(), OpenApiRouter::new(), guard)
}
