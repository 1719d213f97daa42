//! One item: what is there of it, what moved, and what it is.

use api::{ApiError, Guard};
use axum::extract::{Path, State};
use domain::Failure;
use domain::identity::{Permission, may};
use domain::ids::ItemId;
use domain::inventory::{Item, Supplier};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use store::{MovementFilter, Versioned};

use super::stock::{Seen, shelves};
use super::{NEW, PATH, Shown, item_form, item_path, movement};
use crate::answer::Html;
use crate::settings::Reader;
use crate::show::moment;
use crate::view::View;

/// Movements that are shown.
const MOVEMENTS: usize = 20;

/// `GET /app/inventory/items/{id}`
pub(super) async fn page(
    view: View<may::ReadInventory>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Html, ApiError> {
    let (tenant, inventory, documents) = (&view.tenant.id, guard.store.inventory(), guard.store.documents());
    let id = ItemId::new(id).map_err(|_| Failure::not_found("item"))?;
    let filter = MovementFilter { item: Some(id.clone()), ..MovementFilter::default() };
    let tenants = guard.store.tenants();
    let (item, suppliers, levels, orders, moved, locations, resources) = tokio::try_join!(
        documents.get::<Item>(tenant, id.as_str()),
        documents.all::<Supplier>(tenant),
        inventory.levels(tenant),
        inventory.incoming(tenant, view.now()),
        inventory.movements(tenant, &filter, MOVEMENTS, None),
        tenants.locations(tenant),
        tenants.resources(tenant),
    )?;
    let items = std::slice::from_ref(&item.value);
    let shown = Shown::new(Reader::of(&view), &view.tenant, items, &suppliers).at(&locations, &resources);
    let shelves = shelves(items, &levels, &orders, &BTreeMap::new(), &BTreeSet::new());
    let main = html! {
        p { a.back href=(PATH) { (shown.t("back-to-stock")) } }
        @for shelf in &shelves { (there(&shown, shelf)) }
        (movement::form(&shown, &item.value))
        (movement::ledger(&shown, &moved.items))
        (edit(&shown, &item))
    };
    Ok(super::page(&view, &item_path(&id), &item.value.name, &main))
}

/// `GET /app/inventory/new`
pub(super) async fn new(view: View<may::WriteOrders>, State(guard): State<Guard>) -> Result<Html, ApiError> {
    let (tenant, documents, tenants) = (&view.tenant.id, guard.store.documents(), guard.store.tenants());
    let (items, suppliers, locations, resources) = tokio::try_join!(
        documents.all::<Item>(tenant),
        documents.all::<Supplier>(tenant),
        tenants.locations(tenant),
        tenants.resources(tenant),
    )?;
    let shown = Shown::new(Reader::of(&view), &view.tenant, &items, &suppliers).at(&locations, &resources);
    let main = html! {
        p { a.back href=(PATH) { (shown.t("back-to-stock")) } }
        (add(&shown))
    };
    Ok(super::page(&view, NEW, &view.words.t("item-add"), &main))
}

/// What is there, place by place.
pub(super) fn there(shown: &Shown<'_>, seen: &Seen<'_>) -> Markup {
    let shelf = &seen.shelf;
    let unit = &shelf.item.unit;
    html! {
        section #there aria-labelledby="there-title" data-live {
            h2 #there-title { (shown.t("stock-there")) }
            p { (seen.tags(shown)) }
            dl {
                dt { (shown.t("stock-on-hand")) } dd dir="auto" { (shelf.on_hand) " " (unit) }
                @if shelf.on_order > 0 { dt { (shown.t("stock-on-order")) } dd { (shelf.on_order) } }
                @for place in &shelf.places {
                    dt dir="auto" { (shown.place(&place.place)) }
                    dd {
                        (place.on_hand)
                        @if place.missing > 0 { " " span.tag.alert { (shown.reader.words.with("move-short", "count", place.missing)) } }
                        @if let Some(at) = place.counted_at { " " span.quiet { (shown.t("stock-counted")) " " (moment(at, shown.reader.zone)) } }
                    }
                }
            }
        }
    }
}

/// What it is, to be changed by those who may.
pub(super) fn edit(shown: &Shown<'_>, item: &Versioned<Item>) -> Markup {
    let may = shown.reader.permits(Permission::WriteOrders);
    let path = format!("/v1/inventory/items/{}", item.value.id);
    html! {
        section #item aria-labelledby="item-title" data-fresh {
            h2 #item-title { (shown.t("item-title")) }
            form method="post" data-call=(format!("PUT {path}")) data-whole data-version=(item.version) data-done=(shown.t("done-save")) {
                fieldset disabled[!may] { (item_form::fields(shown, Some(&item.value))) }
                @if may { button type="submit" { (shown.t("do-save")) } }
                p.problem role="alert" {}
            }
            @if may {
                form.button method="post" data-call=(format!("DELETE {path}")) data-version=(item.version) data-then=(PATH)
                    data-done=(shown.t("done-remove")) {
                    button.second type="submit" { (shown.t("do-remove")) }
                    p.problem role="alert" {}
                }
            }
        }
    }
}

/// A new one.
pub(super) fn add(shown: &Shown<'_>) -> Markup {
    let taken = shown.items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>().join(" ");
    html! {
        form method="post" data-call="POST /v1/inventory/items" data-then=(PATH) data-done=(shown.t("done-save")) {
            input type="hidden" name="id" value="" data-type="slug" data-of="name" data-taken=(taken);
            (item_form::fields(shown, None))
            button type="submit" { (shown.t("do-save")) }
            p.problem role="alert" {}
        }
    }
}
