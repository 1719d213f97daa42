//! The places of the business.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::identity::{Permission, may};
use domain::tenancy::{Hours, Location, Tenant};
use maud::{Markup, html};
use store::{Page, Versioned};

use super::documents::Documents;
use super::fields::{choice, line, options, tick};
use super::hours::days;
use super::{FORMS_ON_A_PAGE, Reader, Wanted};
use crate::answer::Html;
use crate::view::View;

const PATH: &str = "/app/settings/locations";

/// `GET /app/settings/locations`
pub(super) async fn page(
    view: View<may::ReadSettings>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let page = guard.store.documents().list(&view.tenant.id, FORMS_ON_A_PAGE, wanted.cursor.as_deref()).await?;
    let main = content(Reader::of(&view), &view.tenant, &page);
    Ok(super::page(&view, PATH, &main))
}

pub(super) fn content(reader: Reader<'_>, tenant: &Tenant, page: &Page<Versioned<Location>>) -> Markup {
    let documents = Documents {
        path: "/v1/locations",
        page: PATH,
        add: "location-add",
        empty: "locations-empty",
        right: Permission::WriteSettings,
        reader,
    };
    html! {
        p.quiet { (reader.t("locations-text")) }
        (documents.show(page, |location| location_line(reader, location), |location, within| location_fields(reader, tenant, location, within)))
    }
}

fn location_line(reader: Reader<'_>, location: &Location) -> Markup {
    html! {
        strong dir="auto" { (location.name) }
        span.quiet dir="auto" { " · " (location.address.line()) }
        @if !location.active { " " span.tag { (reader.t("not-active")) } }
    }
}

fn location_fields(reader: Reader<'_>, tenant: &Tenant, location: Option<&Location>, within: &str) -> Markup {
    let words = reader.words;
    let text = |of: fn(&Location) -> Option<String>| location.and_then(of).unwrap_or_default();
    let country = location.map_or(&tenant.region, |location| &location.address.country);
    html! {
        (line("location-name", "name", text(|location| Some(location.name.clone()))).limit(80).required().within(within).show(words))
        (line("location-street", "address.street", text(|location| Some(location.address.street.clone()))).limit(200).required().within(within).show(words))
        (line("location-postal-code", "address.postal_code", text(|location| Some(location.address.postal_code.clone()))).limit(20).within(within).show(words))
        (line("location-city", "address.city", text(|location| Some(location.address.city.clone()))).limit(100).required().within(within).show(words))
        (line("location-state", "address.state", text(|location| Some(location.address.state.clone()))).limit(60).within(within).show(words))
        (line("location-country", "address.country", country.as_str()).pattern("[A-Z]{2}").required().hint("location-country-hint").within(within).show(words))
        (line("business-phone", "phone", text(|location| location.phone.as_ref().map(|phone| phone.as_str().to_owned())))
            .kind("tel").reads("empty-null").pattern(r"\+[0-9]{7,15}").hint("phone-hint").within(within).show(words))
        (line("invite-email", "email", text(|location| location.email.as_ref().map(|email| email.as_str().to_owned())))
            .kind("email").reads("empty-null").within(within).show(words))
        (line("location-zone", "zone", text(|location| location.zone.clone())).reads("empty-null").hint("business-zone-hint").within(within).show(words))
        (location_hours(reader, location.and_then(|location| location.hours.as_ref()), within))
        (tick("location-active", "active", location.is_none_or(|location| location.active)).within(within).show(words))
    }
}

/// Its own hours, or those of the business. What is chosen here is not sent itself: it decides which fields are.
fn location_hours(reader: Reader<'_>, own: Option<&Hours>, within: &str) -> Markup {
    let words = reader.words;
    let options = options(words, "location-hours", &["business", "own"]);
    let (chosen, closed) = (if own.is_some() { "own" } else { "business" }, Hours::default());
    html! {
        (choice("location-hours", "", options, chosen).chooses().within(&format!("{within}whose-hours")).show(words))
        fieldset data-when="business" hidden[own.is_some()] disabled[own.is_some()] {
            input type="hidden" name="hours" value="" data-type="null";
        }
        fieldset data-when="own" hidden[own.is_none()] disabled[own.is_none()] {
            p.quiet { (reader.t("week-hint")) }
            (days(reader, own.unwrap_or(&closed), within))
        }
    }
}
