//! Shopmonkey: lists that show any hundred of what there is, failures that come with 200, and appointments that keep their ids.

use super::*;
use crate::standard_webhooks;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use wiremock::{Request, Respond};

const SEARCH: &str = "/appointment/search";
const REPEATING: &str = "/appointment/search_replacement";

/// A list that shows another hundred of what is asked for each time, and says how many there are where it `counts`.
struct Lists {
    rows: Vec<Value>,
    counts: bool,
    answers: AtomicUsize,
}

impl Respond for Lists {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        let asked = &body["where"]["startDate"];
        let moment = |value: &Value| value.as_str().and_then(|text| text.parse::<Timestamp>().ok());
        let begin = moment(&asked["gte"]).or(moment(&body["dateMin"])).unwrap();
        let end = moment(&asked["lte"]).or(moment(&body["dateMax"])).unwrap();
        let is_in = |row: &&Value| moment(&row["startDate"]).is_none_or(|at| begin <= at && at <= end);
        let mut rows: Vec<&Value> = self.rows.iter().filter(is_in).collect();
        let total = rows.len();
        rows.rotate_left(self.answers.fetch_add(1, Ordering::Relaxed) * 37 % total.max(1));
        rows.truncate(100);
        let meta = if self.counts { json!({"total": total, "hasMore": total > rows.len()}) } else { Value::Null };
        good(&json!({"success": true, "data": rows, "meta": meta}))
    }
}

fn row(id: &str, from: &str, more: &Value) -> Value {
    let to = at(from).checked_add(jiff::SignedDuration::from_hours(1)).unwrap().to_string();
    let mut row = json!({"id": id, "updatedDate": "2026-11-01T08:00:00.000Z", "startDate": from, "endDate": to, "note": "",
        "name": "Oil change of lee@example.com", "locationId": "L", "technicians": [{"id": "T", "firstName": "Ana"}]});
    row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    row
}

fn word(visit: &WrittenVisit) -> String {
    format!("porchlight:{}", WrittenVisit::in_one_word(&visit.words()))
}

/// A shop with one location and two who work there.
async fn shop(server: &MockServer) {
    let locations = json!([{"id": "L", "name": "Main St", "timezone": "America/Denver"}]);
    let users = json!([{"id": "T", "firstName": "Ana", "lastName": "Flores"}, {"id": "U", "firstName": "Ben", "lastName": null, "active": false}]);
    for (kind, rows) in [("location", locations), ("user", users)] {
        let total = rows.as_array().unwrap().len();
        let list = json!({"success": true, "data": rows, "meta": {"total": total, "hasMore": false}});
        Mock::given(method("GET")).and(path(format!("/{kind}"))).respond_with(good(&list)).mount(server).await;
    }
}

async fn lists(server: &MockServer, way: &str, rows: Vec<Value>, counts: bool) {
    let lists = Lists { rows, counts, answers: AtomicUsize::new(0) };
    Mock::given(method("POST")).and(path(way)).respond_with(lists).mount(server).await;
}

/// A shop with these appointments, and a session of it.
async fn with(server: &MockServer, rows: Vec<Value>) -> Scheduler {
    shop(server).await;
    lists(server, SEARCH, rows, true).await;
    lists(server, REPEATING, Vec::new(), false).await;
    scheduler(server, CalendarKind::Shopmonkey, "k")
}

#[tokio::test]
async fn lists_that_show_any_hundred_are_read_until_everything_was_seen() {
    for counts in [true, false] {
        let server = MockServer::start().await;
        shop(&server).await;
        // 170 within three days, so that halves are full too.
        let begins = |n: i64| at("2026-12-07T08:00:00Z").checked_add(jiff::SignedDuration::from_mins(20 * n)).unwrap();
        let rows: Vec<Value> = (0..170).map(|n| row(&format!("a{n}"), &begins(n).to_string(), &json!({}))).collect();
        lists(&server, SEARCH, rows.clone(), counts).await;
        let lunch =
            |day: &str| row("lunch", &format!("2026-12-{day}T19:00:00Z"), &json!({"rruleset": "RRULE:FREQ=DAILY"}));
        lists(&server, REPEATING, [rows, vec![lunch("08"), lunch("09")]].concat(), false).await;
        let mut session = scheduler(&server, CalendarKind::Shopmonkey, "k");
        let events = session.events("L", within(), now()).await.unwrap();
        let ids: BTreeSet<&str> = events.events.iter().map(|event| event.id.as_str()).collect();
        assert_eq!((ids.len(), events.events.len()), (172, 172), "{counts}");
        assert!(ids.contains("lunch 2026-12-08T19:00:00Z") && ids.contains("lunch 2026-12-09T19:00:00Z"));
        assert_eq!((events.unreadable, events.open), (0, None));
    }
}

