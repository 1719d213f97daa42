//! One visit: what is known of it, the steps it can take, and another time for it.

use api::{ApiError, Guard};
use axum::extract::{Path, Query, State};
use domain::identity::{Permission, may};
use domain::ids::{AppointmentId, ResourceId};
use domain::journeys::no_show::Risk;
use domain::leads::Lead;
use domain::scheduling::{Booking, BookingState, Cancelled, CancelledBy, Resource, Step};
use domain::tenancy::{Location, known_location};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use super::booking::{Chosen, FreeTimes};
use super::waiting::{self, Waiting};
use super::{PATH, called, reasons, state, visitors, zone_name};
use crate::answer::Html;
use crate::contacts;
use crate::settings::Reader;
use crate::shell::{self, form};
use crate::show::moment;
use crate::thread::lead_path;
use crate::view::View;

/// In how many minutes whoever sets out says to be there.
const ON_THE_WAY: [i64; 5] = [10, 20, 30, 45, 60];

/// Where it was dropped.
#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(super) struct Wanted {
    /// As the clocks of its place show it, such as `2026-12-01T15:30`.
    to: String,
    resource: String,
}

/// `GET /app/calendar/{id}`
pub(super) async fn page(
    view: View<may::ReadSchedule>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let (tenant, tenants) = (&view.tenant.id, guard.store.tenants());
    let visit = guard.store.appointments().get(tenant, AppointmentId::parse(&id)?).await?.value;
    let (mut visitors, waits, resources, locations) = tokio::try_join!(
        visitors(&view, &guard, std::slice::from_ref(&visit), std::iter::empty()),
        guard.store.appointments().waits(tenant, visit.contact),
        tenants.resources(tenant),
        tenants.locations(tenant),
    )?;
    let lead = visitors.leads.remove(&visit.contact);
    let risk = visitors.risks.get(&visit.id);
    let location = known_location(&locations, visit.location.as_ref());
    let zone = view.tenant.zone_at(location);
    let (reader, words) = (Reader::of(&view), view.words);
    let title = called(words, lead.as_ref());
    let date = visit.starts_at.to_zoned(zone.clone()).date();
    let chosen = Chosen { service: Some(&visit.service), location: visit.location.as_ref() };
    let new = Waiting {
        contact: visit.contact,
        lead: lead.as_ref(),
        chosen,
        last: (visit.starts_at > view.now()).then_some(date),
    };
    let main = html! {
        script type="module" src="/app/calendar.js" {}
        p { a.back href=(format!("{PATH}?date={date}")) { (words.t("back-to-calendar")) } }
        h1 dir="auto" { (title) }
        div.columns data-zone=(zone_name(&zone)) {
            div {
                section #visit data-live {
                    (facts(reader, &visit, risk, &resources, location, &zone))
                    @if reader.permits(Permission::WriteSchedule) { (steps(reader, &visit)) }
                }
                @if reader.permits(Permission::WriteSchedule) {
                    section #move data-fresh {
                        @if visit.check_moves().is_ok() {
                            @if let Some((to, takes)) = dropped(&wanted, &visit, &resources, &zone) { (confirm(reader, &visit, to, &takes, &zone)) }
                            (another_time(reader, &visit, &zone))
                        }
                    }
                }
                (waiting::of_one(reader, &view.tenant, &locations, waits.as_ref(), &new))
            }
            aside {
                h2 { (words.t("about-label")) }
                (customer(reader, &visit, lead.as_ref()))
            }
        }
    };
    Ok(Html(shell::page(&view, PATH, &title, &main)))
}

