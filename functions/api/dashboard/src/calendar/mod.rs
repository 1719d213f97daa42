//! The calendar: the visits of a day by who does them, or of a week; one visit; a new one.
//!
//! Table calls of the page: the visits, the tasks, the waiting list, then at once who comes and how likely they do not; resources and locations
//! are remembered for half a minute, the weather for ten.

mod booking;
mod grid;
pub(crate) mod layout;
mod visit;
mod waiting;

use api::{ApiError, Guard};
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use domain::conversations::{Task, TaskKind};
use domain::identity::{Permission, may};
use domain::ids::{AppointmentId, ResourceId};
use domain::journeys::no_show::Risk;
use domain::leads::Lead;
use domain::scheduling::{Booking, BookingState, Resource};
use domain::tenancy::{Location, Tenant, start_of_day};
use domain::{ContactId, Failure};
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use maud::{Markup, html};
use serde::Deserialize;
use store::{AppointmentFilter, Visitors};

use crate::answer::Html;
use crate::settings::Reader;
use crate::shell;
use crate::tasks;
use crate::view::View;
use crate::words::Words;

pub(crate) use booking::in_conversation;

const PATH: &str = "/app/calendar";
/// The longest visit: one that goes on past midnight began at most so long before.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);
/// Visits that are read at once, and how often: of more, the page says that there are.
const AT_ONCE: usize = 100;
const READS: usize = 2;
/// Open tasks that are looked through for requests.
const TASKS: usize = 100;

/// The routes.
pub(crate) fn routes() -> Router<Guard> {
    Router::new()
        .route(PATH, get(page))
        .route("/app/calendar/new", get(booking::page))
        .route("/app/calendar/{id}", get(visit::page))
}

/// Where a visit is shown.
pub(crate) fn path_of(id: AppointmentId) -> String {
    format!("{PATH}/{id}")
}

/// What is asked for.
#[derive(Deserialize, Debug, Default, Clone)]
#[serde(default)]
struct Wanted {
    /// `week`; anything else is a day.
    view: String,
    date: String,
    resource: String,
    location: String,
}

/// What is shown.
struct Shown<'a> {
    is_week: bool,
    /// The day that was asked for.
    date: Date,
    /// The days that are shown.
    days: Vec<Date>,
    today: Date,
    resource: Option<&'a Resource>,
    location: Option<&'a Location>,
    /// The place's.
    zone: TimeZone,
}

impl<'a> Shown<'a> {
    fn of(
        tenant: &Tenant,
        wanted: &Wanted,
        resources: &'a [Resource],
        locations: &'a [Location],
        now: Timestamp,
    ) -> Self {
        let location = locations.iter().find(|location| location.id.as_str() == wanted.location);
        let zone = tenant.zone_at(location);
        let today = now.to_zoned(zone.clone()).date();
        // Far from now there is nothing, and a week around the end of all calendars is no week.
        let near = |date: &Date| (date.year() - today.year()).abs() < 50;
        let date = wanted.date.parse().ok().filter(near).unwrap_or(today);
        let is_week = wanted.view == "week";
        let resource = resources.iter().find(|resource| resource.id.as_str() == wanted.resource);
        Self { is_week, date, days: days(tenant, date, is_week), today, resource, location, zone }
    }

    /// From its first moment to the first one after it.
    fn range(&self) -> (Timestamp, Timestamp) {
        let first = self.days.first().copied().unwrap_or(self.date);
        let next = self.days.last().copied().unwrap_or(self.date).tomorrow();
        (start_of_day(first, &self.zone), next.map_or(Timestamp::MAX, |next| start_of_day(next, &self.zone)))
    }

    /// The query of the same at another date, or as another view.
    fn query(&self, is_week: bool, date: Date) -> String {
        let resource = self.resource.map_or("", |resource| resource.id.as_str());
        let location = self.location.map_or("", |location| location.id.as_str());
        let view = if is_week { "week" } else { "day" };
        format!("{PATH}?view={view}&date={date}&resource={resource}&location={location}")
    }

    /// Whether a visit is among what was asked for and takes place.
    fn shows(&self, visit: &Booking, now: Timestamp) -> bool {
        let stands = visit.takes_time() && visit.held_until.is_none_or(|until| until > now);
        let here = self.location.is_none_or(|location| visit.location.as_ref() == Some(&location.id));
        let (from, to) = self.range();
        stands && here && visit.ends_at > from && visit.starts_at < to
    }
}

