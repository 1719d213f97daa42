//! The calendar file of a visit, as it goes with the e-mails about it: the visit as it is when the mail leaves.
//!
//! An appointment of another system has no booking here, and its mails no file.

use calendar::{Attachment, Method, Party, Status, Visit};
use domain::Failure;
use domain::conversations::Message;
use domain::messaging::{Address, Email, Phone};
use domain::scheduling::{Booking, BookingState, uid};
use domain::tenancy::{Location, Tenant};
use jiff::Timestamp;
use store::{Store, Versioned};

/// The file that goes with `message`, where it is about a visit that stands in the calendar; one call where it names one.
pub(crate) async fn of(
    store: &Store,
    tenant: &Tenant,
    message: &Message,
    from: &Email,
) -> Result<Option<Attachment>, Failure> {
    let named = message.outreach.as_ref().and_then(|outreach| outreach.appointment);
    let Some(appointment) = named else { return Ok(None) };
    let Some(booking) = store.appointments().find(&tenant.id, appointment).await? else { return Ok(None) };
    let location = match store.appointments().location(&tenant.id, booking.value.location.as_ref()).await {
        // One that was removed since says nothing.
        Err(Failure::Rejected { .. }) => None,
        found => found?,
    };
    let Some(Address::Email(to)) = message.delivery.as_ref().map(|delivery| &delivery.to) else { return Ok(None) };
    let parties = Parties { tenant, location: location.as_ref(), from, to };
    Ok(parties.file(&booking, runtime::clock::now()))
}

/// Between whom a visit was agreed on.
struct Parties<'a> {
    tenant: &'a Tenant,
    location: Option<&'a Location>,
    from: &'a Email,
    to: &'a Email,
}

impl Parties<'_> {
    /// The file of a visit that is to come, or that was called off; `None`: there is nothing to put into a calendar.
    fn file(&self, booking: &Versioned<Booking>, now: Timestamp) -> Option<Attachment> {
        let (booking, version) = (&booking.value, booking.version);
        let method = match booking.state {
            BookingState::Booked | BookingState::Confirmed | BookingState::EnRoute => Method::Request,
            BookingState::Cancelled => Method::Cancel,
            _ => return None,
        };
        let (tenant, place) = (self.tenant, self.location);
        let zone = place.map_or_else(|| tenant.time_zone(), |place| place.time_zone(tenant));
        let address = place.map(|place| place.address.line());
        let phone = place.and_then(|place| place.phone.as_ref()).or(tenant.business.phone.as_ref());
        let told = [Some(booking.service_name.as_str()), Some(&tenant.name), phone.map(Phone::as_str)];
        let description = told.into_iter().flatten().collect::<Vec<_>>().join("\n");
        let visit = Visit {
            uid: &uid(booking.id),
            // Every change of the booking raises its version.
            sequence: u32::try_from(version).unwrap_or(u32::MAX),
            stamp: now,
            start: &booking.starts_at.to_zoned(zone),
            end: booking.ends_at,
            summary: &format!("{}, {}", booking.service_name, tenant.name),
            location: address.as_deref(),
            description: Some(&description),
            organizer: Party { name: &tenant.name, address: self.from.as_str() },
            attendee: Party { name: self.to.as_str(), address: self.to.as_str() },
            status: Status::Confirmed,
            alarm: None,
        };
        Some(visit.attachment(method))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::tenant;
    use domain::ContactId;
    use domain::ids::AppointmentId;
    use serde_json::json;

    const NOW: &str = "2026-11-28T12:00:00Z";

    fn booking(state: BookingState, version: u64) -> Versioned<Booking> {
        let id = tenant().id;
        let value = serde_json::from_value(json!({
            "id": AppointmentId::derive(&id, &["a"]), "contact": ContactId::derive(&id, &["c"]),
            "service": "inspection", "service_name": "Roof inspection; Überprüfung", "location": "lakewood",
            "resources": ["ana"], "state": state, "starts_at": "2026-12-03T22:00:00Z", "ends_at": "2026-12-03T23:00:00Z",
            "taken_from": "2026-12-03T22:00:00Z", "taken_to": "2026-12-03T23:00:00Z",
            "created_at": NOW, "updated_at": NOW,
        }));
        Versioned { value: value.unwrap(), version }
    }

    fn file(state: BookingState, version: u64) -> Option<Attachment> {
        let location: Location = serde_json::from_value(json!({
            "id": "lakewood", "name": "Lakewood", "phone": "+13035550177",
            "address": {
                "street": "410 Example Street", "city": "Lakewood", "postal_code": "80226", "state": "CO", "country": "US"
            },
        }))
        .unwrap();
        let [from, to] = ["hello@acme.example.com", "ana@example.com"].map(|email| Email::new(email, "email").unwrap());
        let parties = Parties { tenant: &tenant(), location: Some(&location), from: &from, to: &to };
        parties.file(&booking(state, version), NOW.parse().unwrap())
    }

    fn lines(file: &Attachment) -> String {
        String::from_utf8(file.bytes.clone()).unwrap().replace("\r\n ", "")
    }

    #[test]
    fn a_visit_to_come_is_an_invitation_at_the_hour_of_the_place() {
        let file = file(BookingState::Booked, 3).unwrap();
        assert_eq!(
            (file.name, file.content_type.as_str()),
            ("invite.ics", "text/calendar; method=REQUEST; charset=utf-8")
        );
        let id = booking(BookingState::Booked, 3).value.id;
        for line in [
            "METHOD:REQUEST",
            &format!("UID:{id}@porchlight"),
            "SEQUENCE:3",
            "DTSTART;TZID=America/Denver:20261203T150000",
            "SUMMARY:Roof inspection\\; Überprüfung\\, Acme Roofing",
            "LOCATION:410 Example Street\\, Lakewood\\, CO 80226",
            "DESCRIPTION:Roof inspection\\; Überprüfung\\nAcme Roofing\\n+13035550177",
            "ORGANIZER;CN=\"Acme Roofing\":mailto:hello@acme.example.com",
        ] {
            assert!(lines(&file).lines().any(|there| there == line), "{line}\n{}", lines(&file));
        }
        let [from, to] = ["2026-12-01T00:00:00Z", "2026-12-08T00:00:00Z"].map(|at| at.parse().unwrap());
        let feed = calendar::busy(&file.bytes, &(from..to), &jiff::tz::TimeZone::UTC).unwrap();
        let taken: Vec<_> = feed.busy.iter().map(|busy| (busy.start.to_string(), busy.end.to_string())).collect();
        assert_eq!(taken, [("2026-12-03T22:00:00Z".to_owned(), "2026-12-03T23:00:00Z".to_owned())]);
    }

    #[test]
    fn what_is_called_off_leaves_the_calendar_and_what_is_over_sends_nothing() {
        let cancelled = file(BookingState::Cancelled, 4).unwrap();
        assert_eq!(cancelled.content_type, "text/calendar; method=CANCEL; charset=utf-8");
        assert!(lines(&cancelled).contains("STATUS:CANCELLED\r\n") && lines(&cancelled).contains("SEQUENCE:4\r\n"));
        for over in [BookingState::Held, BookingState::Completed, BookingState::Missed, BookingState::Started] {
            assert_eq!(file(over, 5), None, "{over:?}");
        }
    }
}