fn facts(
    reader: Reader<'_>,
    visit: &Booking,
    risk: Option<&Risk>,
    resources: &[Resource],
    location: Option<&Location>,
    zone: &TimeZone,
) -> Markup {
    let words = reader.words;
    let name = |id: &ResourceId| {
        let known = resources.iter().find(|resource| resource.id == *id);
        known.map_or_else(|| id.to_string(), |resource| resource.name.clone())
    };
    let with = visit.resources.iter().map(name).collect::<Vec<_>>().join(", ");
    html! {
        p.tags { span.tag.met[visit.state == BookingState::Confirmed].alert[visit.state >= BookingState::Missed] { (state(reader.words, visit.state)) } }
        dl {
            dt { (words.t("visit-service")) } dd dir="auto" { (visit.service_name) }
            dt { (words.t("visit-when")) } dd { (moment(visit.starts_at, zone)) " – " (moment(visit.ends_at, zone)) }
            dt { (words.t("visit-with")) } dd dir="auto" { (with) }
            @if let Some(location) = location { dt { (words.t("visit-where")) } dd dir="auto" { (location.name) } }
            @if let Some(until) = visit.held_until { dt { (words.t("visit-held-until")) } dd { (moment(until, zone)) } }
            @if let Some(eta) = visit.eta { dt { (words.t("visit-eta")) } dd { (moment(eta, zone)) } }
            @if let Some(cancelled) = &visit.cancelled {
                dt { (words.t("visit-cancelled-by")) } dd { (words.value("cancelled-by", &cancelled.by)) }
                @if !cancelled.why.is_empty() { dt { (words.t("visit-why")) } dd dir="auto" { (cancelled.why) } }
            }
            @if let Some(risk) = risk {
                dt { (words.t("visit-risk")) }
                dd {
                    span.tag.alert[risk.high] { (risk.percent) " %" }
                    @if !risk.reasons.is_empty() { " " (reasons(words, risk)) }
                }
            }
            @if !visit.note.is_empty() { dt { (words.t("visit-note")) } dd.lines dir="auto" { (visit.note) } }
        }
    }
}

/// Where more is known of whom it is with.
fn customer(reader: Reader<'_>, visit: &Booking, lead: Option<&Lead>) -> Markup {
    let words = reader.words;
    html! {
        @if reader.permits(Permission::ReadLeads) {
            p { a href=(contacts::path_of(visit.contact)) { (words.t("to-contact")) } }
            @if let Some(lead) = lead { p { a href=(lead_path(lead.id)) { (words.t("to-thread")) } } }
        }
    }
}

/// A button for each step that is possible now.
fn steps(reader: Reader<'_>, visit: &Booking) -> Markup {
    let (words, now) = (reader.words, reader.now);
    let can = |step: &Step| matches!(visit.after(step, now), Ok(Some(_)));
    let path = format!("POST /v1/appointments/{}/steps", visit.id);
    let step = |name: &str, more: &Markup| {
        let fields = html! {
            input type="hidden" name="step" value=(name);
            (more)
            button.second type="submit" { (words.value("do-step", &name)) }
        };
        form(&path, &words.t("done-step"), "button", &fields)
    };
    let plain = [
        ("book", Step::Book),
        ("confirm", Step::Confirm),
        ("arrive", Step::Arrive),
        ("start", Step::Start),
        ("complete", Step::Complete),
        ("miss", Step::Miss),
    ];
    let cancel = Step::Cancel(Cancelled { by: CancelledBy::Business, why: String::new() });
    html! {
        div.actions {
            @for (name, one) in &plain { @if can(one) { (step(name, &html! {})) } }
            @if can(&Step::EnRoute { eta: now, track: None }) { (step("en_route", &minutes_away(reader))) }
        }
        @if can(&cancel) {
            details #cancel {
                summary { (words.t("visit-cancel")) }
                (step("cancel", &why(reader)))
            }
        }
    }
}

/// In how long they will be there.
fn minutes_away(reader: Reader<'_>) -> Markup {
    let words = reader.words;
    html! {
        label.hidden for="eta" { (words.t("visit-eta-in")) }
        select #eta name="eta" data-type="minutes-from-now" {
            @for minutes in ON_THE_WAY { option value=(minutes) { (words.with("minutes", "count", minutes)) } }
        }
    }
}

/// Who cancels it, and why.
fn why(reader: Reader<'_>) -> Markup {
    let words = reader.words;
    html! {
        label for="by" { (words.t("visit-cancelled-by")) }
        select #by name="by" {
            @for by in [CancelledBy::Customer, CancelledBy::Business] {
                option value=(match by { CancelledBy::Customer => "customer", CancelledBy::Business => "business" }) { (words.value("cancelled-by", &by)) }
            }
        }
        label for="why" { (words.t("visit-why")) }
        input #why name="why" maxlength="200" dir="auto" aria-describedby="why-problem";
        p.problem #why-problem {}
    }
}

/// What it is to take where it is dropped on a resource: that one in the place of those of its kind. Else what it takes already.
fn taking(visit: &Booking, onto: Option<&Resource>, resources: &[Resource]) -> Vec<ResourceId> {
    let Some(onto) = onto.filter(|onto| !visit.resources.contains(&onto.id)) else { return visit.resources.clone() };
    let is_other = |id: &&ResourceId| resources.iter().any(|one| one.id == **id && one.kind != onto.kind);
    visit.resources.iter().filter(is_other).chain([&onto.id]).cloned().collect()
}

