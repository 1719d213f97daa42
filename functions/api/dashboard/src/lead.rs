//! One lead, with all that happened and what comes next.

use api::{ApiError, Guard};
use axum::extract::{Path, State};
use domain::LeadId;
use domain::identity::{Permission, may};
use domain::leads::{Lead, LeadStatus};
use domain::tenancy::intake::Answer;
use maud::{Markup, html};
use store::{Timeline, TimelineEntry, Upcoming};

use crate::answer::Html;
use crate::leads::name;
use crate::shell;
use crate::show::{amount, moment, short};
use crate::thread::reached;
use crate::view::View;

/// Entries of a timeline.
const ENTRIES: usize = 100;

/// `GET /app/leads/{id}`
pub(crate) async fn one(
    view: View<may::ReadLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Html, ApiError> {
    let words = view.words;
    let (tenant, store) = (&view.tenant.id, &guard.store);
    let lead = store.leads().get(tenant, LeadId::parse(&id)?).await?;
    let (mut addresses, timeline) = tokio::try_join!(
        store.leads().addresses(tenant, [lead.contact].into_iter()),
        store.conversations().timeline(tenant, lead.contact, ENTRIES),
    )?;
    let title = name(&view, &lead);
    let main = html! {
        p { a.back href="/app/leads" { (words.t("back-to-leads")) } }
        h1 dir="auto" { (title) }
        div.columns {
            div {
                (upcoming(&view, &timeline))
                h2 { (words.t("timeline-title")) }
                ol.timeline #timeline data-live {
                    @for entry in &timeline.touches { (touch(&view, entry)) }
                }
            }
            aside {
                h2 { (words.t("about-label")) }
                (reached(&view, &addresses.remove(&lead.contact).unwrap_or_default()))
                (known(&view, &lead))
                @if view.permits(Permission::WriteLeads) { (change(&view, &lead)) }
            }
        }
    };
    Ok(Html(shell::page(&view, "/app/leads", &title, &main)))
}

/// What is known of what they want.
pub(crate) fn known<R>(view: &View<R>, lead: &Lead) -> Markup {
    let words = view.words;
    let wants = &lead.qualification;
    let services = wants.services().collect::<Vec<_>>().join(", ");
    let visit =
        lead.requested_visit.as_ref().map(|visit| visit.shown(&view.zone)).or_else(|| lead.requested_time.clone());
    let taken: Vec<String> = lead.taken_extras().map(|extra| extra.shown(&view.tenant.currency)).collect();
    let rows = [
        ("lead-score", Some(words.value("score", &lead.score))),
        ("lead-status", Some(words.value("status", &lead.status))),
        ("lead-source", Some(words.value("source", &lead.source))),
        ("lead-wants", Some(services).filter(|services| !services.is_empty())),
        ("lead-extras", Some(taken.join(", ")).filter(|taken| !taken.is_empty())),
        ("lead-urgency", wants.urgency.map(|urgency| words.value("urgency", &urgency))),
        ("lead-when", visit.or_else(|| wants.timeline.clone())),
        ("lead-where", wants.location.clone()),
        ("lead-budget", wants.budget.clone()),
        ("lead-value", lead.value.as_ref().map(ToString::to_string)),
        ("lead-lost-reason", lead.lost_reason.clone()),
    ];
    html! {
        dl {
            @for (label, value) in rows {
                @if let Some(value) = value { dt { (words.t(label)) } dd dir="auto" { (value) } }
            }
            @for question in &view.tenant.intake {
                @if let Some(answer) = lead.intake.get(&question.id) {
                    dt dir="auto" { (question.text) } dd dir="auto" { (answered(answer)) }
                }
            }
        }
    }
}

/// An answer as it was given.
fn answered(answer: &Answer) -> String {
    match serde_json::to_value(answer) {
        Ok(serde_json::Value::Object(fields)) => {
            let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
            fields
                .iter()
                .filter(|(name, _)| *name != "type")
                .map(|(_, value)| text(value))
                .collect::<Vec<_>>()
                .join(" ")
        }
        Ok(value) => value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned),
        Err(_) => String::new(),
    }
}

