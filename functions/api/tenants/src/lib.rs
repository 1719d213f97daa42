//! A tenant's settings: its document, locations, staff, prices, keys, vendors' credentials, usage, and the record of
//! what was done; and for agencies and the platform, the tenants they look after.
//!
//! All but the last act for the tenant of the caller's credential and for no other. A change names the version it was made
//! from, and is written together with a line of the record. What is secret goes in and never comes out: a key is shown
//! when it is made, a vendor's credential not at all.

mod api_keys;
mod audit;
mod credentials;
mod hours;
mod locations;
mod requests;
mod rules;
mod sender;
mod services;
mod settings;
mod site_keys;
mod staff;
mod tenant;
mod tenants;
mod training;
mod usage;

use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use api::AppState;

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(tenant::show, tenant::replace, tenant::patch))
        .routes(routes!(hours::status))
        .routes(routes!(locations::list, locations::create))
        .routes(routes!(locations::show, locations::replace, locations::remove))
        .routes(routes!(staff::list, staff::create))
        .routes(routes!(staff::show, staff::replace, staff::remove))
        .routes(routes!(services::list))
        .routes(routes!(api_keys::list, api_keys::create))
        .routes(routes!(api_keys::revoke))
        .routes(routes!(site_keys::list, site_keys::create))
        .routes(routes!(site_keys::show, site_keys::remove))
        .routes(routes!(credentials::list))
        .routes(routes!(credentials::store, credentials::remove))
        .routes(routes!(usage::show))
        .routes(routes!(audit::list))
        .routes(routes!(requests::list))
        .routes(routes!(requests::show))
        .routes(routes!(tenants::list, tenants::create))
        .routes(routes!(tenants::show))
        .routes(routes!(tenants::set_status))
        .routes(routes!(training::list))
        .routes(routes!(training::start, training::end))
        .routes(routes!(training::add_example))
        .routes(routes!(training::change_rule, training::remove_rule))
        .routes(routes!(training::confirm))
        .routes(routes!(training::withdraw))
        .routes(routes!(training::restore))
}

/// The routes behind the guard.
pub fn router(app_state: AppState) -> Router {
    api::serve(routes(), OpenApiRouter::new(), app_state)
}
