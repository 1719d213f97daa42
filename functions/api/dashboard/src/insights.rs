//! Insights: what the front office did in some days, and what it is worth, with what that assumes.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::Failure;
use domain::identity::{Permission, may};
use domain::ids::LocationId;
use domain::insights::{Assumed, Assumption, DayFigures, ExtraReport, Insights, Range, Value};
use domain::journeys::Local;
use domain::tenancy::Location;
use jiff::ToSpan as _;
use maud::{Markup, html};
use serde::Deserialize;

use crate::answer::Html;
use crate::benchmarks;
use crate::shell;
use crate::show::{dollars, local};
use crate::view::View;
use crate::words::Words;

/// The ranges that can be chosen, in days.
const RANGES: [i64; 4] = [1, 7, 30, 90];
/// The width of the chart, in units of its own.
const WIDTH: u64 = 600;
/// Its height.
const HEIGHT: u64 = 120;

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(crate) struct Wanted {
    days: String,
    /// One of the business's places; none: all of it.
    location: String,
}

/// `GET /app/insights`
pub(crate) async fn page(
    view: View<may::ReadInsights>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let words = view.words;
    let days = wanted.days.parse().ok().filter(|days| RANGES.contains(days)).unwrap_or(30);
    let to = view.now().to_zoned(view.zone.clone()).date();
    let range = Range::new(to.saturating_sub((days - 1).days()), to)?;
    let with_value = view.permits(Permission::ReadUsage);
    let locations = guard.store.tenants().locations(&view.tenant.id).await?;
    let location = chosen(&locations, &wanted.location)?;
    let insights = guard.store.insights().report(&view.tenant, location.clone(), range, with_value).await?;
    let extras_of_months = guard.store.insights().extra_report(&view.tenant, range).await?;
    let all = guard.store.benchmarks().report(&view.tenant).await?;
    let compared = if with_value { all } else { all.without_money() };
    let main = html! {
        h1 { (words.t("nav-insights")) }
        form.filters method="get" action="/app/insights" {
            div {
                label for="days" { (words.t("insights-range")) }
                select #days name="days" {
                    @for one in RANGES { option value=(one) selected[one == days] { (words.with("last-days", "count", one)) } }
                }
            }
            @if locations.len() > 1 {
                div {
                    label for="location" { (words.t("settings-locations")) }
                    select #location name="location" {
                        option value="" { (words.t("any")) }
                        @for place in locations.iter() {
                            option value=(place.id) selected[location.as_ref() == Some(&place.id)] dir="auto" { (place.name) }
                        }
                    }
                }
            }
            button.second type="submit" { (words.t("do-filter")) }
        }
        (cards(&view, &insights))
        @if let Some(value) = &insights.value { (worth(&view, value, location.is_some())) }
        (by_day(&view, &insights.days))
        div.columns {
            (funnel(&view, &insights))
            (asked(&view, &insights))
        }
        (ways(&view, &insights))
        (extras(&view, &extras_of_months))
        (benchmarks::section(words, &compared, &view.tenant))
    };
    Ok(Html(shell::page(&view, "/app/insights", &words.t("nav-insights"), &main)))
}

/// The place of that name; none where none is named.
fn chosen(locations: &[Location], wanted: &str) -> Result<Option<LocationId>, Failure> {
    if wanted.is_empty() {
        return Ok(None);
    }
    let place = locations.iter().find(|place| place.id.as_str() == wanted);
    place.map(|place| Some(place.id.clone())).ok_or_else(|| Failure::not_found("location"))
}

fn cards<R>(view: &View<R>, insights: &Insights) -> Markup {
    let words = view.words;
    let totals = &insights.totals;
    let first = insights.first_response.as_ref().map(|waits| waited(view.words, waits.median_seconds));
    let staff = insights.staff_response.as_ref().map(|waits| waited(view.words, waits.median_seconds));
    let rate = insights.qualification_rate_percent.map(|percent| format!("{percent} %"));
    let none = || "–".to_owned();
    let cards = [
        ("insight-leads", totals.leads.to_string()),
        ("insight-hot", totals.hot.to_string()),
        ("insight-booking-requests", totals.booking_requests.to_string()),
        ("insight-booked", totals.booked.to_string()),
        ("insight-first-response", first.unwrap_or_else(none)),
        ("insight-staff-response", staff.unwrap_or_else(none)),
        ("insight-qualified", rate.unwrap_or_else(none)),
        ("insight-after-hours", totals.after_hours.to_string()),
        ("insight-alone", format!("{} / {}", totals.answered_alone, totals.answered)),
    ];
    html! {
        ul.cards {
            @for (label, figure) in cards { li { div.card { strong.figure { (figure) } span { (words.t(label)) } } } }
        }
    }
}

