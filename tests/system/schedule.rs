//! What can be booked, who waits, how likely one is missed, and calendars elsewhere, by the API.

use domain::scheduling::AppointmentState;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use wiremock::matchers::{any, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::booking::{free, is, office, posted, service};
use crate::journeys::Office;
use crate::stage::{eventually, number, stage};

/// A call of the owner's; its status and what it says.
fn call(office: &Office, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let answer = office.owner.call(method, path, &[], &body);
    (answer.status, serde_json::from_str(&answer.body).unwrap_or_default())
}

/// Replaces or deletes what is there, as it is now.
fn changed(office: &Office, method: &str, path: &str, body: &Value, status: u16) {
    let read = office.owner.call("GET", path, &[], "");
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let answer = office.owner.call(method, path, &[("if-match", read.header("etag").unwrap())], &body);
    assert_eq!(answer.status, status, "{method} {path}: {}", answer.body);
}

#[test]
fn free_times_are_of_the_resources_as_they_are_now() {
    let office = office();
    let service = service(&office);
    let begins =
        |count: usize| eventually("free times", || Some(free(&office, &service)).filter(|it| it.len() > count));
    let first: Timestamp = begins(20)[0].parse().unwrap();
    let off = json!([{"from": first - SignedDuration::from_hours(1), "until": first + SignedDuration::from_hours(6)}]);
    let ana = |more: &str, value: Value| {
        let mut ana = json!({"id": "ana", "name": "Ana Flores", "kind": "person"});
        ana[more] = value;
        ana
    };
    changed(&office, "PUT", "/v1/resources/ana", &ana("time_off", off), 200);
    let later = begins(0)[0].parse::<Timestamp>().unwrap();
    assert!(later >= first + SignedDuration::from_hours(6), "{first} {later}");
    changed(&office, "PUT", "/v1/resources/ana", &ana("active", json!(false)), 200);
    assert_eq!(free(&office, &service), Vec::<String>::new());
    changed(&office, "PUT", "/v1/resources/ana", &ana("active", json!(true)), 200);
    begins(20);
    changed(&office, "DELETE", "/v1/resources/ana", &Value::Null, 204);
    assert_eq!(free(&office, &service), Vec::<String>::new());
    let (status, _) = call(&office, "GET", "/v1/resources/ana", &Value::Null);
    assert_eq!(status, 404);
}

#[test]
fn who_waits_is_listed_until_they_are_removed() {
    let office = office();
    let (ana, service) = (office.customer(), service(&office));
    posted(&office, "/v1/waitlist", &json!({"contact": ana.contact, "service": service, "urgent": true}), 201);
    posted(&office, "/v1/waitlist", &json!({"contact": ana.contact, "service": service}), 409);
    let listed = || {
        let (status, page) = call(&office, "GET", "/v1/waitlist", &Value::Null);
        assert_eq!(status, 200, "{page}");
        page["items"].as_array().unwrap().clone()
    };
    let [entry] = &listed()[..] else { panic!("{:?}", listed()) };
    assert_eq!((&entry["contact"], &entry["urgent"]), (&json!(ana.contact), &json!(true)));
    changed(&office, "DELETE", &format!("/v1/waitlist/{}", ana.contact), &Value::Null, 204);
    assert_eq!(listed(), Vec::<Value>::new());
}

#[test]
fn a_visit_ahead_is_listed_with_how_likely_it_is_missed_and_a_hold_without() {
    let office = office();
    let (ana, service) = (office.customer(), service(&office));
    let times = eventually("free times", || Some(free(&office, &service)).filter(|times| times.len() > 20));
    for (at, held) in [(&times[5], false), (&times[20], true)] {
        let wanted = json!({"contact": ana.contact, "service": service, "starts_at": at, "held": held});
        posted(&office, "/v1/appointments", &wanted, 201);
    }
    let listed = eventually("both", || {
        let (_, page) = call(&office, "GET", "/v1/appointments", &Value::Null);
        page["items"].as_array().filter(|items| items.len() == 2).cloned()
    });
    let risk = |state: &str| &listed.iter().find(|it| it["state"] == state).unwrap()["no_show_risk"];
    assert!((0..=100).contains(&risk("booked")["percent"].as_i64().unwrap()), "{listed:?}");
    let reasons = risk("booked")["reasons"].as_array().unwrap();
    assert!(reasons.contains(&json!("not_confirmed")) && reasons.contains(&json!("first_visit")), "{reasons:?}");
    assert_eq!(risk("held"), &Value::Null);
}

/// Cal.com with one event type, which nothing is booked at, and that is never free.
fn calcom() -> MockServer {
    stage().block_on(async {
        let server = MockServer::start().await;
        let good = |data: Value| ResponseTemplate::new(200).set_body_json(json!({"status": "success", "data": data}));
        let with_key = || Mock::given(header("authorization", "Bearer right"));
        for (at, data) in [
            ("/me", json!({"id": 1, "username": "ana", "email": "ana@example.com"})),
            ("/event-types", json!([{"id": 7, "title": "Visit", "lengthInMinutes": 60}])),
            ("/bookings", json!([])),
            ("/slots", json!({})),
            ("/webhooks", json!([])),
        ] {
            with_key().and(method("GET")).and(path(at)).respond_with(good(data)).mount(&server).await;
        }
        with_key()
            .and(method("POST"))
            .and(path("/webhooks"))
            .respond_with(good(json!({"id": "w1"})))
            .mount(&server)
            .await;
        with_key().and(method("DELETE")).respond_with(good(json!({}))).mount(&server).await;
        Mock::given(any()).respond_with(ResponseTemplate::new(401)).with_priority(9).mount(&server).await;
        server
    })
}

#[test]
fn a_scheduler_is_opened_by_its_key_takes_time_once_chosen_and_takes_none_when_it_is_gone() {
    let office = office();
    let (service, calcom) = (service(&office), calcom());
    eventually("free times", || Some(free(&office, &service)).filter(|times| times.len() > 20));
    let wanted =
        json!({"name": "Ana at Cal.com", "kind": "calcom", "resource": "ana", "url": calcom.uri(), "key": "wrong"});
    let made = posted(&office, "/v1/calendars", &wanted, 201);
    let at = format!("/v1/calendars/{}", made["id"].as_str().unwrap());
    let shows = |what: &str, is: &dyn Fn(&Value) -> bool| {
        eventually(what, || Some(call(&office, "GET", &at, &Value::Null).1).filter(|calendar| is(calendar)))
    };
    let opened_by = |key: &str| {
        let (status, refused) = call(&office, "PUT", &format!("{at}/key"), &json!({"key": key}));
        assert_eq!(status, 204, "{refused}");
    };
    opened_by("old");
    shows("that the key is wrong", &|calendar| calendar["health"]["reconnect"] == true);
    opened_by("right");
    let known = shows("what can be chosen", &|calendar| calendar["account"]["choices"][0]["id"] == "7");
    assert!(!known.to_string().contains("right"), "{known}");
    let (status, refused) = call(&office, "POST", &format!("{at}/choice"), &json!({"calendar": "8", "writes": false}));
    assert_eq!(status, 400, "{refused}");
    let (status, chosen) = call(&office, "POST", &format!("{at}/choice"), &json!({"calendar": "7", "writes": false}));
    assert_eq!(status, 200, "{chosen}");
    eventually("that nothing is free", || free(&office, &service).is_empty().then_some(()));
    let (status, _) = call(&office, "DELETE", &format!("{at}?remove_events=true"), &Value::Null);
    assert_eq!(status, 204);
    eventually("free times", || Some(free(&office, &service)).filter(|times| times.len() > 20));
    eventually("the end of the calendar", || (call(&office, "GET", &at, &Value::Null).0 == 404).then_some(()));
}

#[test]
fn the_link_of_an_appointment_is_for_those_of_the_staff_who_may_change_it() {
    let office = office();
    let from = number();
    let said = office.tenant.sms(&from, "Do you repair roofs?");
    let ana = office.known(from, &said);
    let service = service(&office);
    let start = free(&office, &service)[4].clone();
    let wanted = json!({"contact": ana.contact, "service": service, "starts_at": start});
    let made = posted(&office, "/v1/appointments", &wanted, 201);
    is(&ana, made["id"].as_str().unwrap(), AppointmentState::Booked, &start);
    let kept = json!({"id": "link", "name": "Link", "text": "Here: {visit_link}"});
    posted(&office, "/v1/canned-answers", &kept, 201);
    let path = format!("/v1/conversations/{}/canned-answers/link", said.conversation());
    let text = |role: &str| {
        let answer = office.tenant.person(role).call("GET", &path, &[], "");
        assert_eq!(answer.status, 200, "{}", answer.body);
        serde_json::from_str::<Value>(&answer.body).unwrap()["text"].as_str().unwrap().to_owned()
    };
    assert_eq!(text("viewer"), "Here: {visit_link}");
    assert!(text("agent").contains("/visit/"));
}
