//! What visits take: people, crews, bays, rooms, vehicles, with their shifts and when they are away.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::identity::{Permission, may};
use domain::ids::{LocationId, ServiceId};
use domain::scheduling::{Resource, TimeOff};
use domain::tenancy::{Hours, Location, Tenant};
use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use maud::{Markup, html};
use store::{Page, Versioned};

use super::booking::KINDS;
use super::documents::Documents;
use super::fields::{TickBox, boxes, choice, line, lines, options, tick, value_of};
use super::hours::days;
use super::{FORMS_ON_A_PAGE, Reader, Wanted};
use crate::answer::Html;
use crate::view::View;

const PATH: &str = "/app/settings/resources";

/// `GET /app/settings/resources`
pub(super) async fn page(
    view: View<may::ReadSchedule>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let tenant = &view.tenant.id;
    let page = guard.store.documents().list(tenant, FORMS_ON_A_PAGE, wanted.cursor.as_deref()).await?;
    let locations = guard.store.tenants().locations(tenant).await?;
    let main = content(Reader::of(&view), &view.tenant, &locations, &page);
    Ok(super::page(&view, PATH, &main))
}

pub(super) fn content(
    reader: Reader<'_>,
    tenant: &Tenant,
    locations: &[Location],
    page: &Page<Versioned<Resource>>,
) -> Markup {
    let documents = Documents {
        path: "/v1/resources",
        page: PATH,
        add: "resource-add",
        empty: "resources-empty",
        right: Permission::WriteSettings,
        reader,
    };
    html! {
        p.quiet {
            (reader.t("resources-text")) " "
            a href="/app/settings/services" { (reader.t("settings-services")) }
        }
        (documents.show(page, |resource| resource_line(reader, resource), |resource, within| fields(reader, tenant, locations, resource, within)))
    }
}

fn resource_line(reader: Reader<'_>, resource: &Resource) -> Markup {
    html! {
        strong dir="auto" { (resource.name) }
        span.quiet { " · " (reader.words.value("resource-kind", &resource.kind)) }
        @if !resource.active { " " span.tag { (reader.t("not-active")) } }
    }
}

fn fields(
    reader: Reader<'_>,
    tenant: &Tenant,
    locations: &[Location],
    resource: Option<&Resource>,
    within: &str,
) -> Markup {
    let words = reader.words;
    let text = |of: fn(&Resource) -> String| resource.map(of).unwrap_or_default();
    let kinds = options(words, "resource-kind", &KINDS);
    let kind = resource.map_or_else(|| "person".to_owned(), |resource| value_of(&resource.kind));
    let away = resource.map(|resource| resource.time_off.as_slice()).unwrap_or_default();
    let away = away.iter().map(|off| off_line(off, reader.zone)).collect::<Vec<_>>().join("\n");
    let is_there = |id: &LocationId| resource.is_some_and(|resource| resource.locations.contains(id));
    let is_for = |id: &ServiceId| resource.is_some_and(|resource| resource.services.contains(id));
    let places: Vec<TickBox> =
        locations.iter().map(|one| (one.id.to_string(), one.name.clone(), is_there(&one.id))).collect();
    // One that is not booked any more stays ticked until it is taken away.
    let sold = tenant.services.iter().filter(|service| service.booking.is_some() || is_for(&service.id));
    let sold: Vec<TickBox> = sold.map(|one| (one.id.to_string(), one.name.clone(), is_for(&one.id))).collect();
    html! {
        (line("resource-name", "name", text(|resource| resource.name.clone())).limit(80).required().within(within).show(words))
        (choice("resource-kind", "kind", kinds, kind).within(within).show(words))
        (lines("staff-skills", "skills", text(|resource| resource.skills.join("\n"))).rows(2).reads("lines").hint("resource-skills-hint").within(within).show(words))
        @if !places.is_empty() { (boxes(&reader.t("resource-locations"), "locations", within, None, &places)) }
        @if !sold.is_empty() { (boxes(&reader.t("resource-services"), "services", within, None, &sold)) }
        (shifts(reader, resource.and_then(|resource| resource.hours.as_ref()), within))
        (lines("resource-away", "time_off", away).rows(3).reads("times-off").wrong("resource-away-wrong").hint("resource-away-hint").within(within).show(words))
        (tick("resource-active", "active", resource.is_none_or(|resource| resource.active)).within(within).show(words))
    }
}

/// Its own shifts, or whenever the business is open. What is chosen here is not sent itself: it decides which fields are.
fn shifts(reader: Reader<'_>, own: Option<&Hours>, within: &str) -> Markup {
    let words = reader.words;
    let options = options(words, "resource-shifts", &["business", "own"]);
    let (chosen, none) = (if own.is_some() { "own" } else { "business" }, Hours::default());
    html! {
        (choice("resource-shifts", "", options, chosen).chooses().within(&format!("{within}whose-hours")).show(words))
        fieldset data-when="business" hidden[own.is_some()] disabled[own.is_some()] {
            input type="hidden" name="hours" value="" data-type="null";
        }
        fieldset data-when="own" hidden[own.is_none()] disabled[own.is_none()] {
            p.quiet { (reader.t("week-hint")) }
            (days(reader, own.unwrap_or(&none), within))
        }
    }
}

/// When somebody is away, as `app.js` reads it: whole days by their dates, else with the hours.
fn off_line(off: &TimeOff, zone: &TimeZone) -> String {
    let local = |at: Timestamp| at.to_zoned(zone.clone()).datetime();
    let (from, until) = (local(off.from), local(off.until));
    let is_whole = from.time() == Time::midnight() && until.time() == Time::midnight();
    let when = if is_whole {
        let last = until.date().checked_sub(1.day()).unwrap_or(until.date());
        if last == from.date() { last.to_string() } else { format!("{} - {last}", from.date()) }
    } else {
        format!("{} - {}", from.strftime("%Y-%m-%d %H:%M"), until.strftime("%Y-%m-%d %H:%M"))
    };
    format!("{when} {}", off.reason).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_off_are_written_as_dates_and_hours_off_with_their_hours() {
        let zone = TimeZone::get("America/Denver").unwrap();
        let shown = |from: &str, until: &str, reason: &str| {
            let off = TimeOff { from: from.parse().unwrap(), until: until.parse().unwrap(), reason: reason.to_owned() };
            off_line(&off, &zone)
        };
        assert_eq!(shown("2026-12-24T07:00:00Z", "2026-12-25T07:00:00Z", ""), "2026-12-24");
        assert_eq!(shown("2026-12-24T07:00:00Z", "2026-12-27T07:00:00Z", "Holiday"), "2026-12-24 - 2026-12-26 Holiday");
        // The clocks go back on the first of November.
        assert_eq!(shown("2026-11-01T06:00:00Z", "2026-11-02T07:00:00Z", "Rest"), "2026-11-01 Rest");
        let hours = shown("2026-12-24T16:00:00Z", "2026-12-24T19:30:00Z", "Dentist");
        assert_eq!(hours, "2026-12-24 09:00 - 2026-12-24 12:30 Dentist");
    }
}
