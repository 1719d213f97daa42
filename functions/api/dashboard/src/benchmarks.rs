//! How the business compares: a card a metric, and all of them as a table. A place is said in words and by a sign, colour comes on top.

use benchmarks::{Place, Trend, Unit};
use domain::insights::benchmarks::{Absent, BenchmarkLine, BenchmarkReport, ComparedWith, NoComparison, State};
use domain::tenancy::Tenant;
use maud::{Markup, html};

use crate::insights::waited;
use crate::show::local;
use crate::words::Words;

/// The section of the page of insights. `tenant` is the business.
pub(crate) fn section(words: &Words, report: &BenchmarkReport, tenant: &Tenant) -> Markup {
    html! {
        section aria-labelledby="benchmarks-title" {
            h2 #benchmarks-title { (words.t("benchmarks-title")) }
            @match report.state {
                State::OptedOut => { p.empty { (words.t("benchmarks-opted-out")) } }
                State::NotYet => { p.empty { (words.t("benchmarks-not-yet")) } }
                State::Ready => {
                    p.quiet { (words.t("benchmarks-intro")) }
                    @if let Some(why) = report.left_out { p.quiet { (words.value("benchmarks-left-out", &why)) } }
                    ul.cards { @for line in &report.metrics { li { (card(words, line, tenant)) } } }
                    details {
                        summary { (words.t("as-table")) }
                        (table(words, &report.metrics, tenant))
                    }
                }
            }
        }
    }
}

fn card(words: &Words, line: &BenchmarkLine, tenant: &Tenant) -> Markup {
    let shown = |value: i64| shown(words, line.unit, value, tenant);
    html! {
        div.card.benchmark.below[line.place == Some(Place::Below)].best[is_best(line.place)] {
            strong.figure { (line.own.map_or_else(|| "–".to_owned(), shown)) }
            span { (words.value("benchmark-metric", &line.metric)) }
            @if line.own.is_none() { p.quiet { (absent(words, line)) } }
            @if let Some(place) = line.place { p { (tag(words, place)) } }
            @if let Some(others) = &line.others {
                p.quiet {
                    (words.t("benchmark-average")) ": " (shown(others.average)) ", "
                    (words.t("benchmark-top25")) ": " (shown(others.top25)) ", "
                    (words.t("benchmark-top10")) ": " (shown(others.top10))
                }
                p.quiet { (who(words, others)) }
            }
            @if let Some(why) = line.no_comparison { p.quiet { (none(words, why)) } }
            @if let Some(trend) = line.trend { p { (going(words, trend)) } }
            @if let Some(insight) = &line.insight { p.next-step { (words.value("benchmark-insight", insight)) } }
        }
    }
}

fn table(words: &Words, lines: &[BenchmarkLine], tenant: &Tenant) -> Markup {
    let heads = [
        "benchmark-figure",
        "benchmark-own",
        "benchmark-average",
        "benchmark-top25",
        "benchmark-top10",
        "benchmark-place",
        "benchmark-trend",
        "benchmark-next",
    ];
    html! {
        div.scroll tabindex="0" role="group" aria-label=(words.t("benchmarks-title")) {
            table {
                thead { tr { @for head in heads { th scope="col" { (words.t(head)) } } } }
                tbody {
                    @for line in lines {
                        @let figure = |value: Option<i64>| {
                            value.map_or_else(|| "–".to_owned(), |value| shown(words, line.unit, value, tenant))
                        };
                        @let others = line.others.as_ref();
                        tr {
                            th scope="row" { (words.value("benchmark-metric", &line.metric)) }
                            td { (figure(line.own)) }
                            td { (figure(others.map(|others| others.average))) }
                            td { (figure(others.map(|others| others.top25))) }
                            td { (figure(others.map(|others| others.top10))) }
                            td {
                                @if let Some(place) = line.place { (tag(words, place)) }
                                @if let Some(why) = line.no_comparison { (none(words, why)) }
                            }
                            td { @if let Some(trend) = line.trend { (going(words, trend)) } }
                            td { @if let Some(insight) = &line.insight { (words.value("benchmark-insight", insight)) } }
                        }
                    }
                }
            }
        }
    }
}

