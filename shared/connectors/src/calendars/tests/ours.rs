//! Our own bookings at schedulers: where they can be written, known again, taken over, and looked into in few calls.

use super::*;
use std::collections::BTreeMap;

fn booking(uid: &str, start: &str, end: &str, metadata: &Value) -> Value {
    json!({"uid": uid, "status": "accepted", "start": start, "end": end, "metadata": metadata})
}

async fn shows(server: &MockServer, bookings: &Value) {
    Mock::given(path("/bookings")).and(method("GET")).respond_with(data(bookings)).mount(server).await;
    Mock::given(path("/slots")).respond_with(data(&json!({}))).mount(server).await;
}

#[tokio::test]
async fn an_event_type_is_written_where_a_booking_there_is_one_visit_at_once() {
    let server = MockServer::start().await;
    let calcom = scheduler(&server, CalendarKind::CalCom, "k");
    Mock::given(path("/me")).respond_with(data(&json!({"username": "ana"}))).mount(&server).await;
    let own_fields = json!([{"type": "name", "slug": "name", "required": true}, {"type": "email", "slug": "email", "required": true}]);
    let types = json!([
        {"id": 1, "lengthInMinutes": 60, "seats": {"disabled": true}, "recurrence": null, "bookingFields": own_fields},
        {"id": 2, "seats": {"seatsPerTimeSlot": 4}},
        {"id": 3, "recurrence": {"interval": 1, "occurrences": 4, "frequency": "weekly"}},
        {"id": 4, "confirmationPolicy": {"type": "always"}},
        {"id": 5, "requiresConfirmation": true},
        {"id": 6, "schedulingType": "roundRobin"},
        {"id": 7, "bookingFields": [{"type": "text", "slug": "gate-code", "required": true}]},
        {"id": 8, "bookingFields": [{"type": "phone", "slug": "attendeePhoneNumber", "required": true}]},
    ]);
    Mock::given(path("/event-types")).respond_with(data(&types)).mount(&server).await;
    let (_, choices) = calcom.choices().await.unwrap();
    let written: Vec<(&str, bool)> =
        choices.iter().map(|choice| (choice.id.as_str(), choice.not_written.is_none())).collect();
    let expected = ["1", "2", "3", "4", "5", "6", "7", "8"].map(|id| (id, id == "1"));
    assert_eq!((written, choices[0].lasts_minutes), (expected.to_vec(), Some(60)));

    let server = MockServer::start().await;
    let calendly = scheduler(&server, CalendarKind::Calendly, "k");
    let me = json!({"resource": {"uri": "https://api.calendly.com/users/U", "email": "ana@example.com"}});
    Mock::given(path("/users/me")).respond_with(good(&me)).mount(&server).await;
    let kind = |id: &str, more: Value| {
        let mut kind = json!({"uri": format!("https://api.calendly.com/event_types/{id}"), "duration": 45, "kind": "solo",
            "pooling_type": null, "locations": [{"kind": "physical"}],
            "custom_questions": [{"enabled": false, "required": true}, {"enabled": true, "required": false}]});
        kind.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        kind
    };
    let types = json!({"collection": [
        kind("1", json!({})),
        kind("2", json!({"kind": "group"})),
        kind("3", json!({"pooling_type": "round_robin"})),
        kind("4", json!({"custom_questions": [{"enabled": true, "required": true}]})),
        kind("5", json!({"locations": [{"kind": "ask_invitee"}]})),
    ]});
    Mock::given(path("/event_types")).respond_with(good(&types)).mount(&server).await;
    let (_, choices) = calendly.choices().await.unwrap();
    let written: Vec<bool> = choices.iter().map(|choice| choice.not_written.is_none()).collect();
    assert_eq!((written, choices[0].lasts_minutes), (vec![true, false, false, false, false], Some(45)));
}

#[tokio::test]
async fn a_booking_that_somebody_moved_to_where_the_visit_is_by_now_is_taken_over_as_it_is() {
    let server = MockServer::start().await;
    let mut session = Session::Scheduler(scheduler(&server, CalendarKind::CalCom, "k"));
    let moved = booking("u", "2026-12-05T09:00:00Z", "2026-12-05T10:00:00Z", &json!(visit().words()));
    shows(&server, &json!([moved])).await;
    Mock::given(method("POST")).respond_with(data(&json!({}))).expect(0).mount(&server).await;
    session.events("7", within(), now()).await.unwrap();
    let visit = WrittenVisit { time: span("2026-12-05T09:00:00Z", "2026-12-05T10:30:00Z"), ..visit() };
    assert!(!session.cancels_first(&visit, "u"));
    assert_eq!(session.patch("7", &visit, "u").await, Ok(()));
    // The next reading takes it for written at this time.
    let mut next = Session::Scheduler(scheduler(&server, CalendarKind::CalCom, "k"));
    next.begin_with(&session.known(&visit.tenant));
    let events = next.events("7", within(), now()).await.unwrap();
    let shown = events.events[0].shown(domain::ids::AppointmentId::derive(&visit.tenant, &["a"]));
    assert_eq!((shown.time, shown.written), (Some(visit.time), Some(visit.time)));
    let another = WrittenVisit { time: span("2026-12-06T09:00:00Z", "2026-12-06T10:30:00Z"), ..visit };
    assert!(next.cancels_first(&another, "u"));
    server.verify().await;
}

