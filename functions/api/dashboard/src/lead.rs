//! One lead, with all that happened and what comes next.

use api::{ApiError, Guard};
use axum::extract::{Path, State};
use domain::LeadId;
use domain::identity::{Member, Permission, may};
use domain::journeys::Sequence;
use domain::leads::{Lead, LeadStatus};
use domain::tenancy::Location;
use domain::tenancy::intake::Answer;
use maud::{Markup, html};
use std::sync::Arc;
use store::{Timeline, TimelineEntry};

use crate::ahead;
use crate::answer::Html;
use crate::leads::name;
use crate::settings::Reader;
use crate::shell;
use crate::show::{amount, local, moment, people, reason, short};
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
    let (leads, conversations, sequences) = (store.leads(), store.conversations(), store.sequences());
    let choices = async {
        if !view.permits(Permission::WriteLeads) {
            return Ok((Arc::default(), Arc::default()));
        }
        let (members, tenants) = (store.members(), store.tenants());
        tokio::try_join!(members.team(tenant), tenants.locations(tenant))
    };
    let (mut addresses, timeline, sequences, (team, locations)) = tokio::try_join!(
        leads.addresses(tenant, [lead.contact].into_iter()),
        conversations.timeline(tenant, lead.contact, ENTRIES),
        sequences.in_force(tenant),
        choices,
    )?;
    let title = name(&view, &lead);
    let main = html! {
        p { a.back href="/app/leads" { (words.t("back-to-leads")) } }
        h1 dir="auto" { (title) }
        div.columns {
            div {
                (upcoming(Reader::of(&view), &timeline, &sequences))
                p { a href=(ahead::path(lead.id)) { (words.t("ahead-link")) } }
                h2 { (words.t("timeline-title")) }
                ol.timeline #timeline data-live {
                    @for entry in &timeline.touches { (touch(&view, entry)) }
                }
            }
            aside {
                h2 { (words.t("about-label")) }
                (reached(&view, &addresses.remove(&lead.contact).unwrap_or_default()))
                (known(&view, &lead))
                @if view.permits(Permission::WriteLeads) { (change(Reader::of(&view), &view.tenant.currency, &lead, &team, &locations)) }
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
        ("lead-how-many", wants.how_many.clone()),
        ("lead-where", wants.location.clone()),
        ("lead-budget", wants.budget.clone()),
        ("lead-value", lead.value.as_ref().map(|value| local(words, &view.tenant).money(value.cents, &value.currency))),
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

fn change(reader: Reader<'_>, currency: &str, lead: &Lead, team: &[Member], locations: &[Location]) -> Markup {
    let words = reader.words;
    // Who left, and a place that is gone, stay chosen until another is.
    let may_have =
        |member: &&Member| member.role.permits(Permission::WriteLeads) || lead.assignee == Some(member.account);
    let gone = lead.assignee.filter(|account| team.iter().all(|member| member.account != *account));
    let lost = lead.location.as_ref().filter(|id| locations.iter().all(|place| place.id != **id));
    let fields = html! {
        label for="new-status" { (words.t("lead-status")) }
        select #new-status name="status" aria-describedby="new-status-problem" {
            @for one in LeadStatus::ALL.into_iter().filter(|one| *one == lead.status || lead.status.allows(*one)) {
                option value=(one.as_str()) selected[one == lead.status] { (words.value("status", &one)) }
            }
        }
        p.problem #new-status-problem {}
        label for="new-assignee" { (words.t("contact-assignee")) }
        select #new-assignee name="assignee" data-type="empty-null" aria-describedby="new-assignee-problem" {
            option value="" { (words.t("tag-nobody")) }
            @if let Some(account) = gone { option value=(account) selected { (words.t("tag-colleague")) } }
            (people(team.iter().filter(may_have), lead.assignee))
        }
        p.problem #new-assignee-problem {}
        @if !locations.is_empty() || lost.is_some() {
            label for="new-location" { (words.t("lead-location")) }
            select #new-location name="location" data-type="empty-null" aria-describedby="new-location-problem" {
                option value="" { (words.t("lead-no-location")) }
                @if let Some(id) = lost { option value=(id) selected { (id) } }
                @for place in locations {
                    option value=(place.id) selected[lead.location.as_ref() == Some(&place.id)] dir="auto" { (place.name) }
                }
            }
            p.problem #new-location-problem {}
        }
        label for="new-value" { (words.t("lead-value")) " (" (currency) ")" }
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
fn upcoming(reader: Reader<'_>, timeline: &Timeline, sequences: &[Sequence]) -> Markup {
    let words = reader.words;
    html! {
        section #upcoming data-live {
            p { (words.t("stage-title")) ": " strong { (words.value("stage", &timeline.stage)) }
                " (" (moment(timeline.stage_since, reader.zone)) ")" }
            @if !timeline.upcoming.is_empty() {
                h2 { (words.t("upcoming-title")) }
                ul {
                    @for next in &timeline.upcoming {
                        @let named = ahead::named(words, sequences, next.sequence.as_str(), next.step.as_str());
                        li { p { strong dir="auto" { (named) } " · " (moment(next.due, reader.zone)) } }
                    }
                }
            }
            @if !timeline.blocked.is_empty() {
                h2 { (words.t("blocked-title")) }
                ul {
                    @for waiting in &timeline.blocked {
                        li {
                            p {
                                strong { (words.value("channel", &waiting.channel)) }
                                @if let Some(why) = &waiting.why { ": " (reason(words, waiting.verdict().as_ref(), why)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn touch<R>(view: &View<R>, entry: &TimelineEntry) -> Markup {
    let words = view.words;
    match entry {
        TimelineEntry::Message { at, message, role, channel, text, state, verdict, why, .. } => html! {
            li {
                p.quiet {
                    (moment(*at, &view.zone)) " · " (words.value("role", role)) " · " (words.value("channel", channel))
                    @if let Some(state) = state { " · " (words.value("delivery", state)) }
                }
                p dir="auto" { a href=(format!("/app/inbox/{}", message.conversation)) { (short(text, 280)) } }
                @if let Some(why) = why { p.quiet { (reason(words, verdict.as_ref(), why)) } }
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
            li { p.quiet { (moment(entry.at, &view.zone)) " · " (words.t("timeline-journey")) } p lang="en" { (entry.what) } }
        },
        TimelineEntry::Task { at, task } => html! {
            li {
                p.quiet { (moment(*at, &view.zone)) " · " (words.t("timeline-task")) }
                p dir="auto" { (task.title) }
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::tests::{NOW, OTHER, principal, read};
    use crate::words;
    use axum::http::HeaderMap;
    use domain::identity::Role;
    use jiff::tz::TimeZone;
    use serde_json::json;
    use store::Upcoming;

    fn shown(part: impl Fn(Reader<'_>) -> Markup) -> String {
        let principal = principal(Role::Agent);
        let words = words::accepted(&HeaderMap::new());
        part(Reader { words, principal: &principal, zone: &TimeZone::UTC, now: NOW.parse().unwrap() }).into_string()
    }

    fn lead(more: &serde_json::Value) -> Lead {
        let mut lead = json!({
            "id": OTHER, "contact": OTHER, "source": "sms", "status": "new", "score": "hot", "created_at": NOW, "updated_at": NOW, "version": 3,
        });
        lead.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        read(lead)
    }

    #[test]
    fn a_lead_is_given_to_who_may_work_with_it_and_to_a_place() {
        let member = |account: &str, role: &str, name: &str| -> Member {
            read(
                json!({"tenant": "acme", "account": account, "role": role, "name": name, "email": "a@acme.example", "joined_at": NOW}),
            )
        };
        let viewer = "59c84c7a-b15c-5c11-af78-5a5c4e2bdf2c";
        let team = [member(OTHER, "agent", "Ana <Flores>"), member(viewer, "viewer", "Vic")];
        let places: [Location; 1] = [read(
            json!({"id": "lakewood", "name": "Lakewood", "address": {"street": "1 Elm Street", "city": "Lakewood", "country": "US"}}),
        )];
        let form = |more: serde_json::Value| shown(|reader| change(reader, "USD", &lead(&more), &team, &places));
        let chosen = form(json!({"assignee": OTHER, "location": "lakewood"}));
        for part in [
            format!("<option value=\"{OTHER}\" selected dir=\"auto\">Ana &lt;Flores&gt;</option>").as_str(),
            "<option value=\"lakewood\" selected dir=\"auto\">Lakewood</option>",
            "name=\"assignee\" data-type=\"empty-null\"",
        ] {
            assert!(chosen.contains(part), "{part}: {chosen}");
        }
        assert!(!chosen.contains("Vic"), "who only reads is not given one: {chosen}");
        // Another change must not take it from who left, nor from a place that is gone.
        let gone = form(json!({"assignee": "69c84c7a-b15c-5c11-af78-5a5c4e2bdf2c", "location": "denver"}));
        assert!(gone.contains("<option value=\"69c84c7a-b15c-5c11-af78-5a5c4e2bdf2c\" selected>"), "{gone}");
        assert!(gone.contains("<option value=\"denver\" selected>"), "{gone}");
    }

    #[test]
    fn what_comes_next_is_called_by_its_name() {
        let sequence = &domain::journeys::shipped()[0];
        let timeline = Timeline {
            contact: read(json!(OTHER)),
            stage: read(json!("quote_sent")),
            stage_since: NOW.parse().unwrap(),
            touches: Vec::new(),
            upcoming: vec![Upcoming {
                sequence: sequence.id.clone(),
                run: read(json!(OTHER)),
                step: sequence.steps[1].id.clone(),
                due: NOW.parse().unwrap(),
                paused_until: None,
            }],
            blocked: Vec::new(),
        };
        let page = shown(|reader| upcoming(reader, &timeline, domain::journeys::shipped()));
        assert!(page.contains(&format!("<strong dir=\"auto\">{} · step 2</strong>", sequence.name)), "{page}");
        let unknown = shown(|reader| upcoming(reader, &timeline, &[]));
        assert!(unknown.contains(&format!("{} · {}", sequence.id, sequence.steps[1].id)), "{unknown}");
    }
}
