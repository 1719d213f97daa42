//! When I Work: published shifts are open, granted time off is not.

use super::*;

async fn answers(server: &MockServer, at: &str, body: &Value) {
    let mock = Mock::given(method("GET")).and(path(at)).and(header("W-Token", "t0ken"));
    mock.respond_with(good(body)).mount(server).await;
}

async fn lets_in(server: &MockServer) {
    let asked = json!({"email": "ana@example.com", "password": "pass word"});
    let login =
        Mock::given(method("POST")).and(path("/login")).and(header("W-Key", "key")).and(body_partial_json(&asked));
    login.respond_with(good(&json!({"token": "t0ken", "users": []}))).mount(server).await;
}

fn shift(id: i64, user: i64, from: &str, to: &str, published: bool) -> Value {
    json!({"id": id, "user_id": user, "start_time": from, "end_time": to, "published": published, "acknowledged_at": ""})
}

#[tokio::test]
async fn published_shifts_are_open_and_granted_time_off_takes_time_in_whatever_form_their_times_are() {
    let server = MockServer::start().await;
    lets_in(&server).await;
    let mut shifts = scheduler(&server, CalendarKind::WhenIWork, "key ana@example.com pass word");
    answers(&server, "/account", &json!({"account": {"id": 11, "company": "123 Company"}})).await;
    let users = json!({"users": [{"id": 101, "first_name": "Ana", "last_name": "Flores"}, {"id": 102, "is_deleted": true}, {"name": 1}]});
    answers(&server, "/users", &users).await;
    let (account, choices) = shifts.choices().await.unwrap();
    assert_eq!((account.as_deref(), choices.len(), choices[0].name.as_str()), (Some("123 Company"), 1, "Ana Flores"));

    let listed = json!({"shifts": [
        shift(1, 101, "Fri, 04 Dec 2026 08:30:00 -0600", "Fri, 04 Dec 2026 14:30:00 -0600", true),
        // Over midnight, as newer answers write it.
        shift(2, 101, "2026-12-05T22:00:00-06:00", "2026-12-06T04:00:00-06:00", true),
        shift(3, 101, "Mon, 07 Dec 2026 08:00:00 -0600", "Mon, 07 Dec 2026 12:00:00 -0600", false),
        shift(4, 0, "Mon, 07 Dec 2026 08:00:00 -0600", "Mon, 07 Dec 2026 12:00:00 -0600", true),
        shift(5, 101, "soon", "later", true),
    ], "users": []});
    answers(&server, "/shifts", &listed).await;
    let off = |id: i64, status: i64| {
        json!({"id": id, "user_id": 101, "status": status,
        "start_time": "Fri, 04 Dec 2026 10:00:00 -0600", "end_time": "Fri, 04 Dec 2026 11:00:00 -0600"})
    };
    for (page, requests, more) in [("0", json!([off(1, 0), off(2, 1)]), true), ("1", json!([off(3, 2)]), false)] {
        let asked = Mock::given(path("/requests")).and(query_param("page", page));
        asked.respond_with(good(&json!({"requests": requests, "more": more, "page": 0}))).mount(&server).await;
    }
    let events = shifts.events("101", within(), now()).await.unwrap();
    let open = vec![
        span("2026-12-04T14:30:00Z", "2026-12-04T20:30:00Z"),
        span("2026-12-06T04:00:00Z", "2026-12-06T10:00:00Z"),
    ];
    assert_eq!((events.open.clone(), events.unreadable), (Some(open), 1));
    assert_eq!(told(&events), [("off-3".to_owned(), span("2026-12-04T16:00:00Z", "2026-12-04T17:00:00Z"), false)]);
    assert!(matches!(shifts.book("101", &visit()).await, Err(Trouble::Refused(_))), "nothing is written there");
}

