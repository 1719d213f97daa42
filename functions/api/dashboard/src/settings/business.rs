//! What customers may be told about the business, and who hears of what needs a person.

use api::{ApiError, Guard};
use axum::extract::State;
use domain::identity::{Permission, may};
use domain::messaging::Email;
use domain::tenancy::{Branding, Tenant, WorksAt};
use maud::{Markup, html};

use super::fields::{choice, line, lines, options, value_of};
use super::{Reader, change, document, region};
use crate::answer::Html;
use crate::show::amount;
use crate::view::View;

/// The languages that the pages and the assistant's fixed phrases are in.
const LANGUAGES: [&str; 5] = ["en", "es", "fr", "de", "pt"];

/// `GET /app/settings`
pub(super) async fn page(view: View<may::ReadSettings>, State(guard): State<Guard>) -> Result<Html, ApiError> {
    let stored = document(&view, &guard).await?;
    let main = content(Reader::of(&view), &stored.value, stored.version);
    Ok(super::page(&view, "/app/settings", &main))
}

pub(super) fn content(reader: Reader<'_>, tenant: &Tenant, version: u64) -> Markup {
    let words = reader.words;
    let business = &tenant.business;
    let notify = tenant.notify.iter().map(Email::as_str).collect::<Vec<_>>().join("\n");
    let phone = business.phone.as_ref().map(|phone| phone.as_str().to_owned()).unwrap_or_default();
    let works_at = options(words, "works-at", &[WorksAt::Business, WorksAt::Customer]);
    let fields = html! {
        (line("business-name", "name", &*tenant.name).limit(80).required().show(words))
        (line("business-trade", "industry", &*tenant.industry).hint("business-trade-hint").limit(60).required().show(words))
        (choice("business-works-at", "works_at", works_at, value_of(&tenant.works_at())).show(words))
        (lines("business-description", "business.description", &*business.description).rows(3).show(words))
        (line("business-address", "business.address", business.address.clone().unwrap_or_default()).reads("empty-null").show(words))
        (line("business-phone", "business.phone", phone).kind("tel").reads("empty-null").pattern(r"\+[0-9]{7,15}")
            .hint("phone-hint").show(words))
        (line("business-website", "business.website", business.website.clone().unwrap_or_default()).kind("url").reads("empty-null").show(words))
        (line("business-zone", "zone", &*tenant.zone).hint("business-zone-hint").required().show(words))
        (choice("business-language", "language", languages(reader, Some(tenant.language.as_str())), tenant.language.as_str()).show(words))
        (lines("business-notify", "notify", notify).reads("lines").hint("business-notify-hint").required().show(words))
    };
    let form = |fields: &Markup| change(reader, Permission::WriteSettings, version, fields);
    html! {
        (region("business", &reader.t("business-title"), version, &form(&fields)))
        (region("assumptions", &reader.t("assumptions-title"), version, &form(&assumptions(reader, tenant))))
        (region("branding", &reader.t("branding-title"), version, &form(&branding(reader, &tenant.branding))))
    }
}

/// What the figures of insights assume.
fn assumptions(reader: Reader<'_>, tenant: &Tenant) -> Markup {
    let set = &tenant.insights;
    let money = |cents: Option<u64>| cents.map(amount).unwrap_or_default();
    html! {
        p.quiet { (reader.t("assumptions-text")) }
        (line("assumptions-close-rate", "insights.close_rate_percent", set.close_rate_percent.map(|rate| rate.to_string()).unwrap_or_default())
            .kind("number").reads("number").show(reader.words))
        (line("assumptions-job", "insights.average_job_cents", money(set.average_job_cents)).reads("cents").wrong("cents-wrong").show(reader.words))
        (line("assumptions-price", "insights.monthly_price_cents", money(set.monthly_price_cents)).reads("cents").wrong("cents-wrong").show(reader.words))
    }
}

/// How the business appears in mails, the chat and its pages.
fn branding(reader: Reader<'_>, set: &Branding) -> Markup {
    let fields = [
        ("branding-name", "branding.name", &set.name),
        ("branding-sender", "branding.sender_name", &set.sender_name),
        ("branding-logo", "branding.logo_url", &set.logo_url),
        ("branding-color", "branding.primary_colour", &set.primary_colour),
        ("branding-accent", "branding.accent_colour", &set.accent_colour),
        ("branding-domain", "branding.domain", &set.domain),
    ];
    html! {
        p.quiet { (reader.t("branding-text")) }
        @for (label, name, value) in fields {
            (line(label, name, value.clone().unwrap_or_default()).reads("empty-null").show(reader.words))
        }
    }
}

/// The languages to choose from, and the one that is set.
pub(super) fn languages(reader: Reader<'_>, set: Option<&str>) -> Vec<(String, String)> {
    let others = set.filter(|set| !LANGUAGES.contains(set));
    let all = LANGUAGES.into_iter().chain(others);
    all.map(|code| (code.to_owned(), reader.words.value("language", &code))).collect()
}
