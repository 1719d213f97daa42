//! What those who run the platform see of the prompts: every version, what came of it in all conversations together, and which of them
//! conversations get. Figures are sums over all businesses, and name none.

mod compared;
mod text;

use api::{ApiError, Guard};
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use domain::Failure;
use domain::failure::Rejection;
use domain::prompts::{ListedPrompt, PromptComparison, PromptState, PromptTask, PromptTraffic};
use jiff::tz::TimeZone;
use maud::{Markup, html};
use store::{Store, Versioned};

use crate::answer::Html;
use crate::settings::fields::{number, tick};
use crate::shell;
use crate::show::moment;
use crate::view::Operator;
use crate::words::Words;

pub(crate) use compared::share;

pub(crate) const PATH: &str = "/app/prompts";
/// The share of the conversations that is proposed for a trial, in percent.
const USUAL_PERCENT: u8 = 10;

/// A task's versions with their traffic, where it was seeded, and what came of them, where that is counted.
pub(crate) struct Overview {
    task: PromptTask,
    traffic: Option<Versioned<PromptTraffic>>,
    versions: Vec<ListedPrompt>,
    compared: Option<PromptComparison>,
}

/// The routes.
pub(crate) fn routes() -> Router<Guard> {
    Router::new().route(PATH, get(page)).route("/app/prompts/{task}/{version}", get(text::page))
}

/// `GET /app/prompts`
async fn page(operator: Operator, State(guard): State<Guard>) -> Result<Html, ApiError> {
    let words = operator.words;
    let mut overviews = Vec::new();
    for task in PromptTask::ALL {
        overviews.push(of(&guard.store, task).await?);
    }
    Ok(Html(shell::of_platform(words, PATH, &words.t("settings-prompts"), &content(words, &overviews))))
}

async fn of(store: &Store, task: PromptTask) -> Result<Overview, Failure> {
    let traffic = match store.prompts().traffic_of(task).await {
        Ok(traffic) => traffic,
        Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => {
            return Ok(Overview { task, traffic: None, versions: Vec::new(), compared: None });
        }
        Err(failure) => return Err(failure),
    };
    let versions = store.prompts().list(&traffic.value).await?;
    let compared = store.prompts().compare(&traffic.value, None).await?;
    Ok(Overview { task, traffic: Some(traffic), versions, compared: Some(compared) })
}

pub(crate) fn content(words: &Words, overviews: &[Overview]) -> Markup {
    html! {
        h1 { (words.t("settings-prompts")) }
        p.quiet { (words.t("prompts-operators-text")) }
        @for one in overviews { (overview(words, one)) }
    }
}

/// All of a task; asked for again after each call of a form in it.
fn overview(words: &Words, overview: &Overview) -> Markup {
    let task = overview.task;
    let title = format!("{task}-title");
    html! {
        section id=(task) aria-labelledby=(title) data-fresh {
            h2 id=(title) { (words.value("prompt-task", &task)) }
            @match &overview.traffic {
                None => p.empty { (words.t("prompts-built-in")) },
                Some(traffic) => {
                    ul.entries {
                        @for (index, one) in overview.versions.iter().enumerate() { (entry(words, traffic, one, index)) }
                    }
                    (steps(words, traffic))
                    @if let Some(compared) = &overview.compared { (compared::table(words, compared)) }
                }
            }
        }
    }
}

/// Whether the version that is tried becomes live by itself; how to end its trial, and how to have the version of before again.
fn steps(words: &Words, traffic: &Versioned<PromptTraffic>) -> Markup {
    let PromptTraffic { challenger, automatic, earlier, .. } = &traffic.value;
    html! {
        @if *automatic { p { (words.t("prompt-is-automatic")) } }
        div.actions {
            @if challenger.is_some() {
                @let none = html! { input type="hidden" name="challenger" data-type="null"; };
                (form(words, traffic, "PUT", "traffic", &none, &words.t("do-prompt-end")))
            }
            @if let Some(before) = earlier.last() {
                (form(words, traffic, "POST", "rollback", &html! {}, &words.with("do-prompt-roll-back", "version", before.to_string())))
            }
        }
    }
}