#[tokio::test]
async fn what_began_before_counts_pages_are_followed_and_time_off_without_its_times_fails_the_reading() {
    let server = MockServer::start().await;
    lets_in(&server).await;
    let mut shifts = scheduler(&server, CalendarKind::WhenIWork, "key ana@example.com pass word");
    let night = shift(1, 101, "2026-11-30T22:00:00Z", "2026-12-01T06:00:00Z", true);
    let over = shift(2, 101, "2026-11-30T08:00:00Z", "2026-11-30T16:00:00Z", true);
    let later = shift(3, 101, "2026-12-04T08:00:00Z", "2026-12-04T16:00:00Z", true);
    let listed = || Mock::given(path("/shifts")).and(query_param("start", "2026-11-30T00:00:00Z"));
    let first = json!({"shifts": [night, over], "more": true});
    listed().and(query_param_is_missing("page")).respond_with(good(&first)).mount(&server).await;
    listed().and(query_param("page", "1")).respond_with(good(&json!({"shifts": [later]}))).mount(&server).await;
    let off = |id: i64, to: &str| json!({"id": id, "user_id": 101, "status": 2, "start_time": "2026-10-01T00:00:00Z", "end_time": to});
    let requests = || Mock::given(path("/requests")).and(query_param("start", "2026-09-02T00:00:00Z"));
    let long = json!({"requests": [off(1, "2026-12-02T00:00:00Z"), off(2, "2026-11-02T00:00:00Z")], "more": false});
    requests().respond_with(good(&long)).up_to_n_times(1).mount(&server).await;
    let events = shifts.events("101", within(), now()).await.unwrap();
    let open = vec![
        span("2026-11-30T22:00:00Z", "2026-12-01T06:00:00Z"),
        span("2026-12-04T08:00:00Z", "2026-12-04T16:00:00Z"),
    ];
    assert_eq!((events.open.clone(), events.unreadable), (Some(open), 0));
    assert_eq!(told(&events), [("off-1".to_owned(), span("2026-10-01T00:00:00Z", "2026-12-02T00:00:00Z"), false)]);
    requests().respond_with(good(&json!({"requests": [off(3, "soon")]}))).mount(&server).await;
    assert!(matches!(shifts.events("101", within(), now()).await, Err(Trouble::Refused(_))));
}

#[tokio::test]
async fn a_password_that_is_changed_locks_us_out_and_an_outage_does_not() {
    let server = MockServer::start().await;
    let shifts = scheduler(&server, CalendarKind::WhenIWork, "key ana@example.com s3cret");
    for (status, expected) in [(401, Trouble::LockedOut), (503, Trouble::Busy("503".to_owned(), None))] {
        Mock::given(path("/login")).respond_with(ResponseTemplate::new(status)).up_to_n_times(3).mount(&server).await;
        assert_eq!(shifts.choices().await.unwrap_err(), expected);
        server.reset().await;
    }
    let broken = scheduler(&server, CalendarKind::WhenIWork, "key alone");
    assert_eq!(broken.choices().await.unwrap_err(), Trouble::LockedOut);
}

#[tokio::test]
#[ignore = "needs documents of the vendors: PORCHLIGHT_FIXTURES=<folder> make fixtures"]
async fn the_vendors_own_shifts_are_read() {
    let folder = std::path::PathBuf::from(std::env::var_os("PORCHLIGHT_FIXTURES").unwrap()).join("when_i_work");
    let read = |file: &str| serde_json::from_slice::<Value>(&std::fs::read(folder.join(file)).unwrap()).unwrap();
    let server = MockServer::start().await;
    Mock::given(path("/login")).respond_with(good(&json!({"token": "t0ken"}))).mount(&server).await;
    let listed = read("shifts__end_2014-03-08_23_59_59_location_id_1_start_2014-03-05_00_00_00.json");
    answers(&server, "/shifts", &listed).await;
    answers(&server, "/requests", &read("requests__end_2012-04-30_page_0_start_2012-03-01.json")).await;
    let mut shifts = scheduler(&server, CalendarKind::WhenIWork, "key ana@example.com s3cret");
    let recorded = span("2014-03-05T00:00:00Z", "2014-03-09T00:00:00Z");
    let events = shifts.events("101", recorded, now()).await.unwrap();
    assert_eq!(events.unreadable, 0);
    assert!(events.open.is_some_and(|open| !open.is_empty()));
}
