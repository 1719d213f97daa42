//! What the business sells, with prices and durations.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use domain::identity::may;
use domain::tenancy::{Price, Service, Tenant};
use maud::{Markup, html};

use super::booking;
use super::fields::{line, lines, number};
use super::lists::List;
use super::{Reader, Wanted, document, first, region};
use crate::answer::Html;
use crate::show::amount;
use crate::view::View;

/// `GET /app/settings/services`
pub(super) async fn page(
    view: View<may::ReadSettings>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Html, ApiError> {
    let stored = document(&view, &guard).await?;
    let reader = Reader::of(&view);
    let main = html! {
        (content(reader, &stored.value, stored.version, &wanted))
        (booking_page(reader, &stored.value, &guard.site(&headers)))
    };
    Ok(super::page(&view, "/app/settings/services", &main))
}

/// Where customers book by themselves, once anything can be booked.
fn booking_page(reader: Reader<'_>, tenant: &Tenant, site: &str) -> Markup {
    let address = format!("{site}/book/{}", tenant.id);
    html! {
        @if tenant.services.iter().any(|service| service.booking.is_some()) {
            section aria-labelledby="booking-page" {
                h2 #booking-page { (reader.t("booking-page-title")) }
                p { (reader.t("booking-page-text")) }
                p { a href=(address) { (address) } }
            }
        }
    }
}

pub(super) fn content(reader: Reader<'_>, tenant: &Tenant, version: u64, wanted: &Wanted) -> Markup {
    let list = List {
        path: "services",
        region: "services",
        page: "/app/settings/services?from=",
        add: "service-add",
        empty: "services-empty",
        is_ordered: true,
        version,
        from: first(&wanted.from),
        reader,
    };
    let entries = list.show(
        &tenant.services,
        |service| service_line(reader, service, &tenant.currency),
        |service, within| service_fields(reader, tenant, service, within),
    );
    region("services", &reader.t("services-title"), version, &entries)
}

fn service_line(reader: Reader<'_>, service: &Service, currency: &str) -> Markup {
    html! {
        strong dir="auto" { (service.name) }
        span.quiet {
            @if let Some(price) = service.price { " · " (written(price)) " " (currency) }
            @if let Some(minutes) = service.duration_minutes { " · " (reader.words.with("minutes", "count", minutes)) }
            @if service.booking.is_some() { " · " (reader.t("service-booked")) }
        }
    }
}

fn service_fields(reader: Reader<'_>, tenant: &Tenant, service: Option<&Service>, within: &str) -> Markup {
    let words = reader.words;
    let text = |of: fn(&Service) -> String| service.map(of).unwrap_or_default();
    let taken = tenant.services.iter().map(|service| service.id.as_str()).collect::<Vec<_>>().join(" ");
    let id = text(|service| service.id.to_string());
    html! {
        input type="hidden" name="id" value=(id) data-type="slug" data-of="name" data-taken=(taken);
        (line("service-name", "name", text(|service| service.name.clone())).limit(120).required().within(within).show(words))
        (line("service-description", "description", text(|service| service.description.clone())).limit(1_000).within(within).show(words))
        (line("service-price", "price", text(|service| service.price.map(written).unwrap_or_default()))
            .reads("price").wrong("service-price-hint").hint("service-price-hint").within(within).show(words))
        (number("service-duration", "duration_minutes", service.and_then(|service| service.duration_minutes)).within(within).show(words))
        (lines("service-keywords", "keywords", text(|service| service.keywords.join(", "))).rows(2).reads("words")
            .hint("keywords-hint").within(within).show(words))
        (lines("service-skills", "skills", text(|service| service.skills.join("\n"))).rows(2).reads("lines").hint("service-skills-hint").within(within).show(words))
        (booking::fields(reader, service.and_then(|service| service.booking.as_ref()), within))
    }
}

/// A price as `app.js` reads it: `149`, `350+`, `350-500`.
pub(super) fn written(price: Price) -> String {
    let from = amount(price.from_cents);
    match price.to_cents {
        None => format!("{from}+"),
        Some(to) if to == price.from_cents => from,
        Some(to) => format!("{from}-{}", amount(to)),
    }
}
