//! Leads: the list, and one with all that happened and what comes next.

use api::{ApiError, Guard};
use axum::extract::{Path, Query, State};
use domain::LeadId;
use domain::identity::{Member, Permission, may};
use domain::ids::{AccountId, LocationId};
use domain::leads::{Lead, LeadStatus, Score};
use domain::messaging::Source;
use domain::tenancy::Location;
use domain::tenancy::intake::Answer;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use maud::{Markup, html};
use serde::Deserialize;
use store::{LeadFilter, Page, Timeline, TimelineEntry, Upcoming};

use crate::answer::Html;
use crate::board::{ON_A_BOARD, board};
use crate::shell::{self, escaped, form, next, nothing};
use crate::show::{amount, moment, short};
use crate::thread::{lead_path, reached};
use crate::view::View;

/// Leads on a page.
const ON_A_PAGE: usize = 25;
/// How far back one can look, in days.
const DAYS: [i64; 3] = [7, 30, 90];
/// Entries of a timeline.
const ENTRIES: usize = 100;

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(crate) struct Wanted {
    status: String,
    score: String,
    source: String,
    assignee: String,
    location: String,
    /// So many days back.
    days: String,
    q: String,
    /// `board`, or the list.
    view: String,
    cursor: Option<String>,
}

impl Wanted {
    /// What is looked for; what nobody could have chosen is left out. Days are whole ones of the business's zone: a page and the next
    /// one, minutes later, are of the same leads.
    fn filter(&self, now: Timestamp, zone: &TimeZone) -> LeadFilter {
        let asked = self.q.trim();
        let days = self.days.parse().ok().filter(|days| DAYS.contains(days));
        let today = now.to_zoned(zone.clone()).date();
        let since = days.and_then(|days| today.saturating_sub(days.days()).to_zoned(zone.clone()).ok());
        LeadFilter {
            status: LeadStatus::parse(&self.status),
            score: Score::parse(&self.score),
            source: Source::ALL.into_iter().find(|source| source.as_str() == self.source),
            location: LocationId::new(&self.location).ok(),
            assignee: AccountId::parse(&self.assignee).ok(),
            since: since.map(|since| since.timestamp()),
            name: (!asked.is_empty()).then(|| asked.to_owned()),
        }
    }

    fn is_board(&self) -> bool {
        self.view == "board"
    }

    /// Its query but for the view and where it goes on.
    fn query(&self) -> [(&'static str, &str); 7] {
        [
            ("status", self.status.as_str()),
            ("score", self.score.as_str()),
            ("source", self.source.as_str()),
            ("assignee", self.assignee.as_str()),
            ("location", self.location.as_str()),
            ("days", self.days.as_str()),
            ("q", self.q.trim()),
        ]
    }

    /// Where the other view of the same leads is.
    fn other_view(&self) -> String {
        let query = self.query().into_iter().filter(|(_, value)| !value.is_empty());
        let same: String = query.map(|(name, value)| format!("{name}={}&", escaped(value))).collect();
        format!("/app/leads?{same}view={}", if self.is_board() { "list" } else { "board" })
    }
}

/// `GET /app/leads`
pub(crate) async fn list(
    view: View<may::ReadLeads>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let (words, tenant, store) = (view.words, &view.tenant.id, &guard.store);
    let filter = wanted.filter(view.now(), &view.zone);
    let limit = if wanted.is_board() { ON_A_BOARD } else { ON_A_PAGE };
    let (leads, members, tenants) = (store.leads(), store.members(), store.tenants());
    let (page, team, locations) = tokio::try_join!(
        leads.list(tenant, &filter, limit, wanted.cursor.as_deref()),
        members.team(tenant),
        tenants.locations(tenant),
    )?;
    let is_filtered = wanted.query().iter().any(|(_, value)| !value.is_empty());
    let shown = if wanted.is_board() { "board" } else { "" };
    let query: Vec<_> = wanted.query().into_iter().chain([("view", shown)]).collect();
    let main = html! {
        h1 { (words.t("nav-leads")) }
        p { a href=(wanted.other_view()) { (words.t(if wanted.is_board() { "leads-as-list" } else { "leads-as-board" })) } }
        (filters(&view, &wanted, &team, &locations))
        @if view.permits(Permission::WriteLeads) { (enter(&view)) }
        div #leads data-live {
            @if page.items.is_empty() { (nothing(words, &page, if is_filtered { "leads-none-match" } else { "leads-empty" })) }
            @else if wanted.is_board() { (board(&view, &page.items, &team)) }
            @else { (table(&view, &page)) }
            (next(words, "/app/leads", &query, page.cursor.as_deref()))
        }
    };
    Ok(Html(shell::page(&view, "/app/leads", &words.t("nav-leads"), &main)))
}

