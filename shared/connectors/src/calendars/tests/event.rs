use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn acme() -> TenantId {
    TenantId::new("acme").unwrap()
}

fn calendar() -> OutsideCalendarId {
    OutsideCalendarId::derive(&acme(), &["ana"])
}

fn whose(event: &Value) -> Whose {
    let mut whole = json!({"id": "a1", "start": {"dateTime": "2026-12-04T09:00:00-07:00"},
        "end": {"dateTime": "2026-12-04T10:00:00-07:00"}});
    whole.as_object_mut().unwrap().extend(event.as_object().unwrap().clone());
    let event: Event = serde_json::from_value(whole).unwrap();
    event.whose(&acme(), calendar(), &TimeZone::get("America/Denver").unwrap())
}

fn busy(from: &str, to: &str) -> Whose {
    Whose::Theirs(Some(Span { from: at(from), to: at(to) }))
}

#[test]
fn what_takes_time_takes_it_and_whole_days_are_of_the_calendars_zone() {
    let nine = busy("2026-12-04T16:00:00Z", "2026-12-04T17:00:00Z");
    for event in [
        json!({}),
        json!({"status": "tentative", "transparency": "opaque", "eventType": "outOfOffice"}),
        json!({"attendees": [{"self": true, "responseStatus": "needsAction"}]}),
        json!({"attendees": [{"responseStatus": "declined"}]}),
        json!({"start": {"dateTime": "2026-12-04T09:00:00"}, "end": {"dateTime": "2026-12-04T10:00:00"}}),
        json!({"start": {"dateTime": "2026-12-04T11:00:00", "timeZone": "America/New_York"}}),
    ] {
        assert_eq!(whose(&event), nine, "{event}");
    }
    let days = json!({"start": {"date": "2026-12-04"}, "end": {"date": "2026-12-06"}});
    assert_eq!(whose(&days), busy("2026-12-04T07:00:00Z", "2026-12-06T07:00:00Z"));
}

#[test]
fn what_takes_no_time_takes_none() {
    for event in [
        json!({"transparency": "transparent"}),
        json!({"status": "cancelled"}),
        json!({"status": "cancelled", "start": null, "end": null, "recurringEventId": "a"}),
        json!({"eventType": "workingLocation"}),
        json!({"eventType": "birthday"}),
        json!({"attendees": [{"self": true, "responseStatus": "declined"}]}),
        json!({"end": {"dateTime": "2026-12-04T09:00:00-07:00"}}),
    ] {
        assert_eq!(whose(&event), Whose::Theirs(None), "{event}");
    }
    assert_eq!(whose(&json!({"start": {"dateTime": "tomorrow"}})), Whose::Unreadable);
}

#[test]
fn a_visit_of_ours_is_known_again_and_one_of_another_business_takes_time() {
    let id = AppointmentId::derive(&acme(), &["a"]);
    let time = Span { from: at("2026-12-04T16:00:00Z"), to: at("2026-12-04T17:00:00Z") };
    let event_id = domain::scheduling::event_id(calendar(), id);
    let visit = WrittenVisit { id: event_id.clone(), tenant: acme(), summary: "Inspection".into(), link: None, time };
    let mut event = visit.inserted();
    event["etag"] = json!("\"7\"");
    let shown = ShownVisit { appointment: id, time: Some(time), written: Some(time), etag: "\"7\"".into() };
    assert_eq!(whose(&event), Whose::Visit(shown.clone()));

    // Somebody made a whole day of it: the hour is gone, what we wrote is not.
    let mut day = event.clone();
    (day["start"], day["end"]) = (json!({"date": "2026-12-04"}), json!({"date": "2026-12-05"}));
    assert_eq!(whose(&day), Whose::Visit(ShownVisit { time: None, ..shown }));

    // Another connection of the same tenant to the same calendar, or an invitation that was accepted.
    let mut other = event.clone();
    other["id"] = json!(domain::scheduling::event_id(OutsideCalendarId::derive(&acme(), &["lee"]), id));
    assert_eq!(whose(&other), Whose::OtherVisit);
    assert_eq!(whose(&json!({"iCalUID": domain::scheduling::uid(id)})), Whose::OtherVisit);

    // Somebody made a series of it.
    for time in ["20261204T160000Z", "R20261211T160000", "20261211T160000Z_20261211T160000Z"] {
        let mut instance = event.clone();
        instance["id"] = json!(format!("{event_id}_{time}"));
        assert_eq!(whose(&instance), Whose::OtherVisit, "{time}");
    }

    // The calendar of somebody who works for two businesses; and one that only looks like ours.
    let theirs = busy("2026-12-04T16:00:00Z", "2026-12-04T17:00:00Z");
    event["extendedProperties"]["private"]["porchlight"] = json!("bolt");
    assert_eq!(whose(&event), theirs);
    assert_eq!(whose(&json!({"id": format!("{event_id}_20261204T160000Z")})), theirs);
    assert_eq!(whose(&json!({"id": event_id})), theirs);
}
