//! The weather that the business waits for: its own rules, and those that its trade is suggested.
//!
//! Thresholds are typed in the units of the business's country, and stored in tenths of metric ones.

use api::{ApiError, Guard};
use axum::extract::State;
use domain::campaigns::{Condition, WeatherRule, measures_in_fahrenheit};
use domain::identity::{Permission, may};
use domain::tenancy::Tenant;
use maud::{Markup, html};
use store::{Versioned, suggested_rules};

use super::Reader;
use super::fields::{TickBox, boxes, choice, line, number, options, tick, value_of};
use crate::answer::Html;
use crate::view::View;

pub(super) const PATH: &str = "/app/settings/weather";
/// The most rules that are listed.
const MOST: usize = 100;
/// The field of contacts that says how old something is, and the years beside it: `weather.js` reads both as one.
const AGE: &str = "audience.field_over";
const AGE_YEARS: &str = "audience.field_over[0].over_years";

/// `GET /app/settings/weather`
pub(super) async fn page(view: View<may::ReadCampaigns>, State(guard): State<Guard>) -> Result<Html, ApiError> {
    let own = guard.store.documents().list::<WeatherRule>(&view.tenant.id, MOST, None).await?.items;
    let main = html! {
        script type="module" src="/app/weather.js" {}
        (content(Reader::of(&view), &view.tenant, &own))
    };
    Ok(super::page(&view, PATH, &main))
}

pub(super) fn content(reader: Reader<'_>, tenant: &Tenant, own: &[Versioned<WeatherRule>]) -> Markup {
    let is_own = |rule: &WeatherRule| own.iter().any(|mine| mine.value.id == rule.id);
    let suggested: Vec<WeatherRule> = suggested_rules(tenant).into_iter().filter(|rule| !is_own(rule)).collect();
    let may = reader.permits(Permission::WriteCampaigns);
    let taken = own.iter().map(|mine| mine.value.id.to_string()).collect::<Vec<_>>().join(" ");
    html! {
        p.quiet { (reader.t("weather-text")) " " a href="/app/campaigns" { (reader.t("nav-campaigns")) } }
        section #entries data-fresh {
            @if own.is_empty() && suggested.is_empty() { p.empty { (reader.t("weather-empty")) } }
            ul.entries {
                @for stored in own { (entry(reader, tenant, (&stored.value, stored.version), may)) }
                @for rule in &suggested { (entry(reader, tenant, (rule, 0), may)) }
            }
            @if may && !tenant.services.is_empty() {
                details.add #entry-new name="entry" {
                    summary { (reader.t("weather-add")) }
                    form method="post" data-call="POST /v1/weather-rules" data-done=(reader.t("done-save")) {
                        input type="hidden" name="id" value="" data-type="slug" data-of="name" data-taken=(taken);
                        (fields(reader, tenant, None, "new-"))
                        button type="submit" { (reader.t("do-save")) }
                        p.problem role="alert" {}
                    }
                }
            }
        }
        (crate::campaigns::weather_source())
    }
}

fn entry(reader: Reader<'_>, tenant: &Tenant, (rule, version): (&WeatherRule, u64), may: bool) -> Markup {
    let words = reader.words;
    let (path, is_own) = (format!("/v1/weather-rules/{}", rule.id), version > 0);
    html! {
        li {
            details id=(format!("entry-{}", rule.id)) name="entry" {
                summary {
                    strong dir="auto" { (rule.name) }
                    span.quiet { " · " (words.value("weather", &rule.condition)) }
                    @if !is_own { " " span.tag { (words.t("weather-suggested")) } }
                    @else if !rule.active { " " span.tag { (words.t("not-active")) } }
                    @if rule.automatic { " " span.tag.warm { (words.t("weather-automatic-tag")) } }
                }
                @if !is_own { p.notice { (words.t("weather-suggested-text")) } }
                form method="post" data-call=(format!("PUT {path}")) data-whole data-version=(version) data-done=(words.t("done-save")) {
                    fieldset disabled[!may] { (fields(reader, tenant, Some((rule, is_own)), &format!("{}-", rule.id))) }
                    @if may { button type="submit" { (words.t(if is_own { "do-save" } else { "do-use-rule" })) } }
                    p.problem role="alert" {}
                }
                @if may && is_own {
                    form.button method="post" data-call=(format!("DELETE {path}")) data-version=(version) data-done=(words.t("done-remove")) {
                        button.second type="submit" { (words.t("do-remove")) }
                        p.problem role="alert" {}
                    }
                }
            }
        }
    }
}