#[tokio::test]
async fn what_takes_someones_time_is_theirs_and_whole_days_are_of_the_shops_zone() {
    let server = MockServer::start().await;
    let mut session = with(
        &server,
        vec![
            row("own", "2026-12-03T16:00:00Z", &json!({})),
            row("bens", "2026-12-03T17:00:00Z", &json!({"technicians": [{"id": "U"}]})),
            row("nobodys", "2026-12-03T18:00:00Z", &json!({"technicians": []})),
            row("unsaid", "2026-12-03T19:00:00Z", &json!({"technicians": null})),
            row("elsewhere", "2026-12-03T20:00:00Z", &json!({"locationId": "M"})),
            row("off", "2026-12-03T21:00:00Z", &json!({"cancelationNote": "the car is sold"})),
            row("holiday", "2026-12-04T15:00:00Z", &json!({"allDay": true, "endDate": "2026-12-05T23:00:00Z"})),
            json!({"id": "broken", "startDate": null}),
        ],
    )
    .await;
    let events = session.events("L/T", within(), now()).await.unwrap();
    let ids = |events: &Events| events.events.iter().map(|event| event.id.clone()).collect::<Vec<_>>();
    assert_eq!((ids(&events), events.unreadable), (["holiday", "own", "unsaid"].map(ToOwned::to_owned).to_vec(), 1));
    let zone = jiff::tz::TimeZone::get(events.time_zone.as_deref().unwrap()).unwrap();
    let tenant = TenantId::new("acme").unwrap();
    let calendar = domain::ids::OutsideCalendarId::derive(&tenant, &["c"]);
    let holiday = span("2026-12-04T07:00:00Z", "2026-12-06T07:00:00Z");
    assert_eq!(events.events[0].whose(&tenant, calendar, &zone), Whose::Theirs(Some(holiday)));
    let all = session.events("L", within(), now()).await.unwrap();
    let expected = ["bens", "holiday", "nobodys", "own", "unsaid"].map(ToOwned::to_owned);
    assert_eq!(ids(&all), expected, "of the location everything takes time");
    assert_eq!(session.events("M", within(), now()).await, Err(Trouble::NotFound));
    let (account, choices) = session.choices().await.unwrap();
    let choices: Vec<_> = choices.iter().map(|choice| (choice.id.as_str(), choice.name.as_str())).collect();
    assert_eq!(
        (account.as_deref(), choices),
        (Some("Main St"), vec![("L", "Main St"), ("L/T", "Main St: Ana Flores")])
    );
}

#[tokio::test]
async fn one_of_ours_that_no_list_shows_is_asked_for_before_it_counts_as_deleted() {
    let server = MockServer::start().await;
    let mut session = with(&server, Vec::new()).await;
    let known = WrittenVisit::in_one_word(&visit().words());
    for uid in ["moved", "gone", "over"] {
        session.known.insert(uid.to_owned(), known.clone());
    }
    session.known.insert("over".to_owned(), known.replace("2026-12-04", "2026-11-02"));
    let one = |uid: &str| Mock::given(method("GET")).and(path(format!("/appointment/{uid}")));
    let down = ResponseTemplate::new(503);
    one("gone").respond_with(down).up_to_n_times(3).expect(3).mount(&server).await;
    assert!(matches!(session.events("L", within(), now()).await, Err(Trouble::Busy(..))), "it says nothing");
    assert!(session.known.contains_key("moved") && session.known.contains_key("gone"));
    let failure = json!({"success": false, "code": "ORM-404", "message": "no"});
    one("gone").respond_with(ResponseTemplate::new(404).set_body_json(failure)).mount(&server).await;
    // Someone took our word out of its note.
    let moved = row("moved", "2027-03-01T16:00:00Z", &json!({"technicians": null}));
    one("moved").respond_with(good(&json!({"success": true, "data": moved}))).mount(&server).await;
    one("over").respond_with(ResponseTemplate::new(500)).expect(0).mount(&server).await;
    let events = session.events("L", within(), now()).await.unwrap();
    let to = "2027-03-01T17:00:00Z";
    assert_eq!(told(&events), [("moved".to_owned(), span("2027-03-01T16:00:00Z", to), true)], "as long as it is there");
    assert_eq!(session.known.keys().collect::<Vec<_>>(), ["moved"]);
    server.verify().await;
}

