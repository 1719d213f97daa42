//! Google as its documents describe it: pages, tokens, limits, and who lets us in.

use super::*;
use domain::scheduling::{CalendarAccess, Span};
use serde_json::{Value, json};
use std::time::Duration;
use wiremock::matchers::{body_string_contains, header, method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

fn google(server: &MockServer) -> Google {
    let base = Url::parse(&server.uri()).unwrap();
    let client = OAuthClient { id: "client-7".to_owned(), secret: "s3cret".into() };
    let endpoints = Endpoints { oauth: base.clone(), api: base.join("calendar/v3/").unwrap() };
    Google::new(endpoints, client).unwrap()
}

fn span() -> Span {
    Span { from: "2026-12-01T00:00:00Z".parse().unwrap(), to: "2027-01-31T00:00:00Z".parse().unwrap() }
}

fn visit() -> WrittenVisit {
    WrittenVisit {
        id: "porchlight7".to_owned(),
        tenant: domain::TenantId::new("acme").unwrap(),
        summary: "Inspection".to_owned(),
        link: None,
        time: span(),
    }
}

fn tokens() -> Value {
    json!({"access_token": "fresh", "expires_in": 3599, "token_type": "Bearer"})
}

async fn lets_in(server: &MockServer) {
    let renews = Mock::given(method("POST")).and(path("/token")).and(body_string_contains("grant_type=refresh_token"));
    renews.respond_with(ResponseTemplate::new(200).set_body_json(tokens())).mount(server).await;
}

fn answer(status: u16, reason: &str) -> ResponseTemplate {
    let body = json!({"error": {"code": status, "message": "m", "errors": [{"domain": "d", "reason": reason}]}});
    ResponseTemplate::new(status).set_body_json(body)
}

const EVENTS: &str = "/calendar/v3/calendars/ana@example.com/events";

async fn says(server: &MockServer, times: u64, response: ResponseTemplate) {
    Mock::given(path(EVENTS)).respond_with(response).up_to_n_times(times).mount(server).await;
}

#[test]
fn who_is_sent_to_google_is_asked_for_as_little_as_works_and_brings_our_state_back() {
    let consent = Consent {
        client: "client-7",
        redirect: "https://example.com/app/google",
        state: "c.s",
        challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    };
    let url = Url::parse(&consent_url(consent).unwrap()).unwrap();
    let asked: std::collections::BTreeMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!((asked["state"].as_str(), asked["code_challenge_method"].as_str()), ("c.s", "S256"));
    assert_eq!((asked["access_type"].as_str(), asked["response_type"].as_str()), ("offline", "code"));
    assert!(asked["scope"].split(' ').all(|scope| !scope.ends_with("auth/calendar")), "not everything is asked for");
}

#[tokio::test]
async fn a_code_gives_lasting_access_where_all_was_given_that_is_needed() {
    let server = MockServer::start().await;
    let exchanged = |scope: &str, refresh: bool| {
        let mut given = tokens();
        given["scope"] = json!(scope);
        if refresh {
            given["refresh_token"] = json!("lasting");
        }
        ResponseTemplate::new(200).set_body_json(given)
    };
    let all = "https://www.googleapis.com/auth/calendar.events https://www.googleapis.com/auth/calendar.calendarlist.readonly";
    for (answer, good) in [
        (exchanged(all, true), true),
        (exchanged(all, false), false),
        (exchanged("https://www.googleapis.com/auth/calendar.calendarlist.readonly", true), false),
        (ResponseTemplate::new(400).set_body_json(json!({"error": "invalid_grant"})), false),
    ] {
        server.reset().await;
        let exchange = Mock::given(path("/token")).and(body_string_contains("code_verifier=v3rifier"));
        exchange.respond_with(answer).expect(1).mount(&server).await;
        let grant =
            google(&server).exchange(&"c0de".into(), &"v3rifier".into(), "https://example.com/app/google").await;
        assert_eq!(grant.is_ok(), good, "{grant:?}");
    }
}

#[tokio::test]
async fn a_code_is_not_sent_again_where_google_may_have_taken_it() {
    let server = MockServer::start().await;
    let mut google = google(&server);
    google.http = reqwest::Client::builder().timeout(Duration::from_millis(80)).build().unwrap();
    let exchange = async || google.exchange(&"c0de".into(), &"v3rifier".into(), "https://example.com/app/google").await;
    let slow = ResponseTemplate::new(200).set_delay(Duration::from_secs(5));
    Mock::given(path("/token")).respond_with(slow).expect(1).mount(&server).await;
    let why = exchange().await.unwrap_err();
    assert!(matches!(&why, Trouble::Refused(why) if why.contains("connect it again")), "{why}");
    server.verify().await;

    // What Google answered that it did not do is asked again.
    server.reset().await;
    Mock::given(path("/token")).respond_with(ResponseTemplate::new(503)).expect(3).mount(&server).await;
    assert!(matches!(exchange().await.unwrap_err(), Trouble::Busy(..)));
    server.verify().await;
}

#[tokio::test]
async fn an_access_token_that_is_over_is_renewed_once_and_a_consent_taken_back_is_told() {
    let server = MockServer::start().await;
    lets_in(&server).await;
    let google = google(&server);
    let mut session = google.session("lasting".into()).await.unwrap();
    session.renewed = false;
    says(&server, 1, answer(401, "authError")).await;
    says(&server, 9, ResponseTemplate::new(200).set_body_json(json!({"items": [], "nextSyncToken": "t"}))).await;
    assert_eq!(session.events("ana@example.com", span()).await.unwrap().token.as_deref(), Some("t"));

    server.reset().await;
    lets_in(&server).await;
    says(&server, 9, answer(401, "authError")).await;
    let mut session = google.session("lasting".into()).await.unwrap();
    assert_eq!(session.events("ana@example.com", span()).await, Err(Trouble::LockedOut));

    server.reset().await;
    let refused = ResponseTemplate::new(400).set_body_json(json!({"error": "invalid_grant"}));
    Mock::given(path("/token")).respond_with(refused).mount(&server).await;
    assert_eq!(google.session("lasting".into()).await.unwrap_err(), Trouble::LockedOut);
}

#[tokio::test]
async fn all_pages_are_read_and_an_event_that_cannot_be_read_is_counted() {
    let server = MockServer::start().await;
    lets_in(&server).await;
    let google = google(&server);
    let mut session = google.session("lasting".into()).await.unwrap();
    let first = json!({"items": [{"id": "a"}, {"nothing": 1}], "nextPageToken": "2", "timeZone": "America/Denver"});
    let second = json!({"items": [{"id": "b"}], "nextSyncToken": "t"});
    let page = Mock::given(path(EVENTS))
        .and(query_param("singleEvents", "true"))
        .and(query_param("timeMin", "2026-12-01T00:00:00Z"));
    page.and(query_param_is_missing("pageToken"))
        .respond_with(ResponseTemplate::new(200).set_body_json(first))
        .mount(&server)
        .await;
    let page = Mock::given(path(EVENTS)).and(query_param("pageToken", "2"));
    page.respond_with(ResponseTemplate::new(200).set_body_json(second)).mount(&server).await;
    let all = session.events("ana@example.com", span()).await.unwrap();
    assert_eq!(all.events.iter().map(|event| event.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(
        (all.unreadable, all.token.as_deref(), all.time_zone.as_deref()),
        (1, Some("t"), Some("America/Denver"))
    );
}

#[tokio::test]
async fn nothing_changed_gives_a_new_token_and_an_old_token_is_gone() {
    let server = MockServer::start().await;
    lets_in(&server).await;
    let google = google(&server);
    let mut session = google.session("lasting".into()).await.unwrap();
    let changes = |body| ResponseTemplate::new(200).set_body_json(body);
    says(&server, 1, changes(json!({"items": [], "nextPageToken": "2"}))).await;
    says(&server, 1, changes(json!({"items": [], "nextSyncToken": "u"}))).await;
    assert_eq!(session.changes("ana@example.com", "t").await, Ok(Changes::None("u".to_owned())));
    says(&server, 1, changes(json!({"items": [{"id": "a", "status": "cancelled"}], "nextSyncToken": "v"}))).await;
    assert_eq!(session.changes("ana@example.com", "u").await, Ok(Changes::Some));
    says(&server, 1, answer(410, "fullSyncRequired")).await;
    assert_eq!(session.changes("ana@example.com", "u").await, Err(Trouble::Gone));
    let asked = server.received_requests().await.unwrap();
    let syncs = asked.iter().filter(|request| request.url.path() == EVENTS);
    assert!(syncs.into_iter().all(|request| !request.url.query().unwrap().contains("timeMin")), "Google refuses both");
}

#[tokio::test]
async fn what_passes_is_tried_again_and_what_google_wishes_is_heeded_where_it_is_short() {
    let server = MockServer::start().await;
    lets_in(&server).await;
    let google = google(&server);
    let mut session = google.session("lasting".into()).await.unwrap();
    let good = ResponseTemplate::new(200).set_body_json(json!({"items": [], "nextSyncToken": "t"}));
    says(&server, 1, answer(403, "rateLimitExceeded")).await;
    says(&server, 1, answer(503, "backendError").insert_header("retry-after", "1")).await;
    says(&server, 1, good.clone()).await;
    assert!(session.events("ana@example.com", span()).await.is_ok());
    says(&server, 9, answer(429, "rateLimitExceeded").insert_header("retry-after", "60")).await;
    let before = server.received_requests().await.unwrap().len();
    let busy = session.events("ana@example.com", span()).await.unwrap_err();
    assert_eq!(busy, Trouble::Busy("429 rateLimitExceeded".to_owned(), Some(60)));
    assert_eq!(server.received_requests().await.unwrap().len(), before + 1, "a minute is not waited here");
}

#[tokio::test]
async fn a_server_that_is_slow_or_not_there_passes() {
    let server = MockServer::start().await;
    lets_in(&server).await;
    let mut google = google(&server);
    google.http = reqwest::Client::builder().timeout(Duration::from_millis(80)).build().unwrap();
    let mut session = google.session("lasting".into()).await.unwrap();
    says(&server, 9, ResponseTemplate::new(200).set_delay(Duration::from_secs(5))).await;
    assert!(
        matches!(session.events("ana@example.com", span()).await, Err(Trouble::Busy(why, None)) if why.contains("in time"))
    );
    drop(server);
}

#[tokio::test]
async fn a_visit_is_written_once_over_what_was_read_and_taken_out_without_a_fuss() {
    let server = MockServer::start().await;
    lets_in(&server).await;
    let google = google(&server);
    let mut session = google.session("lasting".into()).await.unwrap();
    let insert = || Mock::given(method("POST")).and(path(EVENTS)).and(query_param("sendUpdates", "none"));
    insert().respond_with(ResponseTemplate::new(200).set_body_json(json!({}))).up_to_n_times(1).mount(&server).await;
    insert().respond_with(answer(409, "duplicate")).mount(&server).await;
    assert_eq!(session.insert("ana@example.com", &visit()).await, Ok(()));
    assert_eq!(session.insert("ana@example.com", &visit()).await, Err(Trouble::Duplicate));

    let one = format!("{EVENTS}/porchlight7");
    let patch = Mock::given(method("PATCH")).and(path(one.as_str()));
    patch.and(header("if-match", "\"1\"")).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    let stale = Mock::given(method("PATCH")).and(path(one.as_str())).respond_with(answer(412, "conditionNotMet"));
    stale.with_priority(9).mount(&server).await;
    assert_eq!(session.patch("ana@example.com", &visit(), "\"1\"").await, Ok(()));
    assert_eq!(session.patch("ana@example.com", &visit(), "\"0\"").await, Err(Trouble::Changed));
    for status in [204, 404, 410] {
        let gone = Mock::given(method("DELETE")).and(path(one.as_str())).respond_with(answer(status, "deleted"));
        gone.up_to_n_times(1).mount(&server).await;
        assert_eq!(session.delete("ana@example.com", "porchlight7").await, Ok(()), "{status}");
    }
    let sent: Vec<String> = server
        .received_requests()
        .await
        .unwrap()
        .iter()
        .map(|r| String::from_utf8_lossy(&r.body).into_owned())
        .collect();
    assert!(sent.iter().filter(|body| body.contains("dateTime")).all(|body| body.contains("\"porchlight\":\"acme\"")));
}

#[tokio::test]
async fn a_calendar_of_which_google_cannot_say_when_it_is_busy_is_not_free() {
    let server = MockServer::start().await;
    lets_in(&server).await;
    let google = google(&server);
    let mut session = google.session("lasting".into()).await.unwrap();
    let says = |body: Value| {
        let mock = Mock::given(method("POST")).and(path("/calendar/v3/freeBusy"));
        mock.respond_with(ResponseTemplate::new(200).set_body_json(body)).up_to_n_times(1)
    };
    let busy =
        json!({"calendars": {"team": {"busy": [{"start": "2026-12-04T16:00:00Z", "end": "2026-12-04T17:00:00Z"}]}}});
    says(busy).mount(&server).await;
    assert_eq!(session.busy("team", span()).await.unwrap().len(), 1);
    says(json!({"calendars": {"team": {"errors": [{"domain": "global", "reason": "notFound"}], "busy": []}}}))
        .mount(&server)
        .await;
    assert_eq!(session.busy("team", span()).await, Err(Trouble::NotFound));
    says(json!({"calendars": {}})).mount(&server).await;
    assert_eq!(session.busy("team", span()).await, Err(Trouble::NotFound));
}

#[tokio::test]
async fn calendars_to_choose_from_say_what_may_be_done_and_the_accounts_own_is_first() {
    let server = MockServer::start().await;
    lets_in(&server).await;
    let google = google(&server);
    let mut session = google.session("lasting".into()).await.unwrap();
    let list = json!({"items": [
        {"id": "team", "summary": "Team", "accessRole": "freeBusyReader"},
        {"id": "gone", "summary": "Gone", "accessRole": "owner", "deleted": true},
        {"id": "odd", "summary": "Odd", "accessRole": "none"},
        {"id": "ana@example.com", "summary": "ana@example.com", "summaryOverride": "Work", "accessRole": "owner", "primary": true},
    ]});
    let page = Mock::given(path("/calendar/v3/users/me/calendarList"));
    page.respond_with(ResponseTemplate::new(200).set_body_json(list)).mount(&server).await;
    let (account, choices) = session.calendars().await.unwrap();
    assert_eq!(account.as_deref(), Some("ana@example.com"));
    let known: Vec<_> = choices.iter().map(|choice| (choice.name.as_str(), choice.access)).collect();
    assert_eq!(known, [("Work", CalendarAccess::Write), ("Team", CalendarAccess::FreeBusy)]);
}

#[tokio::test]
async fn a_channel_is_asked_for_with_our_secret_and_stopped_by_both_its_ids() {
    let server = MockServer::start().await;
    lets_in(&server).await;
    let google = google(&server);
    let mut session = google.session("lasting".into()).await.unwrap();
    let watch = Mock::given(method("POST"))
        .and(path(format!("{EVENTS}/watch")))
        .and(body_string_contains("\"token\":\"t0ken\""));
    let answer = json!({"id": "c", "resourceId": "r", "expiration": "1796083200000"});
    watch.respond_with(ResponseTemplate::new(200).set_body_json(answer)).mount(&server).await;
    let address = "https://example.com/webhooks/calendars/acme/c";
    let watched = session.watch("ana@example.com", ("c", "t0ken"), address, span().from).await.unwrap();
    assert_eq!((watched.resource.as_str(), watched.expires_at), ("r", "2026-12-01T00:00:00Z".parse().unwrap()));
    let stop = Mock::given(method("POST"))
        .and(path("/calendar/v3/channels/stop"))
        .and(body_string_contains("\"resourceId\":\"r\""));
    stop.respond_with(ResponseTemplate::new(404)).expect(1).mount(&server).await;
    assert_eq!(session.stop("c", "r").await, Ok(()));
}

#[test]
fn a_message_of_a_channel_is_its_headers() {
    let read = |state: Option<&'static str>| {
        Notice::read(move |name| match name {
            "x-goog-resource-state" => state,
            "x-goog-channel-id" => Some("c"),
            "x-goog-channel-token" => Some("t"),
            _ => None,
        })
    };
    assert_eq!(read(Some("sync")).unwrap().state, NoticeState::Sync);
    assert_eq!(read(Some("exists")).unwrap(), Notice { channel: "c", token: "t", state: NoticeState::Changed });
    assert_eq!(read(None), None);
}
