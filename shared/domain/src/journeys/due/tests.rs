//! When steps are due; laws for any zone and moment.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::TenantId;
use crate::billing::{Invoice, InvoiceState};
use crate::ids::{AppointmentId, InvoiceId, QuoteId, RunId};
use crate::journeys::Subject;
use crate::messaging::Channel;
use crate::scheduling::{Appointment, AppointmentState};
use crate::{ContactId, LeadId};

fn tenant() -> TenantId {
    TenantId::new("acme").unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn run(subject: Subject, started_at: Timestamp) -> Run {
    let document = json!({
        "id": RunId::derive(&tenant(), &["r"]), "sequence": "s", "subject": subject, "started_at": started_at,
        "step": "a", "due": started_at
    });
    serde_json::from_value(document).unwrap()
}

fn journey() -> Journey {
    let mut journey = Journey::begin(ContactId::derive(&tenant(), &["c"]), at("2026-01-01T00:00:00Z"));
    journey.appointments.push(Appointment {
        id: appointment_id(),
        state: AppointmentState::Booked,
        starts_at: at("2026-12-01T17:00:00Z"),
        ends_at: at("2026-12-01T18:30:00Z"),
        agreed_at: at("2026-11-20T12:00:00Z"),
        service: None,
        location: None,
        eta: None,
        track: None,
    });
    journey.invoices.push(Invoice {
        id: invoice_id(),
        state: InvoiceState::Issued,
        amount: None,
        due_at: Some(at("2026-12-15T06:30:00Z")),
        link: None,
    });
    journey
}

fn appointment_id() -> AppointmentId {
    AppointmentId::derive(&tenant(), &["a"])
}

fn invoice_id() -> InvoiceId {
    InvoiceId::derive(&tenant(), &["i"])
}

fn wait(document: serde_json::Value) -> Wait {
    serde_json::from_value(document).unwrap()
}

#[test]
fn each_wait_counts_from_its_own_beginning() {
    let denver = zone("America/Denver");
    let (appointment, invoice) = (Subject::Appointment(appointment_id()), Subject::Invoice(invoice_id()));
    let (started, previous) = (at("2026-11-20T23:00:00Z"), at("2026-11-25T01:00:00Z"));
    for (document, subject, expected) in [
        (json!({ "after": { "minutes": 90 } }), Subject::Contact, "2026-11-25T02:30:00Z"),
        (json!({ "on_day": { "day": 0, "at": "09:00" } }), Subject::Contact, "2026-11-20T16:00:00Z"),
        (json!({ "on_day": { "day": 1, "at": "16:00" } }), Subject::Contact, "2026-11-21T23:00:00Z"),
        (json!({ "before_appointment": { "minutes": 1440 } }), appointment, "2026-11-30T17:00:00Z"),
        (json!({ "appointment_day": { "at": "07:00" } }), appointment, "2026-12-01T14:00:00Z"),
        (json!({ "after_appointment": { "minutes": 60 } }), appointment, "2026-12-01T19:30:00Z"),
        // Half past eleven at night of the 14th there.
        (json!({ "before_due_date": { "days": 3, "at": "10:00" } }), invoice, "2026-12-11T17:00:00Z"),
        (json!({ "after_due_date": { "days": 2, "at": "10:00" } }), invoice, "2026-12-16T17:00:00Z"),
        (json!({ "as_they_react": { "at": "10:00" } }), Subject::Contact, "2026-12-01T17:00:00Z"),
    ] {
        let run = run(subject, started);
        assert_eq!(due(&wait(document.clone()), &run, &journey(), &denver, previous), Some(at(expected)), "{document}");
    }
}

#[test]
fn nothing_is_due_where_there_is_nothing_to_count_from() {
    let quote = Subject::Quote(QuoteId::derive(&tenant(), &["q"]));
    let lead = Subject::Lead(LeadId::derive(&tenant(), &["l"]));
    let now = at("2026-11-20T23:00:00Z");
    let mut without_date = journey();
    without_date.invoices[0].due_at = None;
    for (document, subject) in [
        (json!({ "before_appointment": { "minutes": 60 } }), quote),
        (json!({ "appointment_day": { "at": "07:00" } }), lead),
        (
            json!({ "after_appointment": { "minutes": 60 } }),
            Subject::Appointment(AppointmentId::derive(&tenant(), &["x"])),
        ),
        (json!({ "after_due_date": { "days": 1, "at": "10:00" } }), Subject::Invoice(invoice_id())),
        (json!({ "before_due_date": { "days": 1, "at": "10:00" } }), Subject::Contact),
    ] {
        assert_eq!(due(&wait(document), &run(subject, now), &without_date, &TimeZone::UTC, now), None);
    }
}

#[test]
fn a_time_that_clocks_jump_over_is_the_first_moment_after_and_one_shown_twice_the_first() {
    let new_york = zone("America/New_York");
    let on = |day: u32, time: &str, started: &str| {
        let wait = wait(json!({ "on_day": { "day": day, "at": time } }));
        due(&wait, &run(Subject::Contact, at(started)), &journey(), &new_york, at(started)).unwrap()
    };
    assert_eq!(on(1, "02:30", "2026-03-07T15:00:00Z"), at("2026-03-08T07:00:00Z"));
    assert_eq!(on(1, "01:30", "2026-10-31T15:00:00Z"), at("2026-11-01T05:30:00Z"));
    // The same time of day on both sides of the change.
    assert_eq!(on(0, "16:00", "2026-03-07T15:00:00Z"), at("2026-03-07T21:00:00Z"));
    assert_eq!(on(1, "16:00", "2026-03-07T15:00:00Z"), at("2026-03-08T20:00:00Z"));
    // A leap day.
    assert_eq!(on(1, "12:00", "2028-02-28T15:00:00Z"), at("2028-02-29T17:00:00Z"));
}

#[test]
fn who_reacts_more_hears_sooner() {
    let previous = at("2026-11-20T18:00:00Z");
    let as_they_react = wait(json!({ "as_they_react": { "at": "10:00" } }));
    let mut journey = journey();
    let days = |journey: &Journey| {
        let due = due(&as_they_react, &run(Subject::Contact, previous), journey, &TimeZone::UTC, previous).unwrap();
        due.to_zoned(TimeZone::UTC).date().day() - 20
    };
    assert_eq!(days(&journey), 7);
    journey.engagement.opened(Channel::Email, 9);
    assert_eq!(days(&journey), 3);
    journey.engagement.replied(Channel::Sms, 9);
    assert_eq!(days(&journey), 3);
    journey.engagement.replied(Channel::Sms, 9);
    assert_eq!(days(&journey), 1);
}

#[test]
fn waits_beyond_the_calendar_are_none() {
    let last = Timestamp::MAX;
    for document in [json!({ "after": { "minutes": 600 } }), json!({ "on_day": { "day": 730, "at": "10:00" } })] {
        assert_eq!(due(&wait(document), &run(Subject::Contact, last), &journey(), &TimeZone::UTC, last), None);
    }
}

#[test]
fn an_hour_that_there_is_not_leaves_the_time() {
    let due = at("2026-11-20T18:00:00Z");
    assert_eq!(at_best_hour(due, 24, &TimeZone::UTC), due);
    assert_eq!(at_best_hour(due, 9, &TimeZone::UTC), at("2026-11-20T09:00:00Z"));
}

fn any_zone() -> impl Strategy<Value = TimeZone> {
    let names = ["America/Denver", "America/Sao_Paulo", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "UTC"];
    prop::sample::select(names.to_vec()).prop_map(zone)
}

/// 2000 to 2060.
fn any_moment() -> impl Strategy<Value = Timestamp> {
    (946_684_800_i64..2_840_140_800).prop_map(|second| Timestamp::from_second(second).unwrap())
}

proptest! {
    #[test]
    fn a_day_and_time_are_those_that_clocks_show(
        zone in any_zone(), started in any_moment(), day in 0_u32..730, minute in 0_i16..1440,
    ) {
        let time = Time::midnight().wrapping_add(i64::from(minute).minutes());
        let wait = Wait::OnDay { day, at: time };
        let due = due(&wait, &run(Subject::Contact, started), &journey(), &zone, started).unwrap();
        let shown = due.to_zoned(zone.clone()).datetime();
        let wanted = started.to_zoned(zone.clone()).date().checked_add(i64::from(day).days()).unwrap().to_datetime(time);
        // Equal, but for times that clocks jump over: then later, by a day at most (Samoa left one out).
        prop_assert!(shown >= wanted);
        prop_assert!(shown.date() <= wanted.date().tomorrow().unwrap());
        let just_before = (due - SignedDuration::from_nanos(1)).to_zoned(zone).datetime();
        prop_assert!(shown == wanted || just_before < wanted);
    }

    #[test]
    fn later_days_are_due_later(zone in any_zone(), started in any_moment(), day in 0_u32..700, more in 2_u32..30) {
        let on = |day| due(
            &Wait::OnDay { day, at: Time::constant(10, 0, 0, 0) }, &run(Subject::Contact, started), &journey(), &zone, started,
        );
        prop_assert!(on(day).unwrap() < on(day + more).unwrap());
    }

    #[test]
    fn the_best_hour_stays_on_the_same_day(zone in any_zone(), moment in any_moment(), hour in 0_u8..24) {
        let moved = at_best_hour(moment, hour, &zone);
        let (was, is) = (moment.to_zoned(zone.clone()), moved.to_zoned(zone));
        prop_assert!(is.hour() == i8::try_from(hour).unwrap() || is.offset() != was.offset());
        prop_assert!(is.date() == was.date() || is.offset() != was.offset());
    }
}