#[tokio::test]
async fn a_visit_is_written_once_without_a_customer_and_known_by_its_note() {
    let server = MockServer::start().await;
    let mut session = with(&server, Vec::new()).await;
    let post = || Mock::given(method("POST")).and(path("/appointment"));
    post().respond_with(ResponseTemplate::new(503)).up_to_n_times(1).expect(1).mount(&server).await;
    assert!(matches!(session.book("L/T", &visit()).await, Err(Trouble::Busy(..))), "it may have been written");
    for (code, expected) in [
        ("ORM-500", Trouble::Busy("ORM-500".to_owned(), None)),
        ("VAL-400", Trouble::Refused("VAL-400".to_owned())),
        ("of lee@example.com", Trouble::Refused("without a code".to_owned())),
    ] {
        let failure = json!({"success": false, "code": code, "message": "of lee@example.com"});
        post().respond_with(good(&failure)).up_to_n_times(1).mount(&server).await;
        assert_eq!(session.book("L/T", &visit()).await, Err(expected));
    }
    let linked = WrittenVisit { link: Some("https://example.com/app/calendar/7".to_owned()), ..visit() };
    let asked = json!({"name": "Inspection", "startDate": "2026-12-04T16:00:00Z", "endDate": "2026-12-04T17:30:00Z",
        "locationId": "L", "technicianId": "T", "sendConfirmation": false, "sendReminder": false,
        "note": format!("https://example.com/app/calendar/7\n{}", word(&linked))});
    let made = json!({"success": true, "data": {"id": "new"}});
    post().and(body_partial_json(&asked)).respond_with(good(&made)).expect(1).mount(&server).await;
    assert_eq!(session.book("L/T", &linked).await, Ok(()));
    assert_eq!(session.known.keys().collect::<Vec<_>>(), ["new"]);
    server.verify().await;
}

#[tokio::test]
async fn another_time_is_written_over_what_was_listed_and_the_rest_of_the_note_stays() {
    let server = MockServer::start().await;
    let note = format!("<p>gate code 7</p><p>{}</p><p>bring a ladder</p>", word(&visit()));
    let ours = row("u", "2026-12-05T16:00:00Z", &json!({"note": note, "orderId": "O", "technicians": [{"id": "U"}]}));
    let mut session = Session::Scheduler(with(&server, vec![ours.clone()]).await);
    let one = |row: &Value| good(&json!({"success": true, "data": row}));
    let get = || Mock::given(method("GET")).and(path("/appointment/u"));
    let events = session.events("L/T", within(), now()).await.unwrap();
    let there = span("2026-12-05T16:00:00Z", "2026-12-05T17:00:00Z");
    assert_eq!(told(&events), [("u".to_owned(), there, true)], "whoever does it");
    let moved = WrittenVisit { time: span("2026-12-06T16:00:00Z", "2026-12-06T17:30:00Z"), ..visit() };
    assert!(!session.cancels_first(&moved, "u"));

    let mut changed = ours.clone();
    changed["updatedDate"] = json!("2026-12-01T08:00:00.000Z");
    get().respond_with(one(&changed)).up_to_n_times(1).mount(&server).await;
    assert_eq!(session.patch("L/T", &moved, "u").await, Err(Trouble::Changed), "someone was quicker");
    get().respond_with(ResponseTemplate::new(404)).up_to_n_times(1).mount(&server).await;
    assert_eq!(session.patch("L/T", &moved, "u").await, Err(Trouble::Changed));
    get().respond_with(one(&ours)).mount(&server).await;
    // Not its order, its technician nor its name.
    let asked = json!({"startDate": "2026-12-06T16:00:00Z", "endDate": "2026-12-06T17:30:00Z", "allDay": false,
        "note": format!("<p>gate code 7</p><p>{}</p><p>bring a ladder</p>", word(&moved))});
    let put = || Mock::given(method("PUT")).and(path("/appointment/u")).and(wiremock::matchers::body_json(&asked));
    let mut longer = ours.clone();
    (longer["startDate"], longer["endDate"]) = (asked["startDate"].clone(), json!("2026-12-06T17:45:00Z"));
    put().respond_with(one(&longer)).up_to_n_times(1).expect(1).mount(&server).await;
    let refused = Err(Trouble::Refused("it gives it another end".to_owned()));
    assert_eq!(session.patch("L/T", &moved, "u").await, refused, "or it would be written again and again");
    put().respond_with(one(&ours)).expect(1).mount(&server).await;
    assert_eq!(session.patch("L/T", &moved, "u").await, Ok(()));
    let gone = Mock::given(method("DELETE")).and(path("/appointment/u"));
    gone.respond_with(ResponseTemplate::new(204)).expect(1).mount(&server).await;
    assert_eq!(session.delete("L/T", "porchlight7", Some("u")).await, Ok(()));
    assert!(session.known(&visit().tenant).is_empty(), "it is not asked for any more");
    server.verify().await;
}