/// The median wait: in seconds up to two minutes, in minutes up to two hours, and in hours above.
pub(crate) fn waited(words: &Words, seconds: u32) -> String {
    match seconds {
        0..120 => words.with("seconds", "count", seconds),
        120..7_200 => words.with("minutes", "count", seconds / 60),
        _ => words.with("hours", "count", seconds / 3_600),
    }
}

/// What it is worth, each figure with what it assumes. What comes back for the price and what models took is known of the whole business
/// alone.
fn worth<R>(view: &View<R>, value: &Value, of_one_place: bool) -> Markup {
    let words = view.words;
    let local = local(words, &view.tenant);
    let money = |cents: u64| local.money(i64::try_from(cents).unwrap_or(i64::MAX), &value.currency);
    let assumed = &value.assumptions;
    let cost = model_cost(&local, value.model_cost_microdollars);
    let roi = value.roi.percent.map_or_else(|| "–".to_owned(), |percent| format!("{percent} %"));
    html! {
        section aria-labelledby="worth-title" {
            h2 #worth-title { (words.t("worth-title")) }
            ul.cards {
                li { div.card {
                    strong.figure { (money(value.missed_revenue.cents)) }
                    span { (words.with("missed-revenue", "count", value.missed_revenue.inquiries)) }
                } }
                li { div.card { strong.figure { (money(value.roi.won_cents)) } span { (words.t("won-value")) } } }
                @if !of_one_place {
                    li { div.card { strong.figure { (roi) } span { (words.t("roi")) } } }
                    li { div.card { strong.figure { (cost) } span { (words.t("model-cost")) } } }
                }
            }
            p.quiet {
                (words.t("assumes")) " "
                (words.t("assumes-close-rate")) ": " (assumed.close_rate_percent.value) " % (" (from(view, &assumed.close_rate_percent)) "), "
                (words.t("assumes-job")) ": " (money(assumed.average_job_cents.value)) " (" (from(view, &assumed.average_job_cents)) ")"
                @if let Some(price) = &assumed.monthly_price_cents {
                    ", " (words.t("assumes-price")) ": " (money(price.value)) " (" (from(view, price)) ")"
                }
                "."
            }
        }
    }
}

/// What models took, in begun cents; a dash where it is not known.
fn model_cost(local: &Local, microdollars: Option<u64>) -> String {
    microdollars.map_or_else(|| "–".to_owned(), |cost| dollars(local, cost))
}

/// Where an assumption comes from.
fn from<R>(view: &View<R>, assumption: &Assumption) -> String {
    view.words.t(match assumption.from {
        Assumed::Settings => "assumed-settings",
        Assumed::Prices => "assumed-prices",
        Assumed::Default => "assumed-default",
    })
}

