//! The grid of a day or a week; on a telephone, the same is a list.

use domain::ContactId;
use domain::identity::Permission;
use domain::leads::Lead;
use domain::scheduling::{Booking, BookingState, Resource};
use domain::tenancy::Hours;
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::ops::Range;

use super::layout::{self, HOUR, beside, classes, gaps, midnight, rows};
use super::{Shown, called, clock, path_of, state};
use crate::view::View;

/// A column: a resource on a day, or a day of all of them.
struct Lane<'a> {
    resource: Option<&'a Resource>,
    date: Date,
    visits: Vec<(Range<u32>, &'a Booking)>,
    open: Vec<Range<u32>>,
}

pub(super) fn grid<R>(
    view: &View<R>,
    shown: &Shown<'_>,
    resources: &[Resource],
    visits: &[Booking],
    names: &BTreeMap<ContactId, Lead>,
) -> Markup {
    let words = view.words;
    let hours = shown.location.map_or(&view.tenant.hours, |location| location.hours(&view.tenant));
    let lanes = lanes(shown, hours, resources, visits);
    let busy = lanes.iter().flat_map(|lane| lane.visits.iter().map(|(rows, _)| rows.clone()).chain(lane.open.clone()));
    let window = layout::window(busy);
    html! {
        @if !shown.is_week { h2 { (clock(midnight(shown.date, &shown.zone), &shown.zone, "date")) } }
        @if visits.is_empty() { p.empty { (words.t("visits-none")) } }
        div.scroll.grid tabindex="0" role="region" aria-label=(words.t("nav-calendar")) {
            (axis(shown, &window))
            @for lane in &lanes { (column(view, shown, lane, &window, names)) }
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
    let from = midnight(date, &shown.zone);
    let to = date.tomorrow().map_or(from, |next| midnight(next, &shown.zone));
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

fn column<R>(
    view: &View<R>,
    shown: &Shown<'_>,
    lane: &Lane<'_>,
    window: &Range<u32>,
    names: &BTreeMap<ContactId, Lead>,
) -> Markup {
    let (words, zone) = (view.words, &shown.zone);
    let places = beside(&lane.visits.iter().map(|(rows, _)| rows.clone()).collect::<Vec<_>>());
    let shifts = lane.resource.and_then(|resource| resource.hours.as_ref()).map(|hours| open(shown, hours, lane.date));
    let closed = gaps(&lane.open).into_iter().chain(shifts.iter().flat_map(|shifts| gaps(shifts)));
    let away = lane.resource.map(|resource| resource.time_off.as_slice()).unwrap_or_default();
    let away = away.iter().filter_map(|off| Some((rows(lane.date, zone, off.from, off.until)?, off)));
    let now = (lane.date == shown.today).then(|| layout::row_of(view.now(), zone));
    let now = now.and_then(|row| classes(&(row..row + 1), window));
    let is_closed = lane.open.is_empty();
    html! {
        div.day.today[lane.date == shown.today] data-day=(lane.date) data-first=(window.start) data-resource=[lane.resource.filter(|_| !shown.is_week).map(|one| &one.id)] {
            h3.head {
                @if shown.is_week { a href=(shown.query(false, lane.date)) { (clock(midnight(lane.date, zone), zone, "date")) } }
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
                        (entry(view, shown, visit, &format!("{at} {}", place.class()), names))
                    }
                }
                @if let Some(place) = now { li.now.(place) aria-hidden="true" {} }
            }
        }
    }
}

fn entry<R>(
    view: &View<R>,
    shown: &Shown<'_>,
    visit: &Booking,
    place: &str,
    names: &BTreeMap<ContactId, Lead>,
) -> Markup {
    let moves = view.permits(Permission::WriteSchedule) && visit.check_moves().is_ok();
    let hour = |at: Timestamp| clock(at, &shown.zone, "hour");
    html! {
        li.visit.(visit.state.as_str()).(place) draggable=[moves.then_some("true")] {
            a href=(path_of(visit.id)) {
                span.when { (hour(visit.starts_at)) "–" (hour(visit.ends_at)) } " "
                strong dir="auto" { (called(view, names.get(&visit.contact))) } " "
                span dir="auto" { (visit.service_name) }
                @if visit.state != BookingState::Booked { " " span.tag { (state(view, visit.state)) } }
            }
        }
    }
}
