//! One order: what it says and why, what became of it, and what can be done with it.

use api::{ApiError, Guard};
use axum::extract::{Path, State};
use domain::TenantId;
use domain::identity::may;
use domain::ids::PurchaseOrderId;
use domain::inventory::{Item, OrderLine, OrderState, PurchaseOrder, ReasonKind, ReasonWords, Supplier};
use maud::{Markup, html};
use store::Versioned;

use super::orders::state;
use super::{ORDERS, Shown, order_forms};
use crate::answer::Html;
use crate::campaigns::weather_source;
use crate::settings::Reader;
use crate::show::moment;
use crate::view::View;

/// `GET /app/inventory/orders/{id}`
pub(super) async fn page(
    view: View<may::ReadInventory>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Html, ApiError> {
    let (tenant, documents, tenants) = (&view.tenant.id, guard.store.documents(), guard.store.tenants());
    let id = PurchaseOrderId::parse(&id)?;
    let (order, items, suppliers, locations, resources) = tokio::try_join!(
        guard.store.inventory().order(tenant, id),
        documents.all::<Item>(tenant),
        documents.all::<Supplier>(tenant),
        tenants.locations(tenant),
        tenants.resources(tenant),
    )?;
    let shown = Shown::new(Reader::of(&view), &view.tenant, &items, &suppliers).at(&locations, &resources);
    let main = html! {
        p { a.back href=(ORDERS) { (shown.t("back-to-orders")) } }
        (content(&shown, tenant, &order))
    };
    Ok(super::page(&view, &format!("{ORDERS}/{id}"), &order.value.number, &main))
}

pub(super) fn content(shown: &Shown<'_>, tenant: &TenantId, stored: &Versioned<PurchaseOrder>) -> Markup {
    let order = &stored.value;
    html! {
        div #order data-live {
            p { (state(shown, order)) }
            (facts(shown, order))
            (table(shown, order))
            @if is_of_weather(order) { (weather_source()) }
            (happened(shown, order))
            (order_forms::decide(shown, tenant, order))
        }
        (order_forms::change(shown, stored))
        (order_forms::receive(shown, stored))
    }
}

fn facts(shown: &Shown<'_>, order: &PurchaseOrder) -> Markup {
    html! {
        dl {
            dt { (shown.t("offer-supplier")) } dd dir="auto" { (order.supplier_name) }
            dt { (shown.t("po-day")) } dd { (shown.day(order.ordered_on)) }
            @if let Some(day) = order.expected_on { dt { (shown.t("po-expected")) } dd { (shown.day(day)) } }
            dt { (shown.t("ordering-place")) } dd dir="auto" { (shown.place(order.deliver_to.as_str())) }
            @if !order.note.is_empty() { dt { (shown.t("supplier-note")) } dd.lines dir="auto" { (order.note) } }
        }
    }
}

fn table(shown: &Shown<'_>, order: &PurchaseOrder) -> Markup {
    let money = |cents| shown.local.money(cents, &order.currency);
    let has_come = order.lines.iter().any(|line| line.received > 0);
    let sums =
        [("po-goods", order.goods_cents), ("supplier-shipping", order.shipping_cents), ("po-total", order.total_cents)];
    html! {
        div.scroll tabindex="0" role="group" aria-label=(shown.t("po-lines")) {
            table {
                thead { tr {
                    @for head in ["item-name", "po-quantity", "po-pack-price", "po-total", "po-why"] { th scope="col" { (shown.t(head)) } }
                    @if has_come { th scope="col" { (shown.t("po-received")) } }
                } }
                tbody {
                    @for line in &order.lines {
                        tr {
                            th scope="row" dir="auto" { (line.name) " " span.quiet { (line.sku) } }
                            td dir="auto" { (quantity(line)) }
                            td { (money(line.pack_cents)) }
                            td { (money(line.cents)) }
                            td dir="auto" { (why(shown, order, line)) }
                            @if has_come { td { (line.received) " / " (line.quantity) } }
                        }
                    }
                }
                tfoot {
                    @for (label, cents) in sums {
                        tr { th scope="row" colspan="3" { (shown.t(label)) } td { strong { (money(cents)) } } }
                    }
                }
            }
        }
    }
}

/// Whether a forecast has a part in what is ordered.
fn is_of_weather(order: &PurchaseOrder) -> bool {
    order.lines.iter().flat_map(|line| &line.reasons).any(|reason| reason.kind == ReasonKind::Weather)
}

/// `20 pcs (2 × 10)`.
fn quantity(line: &OrderLine) -> String {
    let all = format!("{} {}", line.quantity, line.unit);
    if line.pack_size > 1 { format!("{all} ({} × {})", line.packs, line.pack_size) } else { all }
}

/// The reasons of a line in the reader's language.
fn why(shown: &Shown<'_>, order: &PurchaseOrder, line: &OrderLine) -> String {
    let words = ReasonWords {
        language: shown.reader.words.language,
        day: &|day| shown.day(day),
        money: &|cents| shown.local.money(cents, &order.currency),
        supplier: &|id| shown.supplier(id),
    };
    words.all(&line.reasons)
}

/// What became of it, in sentences.
fn happened(shown: &Shown<'_>, order: &PurchaseOrder) -> Markup {
    let zone = shown.reader.zone;
    let decided = if order.state == OrderState::Declined { "po-declined-at" } else { "po-approved-at" };
    html! {
        @if let Some(at) = order.decided_at { p.quiet { (shown.t(decided)) " " (moment(at, zone)) } }
        @match (&order.mail, order.state) {
            (None, OrderState::Approved) => p.notice { (shown.t("po-being-sent")) },
            (Some(mail), _) => {
                p.quiet dir="auto" { (shown.t("po-mailed-to")) " " (mail.to.as_str()) " " (moment(mail.at, zone)) }
                @match mail.taken {
                    Some(true) => {},
                    Some(false) => p.problem dir="auto" { (shown.t("po-not-taken")) " " (mail.reason.as_deref().unwrap_or_default()) },
                    None => p.problem { (shown.t("po-unknown")) },
                }
            },
            (None, _) => {},
        }
    }
}
