//! The calendar file of a visit: the one that e-mails about it bring and the one that its page hands out say the same, so that
//! whoever opens both has one entry.

use calendar::{Attachment, CalendarEvent, Method, Party, Status};
use jiff::SignedDuration;

use super::booking::{Booking, BookingState};
use super::outside::uid;
use crate::messaging::Phone;
use crate::tenancy::{Location, Tenant};

/// So long before it begins the customer's calendar reminds of it.
const REMINDS_BEFORE: SignedDuration = SignedDuration::from_hours(2);

/// Between whom a visit was agreed on, and where.
#[derive(Debug, Clone, Copy)]
pub struct Parties<'a> {
    /// The business.
    pub tenant: &'a Tenant,
    /// The location that the visit was booked at, where it is still there.
    pub location: Option<&'a Location>,
    /// The business's e-mail address.
    pub from: &'a str,
    /// The customer's, who is invited; without one the file is only handed out.
    pub to: Option<&'a str>,
}

impl Booking {
    /// The file of a visit that is to come, or that was called off; `None`: there is nothing to put into a calendar.
    #[must_use]
    pub fn calendar_file(&self, version: u64, parties: &Parties<'_>) -> Option<Attachment> {
        let method = match (self.state, parties.to) {
            (BookingState::Booked | BookingState::Confirmed | BookingState::EnRoute, Some(_)) => Method::Request,
            (BookingState::Booked | BookingState::Confirmed | BookingState::EnRoute, None) => Method::Publish,
            (BookingState::Cancelled, Some(_)) => Method::Cancel,
            _ => return None,
        };
        let Parties { tenant, location, from, to } = *parties;
        let zone = tenant.zone_at(location);
        let (name, goes_out) = (tenant.known_as(), tenant.goes_out(&self.service));
        let place = if goes_out { None } else { tenant.place_of(location) };
        let phone = location.and_then(|location| location.phone.as_ref()).or(tenant.business.phone.as_ref());
        let told = [Some(self.service_name.as_str()), Some(name), phone.map(Phone::as_str)];
        let description = told.into_iter().flatten().collect::<Vec<_>>().join("\n");
        let visit = CalendarEvent {
            uid: &uid(self.id),
            // Every change of the booking raises its version.
            sequence: u32::try_from(version).unwrap_or(u32::MAX),
            stamp: self.updated_at,
            start: &self.starts_at.to_zoned(zone),
            end: self.ends_at,
            summary: &format!("{} – {name}", self.service_name),
            location: place.as_deref(),
            description: Some(&description),
            organizer: Party { name, address: from },
            attendee: Party { name: to.unwrap_or(from), address: to.unwrap_or(from) },
            status: Status::Confirmed,
            alarm: Some(REMINDS_BEFORE),
        };
        Some(visit.attachment(method))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AppointmentId, ContactId};
    use serde_json::{Value, from_value, json};

    const MAIL: Option<&str> = Some("ana@example.com");

    fn tenant(change: &Value) -> Tenant {
        let mut tenant = json!({
            "id": "acme", "name": "Acme Roofing LLC", "branding": {"name": "Acme Roofing"}, "industry": "dentist",
            "currency": "USD", "zone": "America/Denver", "region": "US", "language": "en",
            "business": {"address": "1 Example Plaza, Denver", "phone": "+13035550100"}, "hours": {},
            "services": [{"id": "inspection", "name": "Inspection", "booking": {"needs": [{"kind": "person"}]}}],
            "notify": ["owner@acme.example.com"],
        });
        tenant.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        from_value(tenant).unwrap()
    }

    fn booking(state: BookingState) -> Booking {
        let id = tenant(&json!({})).id;
        from_value(json!({
            "id": AppointmentId::derive(&id, &["a"]), "contact": ContactId::derive(&id, &["c"]),
            "service": "inspection", "service_name": "Roof inspection; Überprüfung", "location": "lakewood",
            "resources": ["ana"], "state": state, "starts_at": "2026-12-03T22:00:00Z", "ends_at": "2026-12-03T23:00:00Z",
            "taken_from": "2026-12-03T22:00:00Z", "taken_to": "2026-12-03T23:00:00Z", "note": "Gate code 4711",
            "created_at": "2026-11-28T12:00:00Z", "updated_at": "2026-11-29T12:00:00Z",
        }))
        .unwrap()
    }

    fn lakewood() -> Location {
        from_value(json!({
            "id": "lakewood", "name": "Lakewood", "phone": "+13035550177",
            "address": {
                "street": "410 Example Street", "city": "Lakewood", "postal_code": "80226", "state": "CO", "country": "US"
            },
        }))
        .unwrap()
    }