fn is_best(place: Option<Place>) -> bool {
    matches!(place, Some(Place::Top25 | Place::Top10))
}

fn tag(words: &Words, place: Place) -> Markup {
    let sign = match place {
        Place::Below => "▼",
        Place::Above => "▲",
        Place::Top25 | Place::Top10 => "★",
    };
    html! {
        span.tag.alert[place == Place::Below].good[is_best(Some(place))] {
            span aria-hidden="true" { (sign) " " } (words.value("benchmark-place", &place))
        }
    }
}

fn going(words: &Words, trend: Trend) -> Markup {
    let sign = match trend {
        Trend::Improving => "↗",
        Trend::Stable => "→",
        Trend::Declining => "↘",
    };
    html! { span aria-hidden="true" { (sign) " " } (words.value("benchmark-trend", &trend)) }
}

/// Why there is no own figure; where there are too few of something, how many there are of those it takes.
fn absent(words: &Words, line: &BenchmarkLine) -> String {
    let Some(why) = line.absent else { return String::new() };
    let text = words.value("benchmark-absent", &why);
    match why {
        Absent::TooFew => format!("{text} ({} / {})", line.observations, line.least_observations),
        Absent::NothingKnown | Absent::TooShort | Absent::NoTechnicians | Absent::OtherCurrency => text,
    }
}

fn none(words: &Words, why: NoComparison) -> String {
    words.value("benchmark-none", &why)
}

/// Whom it is compared with, and about how many they are.
fn who(words: &Words, others: &ComparedWith) -> String {
    let band = serde_json::to_value(others.businesses).ok();
    let band = band.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().replace('-', "–");
    let level = words.value("benchmark-level", &others.level);
    format!("{level}, {} ({})", words.with("benchmark-businesses", "count", band), others.period)
}

/// A value in its unit.
fn shown(words: &Words, unit: Unit, value: i64, tenant: &Tenant) -> String {
    match unit {
        Unit::BasisPoints => format!("{} %", tenths(words, value.saturating_add(5) / 10)),
        Unit::Seconds => waited(words, u32::try_from(value).unwrap_or(u32::MAX)),
        Unit::HundredthsOfStar => format!("{} ★", decimal(words, value, 100)),
        Unit::CentsPerMonth => {
            // A month's average has no cents.
            let cents = value.saturating_add(50) / 100 * 100;
            local(words, tenant).money(cents, &tenant.currency)
        }
    }
}

/// Tenths as a decimal number; whole ones without a tenth.
fn tenths(words: &Words, tenths: i64) -> String {
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { decimal(words, tenths, 10) }
}