#[tokio::test]
async fn a_list_that_is_not_the_one_asked_for_fails_the_reading() {
    let any = row("a", "2020-01-01T16:00:00Z", &json!({}));
    let success = json!({"success": true, "data": [any], "meta": {"total": 1, "hasMore": false}});
    let limit = ResponseTemplate::new(429).insert_header("retry-after", "42");
    for (way, answer, expected) in [
        (SEARCH, good(&success), "dates"),
        (SEARCH, good(&json!({"success": false, "code": "ORM-500"})), "ORM-500"),
        (SEARCH, limit, "429"),
        (REPEATING, ResponseTemplate::new(404), "repeating"),
        (REPEATING, ResponseTemplate::new(500), "500"),
    ] {
        let server = MockServer::start().await;
        shop(&server).await;
        Mock::given(method("POST")).and(path(way)).respond_with(answer).mount(&server).await;
        lists(&server, SEARCH, Vec::new(), true).await;
        let trouble = scheduler(&server, CalendarKind::Shopmonkey, "k").events("L", within(), now()).await.unwrap_err();
        assert!(trouble.to_string().contains(expected), "{trouble}");
        assert!(expected != "429" || trouble == Trouble::Busy("429".to_owned(), Some(42)));
    }
}

#[tokio::test]
async fn a_webhook_replaces_the_one_of_before_and_counts_as_long_as_it_delivers() {
    let server = MockServer::start().await;
    let session = scheduler(&server, CalendarKind::Shopmonkey, "k");
    let address = "https://porchlight.example.com/webhooks/calendars/acme/c";
    let there = json!({"success": true, "data": [{"id": "old", "url": address}, {"id": "others", "url": "https://example.com"}]});
    Mock::given(method("GET")).and(path("/webhook")).respond_with(good(&there)).mount(&server).await;
    let ended = Mock::given(method("DELETE")).and(path("/webhook/old"));
    ended.respond_with(ResponseTemplate::new(204)).expect(1).mount(&server).await;
    let asked = json!({"url": address, "triggers": ["Appointment"], "enabled": true, "secret": "whsec_czNjcmV0", "locationId": "L"});
    let made = Mock::given(method("POST")).and(path("/webhook")).and(body_partial_json(&asked));
    made.respond_with(good(&json!({"success": true, "data": {"id": "new"}}))).expect(1).mount(&server).await;
    let watched = session.watch("L/T", ("whsec_czNjcmV0", address), now()).await.unwrap();
    assert_eq!(watched.resource, "new");
    for (state, expected) in [(json!({}), true), (json!({"enabled": false}), false), (json!({"error": true}), false)] {
        let mut webhook = json!({"id": "new"});
        webhook.as_object_mut().unwrap().extend(state.as_object().unwrap().clone());
        let one = Mock::given(method("GET")).and(path("/webhook/new"));
        one.respond_with(good(&json!({"data": webhook}))).up_to_n_times(1).mount(&server).await;
        assert_eq!(session.is_watched("new").await, Ok(expected));
    }
    server.verify().await;
}

