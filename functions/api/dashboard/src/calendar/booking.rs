//! A new visit that staff book: from the calendar, or from a conversation. `calendar.js` asks the API for the free times.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::identity::may;
use domain::ids::{LocationId, ServiceId};
use domain::leads::{Lead, Question};
use domain::scheduling::Booking;
use domain::tenancy::{Location, Service, Tenant, known_location};
use domain::{ContactId, Failure};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;
use store::{ContactEntry, ContactFilter};

use super::waiting::{self, Waiting};
use super::{PATH, zone_name};
use crate::answer::Html;
use crate::settings::Reader;
use crate::shell;
use crate::show::address;
use crate::view::View;
use crate::words::Words;

/// Contacts that are found at once.
const FOUND: usize = 10;

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(super) struct Wanted {
    q: String,
    contact: String,
    date: String,
}

/// `GET /app/calendar/new`
pub(super) async fn page(
    view: View<may::WriteSchedule>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let (words, tenant, store) = (view.words, &view.tenant.id, &guard.store);
    let locations = store.tenants().locations(tenant).await?;
    let today = view.now().to_zoned(view.zone.clone()).date();
    let day = wanted.date.parse().unwrap_or(today).max(today);
    let chosen = Some(wanted.contact.as_str()).filter(|contact| !contact.is_empty());
    let main = if bookable(&view.tenant).next().is_none() {
        html! {
            p.notice { (words.t("booking-none")) " " a href="/app/settings/services" { (words.t("settings-services")) } }
        }
    } else if let Some(contact) = chosen {
        let contact = ContactId::parse(contact)?;
        let (mut leads, waits) = tokio::try_join!(
            store.leads().latest(tenant, std::iter::once(contact)),
            store.appointments().waits(tenant, contact),
        )?;
        let lead = leads.remove(&contact).ok_or_else(|| Failure::not_found("contact"))?;
        let new = Waiting {
            contact,
            lead: Some(&lead),
            chosen: chosen_for(&view.tenant, Some(&lead), &locations),
            last: None,
        };
        html! {
            h2 dir="auto" { (super::called(words, Some(&lead))) }
            (form(Reader::of(&view), &view.tenant, contact, Some(&lead), &locations, day, true))
            (waiting::of_one(Reader::of(&view), &view.tenant, &locations, waits.as_ref(), &new))
        }
    } else {
        let question = Some(wanted.q.trim()).filter(|q| !q.is_empty()).map(Question::read).transpose()?;
        let filter = ContactFilter { question, ..ContactFilter::default() };
        let found = store.contacts().list(tenant, &filter, FOUND, None).await?;
        who(&view, &wanted, day, &found.items)
    };
    let main = html! {
        script type="module" src="/app/calendar.js" {}
        p { a.back href=(format!("{PATH}?date={day}")) { (words.t("back-to-calendar")) } }
        h1 { (words.t("visit-new")) }
        (main)
    };
    Ok(Html(shell::page(&view, PATH, &words.t("visit-new"), &main)))
}

/// Looks for whom it is with.
fn who<R>(view: &View<R>, wanted: &Wanted, day: Date, found: &[ContactEntry]) -> Markup {
    let words = view.words;
    html! {
        form.filters method="get" action=(format!("{PATH}/new")) {
            input type="hidden" name="date" value=(day);
            div {
                label for="q" { (words.t("contacts-search")) }
                input #q type="search" name="q" maxlength="100" value=(wanted.q.trim()) dir="auto";
            }
            button.second type="submit" { (words.t("do-filter")) }
        }
        @if found.is_empty() { p.empty { (words.t("contacts-none-match")) } }
        ul.rows {
            @for contact in found {
                li {
                    a.row-link href=(format!("{PATH}/new?date={day}&contact={}", contact.id)) {
                        strong dir="auto" { (contact.name.clone().unwrap_or_else(|| words.t("nobody-named"))) }
                        span.quiet { (contact.addresses.iter().filter_map(|known| address(&known.address)).collect::<Vec<_>>().join(", ")) }
                    }
                }
            }
        }
        p { a href="/app/contacts" { (words.t("contact-add")) } }
    }
}

