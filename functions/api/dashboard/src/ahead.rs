//! What would happen to a lead's contact in the days to come if no one did anything: the dry run.

use api::{ApiError, Guard};
use axum::extract::{Path, Query, State};
use domain::LeadId;
use domain::identity::may;
use domain::journeys::{Happening, Sequence, Simulated};
use maud::{Markup, html};
use serde::Deserialize;

use crate::answer::Html;
use crate::leads::name;
use crate::settings::Reader;
use crate::shell;
use crate::show::{moment, reason, short};
use crate::thread::lead_path;
use crate::view::View;
use crate::words::Words;

/// How far one can look ahead, in days; the first where nothing was chosen.
const DAYS: [u32; 3] = [30, 7, 90];

/// How far ahead.
#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(crate) struct Wanted {
    days: String,
}

impl Wanted {
    fn days(&self) -> u32 {
        self.days.parse().ok().filter(|days| DAYS.contains(days)).unwrap_or(DAYS[0])
    }
}

/// Where it is.
pub(crate) fn path(lead: LeadId) -> String {
    format!("{}/ahead", lead_path(lead))
}

/// `GET /app/leads/{id}/ahead`
pub(crate) async fn page(
    view: View<may::ReadLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let (tenant, store, days) = (&view.tenant.id, &guard.store, wanted.days());
    let lead = store.leads().get(tenant, LeadId::parse(&id)?).await?;
    let steps = store.journeys().dry_run(tenant, lead.contact, view.now(), days).await?;
    let sequences = store.sequences().in_force(tenant).await?;
    let title = view.words.with("ahead-title", "name", name(&view, &lead));
    let main = html! {
        p { a.back href=(lead_path(lead.id)) { (view.words.t("to-lead")) } }
        h1 dir="auto" { (title) }
        (content(Reader::of(&view), &path(lead.id), &sequences, days, &steps))
    };
    Ok(Html(shell::page(&view, "/app/leads", &title, &main)))
}

pub(crate) fn content(
    reader: Reader<'_>,
    path: &str,
    sequences: &[Sequence],
    days: u32,
    steps: &[Simulated],
) -> Markup {
    let words = reader.words;
    html! {
        p.quiet { (words.t("ahead-text")) }
        nav.queues aria-label=(words.t("ahead-days")) {
            ul {
                @for choice in DAYS {
                    li { a href=(format!("{path}?days={choice}")) aria-current=[(choice == days).then_some("true")] { (words.with("days", "count", choice)) } }
                }
            }
        }
        @if steps.is_empty() { p.empty { (words.t("ahead-empty")) } }
        ol.timeline { @for one in steps { (step(reader, sequences, one)) } }
    }
}

fn step(reader: Reader<'_>, sequences: &[Sequence], one: &Simulated) -> Markup {
    let words = reader.words;
    let from = one
        .sequence
        .as_ref()
        .zip(one.step.as_ref())
        .map(|(sequence, step)| named(words, sequences, sequence.as_str(), step.as_str()));
    html! {
        li {
            p.quiet {
                (moment(one.at, reader.zone))
                @if let Some(from) = from { " · " span dir="auto" { (from) } }
                @if let Some(channel) = &one.channel { " · " (words.value("channel", channel)) }
            }
            p {
                span.tag.met[one.what == Happening::Sent] { (words.value("happening", &one.what)) }
                @if let Some(text) = &one.text { " " span dir="auto" { (short(text, 280)) } }
            }
            @if let Some(why) = one.why.as_ref().filter(|_| one.what != Happening::Sent) {
                p.quiet { (reason(words, one.verdict.as_ref(), why)) }
            }
        }
    }
}

/// What people call a step: its sequence's name and its number in it. What is not there any more is called by its id.
pub(crate) fn named(words: &Words, sequences: &[Sequence], sequence: &str, step: &str) -> String {
    let known = sequences.iter().find(|known| known.id.as_str() == sequence);
    let number = known.and_then(|known| known.steps.iter().position(|one| one.id.as_str() == step));
    let name = known.map_or(sequence, |known| known.name.as_str());
    let step = number.map_or_else(|| step.to_owned(), |number| words.with("step-number", "number", number + 1));
    format!("{name} · {step}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::tests::{NOW, principal, read};
    use crate::words;
    use axum::http::header::ACCEPT_LANGUAGE;
    use axum::http::{HeaderMap, HeaderValue};
    use domain::identity::Role;
    use jiff::tz::TimeZone;
    use serde_json::json;

    fn shown(language: &'static str, steps: &[Simulated]) -> String {
        let asked = HeaderMap::from_iter([(ACCEPT_LANGUAGE, HeaderValue::from_static(language))]);
        let (principal, zone) = (principal(Role::Agent), TimeZone::get("America/Chicago").unwrap());
        let reader =
            Reader { words: words::accepted(&asked), principal: &principal, zone: &zone, now: NOW.parse().unwrap() };
        content(reader, "/app/leads/1/ahead", domain::journeys::shipped(), 30, steps).into_string()
    }

    #[test]
    fn the_dry_run_names_each_step_and_says_why_it_does_not_go_out() {
        let sequence = &domain::journeys::shipped()[0];
        let step = |what: &str, number: usize, verdict: serde_json::Value| -> Simulated {
            let why = verdict.get("why").cloned();
            read(json!({
                "at": NOW, "sequence": sequence.id, "step": sequence.steps[number].id, "what": what, "channel": "sms",
                "verdict": verdict, "text": "Hi <Ana>, shall we book?", "why": why,
            }))
        };
        let held =
            json!({"decision": "delayed", "until": NOW, "why": "Quiet hours where they live", "rule": "quiet_hours"});
        let sent = json!({"decision": "allowed", "why": "Outside quiet hours", "rule": "no_objection"});
        let steps = [step("sent", 0, sent), step("delayed", 1, held)];
        let page = shown("en", &steps);
        for text in [
            format!("{} · step 1", sequence.name).as_str(),
            "step 2",
            "tag met\">goes out",
            "Hi &lt;Ana&gt;, shall we book?",
            "<span lang=\"en\">Quiet hours where they live</span>",
            "href=\"/app/leads/1/ahead?days=90\"",
        ] {
            assert!(page.contains(text), "{text}: {page}");
        }
        assert!(!page.contains("Outside quiet hours"), "what goes out needs no reason: {page}");
        assert!(shown("de", &steps).contains("Ruhezeit am Wohnort"));
        assert!(shown("en", &[]).contains("Nothing would happen"));
    }

    #[test]
    fn everything_that_may_happen_has_its_words() {
        for what in ["sent", "delayed", "not_sent", "waiting", "task", "mark", "skipped", "ended"] {
            let step: Simulated =
                read(json!({"at": NOW, "sequence": null, "step": null, "what": what, "channel": null,
                "verdict": null, "text": null, "why": null}));
            let named = format!(">{}<", what.replace('_', " "));
            assert!(!shown("pt", &[step]).contains(&named), "{what}");
        }
    }

    #[test]
    fn one_looks_a_month_ahead_unless_one_chose_otherwise() {
        let days = |days: &str| Wanted { days: days.to_owned() }.days();
        assert_eq!([days(""), days("7"), days("90"), days("400")], [30, 7, 90, 30]);
    }
}