#[test]
fn a_message_is_signed_by_what_the_secret_stands_for_or_by_its_text() {
    let (secret, text) = ("whsec_czNjcmV0", "d2hzZWNfY3pOamNtVjA=");
    let now = 1_796_000_000;
    let checked = |key: &str, signed_at: i64, body: &'static [u8]| {
        let signature = standard_webhooks::sign(&[key.into()], "d1", signed_at, "{}").unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("webhook-id", "d1".parse().unwrap());
        headers.insert("webhook-timestamp", signed_at.into());
        headers.insert("webhook-signature", signature.parse().unwrap());
        let delivery = Delivery { method: "POST", url: "", headers: &headers, body, now, tolerance_s: 300 };
        verify(CalendarKind::Shopmonkey, &secret.into(), &delivery).is_ok()
    };
    assert!(checked(secret, now, b"{}") && checked(text, now, b"{}"));
    assert!(!checked("whsec_b3RoZXI=", now, b"{}") && !checked(secret, now, b"{ }"));
    assert!(!checked(secret, now - 301, b"{}") && !checked(text, now - 301, b"{}"), "it is a replay");
}

#[tokio::test]
async fn of_one_of_ours_that_was_made_a_series_the_first_date_is_the_visit_and_nothing_is_written_over_it() {
    let server = MockServer::start().await;
    shop(&server).await;
    let ours = |from: &str| row("u", from, &json!({"note": word(&visit()), "recurringAppointmentId": "u"}));
    lists(&server, SEARCH, Vec::new(), true).await;
    lists(&server, REPEATING, vec![ours("2026-12-11T16:00:00Z"), ours("2026-12-04T16:00:00Z")], false).await;
    let kept = row("u", "2026-12-04T16:00:00Z", &json!({}));
    let get = Mock::given(method("GET")).and(path("/appointment/u"));
    get.respond_with(good(&json!({"success": true, "data": kept}))).mount(&server).await;
    let mut session = Session::Scheduler(scheduler(&server, CalendarKind::Shopmonkey, "k"));
    let events = session.events("L", within(), now()).await.unwrap();
    assert_eq!(told(&events), [("u".to_owned(), span("2026-12-04T16:00:00Z", "2026-12-04T17:00:00Z"), true)]);
    let refused = Err(Trouble::Refused("it repeats there".to_owned()));
    assert_eq!(session.patch("L", &visit(), "u").await, refused);
    assert_eq!(session.delete("L", "porchlight7", Some("u")).await, refused);
}

#[tokio::test]
async fn of_many_that_no_list_shows_the_rest_follows_only_where_fewer_are_left() {
    let called_off = row("u", "2026-12-04T16:00:00Z", &json!({"cancelationNote": "the car is sold"}));
    let stands = row("u", "2026-12-04T16:00:00Z", &json!({}));
    for (shown, expected, left) in [(called_off, "the rest follows", 1), (stands, "than are read", 41)] {
        let server = MockServer::start().await;
        let mut session = with(&server, Vec::new()).await;
        let word = WrittenVisit::in_one_word(&visit().words());
        session.known = (0..41).map(|n| (format!("u{n}"), word.clone())).collect();
        let get = Mock::given(method("GET")).and(wiremock::matchers::path_regex("^/appointment/u"));
        get.respond_with(good(&json!({"success": true, "data": shown}))).expect(40).mount(&server).await;
        let trouble = session.events("L", within(), now()).await.unwrap_err();
        assert!(trouble.to_string().contains(expected), "{trouble}");
        assert_eq!(session.known.len(), left);
        server.verify().await;
    }
}

#[tokio::test]
async fn a_list_that_does_not_say_how_many_there_are_is_never_taken_at_its_first_word() {
    let server = MockServer::start().await;
    shop(&server).await;
    for way in [SEARCH, REPEATING] {
        let none = good(&json!({"success": true, "data": []}));
        Mock::given(method("POST")).and(path(way)).respond_with(none).up_to_n_times(1).mount(&server).await;
    }
    lists(&server, SEARCH, vec![row("a", "2026-12-04T16:00:00Z", &json!({}))], false).await;
    let lunch = row("lunch", "2026-12-08T19:00:00Z", &json!({"rruleset": "RRULE:FREQ=DAILY"}));
    lists(&server, REPEATING, vec![lunch], false).await;
    let mut session = scheduler(&server, CalendarKind::Shopmonkey, "k");
    let events = session.events("L", within(), now()).await.unwrap();
    let ids: Vec<&str> = events.events.iter().map(|event| event.id.as_str()).collect();
    assert_eq!(ids, ["a", "lunch 2026-12-08T19:00:00Z"]);
}