#[test]
fn what_a_calendar_left_that_is_gone_is_ours_and_what_another_one_wrote_is_not() {
    let tenant = TenantId::new("acme").unwrap();
    let appointment = domain::ids::AppointmentId::derive(&tenant, &["a"]);
    let [old, other] = ["old", "other"].map(|name| domain::ids::OutsideCalendarId::derive(&tenant, &[name]));
    let written = WrittenVisit { id: domain::scheduling::event_id(old, appointment), ..visit() };
    let event = Event::told("u", written.time, written.words());
    assert_eq!(event.orphan(&tenant, |own| own == other).map(|shown| shown.appointment), Some(appointment));
    assert_eq!(event.orphan(&tenant, |own| own == old), None);
    assert_eq!(event.orphan(&TenantId::new("other").unwrap(), |_| false), None, "another business's");
    assert_eq!(event.whose(&tenant, other, &jiff::tz::TimeZone::UTC), Whose::OtherVisit, "and never a stranger's");
}

#[tokio::test]
async fn of_two_bookings_of_a_visit_the_one_stays_that_nobody_moved() {
    let server = MockServer::start().await;
    let mut calcom = scheduler(&server, CalendarKind::CalCom, "k");
    let words = json!(visit().words());
    let moved = booking("moved", "2026-12-03T09:00:00Z", "2026-12-03T10:00:00Z", &words);
    let right = booking("right", "2026-12-04T16:00:00Z", "2026-12-04T17:00:00Z", &words);
    shows(&server, &json!([moved, right])).await;
    Mock::given(path("/bookings/right")).respond_with(data(&right)).mount(&server).await;
    // It went meanwhile.
    let cancel = Mock::given(method("POST")).and(path("/bookings/moved/cancel"));
    cancel.respond_with(ResponseTemplate::new(404)).expect(1).mount(&server).await;
    let events = calcom.events("7", within(), now()).await.unwrap();
    assert_eq!((events.events.len(), events.events[0].etag.as_str()), (1, "right"));
    server.verify().await;
}

#[tokio::test]
async fn a_booking_that_cannot_be_looked_into_keeps_no_other_back() {
    for answer in [ResponseTemplate::new(400), ResponseTemplate::new(403), data(&json!([]))] {
        let server = MockServer::start().await;
        let mut calcom = scheduler(&server, CalendarKind::CalCom, "k");
        let mut moved = booking("moved", "2026-12-03T09:00:00Z", "2026-12-03T10:00:00Z", &Value::Null);
        moved["rescheduledFromUid"] = json!("before");
        let other = booking("other", "2026-12-04T09:00:00Z", "2026-12-04T10:00:00Z", &json!([]));
        shows(&server, &json!([moved, other])).await;
        Mock::given(path("/bookings/before")).respond_with(answer).mount(&server).await;
        let events = calcom.events("7", within(), now()).await.unwrap();
        assert_eq!((events.events.len(), events.unreadable), (2, 0));
    }
}

#[tokio::test]
async fn of_another_businesss_booking_no_more_is_remembered_than_that_it_was_looked_into() {
    let server = MockServer::start().await;
    let bolt = WrittenVisit { tenant: TenantId::new("bolt").unwrap(), id: "porchlight8".to_owned(), ..visit() };
    let word = |visit: &WrittenVisit| WrittenVisit::in_one_word(&visit.words());
    let known = |uid: &str, word: String| (uid.to_owned(), word);
    let remembered = |kind: CalendarKind, tenant: &TenantId| {
        let mut session = Session::Scheduler(scheduler(&server, kind, "k"));
        session.begin_with(&[known("u", word(&visit())), known("v", word(&bolt)), known("w", String::new())].into());
        session.known(tenant)
    };
    let (ours, none) = (known("u", word(&visit())), known("w", String::new()));
    let expected = BTreeMap::from([ours.clone(), known("v", String::new()), none.clone()]);
    assert_eq!(remembered(CalendarKind::Calendly, &visit().tenant), expected);
    // There a list shows whose it is, without a call.
    assert_eq!(remembered(CalendarKind::Shopmonkey, &visit().tenant), BTreeMap::from([ours, none]));
}

#[tokio::test]
async fn each_booking_is_looked_into_once_and_a_reading_that_is_too_much_is_gone_on_with() {
    let server = MockServer::start().await;
    let uri = |rest: &str| format!("https://api.calendly.com/{rest}");
    let me = json!({"resource": {"uri": uri("users/U"), "email": "ana@example.com"}});
    Mock::given(path("/users/me")).respond_with(good(&me)).mount(&server).await;
    let event = |n: usize| {
        json!({"uri": uri(&format!("scheduled_events/E{n}")), "status": "active",
            "start_time": "2026-12-03T09:00:00Z", "end_time": "2026-12-03T10:00:00Z"})
    };
    let all = json!({"collection": (0..50).map(event).collect::<Vec<_>>()});
    Mock::given(path("/scheduled_events")).respond_with(good(&all)).mount(&server).await;
    let kind = json!({"resource": {"uri": uri("event_types/7"), "duration": 45}});
    Mock::given(path("/event_types/7")).respond_with(good(&kind)).mount(&server).await;
    let none = json!({"collection": []});
    Mock::given(path("/event_type_available_times")).respond_with(good(&none)).mount(&server).await;
    let invitees = Mock::given(wiremock::matchers::path_regex("/scheduled_events/E[0-9]+/invitees"));
    invitees.respond_with(good(&none)).expect(50).mount(&server).await;
    let mut known = BTreeMap::new();
    for expected in [false, true, true] {
        let mut session = Session::Scheduler(scheduler(&server, CalendarKind::Calendly, "k"));
        session.begin_with(&known);
        match session.events("7", within(), now()).await {
            Ok(events) => assert!(expected && events.events.len() == 50),
            Err(trouble) => assert_eq!((trouble, expected), (Trouble::Unfinished, false)),
        }
        known = session.known(&visit().tenant);
    }
    server.verify().await;
}