fn fields(reader: Reader<'_>, tenant: &Tenant, rule: Option<(&WeatherRule, bool)>, within: &str) -> Markup {
    let words = reader.words;
    let known = rule.map(|(rule, _)| rule);
    let is_active = rule.is_none_or(|(rule, is_own)| rule.active || !is_own);
    let offered = |id| known.is_some_and(|rule| rule.services.contains(id));
    let services: Vec<TickBox> =
        tenant.services.iter().map(|one| (one.id.to_string(), one.name.clone(), offered(&one.id))).collect();
    let audience = known.map(|rule| rule.audience.clone()).unwrap_or_default();
    html! {
        (line("weather-name", "name", known.map(|rule| rule.name.clone()).unwrap_or_default()).limit(80).required().within(within).show(words))
        @match known {
            Some(rule) => (threshold(reader, tenant, rule.condition, Some(rule), within)),
            None => (conditions(reader, tenant, within)),
        }
        (number("weather-days", "days", Some(known.map_or(1, |rule| rule.days))).hint("weather-days-hint").required().within(within).show(words))
        (number("weather-lead-days", "lead_days", Some(known.map_or(3, |rule| rule.lead_days))).hint("weather-lead-days-hint").required()
            .within(within).show(words))
        (boxes(&reader.t("weather-services"), "services", within, None, &services))
        (number("weather-last-visit", "audience.last_visit_over_days", audience.last_visit_over_days).hint("weather-last-visit-hint")
            .within(within).show(words))
        (line("weather-older", AGE, audience.field_over.as_ref().map(|age| age.field.clone()).unwrap_or_default()).limit(40).reads("older")
            .wrong("weather-older-wrong").hint("weather-older-hint").within(within).show(words))
        (number("weather-older-years", AGE_YEARS, audience.field_over.map(|age| age.over_years)).within(within).show(words))
        (line("weather-tags", "audience.tags", audience.tags.join(", ")).reads("columns").hint("weather-tags-hint").within(within).show(words))
        (tick("weather-or-never", "audience.or_never", audience.or_never).within(within).show(words))
        (number("weather-keep-free", "keep_free_percent", Some(known.map_or(20, |rule| rule.keep_free_percent)))
            .hint("weather-keep-free-hint").required().within(within).show(words))
        (tick("weather-automatic", "automatic", known.is_some_and(|rule| rule.automatic)).hint("weather-automatic-hint").within(within).show(words))
        (tick("weather-active", "active", is_active).within(within).show(words))
    }
}

/// Which weather a new rule is about: what is chosen decides which threshold is asked for.
fn conditions(reader: Reader<'_>, tenant: &Tenant, within: &str) -> Markup {
    let words = reader.words;
    html! {
        (choice("weather-condition", "condition", options(words, "weather", &Condition::ALL), value_of(&Condition::HeatWave)).chooses()
            .within(within).show(words))
        @for condition in Condition::ALL {
            @let is_other = condition != Condition::HeatWave;
            fieldset data-when=(value_of(&condition)) hidden[is_other] disabled[is_other] {
                (threshold(reader, tenant, condition, None, &format!("{within}{}-", value_of(&condition))))
            }
        }
    }
}

/// What has to be exceeded, in the units of the country.
fn threshold(
    reader: Reader<'_>,
    tenant: &Tenant,
    condition: Condition,
    rule: Option<&WeatherRule>,
    within: &str,
) -> Markup {
    let is_american = measures_in_fahrenheit(tenant);
    let of = rule.map(|rule| rule.thresholds).unwrap_or_default();
    let measure = |american: (&'static str, &'static str),
                   metric: (&'static str, &'static str),
                   name: &'static str,
                   value: Option<i32>| {
        let (label, unit) = if is_american { american } else { metric };
        line(label, name, value.map(|value| shown(value, unit)).unwrap_or_default())
            .reads(unit)
            .wrong("weather-number-wrong")
            .within(within)
            .show(reader.words)
    };
    let temperature =
        |american, metric, name, value| measure((american, "fahrenheit"), (metric, "celsius"), name, value);
    html! {
        @match condition {
            Condition::HeatWave => (temperature("weather-high-f", "weather-high-c", "thresholds.high_above_tenths_c", of.high_above_tenths_c)),
            Condition::ColdSnap | Condition::FirstFreeze => {
                (temperature("weather-low-f", "weather-low-c", "thresholds.low_below_tenths_c", of.low_below_tenths_c))
            }
            Condition::RainWeek => {
                (measure(("weather-rain-in", "inches"), ("weather-rain-mm", "millimetres"), "thresholds.rain_above_tenths_mm", of.rain_above_tenths_mm))
            }
            Condition::Storm => {
                (measure(("weather-gust-mph", "mph"), ("weather-gust-kmh", "kmh"), "thresholds.gust_above_tenths_kmh", of.gust_above_tenths_kmh))
                (measure(("weather-hail-in", "inches"), ("weather-hail-mm", "millimetres"), "thresholds.hail_from_tenths_mm", of.hail_from_tenths_mm))
            }
        }
    }
}

/// A stored value in a unit, as `weather.js` reads it back: with at most one place after the point, rounded.
fn shown(tenths: i32, unit: &str) -> String {
    let tenths = i64::from(tenths);
    // In tenths of the unit.
    let value = match unit {
        "fahrenheit" => (tenths * 9 + 2).div_euclid(5) + 320,
        "inches" => (tenths * 10 + 127).div_euclid(254),
        "mph" => (tenths * 621_371 + 500_000).div_euclid(1_000_000),
        _ => tenths,
    };
    // Whole degrees, and whole miles: people write 95, not 95.1.
    let is_whole = matches!(unit, "fahrenheit" | "mph");
    let value = if is_whole { (value + 5).div_euclid(10) * 10 } else { value };
    let (sign, value) = (if value < 0 { "-" } else { "" }, value.abs());
    if value % 10 == 0 { format!("{sign}{}", value / 10) } else { format!("{sign}{}.{}", value / 10, value % 10) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_are_shown_in_the_units_of_the_country() {
        for (tenths, unit, text) in [
            (350, "fahrenheit", "95"),
            (0, "fahrenheit", "32"),
            (-67, "fahrenheit", "20"),
            (-400, "fahrenheit", "-40"),
            (350, "celsius", "35"),
            (-67, "celsius", "-6.7"),
            (508, "inches", "2"),
            (635, "inches", "2.5"),
            (254, "millimetres", "25.4"),
            (966, "mph", "60"),
            (966, "kmh", "96.6"),
        ] {
            assert_eq!(shown(tenths, unit), text, "{tenths} in {unit}");
        }
    }
}