/// A call about the traffic, as it was read.
fn form(
    words: &Words,
    traffic: &Versioned<PromptTraffic>,
    method: &str,
    what: &str,
    fields: &Markup,
    label: &str,
) -> Markup {
    let call = format!("{method} /v1/prompts/{}/{what}", traffic.value.task);
    html! {
        form method="post" data-call=(call) data-version=(traffic.version) data-done=(words.t("done-prompt")) {
            (fields)
            button.second type="submit" { (label) }
            p.problem role="alert" {}
        }
    }
}

fn entry(words: &Words, traffic: &Versioned<PromptTraffic>, listed: &ListedPrompt, index: usize) -> Markup {
    let ListedPrompt { version, state, percent, changelog, reasons, created_at } = listed;
    let is_live = *version == traffic.value.live;
    let tag = if *state == PromptState::Live && !is_live { "prompt-tried" } else { state_words(*state) };
    let id = format!("{}-{index}", traffic.value.task);
    html! {
        li id=(id) {
            div {
                a href=(text::address(traffic.value.task, version)) { (version) } " " span.tag { (words.t(tag)) }
                @if *percent > 0 { " " (percent) " %" }
                span.quiet { " · " (moment(*created_at, &TimeZone::UTC)) }
                p dir="auto" { (changelog) }
                (self::reasons(words, reasons))
            }
            @if !is_live {
                details id=(format!("{id}-change")) {
                    summary { (words.with("prompt-change", "version", version.to_string())) }
                    @if traffic.value.task.is_counted() { (trying(words, traffic, listed, &format!("{id}-"))) }
                    @let named = html! { input type="hidden" name="version" value=(version); };
                    (form(words, traffic, "POST", "promote", &named, &words.t("do-prompt-promote")))
                }
            }
        }
    }
}

/// Why a version is proposed, where a review proposed it.
fn reasons(words: &Words, reasons: &[String]) -> Markup {
    html! {
        @if !reasons.is_empty() {
            p.label { (words.t("prompt-reasons")) }
            ul { @for reason in reasons { li dir="auto" { (reason) } } }
        }
    }
}

fn state_words(state: PromptState) -> &'static str {
    match state {
        PromptState::Draft => "prompt-draft",
        PromptState::Live => "prompt-live",
        PromptState::Retired => "prompt-retired",
    }
}

