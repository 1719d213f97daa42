//! Orders, the latest first, and what is wanted this week and could not be ordered.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::Failure;
use domain::identity::may;
use domain::inventory::{Item, LeftOut, OrderState, PurchaseOrder, Supplier};
use domain::tenancy::runs::RunKind;
use maud::{Markup, html};
use serde::Deserialize;
use store::{OrderFilter, Page};

use super::{ORDERS, Shown};
use crate::answer::Html;
use crate::settings::Reader;
use crate::shell::{next, nothing};
use crate::show::moment;
use crate::view::View;

/// Orders on a page.
const ON_A_PAGE: usize = 25;

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(super) struct Wanted {
    state: String,
    cursor: Option<String>,
}

/// `GET /app/inventory/orders`
pub(super) async fn page(
    view: View<may::ReadInventory>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let (tenant, inventory, documents) = (&view.tenant.id, guard.store.inventory(), guard.store.documents());
    let state = OrderState::named(&wanted.state);
    let today = view.now().to_zoned(view.zone.clone()).date();
    let (page, items, suppliers) = tokio::try_join!(
        inventory.orders(tenant, OrderFilter { state }, ON_A_PAGE, wanted.cursor.as_deref()),
        documents.all::<Item>(tenant),
        documents.all::<Supplier>(tenant),
    )?;
    let left_out = match inventory.week(tenant, &RunKind::WeeklyOrders.of_day(today).period).await {
        Ok(week) => week.left_out,
        Err(Failure::Rejected { .. }) => Vec::new(),
        Err(failure) => return Err(failure.into()),
    };
    let shown = Shown::new(Reader::of(&view), &view.tenant, &items, &suppliers);
    let main = html! { (content(&shown, &page, state)) (wanted_and_not_ordered(&shown, &left_out)) };
    Ok(super::page(&view, ORDERS, &view.words.t("po-title"), &main))
}

pub(super) fn content(shown: &Shown<'_>, page: &Page<PurchaseOrder>, state: Option<OrderState>) -> Markup {
    let words = shown.reader.words;
    let query = state.map(|state| ("state", state.as_str()));
    html! {
        p.quiet { (shown.t("po-text")) }
        form.filters method="get" action=(ORDERS) {
            div {
                label for="state" { (shown.t("po-state")) }
                select #state name="state" {
                    option value="" { (shown.t("any")) }
                    @for one in OrderState::ALL {
                        option value=(one.as_str()) selected[state == Some(one)] { (words.value("po-state", &one)) }
                    }
                }
            }
            button.second type="submit" { (shown.t("do-filter")) }
        }
        div #orders data-live {
            (nothing(words, page, "po-empty"))
            ul.rows { @for order in &page.items { li { (row(shown, order)) } } }
        }
        (next(words, ORDERS, query.as_slice(), page.cursor.as_deref()))
    }
}

fn row(shown: &Shown<'_>, order: &PurchaseOrder) -> Markup {
    html! {
        a.row-link href=(format!("{ORDERS}/{}", order.id)) {
            span.line {
                strong dir="auto" { (order.supplier_name) }
                span { (shown.local.money(order.total_cents, &order.currency)) }
            }
            span.quiet dir="auto" { (order.number) " · " (moment(order.created_at, shown.reader.zone)) }
            span { (state(shown, order)) }
        }
    }
}

/// How far an order is; where a person has to do something, it stands out.
pub(super) fn state(shown: &Shown<'_>, order: &PurchaseOrder) -> Markup {
    let is_stuck =
        order.state == OrderState::Approved && order.mail.as_ref().is_some_and(|mail| mail.taken != Some(true));
    let is_waiting = order.state == OrderState::Draft;
    html! {
        span.tag.met[is_waiting] { (shown.reader.words.value("po-state", &order.state)) }
        @if is_stuck { " " span.tag.alert { (shown.t("po-stuck")) } }
    }
}

/// What could not be ordered, or comes too late, and why.
pub(super) fn wanted_and_not_ordered(shown: &Shown<'_>, left_out: &[LeftOut]) -> Markup {
    html! {
        @if !left_out.is_empty() {
            section aria-labelledby="left-out-title" {
                h2 #left-out-title { (shown.t("left-out-title")) }
                ul {
                    @for one in left_out {
                        li dir="auto" {
                            strong { (shown.item(one.item.as_str())) } " " (one.units) ": "
                            (shown.reader.words.value("left-out", &one.reason))
                            @if let Some(supplier) = &one.supplier { " (" (shown.supplier(supplier)) ")" }
                            @if let Some(day) = one.runs_out { " · " (shown.t("left-out-runs-out")) " " (shown.day(day)) }
                            @if let Some(day) = one.first { " · " (shown.t("left-out-first")) " " (shown.day(day)) }
                        }
                    }
                }
            }
        }
    }
}