/// Beside a conversation: one click shows the free times for what its customer wants, one on a time books it; and the waiting list.
pub(crate) fn in_conversation<R>(
    view: &View<R>,
    contact: ContactId,
    lead: Option<&Lead>,
    locations: &[Location],
) -> Markup {
    let today = view.now().to_zoned(view.zone.clone()).date();
    let wish = lead.and_then(|lead| lead.requested_visit.as_ref());
    let day = wish.map_or(today, |wish| wish.date.max(today));
    let new = Waiting { contact, lead, chosen: chosen_for(&view.tenant, lead, locations), last: None };
    html! {
        @if bookable(&view.tenant).next().is_some() {
            script type="module" src="/app/calendar.js" {}
            details #book {
                summary { (view.words.t("visit-book")) }
                (form(Reader::of(view), &view.tenant, contact, lead, locations, day, false))
            }
            (waiting::join(Reader::of(view), &view.tenant, locations, &new))
        }
    }
}

pub(super) fn bookable(tenant: &Tenant) -> impl Iterator<Item = &Service> {
    tenant.services.iter().filter(|service| service.booking.is_some())
}

/// The service that somebody wants, of those that can be booked: by its name, or a word by which customers ask for it.
fn wanted_service<'a>(tenant: &'a Tenant, lead: Option<&Lead>) -> Option<&'a Service> {
    let names: Vec<String> = lead?.qualification.services().map(str::to_lowercase).collect();
    bookable(tenant)
        .find(|service| names.contains(&service.name.to_lowercase()))
        .or_else(|| bookable(tenant).find(|service| service.keywords.iter().any(|word| names.contains(word))))
}

/// What a form chooses at first: a service that can be booked, and a place.
#[derive(Clone, Copy)]
pub(super) struct Chosen<'a> {
    pub(super) service: Option<&'a ServiceId>,
    pub(super) location: Option<&'a LocationId>,
}

/// What a lead wants, and where.
fn chosen_for<'a>(tenant: &'a Tenant, lead: Option<&Lead>, locations: &'a [Location]) -> Chosen<'a> {
    let here = known_location(locations, lead.and_then(|lead| lead.location.as_ref()));
    Chosen { service: wanted_service(tenant, lead).map(|service| &service.id), location: here.map(|here| &here.id) }
}

/// The fields for what is booked or waited for, and where.
pub(super) fn service_and_place(
    words: &Words,
    tenant: &Tenant,
    locations: &[Location],
    within: &str,
    chosen: Chosen<'_>,
) -> Markup {
    let (service, location) = (format!("{within}-service"), format!("{within}-location"));
    html! {
        div.field {
            label for=(service) { (words.t("visit-service")) }
            select id=(service) name="service" data-asks aria-describedby=(format!("{service}-problem")) {
                @for one in bookable(tenant) {
                    option value=(one.id) selected[chosen.service == Some(&one.id)] dir="auto" { (one.name) }
                }
            }
            p.problem id=(format!("{service}-problem")) {}
        }
        @if !locations.is_empty() {
            div.field {
                label for=(location) { (words.t("visit-where")) }
                select id=(location) name="location" data-asks data-type="empty-null" aria-describedby=(format!("{location}-problem")) {
                    @for one in locations.iter().filter(|location| location.active) {
                        option value=(one.id) selected[chosen.location == Some(&one.id)] dir="auto" { (one.name) }
                    }
                    option value="" { (words.t("any")) }
                }
                p.problem id=(format!("{location}-problem")) {}
            }
        }
    }
}

fn form(
    reader: Reader<'_>,
    tenant: &Tenant,
    contact: ContactId,
    lead: Option<&Lead>,
    locations: &[Location],
    day: Date,
    has_note: bool,
) -> Markup {
    let (words, chosen) = (reader.words, chosen_for(tenant, lead, locations));
    let open = lead.filter(|lead| !lead.status.is_closed());
    let here = known_location(locations, chosen.location);
    let wish = lead.and_then(|lead| lead.requested_visit.as_ref());
    let wish = wish.and_then(|wish| Some((wish.from?, wish.until)));
    let zone = tenant.zone_at(here);
    let times = FreeTimes { within: "new", zone: &zone, day, service: None, location: None, moving: None, wish };
    let cancel = json!({"step": "cancel", "by": "business"});
    html! {
        form method="post" data-call="POST /v1/appointments" data-done=(words.t("done-visit"))
            data-undo=(format!("POST /v1/appointments/{{id}}/steps {cancel}")) {
            input type="hidden" name="contact" value=(contact);
            @if let Some(lead) = open { input type="hidden" name="lead" value=(lead.id); }
            (service_and_place(words, tenant, locations, "new", chosen))
            @if has_note {
                div.field {
                    label for="new-note" { (words.t("visit-note")) }
                    textarea #new-note name="note" rows="2" maxlength="1000" dir="auto" aria-describedby="new-note-problem" {}
                    p.problem #new-note-problem {}
                }
            }
            (times.show(words))
            p.problem role="alert" {}
        }
    }
}