fn filters<R>(view: &View<R>, wanted: &Wanted, team: &[Member], locations: &[Location]) -> Markup {
    let words = view.words;
    let choices = |name: &str, label: &str, chosen: &str, all: Vec<(String, String)>| {
        html! {
            div {
                label for=(name) { (words.t(label)) }
                select id=(name) name=(name) {
                    option value="" { (words.t("any")) }
                    @for (value, shown) in all { option value=(value) selected[value == chosen] dir="auto" { (shown) } }
                }
            }
        }
    };
    let statuses = LeadStatus::ALL.map(|one| (one.as_str().to_owned(), words.value("status", &one))).to_vec();
    let scores =
        [Score::Hot, Score::Warm, Score::Cold].map(|one| (one.as_str().to_owned(), words.value("score", &one)));
    let sources = Source::ALL.into_iter().map(|one| (one.as_str().to_owned(), words.value("source", &one))).collect();
    let people = staff(view.permits(Permission::WriteLeads), team);
    let places = locations.iter().map(|place| (place.id.to_string(), place.name.clone())).collect();
    let days = DAYS.map(|days| (days.to_string(), words.with("last-days", "count", days))).to_vec();
    html! {
        form.filters method="get" action="/app/leads" {
            @if wanted.is_board() { input type="hidden" name="view" value="board"; }
            div {
                label for="q" { (words.t("lead-name")) }
                input #q type="search" name="q" value=(wanted.q.trim()) dir="auto";
            }
            (choices("status", "lead-status", &wanted.status, statuses))
            (choices("score", "lead-score", &wanted.score, scores.to_vec()))
            (choices("source", "lead-source", &wanted.source, sources))
            @if !people.is_empty() { (choices("assignee", "contact-assignee", &wanted.assignee, people)) }
            @if !locations.is_empty() { (choices("location", "settings-locations", &wanted.location, places)) }
            (choices("days", "lead-active", &wanted.days, days))
            button.second type="submit" { (words.t("do-filter")) }
        }
    }
}

/// The accounts of staff and their names: for who works with leads. Who only reads them has no need of accounts.
fn staff(may_write: bool, team: &[Member]) -> Vec<(String, String)> {
    let shown = team.iter().filter(|_| may_write);
    shown.map(|member| (member.account.to_string(), member.name.clone())).collect()
}

/// Somebody who rang or came in.
fn enter<R>(view: &View<R>) -> Markup {
    let words = view.words;
    let field = |name: &str, label: &str, kind: &str| {
        let id = format!("enter-{name}");
        html! {
            div.field {
                label for=(id) { (words.t(label)) }
                input id=(id) name=(name) type=(kind) data-type="empty-null" dir="auto" aria-describedby=(format!("{id}-problem"))
                    data-draft=(id);
                p.problem id=(format!("{id}-problem")) {}
            }
        }
    };
    let fields = html! {
        (field("name", "lead-name", "text"))
        (field("phone", "lead-phone", "tel"))
        (field("email", "lead-email", "email"))
        (field("message", "lead-message", "text"))
        button type="submit" { (words.t("do-enter")) }
    };
    html! {
        details {
            summary { (words.t("lead-enter")) }
            (form("POST /v1/leads", &words.t("done-enter"), "enter", &fields))
        }
    }
}

