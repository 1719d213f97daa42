//! The grid of a day or a week; on a telephone, the same is a list.

use domain::identity::Permission;
use domain::scheduling::{Booking, BookingState, Resource};
use domain::tenancy::{Hours, Tenant, start_of_day};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use std::ops::Range;
use store::Visitors;

use super::layout::{self, HOUR, beside, classes, gaps, rows};
use super::{Shown, called, clock, path_of, reasons, state};
use crate::settings::Reader;

/// A column: a resource on a day, or a day of all of them.
struct Lane<'a> {
    resource: Option<&'a Resource>,
    date: Date,
    visits: Vec<(Range<u32>, &'a Booking)>,
    open: Vec<Range<u32>>,
}

pub(super) fn grid(
    reader: Reader<'_>,
    tenant: &Tenant,
    shown: &Shown<'_>,
    resources: &[Resource],
    visits: &[Booking],
    visitors: &Visitors,
) -> Markup {
    let words = reader.words;
    let hours = shown.location.map_or(&tenant.hours, |location| location.hours(tenant));
    let lanes = lanes(shown, hours, resources, visits);
    let busy = lanes.iter().flat_map(|lane| lane.visits.iter().map(|(rows, _)| rows.clone()).chain(lane.open.clone()));
    let window = layout::window(busy);
    let date = |date: Date| clock(start_of_day(date, &shown.zone), &shown.zone, "date");
    let first = shown.days.first().copied().unwrap_or(shown.date);
    let last = shown.days.last().copied().unwrap_or(shown.date);
    html! {
        h2 { (date(first)) @if last > first { " – " (date(last)) } }
        @if visits.is_empty() { p.empty { (words.t("visits-none")) } }
        div.scroll.grid.week[shown.is_week] tabindex="0" role="group" aria-label=(words.t("nav-calendar")) {
            (axis(shown, &window))
            @for lane in &lanes { (column(reader, shown, lane, &window, visitors)) }
        }
    }
}

fn lanes<'a>(shown: &Shown<'a>, hours: &Hours, resources: &'a [Resource], visits: &'a [Booking]) -> Vec<Lane<'a>> {
    let lane = |date: Date, resource: Option<&'a Resource>, takes: &dyn Fn(&Booking) -> bool| {
        let there = visits.iter().filter(|visit| takes(visit));
        let placed = there.filter_map(|visit| Some((rows(date, &shown.zone, visit.starts_at, visit.ends_at)?, visit)));
        let mut placed: Vec<_> = placed.collect();
        placed.sort_by_key(|(rows, visit)| (rows.start, visit.id));
        Lane { resource, date, visits: placed, open: open(shown, hours, date) }
    };
    if shown.is_week {
        return shown.days.iter().map(|date| lane(*date, shown.resource, &|_| true)).collect();
    }
    let is_here = |resource: &&Resource| {
        let there = |id| resource.locations.is_empty() || resource.locations.contains(id);
        shown.location.is_none_or(|location| there(&location.id))
            && shown.resource.is_none_or(|chosen| chosen.id == resource.id)
    };
    let takes = |visit: &Booking, resource: &Resource| visit.resources.contains(&resource.id);
    let here: Vec<&Resource> = resources.iter().filter(is_here).collect();
    let is_in_use = |resource: &&&Resource| resource.active || visits.iter().any(|visit| takes(visit, resource));
    let mut lanes: Vec<Lane<'_>> = here
        .iter()
        .filter(is_in_use)
        .map(|resource| lane(shown.date, Some(*resource), &|visit| takes(visit, resource)))
        .collect();
    // What they were booked with may be gone by now.
    let rest = lane(shown.date, None, &|visit| !here.iter().any(|resource| takes(visit, resource)));
    if !rest.visits.is_empty() || lanes.is_empty() {
        lanes.push(rest);
    }
    lanes
}