/// The time and the resources of where it was dropped, where that differs from what is booked.
fn dropped(
    wanted: &Wanted,
    visit: &Booking,
    resources: &[Resource],
    zone: &TimeZone,
) -> Option<(Timestamp, Vec<ResourceId>)> {
    let to: DateTime = wanted.to.parse().ok()?;
    let to = to.to_zoned(zone.clone()).ok()?.timestamp();
    let onto = resources.iter().find(|resource| resource.id.as_str() == wanted.resource);
    let takes = taking(visit, onto, resources);
    (to != visit.starts_at || takes != visit.resources).then_some((to, takes))
}

/// The call that gives it another time, and the one that undoes that.
fn moves(reader: Reader<'_>, visit: &Booking, fields: &Markup) -> Markup {
    let call = format!("POST /v1/appointments/{}/move", visit.id);
    let before = json!({"starts_at": visit.starts_at, "resources": visit.resources});
    html! {
        form method="post" data-call=(call) data-done=(reader.words.t("done-move")) data-undo=(format!("{call} {before}")) {
            (fields)
            p.problem role="alert" {}
        }
    }
}

/// Asks whether it is to move to where it was dropped.
fn confirm(reader: Reader<'_>, visit: &Booking, to: Timestamp, takes: &[ResourceId], zone: &TimeZone) -> Markup {
    let words = reader.words;
    let fields = html! {
        p.notice { (words.t("move-ask")) " " strong { (moment(to, zone)) } }
        input type="hidden" name="starts_at" value=(to);
        input type="hidden" name="resources" data-type="json" value=(json!(takes));
        button type="submit" { (words.t("do-move")) }
    };
    moves(reader, visit, &fields)
}

/// Another time, of those that are free.
fn another_time(reader: Reader<'_>, visit: &Booking, zone: &TimeZone) -> Markup {
    let day = visit.starts_at.max(reader.now).to_zoned(zone.clone()).date();
    let times = FreeTimes {
        within: "move",
        zone,
        day,
        service: Some(&visit.service),
        location: visit.location.as_ref(),
        moving: Some(visit),
        wish: None,
    };
    html! {
        details #another-time {
            summary { (reader.words.t("visit-move")) }
            (moves(reader, visit, &times.show(reader.words)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resources() -> Vec<Resource> {
        let of = |(id, kind): (&str, &str)| json!({"id": id, "name": id, "kind": kind});
        let all = [("ana", "person"), ("lee", "person"), ("bay-1", "bay")].map(of);
        serde_json::from_value(json!(all)).unwrap()
    }

    fn visit() -> Booking {
        let at = "2026-12-01T16:00:00Z";
        let id = "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c";
        serde_json::from_value(json!({
            "id": id, "contact": id, "service": "alignment", "service_name": "Wheel alignment", "state": "booked",
            "resources": ["ana", "bay-1"], "starts_at": at, "ends_at": "2026-12-01T17:00:00Z", "taken_from": at,
            "taken_to": "2026-12-01T17:00:00Z", "created_at": at, "updated_at": at,
        }))
        .unwrap()
    }

    #[test]
    fn dropped_on_somebody_else_it_takes_them_in_the_place_of_who_is_of_their_kind() {
        let (visit, all) = (visit(), resources());
        let named = |onto: Option<usize>| {
            let takes = taking(&visit, onto.and_then(|index| all.get(index)), &all);
            takes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(named(None), "ana bay-1");
        assert_eq!(named(Some(0)), "ana bay-1");
        assert_eq!(named(Some(1)), "bay-1 lee");
    }

    #[test]
    fn a_drop_means_the_time_that_the_clocks_of_the_place_show() {
        let (visit, all, zone) = (visit(), resources(), TimeZone::get("America/Denver").unwrap());
        let at = |to: &str, resource: &str| {
            let wanted = Wanted { to: to.to_owned(), resource: resource.to_owned() };
            dropped(&wanted, &visit, &all, &zone).map(|(at, _)| at.to_string())
        };
        assert_eq!(at("2026-12-01T10:30", "ana").as_deref(), Some("2026-12-01T17:30:00Z"));
        assert_eq!(at("2026-07-01T10:30", "").as_deref(), Some("2026-07-01T16:30:00Z"), "in summer");
        assert_eq!(at("2026-12-01T09:00", "ana"), None, "where it was");
        assert!(at("2026-12-01T09:00", "lee").is_some());
        assert_eq!(at("soon", "lee"), None);
    }
}
