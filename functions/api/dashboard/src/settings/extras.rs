//! What the assistant suggests beside the services, and how much that may take off a price.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::identity::{Permission, may};
use domain::tenancy::{Extra, Moment, Tenant};
use maud::{Markup, html};

use super::fields::{TickBox, boxes, choice, line, lines, number, options, tick, value_of};
use super::lists::List;
use super::services::written;
use super::{Reader, Wanted, change, document, first, region};
use crate::answer::Html;
use crate::view::View;

/// `GET /app/settings/extras`
pub(super) async fn page(
    view: View<may::ReadSettings>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let stored = document(&view, &guard).await?;
    let main = content(Reader::of(&view), &stored.value, stored.version, &wanted);
    Ok(super::page(&view, "/app/settings/extras", &main))
}

pub(super) fn content(reader: Reader<'_>, tenant: &Tenant, version: u64, wanted: &Wanted) -> Markup {
    let list = List {
        path: "extras",
        region: "extras",
        page: "/app/settings/extras?from=",
        add: "extra-add",
        empty: "extras-empty",
        is_ordered: true,
        version,
        from: first(&wanted.from),
        reader,
    };
    let entries = list.show(
        &tenant.extras,
        |extra| extra_line(reader, extra, &tenant.currency),
        |extra, within| extra_fields(reader, tenant, extra, within),
    );
    let entries = html! {
        p.quiet { (reader.t("extras-text")) }
        (entries)
    };
    let limit = number("extras-limit", "max_discount_percent", Some(tenant.max_discount_percent))
        .hint("extras-limit-hint")
        .required()
        .show(reader.words);
    let limit = change(reader, Permission::ManageTenant, version, &limit);
    html! {
        (region("extras", &reader.t("extras-title"), version, &entries))
        (region("extras-limit", &reader.t("extras-limit-title"), version, &limit))
    }
}

fn extra_line(reader: Reader<'_>, extra: &Extra, currency: &str) -> Markup {
    html! {
        strong dir="auto" { (extra.name) }
        span.quiet {
            " · " (reader.words.value("extra-when", &extra.when))
            @if let Some(price) = extra.price { " · " (written(price)) " " (currency) }
            @if let Some(percent) = extra.percent_off { " · −" (percent) " %" }
        }
        @if !extra.active { " " span.tag { (reader.t("extra-inactive")) } }
    }
}

fn extra_fields(reader: Reader<'_>, tenant: &Tenant, extra: Option<&Extra>, within: &str) -> Markup {
    let words = reader.words;
    let text = |of: fn(&Extra) -> String| extra.map(of).unwrap_or_default();
    let taken = tenant.extras.iter().map(|extra| extra.id.as_str()).collect::<Vec<_>>().join(" ");
    let moments = [Moment::ServiceChosen, Moment::VisitBooked, Moment::OtherPlatform, Moment::TooExpensive];
    let when = extra.map_or(Moment::ServiceChosen, |extra| extra.when);
    let day =
        |of: fn(&Extra) -> Option<jiff::civil::Date>| extra.and_then(of).map(|day| day.to_string()).unwrap_or_default();
    let sold: Vec<TickBox> = tenant
        .services
        .iter()
        .map(|service| {
            let is_meant = extra.is_some_and(|extra| extra.services.contains(&service.id));
            (service.id.to_string(), service.name.clone(), is_meant)
        })
        .collect();
    html! {
        input type="hidden" name="id" value=(text(|extra| extra.id.to_string())) data-type="slug" data-of="name" data-taken=(taken);
        (line("extra-name", "name", text(|extra| extra.name.clone())).limit(80).required().within(within).show(words))
        (choice("extra-when", "when", options(words, "extra-when", &moments), value_of(&when)).within(within).show(words))
        (lines("extra-sentence", "text", text(|extra| extra.text.clone())).rows(2).limit(160).hint("extra-sentence-hint").within(within).show(words))
        (line("extra-price", "price", text(|extra| extra.price.map(written).unwrap_or_default()))
            .reads("price").wrong("service-price-hint").hint("service-price-hint").within(within).show(words))
        (number("extra-percent", "percent_off", extra.and_then(|extra| extra.percent_off)).hint("extra-percent-hint").within(within).show(words))
        (lines("extra-keywords", "keywords", text(|extra| extra.keywords.join(", "))).rows(2).reads("words")
            .hint("keywords-hint").within(within).show(words))
        @if !sold.is_empty() { (boxes(&reader.t("extra-services"), "services", within, None, &sold)) }
        (line("extra-from", "from", day(|extra| extra.from)).kind("date").reads("empty-null").within(within).show(words))
        (line("extra-until", "until", day(|extra| extra.until)).kind("date").reads("empty-null").within(within).show(words))
        (tick("extra-active", "active", extra.is_none_or(|extra| extra.active)).within(within).show(words))
    }
}