fn table<R>(view: &View<R>, page: &Page<Lead>) -> Markup {
    let words = view.words;
    html! {
        div.scroll tabindex="0" role="region" aria-label=(words.t("nav-leads")) {
            table {
                thead { tr {
                    @for head in ["lead-name", "lead-score", "lead-status", "lead-wants", "lead-source", "lead-active"] {
                        th scope="col" { (words.t(head)) }
                    }
                } }
                tbody {
                    @for lead in &page.items {
                        tr {
                            th scope="row" { a href=(lead_path(lead.id)) dir="auto" { (name(view, lead)) } }
                            td { span.tag.(lead.score.as_str()) { (words.value("score", &lead.score)) } }
                            td { (words.value("status", &lead.status)) }
                            td dir="auto" { (lead.qualification.services().collect::<Vec<_>>().join(", ")) }
                            td { (words.value("source", &lead.source)) }
                            td { (moment(lead.updated_at, &view.zone)) }
                        }
                    }
                }
            }
        }
    }
}

pub(crate) fn name<R>(view: &View<R>, lead: &Lead) -> String {
    lead.name.clone().unwrap_or_else(|| view.words.t("nobody-named"))
}

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
    let rows = [
        ("lead-score", Some(words.value("score", &lead.score))),
        ("lead-status", Some(words.value("status", &lead.status))),
        ("lead-source", Some(words.value("source", &lead.source))),
        ("lead-wants", Some(services).filter(|services| !services.is_empty())),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_that_nobody_chose_or_could_choose_ask_for_everything() {
        let (now, zone) = ("2026-11-20T12:00:00Z".parse().unwrap(), TimeZone::get("America/Chicago").unwrap());
        assert_eq!(Wanted::default().filter(now, &zone), LeadFilter::default());
        let odd = Wanted {
            status: "x".into(),
            source: "x".into(),
            days: "8".into(),
            assignee: "x".into(),
            ..Wanted::default()
        };
        assert_eq!(odd.filter(now, &zone), LeadFilter::default());
        let wanted = Wanted { source: "whatsapp".into(), days: "7".into(), q: " ana ".into(), ..Wanted::default() };
        let filter = wanted.filter(now, &zone);
        assert_eq!((filter.source, filter.name.as_deref()), (Some(Source::Whatsapp), Some("ana")));
        assert_eq!(filter.since, Some("2026-11-13T06:00:00Z".parse().unwrap()), "midnight of the business");
    }

    #[test]
    fn the_second_page_of_some_days_is_asked_for_as_the_first_was() {
        let zone = TimeZone::get("America/Chicago").unwrap();
        let wanted = Wanted { days: "7".into(), ..Wanted::default() };
        let at = |now: &str| wanted.filter(now.parse().unwrap(), &zone);
        assert_eq!(at("2026-11-20T12:00:00.125Z"), at("2026-11-20T12:03:07.5Z"));
        assert_ne!(at("2026-11-20T12:00:00Z"), at("2026-11-21T12:00:00Z"));
    }

    #[test]
    fn who_only_reads_leads_reads_no_accounts_of_staff() {
        let account = AccountId::derive(&domain::TenantId::platform(), &["ana"]);
        let team: [Member; 1] = serde_json::from_value(serde_json::json!([{
            "tenant": "acme", "account": account, "role": "agent", "name": "Ana", "email": "ana@acme.example",
            "joined_at": "2026-11-20T12:00:00Z",
        }]))
        .unwrap();
        assert_eq!(staff(true, &team), [(account.to_string(), "Ana".to_owned())]);
        assert_eq!(staff(false, &team), []);
    }

    #[test]
    fn the_other_view_shows_the_same_leads() {
        let wanted = Wanted { q: "ana & bo".into(), score: "hot".into(), ..Wanted::default() };
        assert_eq!(wanted.other_view(), "/app/leads?score=hot&q=ana%20%26%20bo&view=board");
        assert!(Wanted { view: "board".into(), ..wanted }.other_view().ends_with("view=list"));
    }
}
