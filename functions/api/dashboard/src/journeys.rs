//! Sequences: which there are, whether they are on, what their steps do and how their texts did.

use api::{ApiError, Guard};
use axum::extract::{Path, State};
use domain::Failure;
use domain::identity::{Permission, may};
use domain::ids::StepId;
use domain::journeys::{Act, Route, Sequence, Step, Tallied, Text, VariantStats, Wait, in_force, shipped};
use domain::tenancy::Language;
use futures::future::try_join_all;
use jiff::civil::Time;
use maud::{Markup, html};
use std::collections::BTreeMap;
use store::Versioned;

use crate::answer::Html;
use crate::settings::Reader;
use crate::shell;
use crate::view::View;

/// `GET /app/journeys`
pub(crate) async fn list(view: View<may::ReadSettings>, State(guard): State<Guard>) -> Result<Html, ApiError> {
    let (tenant, store) = (&view.tenant.id, &guard.store);
    let own = store.documents().all::<Sequence>(tenant).await?;
    let known = in_force(&own);
    let counted =
        try_join_all(known.iter().map(|sequence| store.sequences().sequence_variant_stats(tenant, &sequence.id)));
    let counted: Vec<Tallied> = counted.await?.iter().map(total).collect();
    let listed: Vec<_> = known.iter().zip(counted).collect();
    let main = list_content(Reader::of(&view), &own, &listed);
    Ok(Html(shell::page(&view, "/app/journeys", &view.words.t("nav-journeys"), &main)))
}

/// What was counted of all texts of a sequence together.
fn total(counted: &BTreeMap<StepId, VariantStats>) -> Tallied {
    let all = counted.values().flat_map(|stats| stats.0.values());
    all.fold(Tallied::default(), |sum, one| Tallied {
        sent: sum.sent.saturating_add(one.sent),
        converted: sum.converted.saturating_add(one.converted),
        opted_out: sum.opted_out.saturating_add(one.opted_out),
    })
}

/// The sequences in force, each with what was counted of it; `own` are those that the business has changed.
pub(crate) fn list_content(reader: Reader<'_>, own: &[Sequence], listed: &[(&Sequence, Tallied)]) -> Markup {
    html! {
        h1 { (reader.t("nav-journeys")) }
        p.quiet { (reader.t("journeys-text")) }
        ul.entries {
            @for (sequence, count) in listed {
                li {
                    a.row-link href=(format!("/app/journeys/{}", sequence.id)) {
                        span { strong dir="auto" { (sequence.name) } " " (state(reader, sequence.enabled)) }
                        span.quiet {
                            (reader.words.with("step-count", "count", sequence.steps.len()))
                            @if own.iter().any(|mine| mine.id == sequence.id) { " · " (reader.t("sequence-own")) }
                            @if count.sent > 0 { " · " (figures(reader, count)) }
                        }
                    }
                }
            }
        }
        p { a href="/app/leads" { (reader.t("dry-run-link")) } }
    }
}

fn state(reader: Reader<'_>, enabled: bool) -> Markup {
    html! { span.tag.met[enabled] { (reader.t(if enabled { "sequence-on" } else { "sequence-off" })) } }
}

/// `GET /app/journeys/{id}`
pub(crate) async fn one(
    view: View<may::ReadSettings>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Html, ApiError> {
    let (tenant, store) = (&view.tenant.id, &guard.store);
    let own = store.documents().all::<Sequence>(tenant).await?;
    let stored = if own.iter().any(|sequence| sequence.id.as_str() == id) {
        store.documents().get::<Sequence>(tenant, &id).await?
    } else {
        let shipped = shipped().iter().find(|sequence| sequence.id.as_str() == id);
        let value = shipped.ok_or_else(|| Failure::not_found("sequence"))?.clone();
        Versioned { value, version: 0 }
    };
    let counted = store.sequences().sequence_variant_stats(tenant, &stored.value.id).await?;
    let main = one_content(Reader::of(&view), &view.tenant.language, &stored, &counted);
    Ok(Html(shell::page(&view, "/app/journeys", &stored.value.name, &main)))
}

/// `language` is the tenant's: its texts are shown in it.
pub(crate) fn one_content(
    reader: Reader<'_>,
    language: &Language,
    stored: &Versioned<Sequence>,
    counted: &BTreeMap<StepId, VariantStats>,
) -> Markup {
    let sequence = &stored.value;
    html! {
        p { a.back href="/app/journeys" { (reader.t("back-to-journeys")) } }
        h1 dir="auto" { (sequence.name) }
        div #state data-fresh {
            p { (state(reader, sequence.enabled)) }
            @if reader.permits(Permission::WriteSettings) { (toggle(reader, stored)) }
        }
        h2 { (reader.t("steps-title")) }
        ol.timeline { @for step in &sequence.steps { (step_line(reader, language, step, counted.get(&step.id))) } }
    }
}

/// Switches it off or on. A shipped one becomes the tenant's own so.
fn toggle(reader: Reader<'_>, stored: &Versioned<Sequence>) -> Markup {
    let Versioned { value: sequence, version } = stored;
    let (label, done) = if sequence.enabled { ("do-pause", "done-pause") } else { ("do-resume", "done-resume") };
    html! {
        form.button method="post" data-call=(format!("PUT /v1/sequences/{}", sequence.id)) data-whole data-version=(version)
            data-done=(reader.t(done)) {
            input type="hidden" name="enabled" value=(!sequence.enabled) data-type="json";
            button.second type="submit" { (reader.t(label)) }
            p.problem role="alert" {}
        }
    }
}

