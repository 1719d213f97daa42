//! What is there: every item with its stock by place, and whether it is low, to be counted or idle.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::Failure;
use domain::identity::{Permission, may};
use domain::ids::ItemId;
use domain::inventory::{Item, PlaceLevel, PurchaseOrder, Shelf, StockLevel, idle};
use domain::tenancy::runs::RunKind;
use jiff::ToSpan as _;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

use super::{NEW, PATH, Shown, import, item_path};
use crate::answer::Html;
use crate::settings::{Reader, first};
use crate::view::View;

/// Items on a page.
const ON_A_PAGE: usize = 50;
/// What can be looked for.
const STATES: [&str; 3] = ["low", "count", "idle"];

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(super) struct Wanted {
    state: String,
    from: String,
}

/// What is there of an item, and whether it lies idle.
pub(super) struct Seen<'a> {
    pub(super) shelf: Shelf<'a>,
    is_idle: bool,
}

/// `GET /app/inventory`
pub(super) async fn page(
    view: View<may::ReadInventory>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let (tenant, inventory, tenants) = (&view.tenant.id, guard.store.inventory(), guard.store.tenants());
    let today = view.now().to_zoned(view.zone.clone()).date();
    let since = today.checked_sub(16.months()).unwrap_or(today);
    let (items, levels, orders, months, locations, resources) = tokio::try_join!(
        guard.store.documents().all::<Item>(tenant),
        inventory.levels(tenant),
        inventory.incoming(tenant, view.now()),
        inventory.used_since(tenant, since),
        tenants.locations(tenant),
        tenants.resources(tenant),
    )?;
    let points = match inventory.week(tenant, &RunKind::WeeklyOrders.of_day(today).period).await {
        Ok(week) => week.reorder_points,
        Err(Failure::Rejected { .. }) => BTreeMap::new(),
        Err(failure) => return Err(failure.into()),
    };
    let idle = idle(&items, &levels, &months, today);
    let seen = shelves(&items, &levels, &orders, &points, &idle);
    let shown = Shown::new(Reader::of(&view), &view.tenant, &items, &[]).at(&locations, &resources);
    let main = content(&shown, &seen, &wanted);
    Ok(super::page(&view, PATH, &view.words.t("nav-inventory"), &main))
}

/// The items with what is there of each.
pub(super) fn shelves<'a>(
    items: &'a [Item],
    levels: &[StockLevel],
    orders: &[PurchaseOrder],
    points: &BTreeMap<ItemId, i64>,
    idle: &BTreeSet<String>,
) -> Vec<Seen<'a>> {
    let seen = |shelf: Shelf<'a>| Seen { is_idle: idle.contains(shelf.item.id.as_str()), shelf };
    Shelf::all(items, levels, orders, points).into_iter().map(seen).collect()
}

impl Seen<'_> {
    fn is(&self, state: &str) -> bool {
        match state {
            "low" => self.shelf.is_low(),
            "count" => self.shelf.missing() > 0,
            "idle" => self.is_idle,
            _ => true,
        }
    }

    /// What is to be known of it at a glance.
    pub(super) fn tags(&self, shown: &Shown<'_>) -> Markup {
        html! {
            @if self.shelf.is_low() { span.tag.alert { (shown.t("stock-low")) } " " }
            @if self.shelf.missing() > 0 { span.tag.alert { (shown.t("stock-count")) } " " }
            @if self.is_idle { span.tag { (shown.t("stock-idle")) } " " }
            @if !self.shelf.item.active { span.tag { (shown.t("not-active")) } }
        }
    }
}

pub(super) fn content(shown: &Shown<'_>, shelves: &[Seen<'_>], wanted: &Wanted) -> Markup {
    let state = STATES.into_iter().find(|state| *state == wanted.state).unwrap_or_default();
    let all: Vec<&Seen<'_>> = shelves.iter().filter(|shelf| shelf.is(state)).collect();
    let from = first(&wanted.from);
    let next = from.saturating_add(ON_A_PAGE);
    let link = |from: usize| format!("{PATH}?state={state}&from={from}");
    html! {
        p.quiet { (shown.t("stock-text")) }
        @if shown.reader.permits(Permission::WriteOrders) { p { a href=(NEW) { (shown.t("item-add")) } } }
        (import::form(shown))
        @if !shelves.is_empty() { (filters(shown, state)) }
        div #stock data-live {
            @if shelves.is_empty() { p.empty { (shown.t("stock-empty")) } }
            @else if all.is_empty() { p.empty { (shown.t("stock-none-match")) } }
            @else { (table(shown, all.iter().copied().skip(from).take(ON_A_PAGE))) }
        }
        @if from > 0 { p.more { a href=(link(0)) { (shown.t("first-page")) } } }
        @if next < all.len() { p.more { a href=(link(next)) rel="next" { (shown.t("next-page")) } } }
    }
}

fn filters(shown: &Shown<'_>, chosen: &str) -> Markup {
    html! {
        form.filters method="get" action=(PATH) {
            div {
                label for="state" { (shown.t("stock-state")) }
                select #state name="state" {
                    option value="" { (shown.t("any")) }
                    @for state in STATES {
                        option value=(state) selected[state == chosen] { (shown.t(&format!("stock-{state}"))) }
                    }
                }
            }
            button.second type="submit" { (shown.t("do-filter")) }
        }
    }
}

fn table<'a>(shown: &Shown<'_>, shelves: impl Iterator<Item = &'a Seen<'a>>) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(shown.t("stock-title")) {
            table {
                thead { tr {
                    @for head in ["item-name", "stock-on-hand", "stock-on-order", "stock-point", "stock-places", "stock-state"] {
                        th scope="col" { (shown.t(head)) }
                    }
                } }
                tbody { @for shelf in shelves { (row(shown, shelf)) } }
            }
        }
    }
}

fn row(shown: &Shown<'_>, seen: &Seen<'_>) -> Markup {
    let Shelf { item, places, on_hand, on_order, reorder_point, .. } = &seen.shelf;
    html! {
        tr {
            th scope="row" {
                a href=(item_path(&item.id)) dir="auto" { (item.name) }
                " " span.quiet dir="auto" { (item.sku) }
            }
            td dir="auto" { (on_hand) " " (item.unit) }
            td { @if *on_order > 0 { (on_order) } }
            td { @if let Some(point) = reorder_point { (point) } }
            td dir="auto" { (by_place(shown, places)) }
            td { (seen.tags(shown)) }
        }
    }
}

/// Places with their units in a line.
fn by_place(shown: &Shown<'_>, places: &[PlaceLevel]) -> String {
    let place = |level: &PlaceLevel| format!("{}: {}", shown.place(&level.place), level.on_hand);
    places.iter().map(place).collect::<Vec<_>>().join(" · ")
}