/// When it is open on a day.
fn open(shown: &Shown<'_>, hours: &Hours, date: Date) -> Vec<Range<u32>> {
    let from = start_of_day(date, &shown.zone);
    let to = date.tomorrow().map_or(from, |next| start_of_day(next, &shown.zone));
    let open = hours.open_between(from, to, &shown.zone);
    open.into_iter().filter_map(|(from, to)| rows(date, &shown.zone, from, to)).collect()
}

/// The hours beside it.
fn axis(shown: &Shown<'_>, window: &Range<u32>) -> Markup {
    let hours = (window.start / HOUR)..(window.end / HOUR);
    let moment = |hour: u32| {
        let hour = i8::try_from(hour).ok()?;
        let at = shown.date.at(hour, 0, 0, 0).to_zoned(shown.zone.clone()).ok()?;
        // An hour that the clocks skip has no name.
        (at.hour() == hour).then(|| at.timestamp())
    };
    html! {
        div.axis aria-hidden="true" {
            p.head {}
            ol.lane {
                @for hour in hours {
                    @if let Some(at) = moment(hour) {
                        li.hour.{ "at" (hour * HOUR - window.start) } { (clock(at, &shown.zone, "hour")) }
                    }
                }
            }
        }
    }
}

fn column(reader: Reader<'_>, shown: &Shown<'_>, lane: &Lane<'_>, window: &Range<u32>, visitors: &Visitors) -> Markup {
    let (words, zone) = (reader.words, &shown.zone);
    let places = beside(&lane.visits.iter().map(|(rows, _)| rows.clone()).collect::<Vec<_>>());
    let shifts = lane.resource.and_then(|resource| resource.hours.as_ref()).map(|hours| open(shown, hours, lane.date));
    let closed = gaps(&lane.open).into_iter().chain(shifts.iter().flat_map(|shifts| gaps(shifts)));
    let away = lane.resource.map(|resource| resource.time_off.as_slice()).unwrap_or_default();
    let away = away.iter().filter_map(|off| Some((rows(lane.date, zone, off.from, off.until)?, off)));
    let now = (lane.date == shown.today).then(|| layout::row_of(reader.now, zone));
    let now = now.and_then(|row| classes(&(row..row + 1), window));
    let is_closed = lane.open.is_empty();
    html! {
        div.day.today[lane.date == shown.today] data-day=(lane.date) data-first=(window.start) data-resource=[lane.resource.filter(|_| !shown.is_week).map(|one| &one.id)] {
            h3.head {
                @if shown.is_week { a href=(shown.query(false, lane.date)) { (clock(start_of_day(lane.date, zone), zone, "date")) } }
                @else if let Some(resource) = lane.resource { span dir="auto" { (resource.name) } }
                @else { (words.t("visits-with-nobody")) }
                @if is_closed { " " span.quiet { (words.t("closed")) } }
            }
            ol.lane {
                @for place in closed.filter_map(|rows| classes(&rows, window)) { li.band.(place) aria-hidden="true" {} }
                @for (rows, off) in away {
                    @if let Some(place) = classes(&rows, window) {
                        li.band.off.(place) { (words.t("visit-away")) @if !off.reason.is_empty() { ": " span dir="auto" { (off.reason) } } }
                    }
                }
                @for ((rows, visit), place) in lane.visits.iter().zip(places) {
                    @if let Some(at) = classes(rows, window) {
                        (entry(reader, shown, visit, &format!("{at} {}", place.class()), visitors))
                    }
                }
                @if let Some(place) = now { li.now.(place) aria-hidden="true" {} }
            }
        }
    }
}

