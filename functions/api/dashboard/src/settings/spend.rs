//! What models took in a month of UTC: by day, feature and model, and what did not have to be asked.
//!
//! Also what the month may cost, which is set here. What kept answers saved is counted; what the classifier and the built-in responder saved is an estimate, and says so.

use std::collections::BTreeMap;

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::identity::{Permission, may};
use domain::journeys::Local;
use domain::tenancy::Tenant;
use domain::tenancy::usage::{EstimatedBy, Month, Usage, UsageLine};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::fields::line;
use super::{Reader, change, region};
use crate::answer::Html;
use crate::show::{amount, dollars, local, moment};
use crate::view::View;

pub(super) const PATH: &str = "/app/settings/spend";
/// The chart, in units of its own: a bar a day.
const BAR: u64 = 20;
const HEIGHT: u64 = 120;

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(super) struct Wanted {
    /// `2026-11`; this month where it is none.
    month: String,
}

/// `GET /app/settings/spend`
pub(super) async fn page(
    view: View<may::ReadUsage>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let now = view.now();
    let month = Month::parse(&wanted.month).unwrap_or_else(|_| Month::of(now));
    let usage = guard.store.usage().of_month(&view.tenant.id, &month.to_string()).await?;
    let stored = guard.store.tenants().document(&view.tenant.id).await?;
    Ok(super::page(&view, PATH, &content(Reader::of(&view), &stored.value, stored.version, &usage)))
}

pub(super) fn content(reader: Reader<'_>, tenant: &Tenant, version: u64, usage: &Usage) -> Markup {
    let local = local(reader.words, tenant);
    let months = [Month::of(reader.now), Month::before(reader.now)];
    html! {
        p.quiet { (reader.t("spend-text")) }
        nav aria-label=(reader.t("spend-month")) {
            @for month in &months {
                a href=(format!("{PATH}?month={month}")) aria-current=[(*month == usage.month).then_some("true")] { (month) } " "
            }
        }
        (totals(reader, tenant, &local, usage))
        (by_day(reader, &local, usage))
        (lines(reader, &local, usage))
        (without_model(reader, &local, usage))
        (region("spend-limits", &reader.t("spend-limits"), version, &limits(reader, tenant, version, usage)))
    }
}

fn totals(reader: Reader<'_>, tenant: &Tenant, local: &Local, usage: &Usage) -> Markup {
    let estimated = usage.without_model.iter().fold(0_u64, |sum, one| sum.saturating_add(one.estimated_microdollars));
    let included = tenant.plan.tokens_per_month();
    let limit = tenant.cost_control.microdollars_per_month.map(|limit| format!(" / {}", dollars(local, limit)));
    let cards = [
        ("spend-cost", dollars(local, usage.total_cost_microdollars) + &limit.unwrap_or_default()),
        ("spend-tokens", format!("{} / {included}", usage.used().tokens)),
        ("spend-saved", dollars(local, usage.total_saved_microdollars)),
        ("spend-estimated", dollars(local, estimated)),
    ];
    html! {
        ul.cards { @for (label, figure) in cards { li { div.card { strong.figure { (figure) } span { (reader.t(label)) } } } } }
    }
}

/// What each day cost, as bars; the same is in the table below.
fn by_day(reader: Reader<'_>, local: &Local, usage: &Usage) -> Markup {
    let mut days: BTreeMap<Date, u64> = BTreeMap::new();
    for line in &usage.days {
        let cost = days.entry(line.day).or_default();
        *cost = cost.saturating_add(line.cost_microdollars.unwrap_or_default());
    }
    let most = days.values().copied().max().unwrap_or(0).max(1);
    let width = BAR.saturating_mul(31);
    let place = |day: &Date| u64::try_from(day.day()).unwrap_or(1).saturating_sub(1).saturating_mul(BAR);
    html! {
        section {
            h2 #spend-days { (reader.t("spend-days")) }
            @if days.is_empty() { p.empty { (reader.t("spend-empty")) } } @else {
                svg.chart viewBox=(format!("0 0 {width} {HEIGHT}")) role="img" aria-labelledby="spend-days" {
                    @for (day, cost) in &days {
                        @let height = cost.saturating_mul(HEIGHT) / most;
                        rect x=(place(day)) y=(HEIGHT.saturating_sub(height)) width=(BAR - 2) height=(height) {
                            title { (day) ": " (dollars(local, *cost)) }
                        }
                    }
                }
            }
        }
    }
}

