//! What can be done with an order.

use domain::TenantId;
use domain::identity::Permission;
use domain::inventory::{OrderState, PurchaseOrder};
use maud::{Markup, html};
use store::Versioned;

use super::{Shown, rows};
use crate::settings::fields::{choice, lines, number};
use crate::shell::button;

/// Its document, and the answers that its state allows.
pub(super) fn decide(shown: &Shown<'_>, tenant: &TenantId, order: &PurchaseOrder) -> Markup {
    let may = shown.reader.permits(Permission::WriteOrders);
    let call = |step: &str| format!("POST /v1/orders/{}/{step}", order.id);
    let step = |step: &str, done: &str, label: &str| button(&call(step), &shown.t(done), &shown.t(label));
    let is_stuck =
        order.state == OrderState::Approved && order.mail.as_ref().is_some_and(|mail| mail.taken != Some(true));
    let is_draft = order.state == OrderState::Draft;
    html! {
        div.actions {
            form.button method="post" data-call=(format!("GET /v1/orders/{}/document", order.id)) data-open="url" data-done="" {
                button.second type="submit" { (shown.t("do-po-document")) }
                p.problem role="alert" {}
            }
            @if may && is_draft {
                form.button #approve method="post" data-call=(call("approve")) data-done=(shown.t("done-po-approve")) {
                    input type="hidden" name="digest" value=(order.digest(tenant));
                    button type="submit" { (shown.t("do-po-approve")) }
                    p.problem role="alert" {}
                }
                (step("decline", "done-po-decline", "do-po-decline"))
            }
            @if may && is_stuck { (step("send-again", "done-po-send-again", "do-po-send-again")) }
            @if may && order.state.is_incoming() { (step("cancel", "done-po-cancel", "do-po-cancel")) }
        }
    }
}

/// Other quantities for a draft: a line without one is taken out; another item of the supplier's can come in.
pub(super) fn change(shown: &Shown<'_>, stored: &Versioned<PurchaseOrder>) -> Markup {
    let (order, words) = (&stored.value, shown.reader.words);
    let may = shown.reader.permits(Permission::WriteOrders) && order.state == OrderState::Draft;
    let is_new = |id| order.lines.iter().all(|line| line.item != id);
    let others = shown.items.iter().filter(|item| item.active && item.offer_of(&order.supplier).is_some());
    let others = others.filter(|item| is_new(item.id.clone())).map(|item| (item.id.to_string(), item.name.clone()));
    let others: Vec<_> = std::iter::once((String::new(), shown.t("offer-none"))).chain(others).collect();
    let (another, packs) =
        (format!("lines[{}].item", order.lines.len()), format!("lines[{}].packs", order.lines.len()));
    html! {
        div #change data-live {
            @if may {
                details #change-lines {
                    summary { (shown.t("po-change")) }
                    form method="post" data-call=(format!("PUT /v1/orders/{}", order.id)) data-version=(stored.version)
                        data-done=(shown.t("done-save")) {
                        (rows("lines"))
                        p.quiet { (shown.t("po-change-text")) }
                        @for (index, line) in order.lines.iter().enumerate() {
                            (count(shown, ("packs", &line.name), index, Some(line.packs)))
                            input type="hidden" name=(format!("lines[{index}].item")) value=(line.item);
                        }
                        @if others.len() > 1 {
                            (choice("po-another", &another, others, "").reads("empty-null").show(words))
                            (number("po-packs", &packs, Some(1)).show(words))
                        }
                        (lines("supplier-note", "note", order.note.as_str()).rows(2).limit(500).within("po-").show(words))
                        button type="submit" { (shown.t("do-save")) }
                        p.problem role="alert" {}
                    }
                }
            }
        }
    }
}

/// What came in, where a receipt is taken: not before the order is mailed. Its key is the order's version: sent twice from one page, it is one delivery.
pub(super) fn receive(shown: &Shown<'_>, stored: &Versioned<PurchaseOrder>) -> Markup {
    let (order, words) = (&stored.value, shown.reader.words);
    let is_taken = order.state.is_incoming() && order.receivable(shown.reader.now).is_ok();
    let may = shown.reader.permits(Permission::WriteInventory) && is_taken;
    html! {
        div #receive data-live {
            @if may {
                details #receive-lines {
                    summary { (shown.t("po-receive")) }
                    form method="post" data-call=(format!("POST /v1/orders/{}/receive", order.id)) data-done=(shown.t("done-po-receive")) {
                        (rows("lines"))
                        p.quiet { (shown.t("po-receive-text")) }
                        input type="hidden" name="key" value=(format!("page-{}", stored.version));
                        (choice("move-place", "place", shown.places.clone(), order.deliver_to.to_string()).within("receive-").show(words))
                        @for (index, line) in order.lines.iter().enumerate() {
                            (count(shown, ("quantity", &line.name), index, Some(line.open()).filter(|open| *open > 0)))
                            input type="hidden" name=(format!("lines[{index}].item")) value=(line.item);
                        }
                        button type="submit" { (shown.t("do-po-receive")) }
                        p.problem role="alert" {}
                    }
                }
            }
        }
    }
}

/// A field for how many of a line; `inventory.js` leaves a line out whose first field is empty.
fn count(shown: &Shown<'_>, (field, name): (&str, &str), index: usize, value: Option<i64>) -> Markup {
    let (id, label) = (format!("{field}-{index}"), shown.t(&format!("po-{field}-of")));
    let problem = format!("{id}-problem");
    html! {
        div.field {
            label for=(id) dir="auto" { (label) " " (name) }
            input id=(id) name=(format!("lines[{index}].{field}")) type="number" min="1" step="1" value=[value] data-type="number"
                aria-describedby=(problem) autocomplete="off";
            p.problem id=(problem) {}
        }
    }
}
