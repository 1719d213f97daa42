//! Who sells what is kept in stock, and how orders are made.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::identity::{Permission, may};
use domain::inventory::{InventorySettings, OrderDay, Supplier};
use domain::tenancy::Language;
use maud::{Markup, html};
use store::{Page, Versioned};

use super::item_form::typed;
use super::{SUPPLIERS, Shown};
use crate::answer::Html;
use crate::settings::documents::Documents;
use crate::settings::fields::{TickBox, boxes, choice, line, lines, number, tick, value_of};
use crate::settings::{FORMS_ON_A_PAGE, Reader, Wanted};
use crate::view::View;

/// The days of a week.
const DAYS: [OrderDay; 7] = [
    OrderDay::Monday,
    OrderDay::Tuesday,
    OrderDay::Wednesday,
    OrderDay::Thursday,
    OrderDay::Friday,
    OrderDay::Saturday,
    OrderDay::Sunday,
];
/// The languages that orders are written in.
const LANGUAGES: [&str; 5] = ["en", "es", "fr", "de", "pt"];

/// `GET /app/inventory/suppliers`
pub(super) async fn page(
    view: View<may::ReadInventory>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let (tenant, documents, tenants) = (&view.tenant.id, guard.store.documents(), guard.store.tenants());
    let (page, settings, locations, resources) = tokio::try_join!(
        documents.list::<Supplier>(tenant, FORMS_ON_A_PAGE, wanted.cursor()),
        guard.store.inventory().settings(tenant),
        tenants.locations(tenant),
        tenants.resources(tenant),
    )?;
    let shown = Shown::new(Reader::of(&view), &view.tenant, &[], &[]).at(&locations, &resources);
    let main = html! { (content(&shown, &page)) (ordering(&shown, &settings)) };
    Ok(super::page(&view, SUPPLIERS, &view.words.t("supplier-title"), &main))
}

pub(super) fn content(shown: &Shown<'_>, page: &Page<Versioned<Supplier>>) -> Markup {
    let documents = Documents {
        path: "/v1/inventory/suppliers",
        page: SUPPLIERS,
        add: "supplier-add",
        empty: "supplier-empty",
        right: Permission::WriteOrders,
        reader: shown.reader,
    };
    html! {
        p.quiet { (shown.t("supplier-text")) }
        (documents.show(page, |supplier| summary(shown, supplier), |supplier, within| fields(shown, supplier, within)))
    }
}

fn summary(shown: &Shown<'_>, supplier: &Supplier) -> Markup {
    html! {
        strong dir="auto" { (supplier.name) }
        span.quiet dir="auto" { " · " (supplier.email.as_str()) }
        @if !supplier.active { " " span.tag { (shown.t("not-active")) } }
    }
}

fn fields(shown: &Shown<'_>, supplier: Option<&Supplier>, within: &str) -> Markup {
    let words = shown.reader.words;
    let text = |of: fn(&Supplier) -> &str| supplier.map(of).unwrap_or_default();
    let cents = |of: fn(&Supplier) -> i64| typed(supplier.map(of).unwrap_or_default());
    let free = supplier.and_then(|supplier| supplier.free_shipping_from_cents).map(typed).unwrap_or_default();
    let own = (String::new(), shown.t("supplier-own-language"));
    let languages = LANGUAGES.map(|code| (code.to_owned(), words.value("language", &code)));
    let languages = std::iter::once(own).chain(languages).collect();
    let language = supplier.and_then(|supplier| supplier.language.as_ref()).map(Language::as_str).unwrap_or_default();
    let takes = |day: &OrderDay| supplier.is_some_and(|supplier| supplier.order_days.contains(day));
    let days: Vec<TickBox> = DAYS.iter().map(|day| (value_of(day), words.value("day", day), takes(day))).collect();
    let sum = |label: &'static str, name: &'static str, value: String| {
        line(label, name, value).reads("cents").wrong("item-cents-wrong").within(within)
    };
    html! {
        (line("supplier-name", "name", text(|supplier| &supplier.name)).limit(80).required().within(within).show(words))
        (line("supplier-email", "email", text(|supplier| supplier.email.as_str())).kind("email").required().hint("supplier-email-hint")
            .within(within).show(words))
        (line("supplier-account", "account", text(|supplier| &supplier.account)).limit(40).within(within).show(words))
        (choice("supplier-language", "language", languages, language).reads("empty-null").within(within).show(words))
        (sum("supplier-minimum", "minimum_cents", cents(|supplier| supplier.minimum_cents)).required().show(words))
        (sum("supplier-shipping", "shipping_cents", cents(|supplier| supplier.shipping_cents)).required().show(words))
        (sum("supplier-free", "free_shipping_from_cents", free).show(words))
        (boxes(&shown.t("supplier-days"), "order_days", within, None, &days))
        (lines("supplier-note", "note", text(|supplier| &supplier.note)).rows(2).limit(500).hint("supplier-note-hint").within(within).show(words))
        (tick("supplier-active", "active", supplier.is_none_or(|supplier| supplier.active)).within(within).show(words))
    }
}

/// How orders are made.
pub(super) fn ordering(shown: &Shown<'_>, settings: &Versioned<InventorySettings>) -> Markup {
    let words = shown.reader.words;
    let may = shown.reader.permits(Permission::WriteOrders);
    let InventorySettings {
        weekly,
        weekly_budget_cents,
        service_percent,
        holding_percent,
        most_days_ahead,
        deliver_to,
    } = &settings.value;
    let own = (String::new(), shown.t("ordering-place-own"));
    let places = std::iter::once(own).chain(shown.places.iter().cloned()).collect();
    let place = deliver_to.as_ref().map(ToString::to_string).unwrap_or_default();
    html! {
        section #ordering aria-labelledby="ordering-title" data-fresh {
            h2 #ordering-title { (shown.t("ordering-title")) }
            form method="post" data-call="PUT /v1/inventory/settings" data-version=(settings.version) data-done=(shown.t("done-save")) {
                fieldset disabled[!may] {
                    (tick("ordering-weekly", "weekly", *weekly).show(words))
                    (line("ordering-budget", "weekly_budget_cents", weekly_budget_cents.map(typed).unwrap_or_default()).reads("cents")
                        .wrong("item-cents-wrong").hint("ordering-budget-hint").show(words))
                    (number("ordering-service", "service_percent", Some(service_percent)).required().hint("ordering-service-hint").show(words))
                    (number("ordering-holding", "holding_percent", Some(holding_percent)).required().show(words))
                    (number("ordering-ahead", "most_days_ahead", Some(most_days_ahead)).required().show(words))
                    (choice("ordering-place", "deliver_to", places, place).reads("empty-null").show(words))
                }
                @if may { button type="submit" { (shown.t("do-save")) } }
                p.problem role="alert" {}
            }
        }
    }
}
