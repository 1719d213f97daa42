//! Schedulers as their documents describe them: pages, versions, limits, what is sent once, and who signed a message.

use super::*;
use crate::signature::Delivery;
use aws_lc_rs::hmac;
use domain::scheduling::CalendarKind;
use domain::webhooks::Reach;
use http::HeaderMap;
use secrecy::SecretString;
use serde_json::{Value, json};
use wiremock::matchers::{body_partial_json, header, method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

mod ours;
mod shifts;
mod shopmonkey;

fn scheduler(server: &MockServer, kind: CalendarKind, key: &str) -> Scheduler {
    let sealed = Schedulers::sealed(&server.uri(), &key.into());
    Schedulers::new(Reach::Local).unwrap().session(kind, &sealed).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn span(from: &str, to: &str) -> Span {
    Span { from: at(from), to: at(to) }
}

fn within() -> Span {
    span("2026-12-01T00:00:00Z", "2027-02-01T00:00:00Z")
}

fn now() -> Timestamp {
    at("2026-12-01T08:00:30.5Z")
}

fn visit() -> WrittenVisit {
    WrittenVisit {
        id: "porchlight7".to_owned(),
        tenant: TenantId::new("acme").unwrap(),
        summary: "Inspection".to_owned(),
        link: None,
        time: span("2026-12-04T16:00:00Z", "2026-12-04T17:30:00Z"),
    }
}

fn good(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

fn data(body: &Value) -> ResponseTemplate {
    good(&json!({"status": "success", "data": body}))
}

/// Uid and time of each, and whether it is a visit of ours.
fn told(events: &Events) -> Vec<(String, Span, bool)> {
    let tenant = TenantId::new("acme").unwrap();
    let calendar = domain::ids::OutsideCalendarId::derive(&tenant, &["c"]);
    let told = events.events.iter().map(|event| match event.whose(&tenant, calendar, &jiff::tz::TimeZone::UTC) {
        Whose::Theirs(Some(span)) if event.id == event.etag => (event.etag.clone(), span, false),
        _ => {
            let visit = domain::ids::AppointmentId::derive(&tenant, &["x"]);
            (event.etag.clone(), event.shown(visit).time.unwrap(), true)
        }
    });
    told.collect()
}

#[tokio::test]
async fn calcom_says_what_is_booked_page_by_page_and_what_is_free_each_in_its_version() {
    let server = MockServer::start().await;
    let mut calcom = scheduler(&server, CalendarKind::CalCom, "cal_live_7");
    let booking = |uid: &str, day: i8, more: Value| {
        let mut booking = json!({"id": 1, "uid": uid, "status": "accepted", "start": format!("2026-12-{day:02}T09:00:00Z"),
            "end": format!("2026-12-{day:02}T10:00:00.000Z"), "metadata": {}, "rescheduledFromUid": null});
        booking.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        booking
    };
    let words = json!({"porchlight": "acme", "porchlightVisit": "porchlight7", "porchlightFrom": "2026-12-04T16:00:00Z",
        "porchlightTo": "2026-12-04T17:30:00Z", "odd": "kept"});
    let mut first: Vec<Value> = (0..98).map(|n| booking(&format!("b{n}"), 3, json!({}))).collect();
    first.push(booking("off", 5, json!({"status": "cancelled"})));
    first.push(json!({"uid": 7}));
    let again = first[90..].to_vec();
    let second = [
        again,
        vec![
            booking("moved", 9, json!({"rescheduledFromUid": "between"})),
            booking("asked", 10, json!({"status": "pending"})),
        ],
    ]
    .concat();
    for (skip, page) in [("0", &first), ("90", &second)] {
        let listed = Mock::given(path("/bookings")).and(query_param("skip", skip)).and(query_param("take", "100"));
        let listed =
            listed.and(header("cal-api-version", "2024-08-13")).and(header("authorization", "Bearer cal_live_7"));
        let listed = listed.and(query_param("status", "upcoming,unconfirmed"));
        listed
            .and(query_param("afterStart", "2026-11-30T00:00:00Z"))
            .respond_with(data(&json!(page)))
            .mount(&server)
            .await;
    }
    let between = booking("between", 8, json!({"rescheduledFromUid": "first", "status": "cancelled"}));
    let was = booking("first", 4, json!({"metadata": words, "status": "cancelled"}));
    for (uid, shown) in [("between", between), ("first", was)] {
        Mock::given(path(format!("/bookings/{uid}"))).respond_with(data(&shown)).mount(&server).await;
    }
    let slots = json!({"2026-12-02": [{"start": "2026-12-02T09:00:00.000+01:00", "end": "2026-12-02T10:00:00.000+01:00"}], "2026-12-03": []});
    let open =
        Mock::given(path("/slots")).and(header("cal-api-version", "2024-09-04")).and(query_param("eventTypeId", "7"));
    let open = open.and(query_param("format", "range")).and(query_param("start", "2026-12-01T08:00:30Z"));
    open.respond_with(data(&slots)).mount(&server).await;

    let events = calcom.events("7", within(), now()).await.unwrap();
    assert_eq!(events.open, Some(vec![span("2026-12-02T08:00:00Z", "2026-12-02T09:00:00Z")]));
    // The entry that cannot be read stands on both pages.
    assert_eq!(events.unreadable, 2);
    let told = told(&events);
    assert_eq!(told.len(), 100, "98 of the first page and two more, each once");
    let moved = told.iter().find(|(uid, ..)| uid == "moved").unwrap();
    // As long as it was written, wherever it was moved.
    assert_eq!(*moved, ("moved".to_owned(), span("2026-12-09T09:00:00Z", "2026-12-09T10:30:00Z"), true));
    assert!(told.contains(&("asked".to_owned(), span("2026-12-10T09:00:00Z", "2026-12-10T10:00:00Z"), false)));
}

#[tokio::test]
async fn calcom_is_asked_once_for_a_booking_under_the_accounts_own_address() {
    let server = MockServer::start().await;
    let mut calcom = scheduler(&server, CalendarKind::CalCom, "k");
    let me = json!({"id": 1, "username": "ana", "email": "ana@example.com"});
    Mock::given(path("/me")).respond_with(data(&me)).expect(2).mount(&server).await;
    let types = json!([{"id": 7, "title": "Visit", "lengthInMinutes": 60}, {"title": "broken"}]);
    let listed = Mock::given(path("/event-types")).and(query_param("username", "ana"));
    listed.and(header("cal-api-version", "2024-06-14")).respond_with(data(&types)).mount(&server).await;
    let (account, choices) = calcom.choices().await.unwrap();
    assert_eq!(
        (account.as_deref(), choices.len(), choices[0].name.as_str()),
        (Some("ana@example.com"), 1, "Visit (60 min)")
    );

    let book = || Mock::given(method("POST")).and(path("/bookings")).and(header("cal-api-version", "2024-08-13"));
    let asked = json!({"start": "2026-12-04T16:00:00Z", "eventTypeId": 7,
        "attendee": {"name": "Inspection", "email": "ana@example.com", "timeZone": "UTC"},
        "metadata": {"porchlight": "acme", "porchlightVisit": "porchlight7", "porchlightFrom": "2026-12-04T16:00:00Z"}});
    book()
        .and(body_partial_json(&asked))
        .respond_with(ResponseTemplate::new(503))
        .up_to_n_times(1)
        .expect(1)
        .mount(&server)
        .await;
    assert!(matches!(calcom.book("7", &visit()).await, Err(Trouble::Busy(..))), "it may have been booked");
    for (status, says) in [(400, "400 BadRequestException"), (409, "409: the time is taken there")] {
        let body =
            json!({"status": "error", "error": {"code": "BadRequestException", "message": "of lee@example.com"}});
        let refused = ResponseTemplate::new(status).set_body_json(body);
        book().respond_with(refused).up_to_n_times(1).mount(&server).await;
        assert_eq!(calcom.book("7", &visit()).await, Err(Trouble::Refused(says.to_owned())));
    }
    book().respond_with(ResponseTemplate::new(201).set_body_json(json!({"data": {"uid": "b"}}))).mount(&server).await;
    assert_eq!(calcom.book("7", &visit()).await, Ok(()));
    server.verify().await;
}

#[tokio::test]
async fn what_is_cancelled_already_is_told_from_what_may_not_be_cancelled() {
    for (kind, cancel, one, gone, there) in [
        (
            CalendarKind::CalCom,
            "/bookings/u/cancel",
            "/bookings/u",
            json!({"data": {"uid": "u", "status": "cancelled", "start": "2026-12-04T16:00:00Z", "end": "2026-12-04T17:00:00Z"}}),
            json!({"data": {"uid": "u", "status": "accepted", "start": "2026-12-04T16:00:00Z", "end": "2026-12-04T17:00:00Z"}}),
        ),
        (
            CalendarKind::Calendly,
            "/scheduled_events/u/cancellation",
            "/scheduled_events/u",
            json!({"resource": {"uri": "https://api.calendly.com/scheduled_events/u", "status": "canceled",
                "start_time": "2026-12-04T16:00:00.000000Z", "end_time": "2026-12-04T17:00:00.000000Z"}}),
            json!({"resource": {"uri": "https://api.calendly.com/scheduled_events/u", "status": "active",
                "start_time": "2026-12-04T16:00:00.000000Z", "end_time": "2026-12-04T17:00:00.000000Z"}}),
        ),
    ] {
        let server = MockServer::start().await;
        let mut scheduler = scheduler(&server, kind, "k");
        let post = || Mock::given(method("POST")).and(path(cancel));
        post().respond_with(ResponseTemplate::new(201).set_body_json(json!({}))).up_to_n_times(1).mount(&server).await;
        assert_eq!(scheduler.cancel("u").await, Ok(true), "{kind:?}");
        post().respond_with(ResponseTemplate::new(404)).up_to_n_times(1).mount(&server).await;
        assert_eq!(scheduler.cancel("u").await, Ok(false), "{kind:?}");
        post().respond_with(ResponseTemplate::new(400)).mount(&server).await;
        for (shown, expected) in [(gone, Ok(false)), (there, Err(Trouble::Refused("400".to_owned())))] {
            Mock::given(method("GET")).and(path(one)).respond_with(good(&shown)).up_to_n_times(1).mount(&server).await;
            assert_eq!(scheduler.cancel("u").await, expected, "{kind:?}");
        }
    }
}

#[tokio::test]
async fn calendly_says_what_is_booked_with_its_buffers_and_whose_it_is_by_its_tracking() {
    let server = MockServer::start().await;
    let mut calendly = scheduler(&server, CalendarKind::Calendly, "pat");
    let uri = |rest: &str| format!("https://api.calendly.com/{rest}");
    let me = json!({"resource": {"uri": uri("users/U"), "email": "ana@example.com", "current_organization": uri("organizations/O")}});
    Mock::given(path("/users/me"))
        .and(header("authorization", "Bearer pat"))
        .respond_with(good(&me))
        .mount(&server)
        .await;
    let event = |id: &str, day: i8, kind: &str| {
        json!({"uri": uri(&format!("scheduled_events/{id}")), "status": "active",
        "start_time": format!("2026-12-{day:02}T09:00:00.000000Z"), "end_time": format!("2026-12-{day:02}T10:00:00.000000Z"),
        "event_type": uri(&format!("event_types/{kind}")), "event_memberships": [{"user": uri("users/U"),
            "buffered_start_time": format!("2026-12-{day:02}T08:45:00.000000Z")}]})
    };
    // Old replies name the next page by its address alone, here that of another host.
    let first = json!({"collection": [event("A", 3, "7"), event("B", 4, "7"), {"uri": 1}],
        "pagination": {"count": 3, "next_page": "https://evil.example.com/scheduled_events?count=100&page_token=p2"}});
    let second = json!({"collection": [event("C", 5, "8")], "pagination": {"count": 1, "next_page": null}});
    let listed = || Mock::given(path("/scheduled_events")).and(query_param("user", uri("users/U").as_str()));
    let all = || listed().and(query_param_is_missing("invitee_email")).and(query_param("status", "active"));
    all().and(query_param_is_missing("page_token")).respond_with(good(&first)).mount(&server).await;
    all().and(query_param("page_token", "p2")).respond_with(good(&second)).mount(&server).await;
    let own =
        json!({"collection": [event("B", 4, "7"), event("C", 5, "8")], "pagination": {"count": 2, "next_page": null}});
    listed().and(query_param("invitee_email", "ana@example.com")).respond_with(good(&own)).mount(&server).await;
    let invitee = json!({"collection": [{"tracking": {"utm_source": null}, "old_invitee": uri("scheduled_events/OLD/invitees/I")}],
        "pagination": {"count": 1, "next_page": null}});
    Mock::given(path("/scheduled_events/B/invitees")).respond_with(good(&invitee)).expect(1).mount(&server).await;
    let was = json!({"resource": {"tracking": {"utm_source": "porchlight", "utm_medium": "acme", "utm_content": "porchlight7",
        "utm_campaign": "2026-12-02T09:00:00Z", "utm_term": "2026-12-02T10:30:00Z"}, "old_invitee": null}});
    Mock::given(path("/scheduled_events/OLD/invitees/I")).respond_with(good(&was)).expect(1).mount(&server).await;
    let kind = json!({"resource": {"uri": uri("event_types/7"), "name": "Visit", "duration": 45}});
    Mock::given(path("/event_types/7")).respond_with(good(&kind)).mount(&server).await;
    let times = json!({"collection": [{"status": "available", "start_time": "2026-12-07T09:00:00.000000Z"}]});
    let open = || {
        Mock::given(path("/event_type_available_times")).and(query_param("event_type", uri("event_types/7").as_str()))
    };
    let part = open()
        .and(query_param("start_time", "2026-12-01T08:01:30Z"))
        .and(query_param("end_time", "2027-01-01T08:01:30Z"));
    part.respond_with(good(&times)).expect(1).mount(&server).await;
    let rest = open()
        .and(query_param("start_time", "2027-01-01T08:01:30Z"))
        .and(query_param("end_time", "2027-02-01T00:00:00Z"));
    rest.respond_with(good(&json!({"collection": []}))).expect(1).mount(&server).await;

    let events = calendly.events("7", within(), now()).await.unwrap();
    assert_eq!(
        (events.unreadable, events.open.clone()),
        (1, Some(vec![span("2026-12-07T09:00:00Z", "2026-12-07T09:45:00Z")]))
    );
    let mut told = told(&events);
    told.sort();
    assert_eq!(
        told,
        [
            ("A".to_owned(), span("2026-12-03T08:45:00Z", "2026-12-03T10:00:00Z"), false),
            ("B".to_owned(), span("2026-12-04T09:00:00Z", "2026-12-04T10:30:00Z"), true),
            ("C".to_owned(), span("2026-12-05T08:45:00Z", "2026-12-05T10:00:00Z"), false),
        ]
    );
    server.verify().await;
}

#[tokio::test]
async fn what_passes_is_asked_again_and_a_limit_says_when() {
    for (kind, asked) in [(CalendarKind::CalCom, "/me"), (CalendarKind::Calendly, "/users/me")] {
        let server = MockServer::start().await;
        let scheduler = scheduler(&server, kind, "k");
        Mock::given(path(asked))
            .respond_with(ResponseTemplate::new(503))
            .up_to_n_times(3)
            .expect(3)
            .mount(&server)
            .await;
        assert_eq!(scheduler.choices().await, Err(Trouble::Busy("503".to_owned(), None)), "{kind:?}");
        let limit = ResponseTemplate::new(429).insert_header("x-ratelimit-reset", "42").set_body_json(json!({}));
        Mock::given(path(asked)).respond_with(limit).up_to_n_times(1).expect(1).mount(&server).await;
        assert_eq!(scheduler.choices().await, Err(Trouble::Busy("429".to_owned(), Some(42))), "{kind:?}");
        // A moment is no stretch of time.
        let epoch = ResponseTemplate::new(429).insert_header("x-ratelimit-reset", "1796083200");
        Mock::given(path(asked)).respond_with(epoch).up_to_n_times(3).mount(&server).await;
        assert_eq!(scheduler.choices().await, Err(Trouble::Busy("429".to_owned(), None)), "{kind:?}");
        for status in [401, 498] {
            Mock::given(path(asked)).respond_with(ResponseTemplate::new(status)).up_to_n_times(1).mount(&server).await;
            assert_eq!(scheduler.choices().await, Err(Trouble::LockedOut), "{kind:?} {status}");
        }
        server.verify().await;
    }
}

#[tokio::test]
async fn a_visit_that_stands_there_twice_stands_there_once_afterwards() {
    let server = MockServer::start().await;
    let mut calcom = scheduler(&server, CalendarKind::CalCom, "k");
    let words = visit().words();
    let booking = |uid: &str| json!({"uid": uid, "status": "accepted", "start": "2026-12-04T16:00:00Z", "end": "2026-12-04T17:00:00Z", "metadata": words});
    Mock::given(path("/bookings")).respond_with(data(&json!([booking("one"), booking("two")]))).mount(&server).await;
    Mock::given(path("/bookings/one")).respond_with(data(&booking("one"))).mount(&server).await;
    Mock::given(path("/slots")).respond_with(data(&json!({}))).mount(&server).await;
    let cancelled = Mock::given(method("POST")).and(path("/bookings/two/cancel"));
    cancelled.respond_with(data(&json!({}))).expect(1).mount(&server).await;
    let events = calcom.events("7", within(), now()).await.unwrap();
    assert_eq!((events.events.len(), events.events[0].etag.as_str(), events.open), (1, "one", Some(Vec::new())));
    server.verify().await;
}

fn verified(kind: CalendarKind, secret: &str, name: &'static str, signature: &str) -> bool {
    let headers = HeaderMap::from_iter([(name.parse().unwrap(), signature.parse().unwrap())]);
    let delivery =
        Delivery { method: "POST", url: "", headers: &headers, body: b"{}", now: 1_796_000_000, tolerance_s: 300 };
    verify(kind, &SecretString::from(secret.to_owned()), &delivery).is_ok()
}

fn signed(secret: &str, text: &str) -> String {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), text.as_bytes());
    crate::signature::to_hex(tag.as_ref())
}

#[test]
fn a_message_is_the_schedulers_by_its_signature_and_nothing_else() {
    let calcom = |secret, signature: &str| verified(CalendarKind::CalCom, secret, "x-cal-signature-256", signature);
    assert!(calcom("s3cret", &signed("s3cret", "{}")));
    assert!(!calcom("s3cret", &signed("other", "{}")) && !calcom("s3cret", &signed("s3cret", "{ }")));
    assert!(!calcom("s3cret", "no-secret-provided") && !calcom("", &signed("", "{}")));
    let calendly =
        |signature: &str| verified(CalendarKind::Calendly, "s3cret", "calendly-webhook-signature", signature);
    for (age, good) in [(0, true), (-300, true), (300, true), (301, false), (-301, false)] {
        let at = 1_796_000_000_i64 - age;
        let signature = format!("t={at},v1={}", signed("s3cret", &format!("{at}.{{}}")));
        assert_eq!(calendly(&signature), good, "{age}");
        assert!(!calendly(&signature.replace("t=", "t=1")), "the time is signed");
    }
    assert!(!calendly("") && !calendly("t=1796000000") && !calendly("v1=00"));
    assert!(!verified(CalendarKind::WhenIWork, "s3cret", "x-signature", &signed("s3cret", "{}")));
}

#[tokio::test]
#[ignore = "needs documents of the vendors: PORCHLIGHT_FIXTURES=<folder> make fixtures"]
async fn the_vendors_own_examples_are_read() {
    let folder = std::path::PathBuf::from(std::env::var_os("PORCHLIGHT_FIXTURES").unwrap());
    let read = |file: &str| serde_json::from_slice::<Value>(&std::fs::read(folder.join(file)).unwrap()).unwrap();
    let server = MockServer::start().await;
    let mut calcom = scheduler(&server, CalendarKind::CalCom, "k");
    let booking = read("calcom/response_booking_from_schema_examples.json")["data"].clone();
    let listed = json!({"status": "success", "data": [booking], "pagination": {"totalItems": 1, "hasNextPage": false}});
    Mock::given(path("/bookings")).respond_with(good(&listed)).mount(&server).await;
    Mock::given(path("/bookings/previous_uid_123")).respond_with(ResponseTemplate::new(404)).mount(&server).await;
    Mock::given(path("/slots")).respond_with(good(&read("calcom/response_slots_range.json"))).mount(&server).await;
    let events = calcom.events("7", within(), now()).await.unwrap();
    assert_eq!((events.events.len(), events.unreadable, events.open.unwrap().len()), (1, 0, 4));

    let server = MockServer::start().await;
    let mut calendly = scheduler(&server, CalendarKind::Calendly, "k");
    Mock::given(path("/users/me")).respond_with(good(&read("calendly/api/user.json"))).mount(&server).await;
    let mut events = read("calendly/api/scheduled_events_list.json");
    events["pagination"]["next_page"] = Value::Null;
    Mock::given(path("/scheduled_events")).respond_with(good(&events)).mount(&server).await;
    let mut invitees = read("calendly/api/event_invitees_list.json");
    invitees["pagination"]["next_page"] = Value::Null;
    Mock::given(path("/scheduled_events/GBGBDCAADAEDCRZ2/invitees")).respond_with(good(&invitees)).mount(&server).await;
    let kind = json!({"resource": read("calendly/api/event_types_list.json")["collection"][0]});
    Mock::given(path("/event_types/GBGBDCAADAEDCRZ2")).respond_with(good(&kind)).mount(&server).await;
    let times = read("calendly/api/event_type_available_times.json");
    Mock::given(path("/event_type_available_times")).respond_with(good(&times)).mount(&server).await;
    let events = calendly.events("GBGBDCAADAEDCRZ2", within(), now()).await.unwrap();
    assert_eq!((events.events.len(), events.unreadable, events.open.unwrap().len()), (1, 0, 2));
}
