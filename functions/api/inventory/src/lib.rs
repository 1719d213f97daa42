//! Stock and orders: what is kept and who sells it (`/v1/inventory/items`, `/v1/inventory/item-imports`, `/v1/inventory/suppliers`), what moves and what is there
//! (`/v1/inventory/movements`, `/v1/inventory/stock`), what the next days will use and what the owner should know
//! (`/v1/inventory/forecast`, `/v1/inventory/insights`), and purchase orders from the draft to the receipt (`/v1/orders`).
//!
//! A movement is reported under the caller's own key and counts once, however often it is sent. An order goes out at a person's
//! word alone, as it was shown to them.

mod forecast;
mod imports;
mod insights;
mod items;
mod levels;
mod movements;
mod orders;
mod parts;
mod settings;
mod suppliers;
mod weeks;

use api::Guard;
use aws_config::SdkConfig;
use axum::Router;
use axum::extract::FromRef;
use domain::inventory::Places;
use domain::{Failure, TenantId};
use files::Files;
use store::Store;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What the handlers need. Built once.
#[derive(Debug, Clone)]
pub struct AppState {
    /// The guard.
    pub guard: Guard,
    /// The bucket with the documents of orders.
    pub files: Files,
}

impl AppState {
    /// As the environment says: what the guard needs, and `FILES_BUCKET`.
    ///
    /// # Errors
    /// [`Failure::Permanent`] naming the variable that is missing.
    pub fn from_env(config: &SdkConfig) -> Result<Self, Failure> {
        let files = Files::new(config, runtime::env::required("FILES_BUCKET")?);
        Ok(Self { guard: Guard::from_env(config)?, files })
    }
}

impl FromRef<AppState> for Guard {
    fn from_ref(app_state: &AppState) -> Self {
        app_state.guard.clone()
    }
}

/// The places where a tenant can keep stock.
async fn places(store: &Store, tenant: &TenantId) -> Result<Places, Failure> {
    let (locations, resources) =
        tokio::try_join!(store.tenants().locations(tenant), store.tenants().resources(tenant))?;
    Ok(Places::of(&locations, &resources))
}

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(items::list, items::create))
        .routes(routes!(items::show, items::replace, items::remove))
        .routes(routes!(imports::import))
        .routes(routes!(suppliers::list, suppliers::create))
        .routes(routes!(suppliers::show, suppliers::replace, suppliers::remove))
        .routes(routes!(settings::show, settings::replace))
        .routes(routes!(levels::list))
        .routes(routes!(movements::list, movements::record))
        .routes(routes!(forecast::show))
        .routes(routes!(parts::show))
        .routes(routes!(insights::list))
        .routes(routes!(weeks::show))
        .routes(routes!(orders::list))
        .routes(routes!(orders::show, orders::change))
        .routes(routes!(orders::approve))
        .routes(routes!(orders::decline))
        .routes(routes!(orders::cancel))
        .routes(routes!(orders::send_again))
        .routes(routes!(orders::document))
        .routes(routes!(orders::receive))
}

/// The routes behind the guard.
pub fn router(app_state: AppState) -> Router {
    api::serve(routes(), OpenApiRouter::new(), app_state)
}
