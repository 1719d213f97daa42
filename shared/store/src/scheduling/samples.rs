//! A sample of every kind of item of this context: resources, bookings and calendars.

use domain::ContactId;
use domain::ids::{AppointmentId, ResourceId, ServiceId};
use domain::journeys::no_show::Model;
use domain::scheduling::{Booking, CalendarDay, DayKey, DayOwner, Resource, WaitlistEntry};
use jiff::civil::date;
use serde_json::json;

use crate::table::keys;
use crate::table::samples::{AT, CONTACT, ID, Place, Stored, acme, stored};

pub(crate) fn places() -> Vec<Place> {
    let (acme, contact, appointment) = (acme(), ContactId::parse(CONTACT).unwrap(), AppointmentId::parse(ID).unwrap());
    let bay = DayOwner::Resource(ResourceId::new("bay-2").unwrap());
    let service = DayOwner::Service(ServiceId::new("alignment").unwrap());
    let day = |owner| DayKey { date: date(2026, 11, 20), owner };
    let own = keys::of(&acme);
    vec![
        ("resource", own.document("resource", "bay-2"), "T#acme#RESOURCE|bay-2"),
        ("waitlist_entry", own.document("waitlist_entry", CONTACT), "T#acme#WAITLIST_ENTRY|{contact}"),
        ("outside_calendar", own.document("outside_calendar", ID), "T#acme#OUTSIDE_CALENDAR|{id}"),
        ("booking", own.booking(appointment), "T#acme#APPOINTMENT#{id}|APPOINTMENT"),
        ("pointer", own.booking_pointer(contact, appointment), "T#acme#PERSON#{contact}|APPOINTMENT#{id}"),
        ("no show model", own.no_show_model(), "T#acme#NO_SHOW|MODEL"),
        ("calendar day", own.calendar_day(&day(bay)), "T#acme#CALENDAR|2026-11-20#bay-2"),
        ("calendar day", own.calendar_day(&day(service)), "T#acme#CALENDAR|2026-11-20#service:alignment"),
    ]
}

pub(crate) fn values() -> Vec<Stored> {
    vec![
        stored::<Resource>(
            "resource",
            json!({
                "id": "bay-2", "name": "Bay 2", "kind": "bay", "skills": ["alignment"], "locations": ["lakewood"],
                "services": ["alignment"], "hours": {"monday": [{"open": "08:00", "close": "17:00"}]},
                "time_off": [{"from": AT, "until": "2026-11-21T12:00:00Z", "reason": "Repair"}], "active": true,
            }),
        ),
        stored::<Booking>(
            "booking",
            json!({
                "id": ID, "contact": ID, "lead": ID, "service": "alignment", "service_name": "Alignment", "location": "lakewood",
                "place": {"latitude": 39.7392, "longitude": -104.9903}, "sought": "US|CO|80226|Lakewood",
                "resources": ["bay-2"], "state": "cancelled", "starts_at": AT, "ends_at": AT, "taken_from": AT, "taken_to": AT,
                "counts_on": "2026-11-20", "agreed_at": AT, "held_until": AT, "from_waitlist": true, "note": "Gate code", "metadata": {"crm": "4711"}, "eta": AT, "track": "https://track.example.com/7",
                "cancelled": {"by": "customer", "why": "Is out of town"}, "confirmed_at": AT,
                "asked_again_for": AT, "created_at": AT, "updated_at": AT,
            }),
        ),
        stored::<Model>(
            "no show model",
            json!({"weights": {"missed": 1.25}, "visits": 420, "missed": 37, "fitted_at": AT}),
        ),
        stored::<WaitlistEntry>(
            "waitlist_entry",
            json!({
                "contact": ID, "lead": ID, "service": "alignment", "location": "lakewood", "from": AT, "until": AT,
                "hours": {"monday": [{"open": "08:00", "close": "12:00"}]}, "urgent": true, "since": AT,
                "offered": {"appointment": ID, "starts_at": AT, "until": AT, "freed_at": AT}, "passed": [AT],
            }),
        ),
        stored::<CalendarDay>(
            "calendar day",
            json!({
                "day": {"date": "2026-11-20", "owner": "bay-2"},
                "entries": {ID: {
                    "from": AT, "to": "2026-11-20T13:00:00Z", "held_until": AT, "stay": {
                        "place": {"latitude": 39.7392, "longitude": -104.9903}, "from": AT, "to": "2026-11-20T13:00:00Z",
                    },
                }},
                "outside": {ID: [{"from": AT, "to": "2026-11-20T13:00:00Z"}]},
            }),
        ),
    ]
}