fn entry(reader: Reader<'_>, shown: &Shown<'_>, visit: &Booking, place: &str, visitors: &Visitors) -> Markup {
    let moves = reader.permits(Permission::WriteSchedule) && visit.check_moves().is_ok();
    let hour = |at: Timestamp| clock(at, &shown.zone, "hour");
    html! {
        li.visit.(visit.state.as_str()).(place) draggable=[moves.then_some("true")] {
            a href=(path_of(visit.id)) {
                (hour(visit.starts_at)) span.until { "–" (hour(visit.ends_at)) } " "
                strong dir="auto" { (called(reader.words, visitors.leads.get(&visit.contact))) } " "
                @if visit.state != BookingState::Booked { span.tag { (state(reader.words, visit.state)) } " " }
                @if let Some(risk) = visitors.risks.get(&visit.id).filter(|risk| risk.high) {
                    span.tag.alert title=(reasons(reader.words, risk)) { (reader.words.with("risk-tag", "percent", risk.percent)) } " "
                }
                span dir="auto" { (visit.service_name) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Wanted;
    use crate::calendar::tests::{ID, as_a, read, shop};
    use domain::TenantId;
    use domain::identity::Role;
    use domain::ids::AppointmentId;
    use domain::journeys::no_show::{Features, History, Model};
    use serde_json::{Value, json};

    fn resources() -> Vec<Resource> {
        read(json!([
            {"id": "lee", "name": "Lee <Park>", "kind": "person", "hours": {"tuesday": [{"open": "10:00", "close": "17:00"}]},
             "time_off": [{"from": "2026-12-01T22:00:00Z", "until": "2026-12-02T00:00:00Z", "reason": "Dentist"}]},
            {"id": "bay-1", "name": "Bay 1", "kind": "bay"},
            {"id": "bay-2", "name": "Bay 2", "kind": "bay", "active": false},
        ]))
    }

    fn visit(n: usize, starts_at: &str, more: &Value) -> Booking {
        let starts_at: Timestamp = starts_at.parse().unwrap();
        let ends_at = starts_at + jiff::SignedDuration::from_hours(1);
        let id = AppointmentId::derive(&TenantId::new("bays").unwrap(), &[&n.to_string()]);
        let mut visit = json!({
            "id": id, "contact": ID, "service": "alignment", "service_name": "Wheel alignment", "state": "booked",
            "resources": ["lee", "bay-1"], "starts_at": starts_at, "ends_at": ends_at, "taken_from": starts_at,
            "taken_to": ends_at, "created_at": starts_at, "updated_at": starts_at,
        });
        visit.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        read(visit)
    }

    /// The grid of the first of December, as an agent sees it at ten in Denver.
    fn shown(view: &str, visits: &[Booking]) -> String {
        with_risks(view, visits, &Visitors::default())
    }

    fn with_risks(view: &str, visits: &[Booking], visitors: &Visitors) -> String {
        let (tenant, resources) = (shop(), resources());
        let wanted = Wanted { view: view.to_owned(), date: "2026-12-01".to_owned(), ..Wanted::default() };
        as_a(Role::Agent, |reader| {
            let shown = Shown::of(&tenant, &wanted, &resources, &[], reader.now);
            grid(reader, &tenant, &shown, &resources, visits, visitors).into_string()
        })
    }

    fn count(page: &str, text: &str) -> usize {
        page.matches(text).count()
    }

    #[test]
    fn a_day_has_a_lane_for_each_resource_that_can_be_booked_and_one_for_what_is_with_nobody_now() {
        let gone = json!({"resources": ["max"], "state": "confirmed"});
        let page =
            shown("day", &[visit(1, "2026-12-01T16:00:00Z", &json!({})), visit(2, "2026-12-01T18:00:00Z", &gone)]);
        assert_eq!(count(&page, "data-day=\"2026-12-01\""), 3, "Lee, the first bay, and nobody");
        assert!(page.contains("Lee &lt;Park&gt;") && !page.contains("Bay 2") && page.contains("Not assigned"));
        assert_eq!(count(&page, "Wheel alignment"), 3, "with Lee and in the bay; and once with nobody");
        // The day is shown from seven, an hour before it opens: nine is the ninth quarter.
        assert_eq!(count(&page, "class=\"visit booked at8 for4 w1-0\" draggable=\"true\""), 2);
        assert!(page.contains("<span class=\"tag\">confirmed</span>"));
        assert!(page.contains("Away: <span dir=\"auto\">Dentist</span>") && page.contains("band off at32 for8"));
        assert_eq!(count(&page, "class=\"now at12 for1\""), 3, "ten o'clock");
        assert!(page.contains("class=\"band at0 for12\""), "Lee's shift begins at ten");
    }

    #[test]
    fn a_hold_is_marked_and_what_is_on_the_way_is_not_dragged() {
        let hold = json!({"state": "held", "held_until": "2026-12-01T17:05:00Z"});
        let on_the_way = json!({"state": "en_route"});
        let page =
            shown("day", &[visit(1, "2026-12-01T16:00:00Z", &hold), visit(2, "2026-12-01T18:00:00Z", &on_the_way)]);
        assert!(page.contains("class=\"visit held at8 for4 w1-0\" draggable=\"true\""));
        assert!(page.contains("class=\"visit en_route at16 for4 w1-0\"><a"));
        assert!(page.contains(">held<") && page.contains(">on the way<"));
    }

    #[test]
    fn a_high_risk_is_marked_with_its_reasons_and_a_low_one_is_not() {
        let visits = [visit(1, "2026-12-01T18:00:00Z", &json!({})), visit(2, "2026-12-01T20:00:00Z", &json!({}))];
        let risk = |missed: u32| {
            let history = History { missed, missed_last: missed > 0, kept: 1 };
            let weekday = jiff::civil::Weekday::Tuesday;
            let (channel, deposit) = (None, None);
            Model::default().risk(&Features {
                days_ahead: 0,
                hour: 11.0,
                weekday,
                history,
                confirmed: false,
                reminders: 0,
                channel,
                deposit,
                rough_weather: false,
            })
        };
        let risks = [(visits[0].id, risk(6)), (visits[1].id, risk(0))].into();
        let page = with_risks("week", &visits, &Visitors { risks, ..Visitors::default() });
        assert_eq!(count(&page, "class=\"tag alert\""), 1, "{page}");
        assert!(page.contains("title=\"missed visits before, not confirmed\">"), "{page}");
        assert!(page.contains("% risk"), "{page}");
    }

    #[test]
    fn a_week_has_a_lane_a_day_from_sunday_and_tells_the_days_on_which_it_is_closed() {
        // From Tuesday evening at ten into Wednesday.
        let over = visit(1, "2026-12-02T05:30:00Z", &json!({"ends_at": "2026-12-02T08:30:00Z"}));
        let page = shown("week", &[over]);
        assert_eq!(count(&page, "data-day="), 7);
        assert!(page.contains("data-day=\"2026-11-29\"") && page.contains("data-day=\"2026-12-05\""));
        assert_eq!(count(&page, ">closed<"), 2, "Sunday and Saturday");
        assert_eq!(count(&page, "visit booked"), 2, "on both days");
        assert!(!page.contains("data-resource"), "dropped in a week, it stays with whom it is");
    }

    #[test]
    fn a_week_of_as_many_visits_as_are_read_is_a_page_of_less_than_100_kb() {
        let hour = |n: usize| format!("2026-12-0{}T{}:00:00Z", 1 + n % 4, 15 + n / 4 % 8);
        let visits: Vec<Booking> = (0..200).map(|n| visit(n, &hour(n), &json!({}))).collect();
        let page = shown("week", &visits);
        assert_eq!(count(&page, "class=\"visit "), 200);
        assert!(page.len() < 90_000, "{}", page.len());
    }

    #[test]
    fn a_day_without_visits_says_so_and_shows_who_is_free() {
        let page = shown("day", &[]);
        assert!(page.contains("No appointments.") && page.contains("Lee &lt;Park&gt;") && page.contains("Bay 1"));
    }
}