/// A decimal number as it is written in the language.
fn decimal(words: &Words, value: i64, parts: i64) -> String {
    let point = if words.language == "en" { '.' } else { ',' };
    let width = if parts == 100 { 2 } else { 1 };
    format!("{}{point}{:0width$}", value / parts, value % parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;
    use axum::http::HeaderMap;
    use axum::http::header::ACCEPT_LANGUAGE;
    use benchmarks::{Insight, Metric};
    use serde_json::json;

    fn words_of(language: &str) -> &'static Words {
        words::accepted(&HeaderMap::from_iter([(ACCEPT_LANGUAGE, language.parse().unwrap())]))
    }

    fn line(more: &serde_json::Value) -> BenchmarkLine {
        let mut line = json!({
            "metric": "quote_conversion", "unit": "basis_points", "more_is_better": true, "observations": 40,
            "least_observations": 10,
        });
        line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        serde_json::from_value(line).unwrap()
    }

    fn compared(place: &str) -> BenchmarkLine {
        let others = json!({"level": "country", "cohort": "roofing/us", "period": "2026-H2", "businesses": "100-249",
            "average": 3_100, "top25": 4_300, "top10": 5_200});
        line(
            &json!({"own": 2_450, "place": place, "trend": "declining", "insight": "follow-up-open-quotes", "others": others}),
        )
    }

    fn page(lines: Vec<BenchmarkLine>) -> String {
        let report = BenchmarkReport { state: State::Ready, as_of: None, left_out: None, metrics: lines };
        section(words_of("en"), &report, &crate::settings::tests::clinic()).into_string()
    }

    #[test]
    fn a_place_is_said_in_words_with_a_sign_and_by_a_colour() {
        let below = page(vec![compared("below")]);
        for part in
            ["card benchmark below", "tag alert", "▼", "Below average", "24.5 %", "31 %", "43 %", "52 %", "100–249"]
        {
            assert!(below.contains(part), "{part}: {below}");
        }
        let best = page(vec![compared("top10")]);
        assert!(best.contains("card benchmark best") && best.contains("tag good") && best.contains("★"), "{best}");
        let above = page(vec![compared("above")]);
        assert!(!above.contains("tag good") && !above.contains("tag alert"), "{above}");
    }

    #[test]
    fn what_is_missing_says_why() {
        let few = json!({"observations": 7, "absent": "too_few", "no_comparison": "too_few_businesses"});
        let page = page(vec![line(&few)]);
        assert!(page.contains("(7 / 10)") && page.contains("<strong class=\"figure\">–</strong>"), "{page}");
        for (state, name) in [(State::OptedOut, "benchmarks-opted-out"), (State::NotYet, "benchmarks-not-yet")] {
            let report = BenchmarkReport { state, as_of: None, left_out: None, metrics: Vec::new() };
            let page = section(words_of("en"), &report, &crate::settings::tests::clinic()).into_string();
            assert!(page.contains(&words_of("en").t(name)) && !page.contains("<table"), "{page}");
        }
    }

    #[test]
    fn values_are_written_in_their_unit_and_language() {
        let of = |language, unit, value| shown(words_of(language), unit, value, &crate::settings::tests::clinic());
        assert_eq!(of("en", Unit::BasisPoints, 3_454), "34.5 %");
        assert_eq!(of("de", Unit::BasisPoints, 3_450), "34,5 %");
        assert_eq!(of("en", Unit::BasisPoints, 4_000), "40 %");
        assert_eq!(of("fr", Unit::HundredthsOfStar, 405), "4,05 ★");
        assert_eq!(of("en", Unit::CentsPerMonth, 1_234_549), "$12,345");
        assert_eq!(of("de", Unit::CentsPerMonth, 1_234_549), "12.345 $");
        assert_eq!(of("en", Unit::Seconds, 600), "10 minutes");
    }

    #[test]
    fn every_value_has_words_in_every_language() {
        let missing = |prefix: &str, value: serde_json::Value| {
            let name = value.as_str().unwrap().replace(['_', '.'], "-");
            let id = format!("{prefix}-{name}");
            ["en", "es", "fr", "de", "pt"].into_iter().find(|language| words_of(language).t(&id) == id).map(|_| id)
        };
        let metrics = Metric::ALL.map(|metric| missing("benchmark-metric", json!(metric)));
        let insights = Insight::ALL.map(|insight| missing("benchmark-insight", json!(insight)));
        let named =
            |prefix: &'static str, names: &'static str| names.split(' ').map(move |name| missing(prefix, json!(name)));
        let others = named("benchmark-place", "below above top25 top10")
            .chain(named("benchmark-trend", "improving stable declining"))
            .chain(named("benchmark-level", "region country industry"))
            .chain(named("benchmark-none", "too_few_businesses no_trade"))
            .chain(named("benchmark-absent", "nothing_known too_few too_short no_technicians other_currency"))
            .chain(named("benchmarks-left-out", "too_new moved_lately too_quiet no_trade no_figures not_served"));
        let missing: Vec<String> = metrics.into_iter().chain(insights).chain(others).flatten().collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
