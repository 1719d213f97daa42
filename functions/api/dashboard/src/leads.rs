//! The list of leads.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::identity::{Member, Permission, may};
use domain::ids::{AccountId, LocationId};
use domain::leads::{Lead, LeadStatus, Score};
use domain::messaging::Source;
use domain::tenancy::Location;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use maud::{Markup, html};
use serde::Deserialize;
use store::{LeadFilter, Page};

use crate::answer::Html;
use crate::board::{ON_A_BOARD, board};
use crate::shell::{self, escaped, form, next, nothing};
use crate::show::moment;
use crate::thread::lead_path;
use crate::view::View;

/// Leads on a page.
const ON_A_PAGE: usize = 25;
/// How far back one can look, in days.
const DAYS: [i64; 3] = [7, 30, 90];

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
    /// What is looked for; what no one could have chosen is left out. Days are whole ones of the business's zone: a page and the next
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
            text: (!asked.is_empty()).then(|| asked.to_owned()),
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
                label for="q" { (words.t("lead-text")) }
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
        div.scroll tabindex="0" role="group" aria-label=(words.t("nav-leads")) {
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
        assert_eq!((filter.source, filter.text.as_deref()), (Some(Source::Whatsapp), Some("ana")));
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
