//! What came of the live version beside what came of the one that is tried, with intervals of 95 percent. Of a task whose versions are not
//! tried: what questions with the live one took.

use domain::prompts::{Difference, Mean, PromptComparison, PromptDifferences, PromptFigures, PromptVerdict, Share};
use fluent_bundle::FluentArgs;
use maud::{Markup, html};

use crate::words::Words;

/// How a figure is written: what it is divided by, how many digits follow the point, and its unit.
type Unit = (f64, usize, &'static str);
const SECONDS: Unit = (1_000.0, 1, " s");
const DOLLARS: Unit = (1_000_000.0, 4, " USD");
/// Percentage points; the head of their row says so.
const POINTS: Unit = (1.0, 1, "");

/// What came of the live version and of the one that is tried, beside each other.
pub(super) fn table(words: &Words, compared: &PromptComparison) -> Markup {
    let of_suggestions = compared.live.edited.is_some();
    let is_counted = compared.task.is_counted();
    let success = if of_suggestions { "prompt-success-suggest" } else { "prompt-success-respond" };
    let title = format!("{}: {}", words.value("prompt-task", &compared.task), words.t("prompts-compared"));
    html! {
        h3 { (words.t("prompts-compared")) }
        p.quiet { (words.t("prompts-compared-text")) }
        div.scroll tabindex="0" role="group" aria-label=(title) {
            table {
                thead {
                    tr {
                        th scope="col" { (words.t("prompt-version")) }
                        @if is_counted { th scope="col" { (words.t(success)) } }
                        @if of_suggestions {
                            th scope="col" { (words.t("prompt-edited")) }
                            th scope="col" { (words.t("prompt-rejected")) }
                        }
                        th scope="col" { (words.t("prompt-refused")) }
                        th scope="col" { (words.t("prompt-latency")) }
                        th scope="col" { (words.t("prompt-cost")) }
                    }
                }
                tbody {
                    (figures(words, &compared.live, is_counted, "prompt-live"))
                    @if let Some(tried) = &compared.challenger { (figures(words, tried, is_counted, "prompt-tried")) }
                    @if let Some(differences) = &compared.differences { (difference_row(words, differences, of_suggestions)) }
                }
            }
        }
        @if let Some(verdict) = &compared.verdict { (judged(words, verdict)) }
    }
}

fn figures(words: &Words, figures: &PromptFigures, is_counted: bool, state: &str) -> Markup {
    let PromptFigures { version, success, edited, rejected, refused, latency_ms, cost_microdollars } = figures;
    html! {
        tr {
            th scope="row" { (version) " " span.tag { (words.t(state)) } }
            @if is_counted { td { (share(words, success)) } }
            @for one in [edited, rejected].into_iter().flatten() { td { (share(words, one)) } }
            td { (share(words, refused)) }
            td { (mean(words, latency_ms, SECONDS)) }
            td { @if let Some(cost) = cost_microdollars { (mean(words, cost, DOLLARS)) } }
        }
    }
}

fn difference_row(words: &Words, differences: &PromptDifferences, of_suggestions: bool) -> Markup {
    let PromptDifferences { success, refused, latency_ms, cost_microdollars } = differences;
    html! {
        tr {
            th scope="row" { (words.t("prompt-difference")) }
            td { (difference(words, success.as_ref(), POINTS)) }
            @if of_suggestions { td {} td {} }
            td { (difference(words, refused.as_ref(), POINTS)) }
            td { (difference(words, latency_ms.as_ref(), SECONDS)) }
            td { (difference(words, cost_microdollars.as_ref(), DOLLARS)) }
        }
    }
}

/// Whether the tried version may become live by itself, and what is against it.
fn judged(words: &Words, verdict: &PromptVerdict) -> Markup {
    let PromptVerdict { evidence, needed, against } = verdict;
    let mut said = FluentArgs::new();
    said.set("evidence", format!("{evidence:.1}"));
    said.set("needed", format!("{needed:.0}"));
    html! {
        p { (words.say("prompt-evidence", &said)) }
        @if against.is_empty() { p { (words.t("prompt-proven")) } } @else {
            ul { @for reason in against { li { (words.value("prompt-against", reason)) } } }
        }
    }
}

/// A share of counts.
pub(crate) fn share(words: &Words, share: &Share) -> String {
    match (share.percent, share.low, share.high) {
        (Some(percent), Some(low), Some(high)) => format!("{percent:.1} % ({low:.1} – {high:.1})"),
        _ => words.t("prompts-no-figures"),
    }
}

fn mean(words: &Words, mean: &Mean, (by, digits, unit): Unit) -> String {
    let Some(value) = mean.mean else { return words.t("prompts-no-figures") };
    let ends = mean.low.zip(mean.high).map(|(low, high)| format!(" ({:.digits$} – {:.digits$})", low / by, high / by));
    format!("{:.digits$}{unit}{}", value / by, ends.unwrap_or_default())
}

fn difference(words: &Words, difference: Option<&Difference>, (by, digits, unit): Unit) -> String {
    let Some(Difference { difference, low, high }) = difference else { return words.t("prompts-no-figures") };
    format!("{:+.digits$}{unit} ({:+.digits$} – {:+.digits$})", difference / by, low / by, high / by)
}