/// The day alone, or its week from the day on which weeks begin there.
fn days(tenant: &Tenant, date: Date, is_week: bool) -> Vec<Date> {
    if !is_week {
        return vec![date];
    }
    // Where the month is written before the day, weeks begin on Sunday.
    let first = if tenant.writes_month_first() { Weekday::Sunday } else { Weekday::Monday };
    let since = date.weekday().since(first);
    let begins = date.checked_sub(i64::from(since).days()).unwrap_or(date);
    (0..7).filter_map(|day| begins.checked_add(i64::from(day).days()).ok()).collect()
}

/// `GET /app/calendar`
async fn page(
    view: View<may::ReadSchedule>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let (tenant, store, now) = (&view.tenant.id, &guard.store, view.now());
    let tenants = store.tenants();
    let (resources, locations) = tokio::try_join!(tenants.resources(tenant), tenants.locations(tenant))?;
    let shown = Shown::of(&view.tenant, &wanted, &resources, &locations, now);
    let tasks = async {
        let may = view.permits(Permission::ReadConversations);
        if may { store.tasks().list(tenant, true, TASKS, None).await.map(|page| page.items) } else { Ok(Vec::new()) }
    };
    let waiting = store.appointments().waiting(tenant);
    let ((mut visits, has_more), tasks, waiting) = tokio::try_join!(visits(&view, &guard, &shown), tasks, waiting)?;
    visits.retain(|visit| shown.shows(visit, now));
    visits.sort_by_key(|visit| (visit.starts_at, visit.id));
    let waiting = waiting::in_order(waiting, now);
    let visitors = visitors(&view, &guard, &visits, waiting::named(&waiting)).await?;
    let requests: Vec<&Task> = tasks.iter().filter(|task| task.kind == TaskKind::Reschedule).collect();
    let words = view.words;
    let main = html! {
        script type="module" src="/app/calendar.js" {}
        link rel="stylesheet" href="/app/calendar.css";
        h1 { (words.t("nav-calendar")) }
        (controls(&view, &shown, &resources, &locations))
        @if resources.is_empty() { (nothing_to_book(&view)) }
        div.calendar #calendar data-live data-zone=(zone_name(&shown.zone)) {
            @if has_more { p.notice { (words.t("calendar-more")) } }
            (grid::grid(Reader::of(&view), &view.tenant, &shown, &resources, &visits, &visitors))
        }
        (waiting::section(Reader::of(&view), &view.tenant, &locations, &waiting, &visitors.leads))
        @if view.permits(Permission::ReadConversations) {
            section aria-labelledby="requests-title" {
                h2 #requests-title { (words.t("requests-title")) }
                div #requests data-live {
                    @if requests.is_empty() { p.empty { (words.t("requests-empty")) } }
                    ul.rows { @for task in requests { (tasks::entry(&view, task)) } }
                }
            }
        }
    };
    Ok(Html(shell::page(&view, PATH, &words.t("nav-calendar"), &main)))
}

/// The visits that touch what is shown, and whether there are more than that.
async fn visits<R>(view: &View<R>, guard: &Guard, shown: &Shown<'_>) -> Result<(Vec<Booking>, bool), Failure> {
    let (from, to) = shown.range();
    let from = from.checked_sub(LONGEST).unwrap_or(from);
    let resource: Option<ResourceId> = shown.resource.map(|resource| resource.id.clone());
    let filter = AppointmentFilter { from, to, resource, state: None };
    let (mut found, mut cursor) = (Vec::new(), None);
    for _ in 0..READS {
        let appointments = guard.store.appointments();
        let page = appointments.list(&view.tenant.id, &filter, AT_ONCE, cursor.as_deref()).await?;
        found.extend(page.items);
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
    }
    Ok((found, cursor.is_some()))
}

/// Who comes, who else is named, and the risks of the visits.
async fn visitors<R>(
    view: &View<R>,
    guard: &Guard,
    visits: &[Booking],
    others: impl Iterator<Item = ContactId>,
) -> Result<Visitors, Failure> {
    let appointments = guard.store.appointments();
    let mut visitors = appointments.visitors(&view.tenant, visits, others, view.now()).await?;
    if !view.permits(Permission::ReadLeads) {
        visitors.leads.clear();
    }
    Ok(visitors)
}