/// The version on a share of the conversations: the share it has, or a usual one.
fn trying(words: &Words, traffic: &Versioned<PromptTraffic>, listed: &ListedPrompt, within: &str) -> Markup {
    let percent = if listed.percent > 0 { listed.percent } else { USUAL_PERCENT };
    let is_tried = listed.percent > 0;
    let fields = html! {
        input type="hidden" name="challenger.version" value=(listed.version);
        (number("prompt-percent", "challenger.percent", Some(percent)).required().within(within).show(words))
        (tick("prompt-automatic", "automatic", is_tried && traffic.value.automatic).hint("prompt-automatic-hint").within(within).show(words))
    };
    form(words, traffic, "PUT", "traffic", &fields, &words.t("do-prompt-try"))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::settings::tests::{NOW, pages, read};
    use axum::http::HeaderMap;
    use domain::identity::Role;
    use domain::prompts::PromptCounts;
    use serde_json::json;

    /// A task with a version that is tried, a draft of the review and one that was live before; one of which none is tried; one
    /// that was never seeded.
    pub(crate) fn overviews() -> [Overview; 3] {
        let traffic = |task: &str, challenger: serde_json::Value| Versioned {
            value: read(json!({
                "task": task, "live": "3.0.0", "challenger": challenger, "earlier": ["2.0.0"], "automatic": true, "test": 2,
            })),
            version: 7,
        };
        let suggest: Versioned<PromptTraffic> =
            traffic("suggest", json!({"version": "3.1.0-review.20261130", "percent": 20}));
        let counts = |suggested: u64, accepted: u64| PromptCounts {
            calls: 200,
            suggested,
            accepted,
            edited: 30,
            rejected: 10,
            latency_ms: 180_000,
            latency_squares: 170_000_000,
            cost_microdollars: 600_000,
            cost_squares: 1_900_000_000,
            ..PromptCounts::default()
        };
        let compared = PromptComparison::of(&suggest.value, |version| {
            if *version == suggest.value.live { counts(200, 100) } else { counts(200, 160) }
        });
        let listed = |version: &str, state: &str, percent: u8, reasons: &[&str]| -> ListedPrompt {
            read(json!({
                "version": version, "state": state, "percent": percent, "changelog": "Shorter <b>.", "reasons": reasons, "created_at": NOW,
            }))
        };
        let write: Versioned<PromptTraffic> = traffic("write", json!(null));
        let versions = vec![
            listed("3.2.0", "draft", 0, &[]),
            listed("3.1.0-review.20261130", "live", 20, &["21 of 31 <texts> were made shorter."]),
            listed("3.0.0", "live", 80, &[]),
            listed("2.0.0", "retired", 0, &[]),
        ];
        let took = PromptComparison::of(&write.value, |_| counts(0, 0));
        let untried = vec![listed("3.1.0", "draft", 0, &[]), listed("3.0.0", "live", 100, &[])];
        [
            Overview { task: PromptTask::Suggest, traffic: Some(suggest), versions, compared: Some(compared) },
            Overview { task: PromptTask::Write, traffic: Some(write), versions: untried, compared: Some(took) },
            Overview { task: PromptTask::Analyze, traffic: None, versions: Vec::new(), compared: None },
        ]
    }

    #[test]
    fn every_version_stands_there_with_its_reasons_and_what_can_be_done_with_it() {
        let page = &pages(Role::Admin)["operators"];
        for expected in [
            "21 of 31 &lt;texts&gt; were made shorter.",
            "Shorter &lt;b&gt;.",
            "PUT /v1/prompts/suggest/traffic",
            "POST /v1/prompts/suggest/promote",
            "POST /v1/prompts/suggest/rollback",
            "Put 2.0.0 live again",
            "href=\"/app/prompts/suggest/3.2.0\"",
            "The version that comes with Porchlight is used.",
        ] {
            assert!(page.contains(expected), "{expected}: {page}");
        }
        let forms = |call: &str| page.matches(&format!("data-call=\"{call}\" data-version=\"7\"")).count();
        assert_eq!(forms("PUT /v1/prompts/suggest/traffic"), 4, "three can be tried, and the trial can be ended");
        assert_eq!(forms("POST /v1/prompts/suggest/promote"), 3, "all but the live one");
        assert_eq!((forms("PUT /v1/prompts/write/traffic"), forms("POST /v1/prompts/write/promote")), (0, 1));
    }

    #[test]
    fn what_came_of_two_versions_stands_there_with_intervals_and_what_is_against_the_tried_one() {
        let page = &pages(Role::Admin)["operators"];
        for expected in
            ["50.0 % (43.1 – 56.9)", "+30.0 (", "0.9 s (", "0.0030 USD (", "More of its texts may be held back."]
        {
            assert!(page.contains(expected), "{expected}: {page}");
        }
        // Of the other tasks what questions took, and no success.
        let (_, write) = page.split_once("id=\"write\"").unwrap();
        assert!(write.contains("0.9 s (") && write.contains("0.0030 USD ("), "{write}");
        assert!(!write.contains("Led to an appointment"), "{write}");
        let words = crate::words::accepted(&HeaderMap::new());
        let nothing = Overview { compared: None, ..overviews().into_iter().next().unwrap() };
        assert!(!content(words, &[nothing]).into_string().contains("<table"));
    }
}