    fn file(state: BookingState, tenant: &Tenant, location: Option<&Location>, to: Option<&str>) -> Option<Attachment> {
        let parties = Parties { tenant, location, from: "hello@acme.example.com", to };
        booking(state).calendar_file(3, &parties)
    }

    fn text(file: &Attachment) -> String {
        String::from_utf8(file.bytes.clone()).unwrap().replace("\r\n ", "")
    }

    #[test]
    fn a_visit_to_come_is_an_invitation_at_the_hour_of_the_place() {
        let file = file(BookingState::Booked, &tenant(&json!({})), Some(&lakewood()), MAIL).unwrap();
        assert_eq!(file.content_type, "text/calendar; method=REQUEST; charset=utf-8");
        let id = booking(BookingState::Booked).id;
        for line in [
            &format!("UID:{id}@porchlight"),
            "SEQUENCE:3",
            "DTSTAMP:20261129T120000Z",
            "DTSTART;TZID=America/Denver:20261203T150000",
            "SUMMARY:Roof inspection\\; Überprüfung – Acme Roofing",
            "LOCATION:410 Example Street\\, Lakewood\\, CO 80226",
            "DESCRIPTION:Roof inspection\\; Überprüfung\\nAcme Roofing\\n+13035550177",
            "ORGANIZER;CN=\"Acme Roofing\":mailto:hello@acme.example.com",
            "TRIGGER:-PT120M",
        ] {
            assert!(text(&file).lines().any(|there| there == line), "{line}\n{}", text(&file));
        }
        assert!(!text(&file).contains("4711"));
        let [from, to] = ["2026-12-01T00:00:00Z", "2026-12-08T00:00:00Z"].map(|at| at.parse().unwrap());
        let feed = calendar::busy(&file.bytes, &(from..to), &jiff::tz::TimeZone::UTC).unwrap();
        let taken: Vec<_> = feed.busy.iter().map(|busy| (busy.start.to_string(), busy.end.to_string())).collect();
        assert_eq!(taken, [("2026-12-03T22:00:00Z".to_owned(), "2026-12-03T23:00:00Z".to_owned())]);
    }

    #[test]
    fn what_is_handed_out_says_the_same_and_invites_nobody() {
        let (tenant, lakewood) = (tenant(&json!({})), lakewood());
        let [mailed, handed] =
            [MAIL, None].map(|to| file(BookingState::Confirmed, &tenant, Some(&lakewood), to).unwrap());
        assert_eq!(mailed.name, handed.name);
        let same = |file: &Attachment| {
            let text = text(file);
            let own = |line: &&str| !line.starts_with("METHOD") && !line.starts_with("ATTENDEE");
            text.lines().filter(own).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(same(&mailed), same(&handed));
        assert!(text(&handed).contains("METHOD:PUBLISH") && !text(&handed).contains("ATTENDEE"));
    }

    #[test]
    fn who_is_visited_is_told_no_place_and_who_comes_the_businesss_own_where_it_has_no_locations() {
        let lakewood = lakewood();
        let location = |tenant: &Tenant, location| {
            let text = text(&file(BookingState::Booked, tenant, location, MAIL).unwrap());
            text.lines().find_map(|line| line.strip_prefix("LOCATION:").map(str::to_owned))
        };
        let (dentist, roofer) = (tenant(&json!({})), tenant(&json!({"industry": "roofing"})));
        assert_eq!(location(&dentist, None).unwrap(), "1 Example Plaza\\, Denver");
        assert_eq!(location(&roofer, Some(&lakewood)), None);
        let rules = json!([{"id": "inspection", "name": "Inspection",
            "booking": {"needs": [{"kind": "person"}], "works_at": "business"}}]);
        let in_the_shop = tenant(&json!({"industry": "roofing", "services": rules}));
        assert!(location(&in_the_shop, Some(&lakewood)).unwrap().starts_with("410 Example Street"));
    }

    #[test]
    fn what_is_called_off_leaves_the_calendar_and_what_is_over_has_no_file() {
        let tenant = tenant(&json!({}));
        let cancelled = file(BookingState::Cancelled, &tenant, None, MAIL).unwrap();
        assert_eq!(cancelled.content_type, "text/calendar; method=CANCEL; charset=utf-8");
        assert!(text(&cancelled).contains("STATUS:CANCELLED\r\n"));
        assert_eq!(file(BookingState::Cancelled, &tenant, None, None), None);
        for over in [BookingState::Held, BookingState::Completed, BookingState::Missed, BookingState::Started] {
            assert_eq!(file(over, &tenant, None, MAIL), None, "{over:?}");
        }
    }
}
