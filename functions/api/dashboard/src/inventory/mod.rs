//! Stock and orders: what is there, what waits for a yes, what the owner should know, and who sells what.

mod import;
mod insights;
mod item;
mod item_form;
mod movement;
mod order;
mod order_forms;
mod orders;
mod stock;
mod suppliers;
#[cfg(test)]
mod tests;

use api::Guard;
use axum::Router;
use axum::routing::get;
use domain::ids::{ItemId, SupplierId};
use domain::inventory::{Item, SHOP, Supplier};
use domain::journeys::Local;
use domain::scheduling::Resource;
use domain::tenancy::{Location, Tenant};
use jiff::civil::Date;
use maud::{Markup, html};

use crate::answer::Html;
use crate::settings::Reader;
use crate::shell;
use crate::show::local;
use crate::view::View;

/// Its address.
pub(crate) const PATH: &str = "/app/inventory";
const ORDERS: &str = "/app/inventory/orders";
const INSIGHTS: &str = "/app/inventory/insights";
const SUPPLIERS: &str = "/app/inventory/suppliers";
const NEW: &str = "/app/inventory/new";

/// The parts of these pages: the words and the address.
const PARTS: [(&str, &str); 4] =
    [("stock-title", PATH), ("po-title", ORDERS), ("stock-insights", INSIGHTS), ("supplier-title", SUPPLIERS)];

/// The routes.
pub(crate) fn routes() -> Router<Guard> {
    Router::new()
        .route(PATH, get(stock::page))
        .route(NEW, get(item::new))
        .route("/app/inventory/items/{id}", get(item::page))
        .route(ORDERS, get(orders::page))
        .route("/app/inventory/orders/{id}", get(order::page))
        .route(INSIGHTS, get(insights::page))
        .route(SUPPLIERS, get(suppliers::page))
}

/// A page at `path`, or one that none of the parts leads to.
fn page<R>(view: &View<R>, path: &str, title: &str, main: &Markup) -> Html {
    let words = view.words;
    let whole = html! {
        script type="module" src="/app/inventory.js" {}
        nav.queues aria-label=(words.t("nav-inventory")) {
            ul {
                @for (label, address) in PARTS {
                    li { a href=(address) aria-current=[(address == path).then_some("page")] { (words.t(label)) } }
                }
            }
        }
        h1 dir="auto" { (title) }
        div.knowledge { (main) }
    };
    Html(shell::page(view, PATH, title, &whole))
}

/// Who reads a page, and what its figures and names are called for them.
struct Shown<'a> {
    reader: Reader<'a>,
    local: Local,
    currency: &'a str,
    items: &'a [Item],
    suppliers: &'a [Supplier],
    /// Where stock is kept: ids with names, the shop first.
    places: Vec<(String, String)>,
}

impl<'a> Shown<'a> {
    fn new(reader: Reader<'a>, tenant: &'a Tenant, items: &'a [Item], suppliers: &'a [Supplier]) -> Self {
        let local = local(reader.words, tenant);
        Self { reader, local, currency: &tenant.currency, items, suppliers, places: Vec::new() }
    }

    /// With the places of the business.
    fn at(mut self, locations: &[Location], resources: &[Resource]) -> Self {
        let shop = (SHOP.to_owned(), self.t("stock-shop"));
        let locations = locations.iter().map(|location| (location.id.to_string(), location.name.clone()));
        let resources = resources.iter().map(|resource| (resource.id.to_string(), resource.name.clone()));
        self.places = std::iter::once(shop).chain(locations).chain(resources).collect();
        self
    }

    fn t(&self, id: &str) -> String {
        self.reader.t(id)
    }

    fn money(&self, cents: i64) -> String {
        self.local.money(cents, self.currency)
    }

    fn day(&self, day: Date) -> String {
        self.local.day(day)
    }

    /// What an item is called; one that is not there any more by its slug.
    fn item(&self, id: &str) -> &str {
        self.items.iter().find(|item| item.id.as_str() == id).map_or("", |item| item.name.as_str())
    }

    fn supplier(&self, id: &SupplierId) -> String {
        let known = self.suppliers.iter().find(|supplier| supplier.id == *id);
        known.map_or_else(|| id.to_string(), |supplier| supplier.name.clone())
    }

    fn place(&self, id: &str) -> String {
        let known = self.places.iter().find(|(place, _)| place == id);
        known.map_or_else(|| id.to_owned(), |(_, name)| name.clone())
    }
}

/// Tells `inventory.js` to read the fields named such as `lines[0].packs` as the list `lines`.
fn rows(list: &str) -> Markup {
    html! { input type="hidden" name=(list) value="" data-type="rows"; }
}

/// Where an item is shown.
fn item_path(id: &ItemId) -> String {
    format!("/app/inventory/items/{id}")
}