fn change<R>(view: &View<R>, lead: &Lead) -> Markup {
    let words = view.words;
    let fields = html! {
        label for="new-status" { (words.t("lead-status")) }
        select #new-status name="status" aria-describedby="new-status-problem" {
            @for one in LeadStatus::ALL.into_iter().filter(|one| *one == lead.status || lead.status.allows(*one)) {
                option value=(one.as_str()) selected[one == lead.status] { (words.value("status", &one)) }
            }
        }
        p.problem #new-status-problem {}
        label for="new-value" { (words.t("lead-value")) " (" (view.tenant.currency) ")" }
        input #new-value name="value" inputmode="decimal" data-type="worth" data-wrong=(words.t("cents-wrong")) aria-describedby="new-value-problem"
            value=(lead.value.as_ref().map_or_else(String::new, |value| amount(value.cents.unsigned_abs())));
        p.problem #new-value-problem {}
        label for="new-reason" { (words.t("lead-lost-reason")) }
        input #new-reason name="lost_reason" maxlength="200" data-type="empty-null" dir="auto" aria-describedby="new-reason-problem"
            value=(lead.lost_reason.as_deref().unwrap_or_default());
        p.problem #new-reason-problem {}
        button.second type="submit" { (words.t("do-save")) }
    };
    html! {
        form method="post" data-call=(format!("PATCH /v1/leads/{}", lead.id)) data-version=(lead.version)
            data-done=(words.t("done-save")) data-reload {
            (fields)
            p.problem role="alert" {}
        }
    }
}

/// What comes next, and what waits and why.
fn upcoming<R>(view: &View<R>, timeline: &Timeline) -> Markup {
    let words = view.words;
    html! {
        section #upcoming data-live {
            p { (words.t("stage-title")) ": " strong { (words.value("stage", &timeline.stage)) }
                " (" (moment(timeline.stage_since, &view.zone)) ")" }
            @if !timeline.upcoming.is_empty() {
                h2 { (words.t("upcoming-title")) }
                ul { @for next in &timeline.upcoming { (step(view, next)) } }
            }
            @if !timeline.blocked.is_empty() {
                h2 { (words.t("blocked-title")) }
                ul {
                    @for waiting in &timeline.blocked {
                        li {
                            p { strong { (words.value("channel", &waiting.channel)) } @if let Some(why) = &waiting.why { ": " (why) } }
                        }
                    }
                }
            }
        }
    }
}

fn step<R>(view: &View<R>, next: &Upcoming) -> Markup {
    html! { li { p { strong { (next.sequence) } " · " (next.step) " · " (moment(next.due, &view.zone)) } } }
}

fn touch<R>(view: &View<R>, entry: &TimelineEntry) -> Markup {
    let words = view.words;
    match entry {
        TimelineEntry::Message { at, message, role, channel, text, state, why, .. } => html! {
            li {
                p.quiet {
                    (moment(*at, &view.zone)) " · " (words.value("role", role)) " · " (words.value("channel", channel))
                    @if let Some(state) = state { " · " (words.value("delivery", state)) }
                }
                p dir="auto" { a href=(format!("/app/inbox/{}", message.conversation)) { (short(text, 280)) } }
                @if let Some(why) = why { p.quiet { (why) } }
            }
        },
        TimelineEntry::StatusChanged { change, .. } => html! {
            li {
                p.quiet { (moment(change.at, &view.zone)) " · " (words.t("lead-status")) }
                p { (words.value("status", &change.was)) " → " strong { (words.value("status", &change.status)) } }
            }
        },
        TimelineEntry::Escalation { at, escalation } => html! {
            li {
                p.quiet { (moment(*at, &view.zone)) " · " (words.t("tag-escalated")) }
                p {
                    (words.value("reason", &escalation.reason))
                    @if let Some(end) = &escalation.resolution { " · " (words.t("done-resolve")) " " span dir="auto" { (end.note) } }
                }
            }
        },
        TimelineEntry::Journey(entry) => html! {
            li { p.quiet { (moment(entry.at, &view.zone)) " · " (words.t("timeline-journey")) } p { (entry.what) } }
        },
        TimelineEntry::Task { at, task } => html! {
            li {
                p.quiet { (moment(*at, &view.zone)) " · " (words.t("timeline-task")) }
                p dir="auto" { (task.title) }
            }
        },
    }
}