/// Where the free times of a day appear, within the form that books one of them.
pub(super) struct FreeTimes<'a> {
    /// What its ids begin with.
    pub(super) within: &'a str,
    pub(super) zone: &'a TimeZone,
    /// The day that is looked at first.
    pub(super) day: Date,
    /// For what and where; none: as the form's own fields say.
    pub(super) service: Option<&'a ServiceId>,
    pub(super) location: Option<&'a LocationId>,
    /// What is to move: its own time is free for it, and it keeps its resources where they are.
    pub(super) moving: Option<&'a Booking>,
    /// When the customer would like to come, and until when that suits them.
    pub(super) wish: Option<(Timestamp, Option<Timestamp>)>,
}

impl FreeTimes<'_> {
    pub(super) fn show(&self, words: &Words) -> Markup {
        let (day, list) = (format!("{}-day", self.within), format!("{}-times", self.within));
        let keeps = self.moving.map(|visit| json!(visit.resources).to_string());
        html! {
            div.free data-free data-zone=(zone_name(self.zone)) data-service=[self.service] data-location=[self.location]
                data-moving=[self.moving.map(|visit| visit.id)] data-keeps=[keeps] data-from=[self.wish.map(|(from, _)| from)]
                data-until=[self.wish.and_then(|(_, until)| until)] data-none=(words.t("free-none")) data-next=(words.t("free-next")) {
                div.field {
                    label for=(day) { (words.t("calendar-date")) }
                    input id=(day) type="date" value=(self.day) required;
                }
                input type="hidden" name="starts_at" value="";
                input type="hidden" name="resources" data-type="json" value="[]";
                p.label id=(list) { (words.t("free-times")) }
                ul.times aria-labelledby=(list) {}
                p.quiet role="status" {}
                noscript { p { (words.t("free-script")) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::LeadId;
    use domain::messaging::Source;
    use domain::tenancy::BookingRules;

    #[test]
    fn what_a_lead_wants_is_chosen_where_it_can_be_booked() {
        let at: Timestamp = "2026-12-01T16:00:00Z".parse().unwrap();
        let rules: BookingRules = serde_json::from_value(json!({"needs": [{"kind": "person"}]})).unwrap();
        let mut tenant: Tenant = serde_json::from_value(json!({
            "id": "roofs", "name": "Roofs", "industry": "roofing", "plan": "growth", "currency": "USD",
            "zone": "America/Denver", "region": "US", "language": "en", "business": {}, "hours": {}, "channels": {}, "notify": [],
            "services": [
                {"id": "repair", "name": "Roof repair", "keywords": ["leak"]},
                {"id": "inspection", "name": "Inspection", "duration_minutes": 60, "keywords": ["check"]},
            ],
        }))
        .unwrap();
        tenant.services[1].booking = Some(rules);
        let id = "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c";
        let (id, contact) = (LeadId::parse(id).unwrap(), ContactId::parse(id).unwrap());
        let mut lead = Lead::new(id, contact, Source::Sms, at);
        let mut wanted = |service: &str| {
            lead.qualification.service_interest = Some(service.to_owned());
            wanted_service(&tenant, Some(&lead)).map(|service| service.id.to_string())
        };
        assert_eq!(wanted("inspection").as_deref(), Some("inspection"));
        assert_eq!(wanted("Check").as_deref(), Some("inspection"));
        assert_eq!(wanted("Roof repair"), None, "people arrange it");
        assert_eq!(wanted_service(&tenant, None).map(|service| &service.id), None);
    }
}