/// Leads by day, as bars, and the same as a table.
fn by_day<R>(view: &View<R>, days: &[DayFigures]) -> Markup {
    let words = view.words;
    let most = days.iter().map(|day| day.figures.leads).max().unwrap_or(0).max(1);
    let step = WIDTH / u64::try_from(days.len().max(1)).unwrap_or(1);
    html! {
        // The table in it is the landmark of that name.
        section {
            h2 #days-title { (words.t("days-title")) }
            svg.chart viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-labelledby="days-title" {
                @for (x, day) in (0_u64..).step_by(usize::try_from(step.max(1)).unwrap_or(1)).zip(days) {
                    @let height = day.figures.leads * HEIGHT / most;
                    rect x=(x) y=(HEIGHT - height) width=(step.saturating_sub(1).max(1)) height=(height) {
                        title { (day.day) ": " (day.figures.leads) }
                    }
                }
            }
            details {
                summary { (words.t("as-table")) }
                div.scroll tabindex="0" role="group" aria-label=(words.t("days-title")) {
                    table {
                        thead { tr {
                            @for head in ["day", "insight-leads", "insight-hot", "insight-booked", "insight-after-hours"] {
                                th scope="col" { (words.t(head)) }
                            }
                        } }
                        tbody {
                            @for DayFigures { day, figures } in days {
                                tr {
                                    th scope="row" { (day) }
                                    @for figure in [figures.leads, figures.hot, figures.booked, figures.after_hours] { td { (figure) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn funnel<R>(view: &View<R>, insights: &Insights) -> Markup {
    let words = view.words;
    html! {
        section aria-labelledby="funnel-title" {
            h2 #funnel-title { (words.t("funnel-title")) }
            ol.funnel {
                @for step in &insights.funnel {
                    li {
                        span { (words.value("step", &step.step)) ": " strong { (step.leads) } }
                        @if let Some(percent) = step.percent {
                            meter min="0" max="100" value=(percent) aria-label=(words.value("step", &step.step)) { (percent) " %" }
                        }
                    }
                }
            }
            @if let Some(step) = insights.drop_off { p.quiet { (words.t("drop-off")) ": " (words.value("step", &step)) } }
        }
    }
}

fn asked<R>(view: &View<R>, insights: &Insights) -> Markup {
    let words = view.words;
    html! {
        section aria-labelledby="asked-title" {
            h2 #asked-title { (words.t("asked-title")) }
            @if insights.questions.is_empty() { p.empty { (words.t("asked-empty")) } }
            ol { @for question in &insights.questions { li { (words.value("intent", &question.intent)) ": " strong { (question.count) } } } }
        }
    }
}

/// By the way that leads came in, and by channel.
fn ways<R>(view: &View<R>, insights: &Insights) -> Markup {
    let words = view.words;
    html! {
        section {
            h2 #ways-title { (words.t("ways-title")) }
            @if let Some(best) = insights.best_source { p { (words.t("best-source")) ": " strong { (words.value("source", &best)) } } }
            div.scroll tabindex="0" role="group" aria-label=(words.t("ways-title")) {
                table {
                    thead { tr {
                        @for head in ["lead-source", "insight-leads", "step-qualified", "insight-booked", "step-won"] {
                            th scope="col" { (words.t(head)) }
                        }
                    } }
                    tbody {
                        @for row in &insights.sources {
                            tr {
                                th scope="row" { (words.value("source", &row.source)) }
                                @for figure in [row.leads, row.qualified, row.booked, row.won] { td { (figure) } }
                            }
                        }
                    }
                }
                table {
                    thead { tr {
                        @for head in ["channel", "conversations", "messages-in", "messages-out"] { th scope="col" { (words.t(head)) } }
                    } }
                    tbody {
                        @for row in &insights.channels {
                            tr {
                                th scope="row" { (words.value("channel", &row.channel)) }
                                @for figure in [row.conversations, row.messages_in, row.messages_out] { td { (figure) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What became of the extras that were suggested, by month: of the whole business, whichever place is chosen.
fn extras<R>(view: &View<R>, report: &ExtraReport) -> Markup {
    let words = view.words;
    let local = local(words, &view.tenant);
    let money = |cents: u64| local.money(i64::try_from(cents).unwrap_or(i64::MAX), &report.currency);
    let heads = [
        "extras-month",
        "extra-name",
        "extras-suggested",
        "extras-taken",
        "extras-declined",
        "extras-booked",
        "extras-revenue",
    ];
    html! {
        @if !report.months.is_empty() {
            section {
                h2 #extras-title { (words.t("extras-insights-title")) }
                div.scroll tabindex="0" role="group" aria-label=(words.t("extras-insights-title")) {
                    table {
                        thead { tr { @for head in heads { th scope="col" { (words.t(head)) } } } }
                        tbody {
                            @for line in &report.months {
                                tr {
                                    th scope="row" { (line.month) }
                                    td dir="auto" { (line.name.as_deref().unwrap_or(line.extra.as_str())) }
                                    @let figures = &line.figures;
                                    @for figure in [figures.suggested, figures.taken, figures.declined, figures.booked] { td { (figure) } }
                                    td { (money(figures.revenue_cents)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    #[test]
    fn a_wait_of_hours_is_told_in_hours() {
        let english = words::accepted(&axum::http::HeaderMap::new());
        let waits = [7, 119, 600, 7_199, 12 * 3_600].map(|seconds| waited(english, seconds));
        assert_eq!(waits, ["7 seconds", "119 seconds", "10 minutes", "119 minutes", "12 hours"]);
    }

    #[test]
    fn a_cost_that_is_not_known_is_not_nothing() {
        let local = local(words::accepted(&axum::http::HeaderMap::new()), &crate::settings::tests::clinic());
        assert_eq!((model_cost(&local, None), model_cost(&local, Some(0))), ("–".to_owned(), "$0".to_owned()));
    }

    #[test]
    fn a_place_that_is_not_there_is_not_the_whole_business() {
        assert_eq!(chosen(&[], "").unwrap(), None);
        assert!(matches!(chosen(&[], "lakewood"), Err(Failure::Rejected { .. })));
    }
}