fn table(reader: Reader<'_>, title: &str, heads: &[&str], rows: &Markup) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(reader.t(title)) {
            table {
                thead { tr { @for head in heads { th scope="col" { (reader.t(head)) } } } }
                tbody { (rows) }
            }
        }
    }
}

fn lines(reader: Reader<'_>, local: &Local, usage: &Usage) -> Markup {
    let models: Vec<&UsageLine> = usage.days.iter().filter(|line| !line.is_without_model()).collect();
    let heads = [
        "spend-day",
        "spend-feature",
        "spend-model",
        "spend-calls",
        "spend-tokens-read",
        "spend-tokens-written",
        "spend-cost",
        "spend-saved",
    ];
    let rows = html! {
        @for line in &models {
            tr {
                th scope="row" { (line.day) }
                td { (reader.words.value("spend-feature", &line.feature)) }
                td { code { (line.model) } }
                @for figure in [line.calls, line.input_tokens, line.output_tokens] { td { (figure) } }
                td { (line.cost_microdollars.map_or_else(|| "–".to_owned(), |cost| dollars(local, cost))) }
                td { (dollars(local, line.saved_microdollars)) }
            }
        }
    };
    html! { @if !models.is_empty() { (table(reader, "spend-days", &heads, &rows)) } }
}

fn without_model(reader: Reader<'_>, local: &Local, usage: &Usage) -> Markup {
    let heads = ["spend-feature", "spend-by", "spend-calls", "spend-estimate", "spend-estimated-by"];
    let rows = html! {
        @for one in &usage.without_model {
            tr {
                th scope="row" { (reader.words.value("spend-feature", &one.feature)) }
                td { (reader.words.value("spend-by", &one.by)) }
                td { (one.calls) }
                td { (dollars(local, one.estimated_microdollars)) }
                td { (reader.t(match one.estimated_by { EstimatedBy::OwnMean => "spend-own-mean", EstimatedBy::Assumed => "spend-assumed" })) }
            }
        }
    };
    html! {
        section {
            h2 #spend-unasked { (reader.t("spend-unasked")) }
            @if usage.without_model.is_empty() { p.empty { (reader.t("spend-unasked-empty")) } } @else {
                (table(reader, "spend-unasked", &heads, &rows))
            }
        }
    }
}

/// What changes at which share of the month and when that was told, and what the month may cost.
fn limits(reader: Reader<'_>, tenant: &Tenant, version: u64, usage: &Usage) -> Markup {
    let control = &tenant.cost_control;
    let told = |percent: u8| usage.thresholds.iter().find(|one| one.percent == percent).map(|one| one.reached_at);
    let rows = html! {
        @for (percent, cost_mode) in control.thresholds() {
            tr {
                th scope="row" { (percent) " %" }
                td { (reader.words.value("spend", &cost_mode)) }
                td { @if let Some(at) = told(percent) { (moment(at, reader.zone)) } @else { "–" } }
            }
        }
    };
    let cents = control.microdollars_per_month.map(|limit| amount(limit.div_ceil(10_000)));
    let limit = line("spend-limit", "cost_control.microdollars_per_month", cents.unwrap_or_default())
        .reads("dollars")
        .wrong("cents-wrong")
        .hint("spend-limit-hint")
        .show(reader.words);
    html! {
        p.quiet { (reader.t("spend-limits-text")) }
        (table(reader, "spend-limits", &["spend-share", "spend-effect", "spend-told"], &rows))
        (change(reader, Permission::WriteSettings, version, &limit))
    }
}