#[tokio::test]
async fn another_businesss_visit_takes_time_where_it_is_and_a_visit_of_ours_is_ours_wherever() {
    let server = MockServer::start().await;
    let (tenant, bolt) = (TenantId::new("acme").unwrap(), TenantId::new("bolt").unwrap());
    let calendar = domain::ids::OutsideCalendarId::derive(&tenant, &["c"]);
    let own = domain::scheduling::event_id(calendar, domain::ids::AppointmentId::derive(&tenant, &["a"]));
    let noted = |tenant: &TenantId, id: &str, more: Value| {
        let mut fields = json!({"note": word(&WrittenVisit { tenant: tenant.clone(), id: id.to_owned(), ..visit() })});
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        row(&format!("of {id}"), "2026-12-04T16:00:00Z", &fields)
    };
    let rows = vec![
        noted(&bolt, "a", json!({})),
        noted(&bolt, "b", json!({"locationId": "M"})),
        noted(&bolt, "c", json!({"technicians": [{"id": "U"}]})),
        noted(&tenant, &own, json!({"locationId": "M"})),
    ];
    let events = with(&server, rows).await.events("L/T", within(), now()).await.unwrap();
    let whose = |event: &Event| match event.whose(&tenant, calendar, &jiff::tz::TimeZone::UTC) {
        Whose::Visit(_) => "ours",
        Whose::Theirs(Some(_)) => "taken",
        Whose::Theirs(None) => "free",
        Whose::OtherVisit | Whose::Unreadable => "odd",
    };
    assert_eq!(events.events.iter().map(whose).collect::<Vec<_>>(), ["taken", "free", "free", "ours"]);
}

#[tokio::test]
async fn a_copy_of_one_of_ours_is_theirs_for_good_and_what_a_lost_answer_left_goes() {
    let noted = |uid: &str, from: &str| row(uid, from, &json!({"note": word(&visit())}));
    let (copied, ours) = (noted("u", "2026-12-09T16:00:00Z"), noted("v", "2026-12-04T16:00:00Z"));
    let there = ("v".to_owned(), span("2026-12-04T16:00:00Z", "2026-12-04T17:00:00Z"), true);
    let theirs = ("u".to_owned(), span("2026-12-09T16:00:00Z", "2026-12-09T17:00:00Z"), false);
    let mut known = BTreeMap::new();
    // At last someone deletes ours.
    for (rows, expected) in [
        (vec![copied.clone(), ours.clone()], vec![there.clone(), theirs.clone()]),
        (vec![copied.clone(), ours.clone()], vec![there.clone(), theirs.clone()]),
        (vec![copied], vec![theirs]),
    ] {
        let server = MockServer::start().await;
        let mut session = Session::Scheduler(with(&server, rows).await);
        session.begin_with(&known);
        let events = session.events("L", within(), now()).await.unwrap();
        known = session.known(&visit().tenant);
        let mut told = told(&events);
        told.sort_by_key(|(_, _, is_ours)| !is_ours);
        assert_eq!(told, expected);
        let calls = server.received_requests().await.unwrap();
        assert!(calls.iter().all(|call| call.method != "DELETE"));
    }
    let server = MockServer::start().await;
    let twice = noted("w", "2026-12-04T16:00:00Z");
    let get = Mock::given(method("GET")).and(path("/appointment/v"));
    get.respond_with(good(&json!({"success": true, "data": ours}))).mount(&server).await;
    let gone = Mock::given(method("DELETE")).and(path("/appointment/w"));
    gone.respond_with(ResponseTemplate::new(204)).expect(1).mount(&server).await;
    let events = with(&server, vec![ours, twice]).await.events("L", within(), now()).await.unwrap();
    assert_eq!(told(&events), [there]);
    server.verify().await;
}