fn step_line(reader: Reader<'_>, language: &Language, step: &Step, counted: Option<&VariantStats>) -> Markup {
    html! {
        li {
            p.quiet { (due(reader, step.wait)) }
            @match &step.does {
                Act::Message(text) => (message(reader, language, text, counted)),
                Act::Task { title, .. } => p { span.tag { (reader.t("timeline-task")) } " " span dir="auto" { (title) } },
                Act::Mark { stage } => p { (reader.t("stage-title")) ": " (reader.words.value("stage", stage)) },
            }
        }
    }
}

fn message(reader: Reader<'_>, language: &Language, text: &Text, counted: Option<&VariantStats>) -> Markup {
    let words = reader.words;
    let way = match &text.channel {
        Route::Best => reader.t("route-best"),
        Route::FirstOf(channels) => {
            channels.iter().map(|channel| words.value("channel", channel)).collect::<Vec<_>>().join(", ")
        }
    };
    html! {
        p { span.tag { (way) } }
        @for variant in &text.variants {
            @let shown = variant.texts.get(language).or_else(|| variant.texts.values().next());
            p.lines dir="auto" { @if let Some(shown) = shown { (shown) } }
            @if let Some(count) = counted.and_then(|counted| counted.0.get(&variant.id)) {
                p.quiet { (figures(reader, count)) }
            }
        }
    }
}

/// How many got it, and what came of that.
fn figures(reader: Reader<'_>, count: &Tallied) -> Markup {
    let words = reader.words;
    html! {
        (words.with("variant-sent", "count", count.sent)) " · " (words.with("variant-converted", "count", count.converted))
        " · " (words.with("variant-opted-out", "count", count.opted_out))
    }
}

/// When a step is due.
fn due(reader: Reader<'_>, wait: Wait) -> String {
    let words = reader.words;
    let at = |time: Time| time.strftime("%H:%M").to_string();
    match wait {
        Wait::After { minutes: 0 } => words.t("wait-at-once"),
        Wait::After { minutes } => words.with("wait-after", "span", span(reader, minutes)),
        Wait::OnDay { day, at: time } => format!("{}, {}", words.with("wait-day", "day", day), at(time)),
        Wait::BeforeAppointment { minutes } => words.with("wait-before-appointment", "span", span(reader, minutes)),
        Wait::AppointmentDay { at: time } => format!("{}, {}", words.t("wait-appointment-day"), at(time)),
        Wait::AfterAppointment { minutes } => words.with("wait-after-appointment", "span", span(reader, minutes)),
        Wait::BeforeDueDate { days, at: time } => {
            format!("{}, {}", words.with("wait-before-due", "count", days), at(time))
        }
        Wait::AfterDueDate { days, at: time } => {
            format!("{}, {}", words.with("wait-after-due", "count", days), at(time))
        }
        Wait::AsTheyReact { at: time } => format!("{}, {}", words.t("wait-react"), at(time)),
    }
}

/// So many minutes, in the largest unit that they fill.
fn span(reader: Reader<'_>, minutes: u32) -> String {
    let (name, count) = match minutes {
        minutes if minutes % 1_440 == 0 => ("days", minutes / 1_440),
        minutes if minutes % 60 == 0 => ("hours", minutes / 60),
        minutes => ("minutes", minutes),
    };
    reader.words.with(name, "count", count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::tests::{NOW, principal, read};
    use crate::words;
    use axum::http::HeaderMap;
    use domain::identity::Role;
    use jiff::tz::TimeZone;
    use serde_json::json;

    #[test]
    fn the_list_and_each_text_say_how_many_got_it_and_what_came_of_that() {
        let principal = principal(Role::Manager);
        let words = words::accepted(&HeaderMap::new());
        let reader = Reader { words, principal: &principal, zone: &TimeZone::UTC, now: NOW.parse().unwrap() };
        let sequence = shipped().iter().find(|one| matches!(one.steps[0].does, Act::Message(_))).unwrap();
        let Act::Message(text) = &sequence.steps[0].does else { unreachable!() };
        let count = |sent: u64, converted: u64| json!({"sent": sent, "converted": converted, "opted_out": 1});
        let first: VariantStats = read(json!({ (text.variants[0].id.to_string()): count(40, 9), "gone": count(2, 1) }));
        let counted =
            BTreeMap::from([(sequence.steps[0].id.clone(), first.clone()), (sequence.steps[1].id.clone(), first)]);
        let list = list_content(reader, &[], &[(sequence, total(&counted))]).into_string();
        assert!(list.contains("sent to 84 · 20 did what it asks for · 4 opted out"), "{list}");
        let none = list_content(reader, &[], &[(sequence, Tallied::default())]).into_string();
        assert!(!none.contains("sent to"), "{none}");
        let stored = Versioned { value: sequence.clone(), version: 0 };
        let one = one_content(reader, &Language::english(), &stored, &counted).into_string();
        assert!(one.contains("sent to 40 · 9 did what it asks for · 1 opted out"), "{one}");
    }
}