/// Before, today, after; day or week; whose and where.
fn controls<R>(view: &View<R>, shown: &Shown<'_>, resources: &[Resource], locations: &[Location]) -> Markup {
    let words = view.words;
    let step = i64::from(if shown.is_week { 7 } else { 1 });
    let before = shown.date.checked_sub(step.days()).unwrap_or(shown.date);
    let after = shown.date.checked_add(step.days()).unwrap_or(shown.date);
    let link =
        |label: &str, is_week: bool, date: Date| html! { a href=(shown.query(is_week, date)) { (words.t(label)) } };
    html! {
        nav.row aria-label=(words.t("calendar-days")) {
            (link("calendar-before", shown.is_week, before))
            (link("calendar-today", shown.is_week, shown.today))
            (link("calendar-after", shown.is_week, after))
            @if shown.is_week { (link("calendar-day", false, shown.date)) } @else { (link("calendar-week", true, shown.date)) }
            @if view.permits(Permission::WriteSchedule) {
                a href=(format!("{PATH}/new?date={}", shown.date.max(shown.today))) { (words.t("visit-new")) }
            }
        }
        form.filters method="get" action=(PATH) {
            input type="hidden" name="view" value=(if shown.is_week { "week" } else { "day" });
            div {
                label for="date" { (words.t("calendar-date")) }
                input #date type="date" name="date" value=(shown.date);
            }
            div {
                label for="resource" { (words.t("visit-with")) }
                select #resource name="resource" {
                    option value="" { (words.t("any")) }
                    @for one in resources {
                        option value=(one.id) selected[shown.resource.is_some_and(|chosen| chosen.id == one.id)] dir="auto" { (one.name) }
                    }
                }
            }
            @if !locations.is_empty() {
                div {
                    label for="location" { (words.t("visit-where")) }
                    select #location name="location" {
                        option value="" { (words.t("any")) }
                        @for one in locations {
                            option value=(one.id) selected[shown.location.is_some_and(|chosen| chosen.id == one.id)] dir="auto" { (one.name) }
                        }
                    }
                }
            }
            button.second type="submit" { (words.t("do-filter")) }
        }
    }
}

/// What is said where nobody and nothing can be booked yet.
fn nothing_to_book<R>(view: &View<R>) -> Markup {
    let words = view.words;
    html! {
        p.notice {
            (words.t("calendar-empty"))
            @if view.permits(Permission::WriteSettings) { " " a href="/app/settings/resources" { (words.t("need-do")) } }
        }
    }
}

/// What somebody is called.
fn called(words: &Words, lead: Option<&Lead>) -> String {
    lead.and_then(|lead| lead.name.clone()).unwrap_or_else(|| words.t("nobody-named"))
}

fn zone_name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("UTC")
}

/// A moment in the zone of the place around it: `show` says what `app.js` writes of it, the `hour` or the `date`.
fn clock(at: Timestamp, zone: &TimeZone, show: &str) -> Markup {
    let pattern = if show == "hour" { "%H:%M" } else { "%Y-%m-%d" };
    html! { time datetime=(at) data-show=(show) { (at.to_zoned(zone.clone()).strftime(pattern).to_string()) } }
}

/// How far a visit got, in a word.
fn state(words: &Words, state: BookingState) -> String {
    words.value("visit", &state)
}

/// Why a visit may be missed, in words.
fn reasons(words: &Words, risk: &Risk) -> String {
    risk.reasons.iter().map(|reason| words.value("risk", reason)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::TenantId;
    use domain::identity::{Credential, Principal, Role};
    use domain::ids::{AccountId, SessionId};
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    pub(super) const ID: &str = "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c";

    #[track_caller]
    pub(super) fn read<T: DeserializeOwned>(value: Value) -> T {
        serde_json::from_value(value).unwrap()
    }

    pub(super) fn shop() -> Tenant {
        let day = json!([{"open": "08:00", "close": "17:00"}]);
        let booking = json!({"needs": [{"kind": "person"}]});
        let alignment =
            json!({"id": "alignment", "name": "Wheel alignment", "duration_minutes": 60, "booking": booking});
        read(json!({
            "id": "bays", "name": "Bays", "industry": "garage", "plan": "growth", "currency": "USD", "language": "en",
            "zone": "America/Denver", "region": "US", "services": [alignment], "channels": {}, "notify": [], "business": {},
            "hours": {"monday": day, "tuesday": day, "wednesday": day, "thursday": day, "friday": day},
        }))
    }

    /// What is shown to that role at ten in Denver on the first of December.
    pub(super) fn as_a(role: Role, show: impl FnOnce(Reader<'_>) -> String) -> String {
        let (account, session) = (AccountId::parse(ID).unwrap(), SessionId::parse(ID).unwrap());
        let credential = Credential::Session { account, session, role, enrolling: false };
        let principal = Principal { tenant: TenantId::new("bays").unwrap(), credential };
        let (zone, now) = (shop().time_zone(), "2026-12-01T17:00:00Z".parse().unwrap());
        let words = crate::words::accepted(&axum::http::HeaderMap::new());
        show(Reader { words, principal: &principal, zone: &zone, now })
    }
}
