//! What staff set: sequences, how someone wants to be written to, what they agreed to; and the tasks that are left to them.

use std::fs;

use domain::conversations::{Task, TaskKind};
use domain::journeys::{Frequency, Journey};
use domain::messaging::{Channel, Purpose};
use serde_json::{Value, json};

use super::{Office, sequence, step};
use crate::stage::{eventually, problem, root};

/// `document` with another value at a pointer.
fn with(document: &Value, pointer: &str, value: Value) -> Value {
    let mut document = document.clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    document.pointer_mut(parent).unwrap()[key] = value;
    document
}

#[test]
fn a_sequence_that_cannot_work_is_refused_by_the_field_at_fault() {
    let office = Office::opened();
    let sound = sequence("follow_up", &[step("one", 0, "sms", "One"), step("two", 5, "sms", "Two")]);
    for (pointer, value, field) in [
        ("/name", json!(" "), "name"),
        ("/kind", json!("reply"), "kind"),
        ("/rest_days", json!(4_000), "rest_days"),
        ("/steps", json!([]), "steps"),
        ("/stops_on", json!(["pricing.visited"]), "stops_on[0]"),
        ("/steps/1/id", json!("one"), "steps[1].id"),
        ("/steps/1/then", json!({"step": "nowhere"}), "steps[1].then"),
        ("/steps/1/then", json!({"step": "one"}), "steps[1].then"),
        ("/steps/0/then", json!("end"), "steps[1]"),
        ("/steps/0/wait", json!({"before_appointment": {"minutes": 60}}), "steps[0].wait.before_appointment"),
        ("/steps/0/does/message/variants/0/texts/en", json!("Hi {who}"), "steps[0].does.message.variants[0].texts.en"),
        ("/steps/0/does/message/channel", json!({"first_of": ["chat"]}), "steps[0].does.message.channel.first_of"),
    ] {
        let answer = office.owner.call("POST", "/v1/sequences", &[], &with(&sound, pointer, value).to_string());
        assert_eq!(problem(&answer), (400, Some(field.to_owned())), "{pointer}: {}", answer.body);
    }
    office.add(&sound);
    let other = with(&sound, "/name", json!("Another one")).to_string();
    let taken = office.owner.call("POST", "/v1/sequences", &[], &other);
    assert_eq!(taken.status, 409, "{}", taken.body);
}

#[test]
fn the_example_of_the_documentation_is_taken_as_it_stands() {
    let text = fs::read_to_string(root().join("docs/journeys.md")).unwrap();
    let begins = text.find(r#"{"id": "after-estimate""#).unwrap();
    let example: Value = serde_json::from_str(text[begins..].split("```").next().unwrap()).unwrap();
    let office = Office::opened();
    office.add(&example);
    let stored: Value = office.read("/v1/sequences/after-estimate");
    assert_eq!(stored["steps"].as_array().unwrap().len(), 3);
}

#[test]
fn a_shipped_sequence_is_version_0_and_an_own_one_takes_its_place_until_it_is_removed() {
    let office = Office::opened();
    let path = "/v1/sequences/welcome";
    let call = |method: &str, version: Option<&str>, body: &Value| {
        let headers: Vec<_> = version.map(|version| ("if-match", version)).into_iter().collect();
        office.owner.call(method, path, &headers, &body.to_string())
    };
    let read = || {
        let answer = office.owner.call("GET", path, &[], "");
        let sequence: Value = serde_json::from_str(&answer.body).unwrap();
        (answer.header("etag").unwrap().to_owned(), sequence)
    };
    let (version, shipped) = read();
    assert_eq!((version.as_str(), &shipped["name"]), ("\"0\"", &json!("Welcome")));

    let own = with(&shipped, "/name", json!("Our welcome"));
    assert_eq!(call("PUT", None, &own).status, 428);
    let stored = call("PUT", Some("\"0\""), &own);
    assert_eq!((stored.status, stored.header("etag")), (200, Some("\"1\"")), "{}", stored.body);
    assert_eq!(call("PUT", Some("\"0\""), &with(&own, "/name", json!("Late"))).status, 412);
    let other = call("PUT", Some("\"1\""), &with(&own, "/id", json!("farewell")));
    assert_eq!(problem(&other), (400, Some("id".to_owned())));
    assert_eq!(call("PUT", Some("\"1\""), &with(&own, "/enabled", json!(false))).header("etag"), Some("\"2\""));

    let list: Value = office.read("/v1/sequences");
    let items = list["items"].as_array().unwrap();
    assert_eq!(items.len(), domain::journeys::shipped().len(), "{list}");
    let welcome = items.iter().find(|item| item["id"] == "welcome").unwrap();
    assert_eq!(
        (&welcome["name"], &welcome["own"], &welcome["enabled"]),
        (&json!("Our welcome"), &json!(true), &json!(false))
    );
    assert_eq!(items.iter().filter(|item| item["own"] == true).count(), 1);

    assert_eq!(call("DELETE", Some("\"1\""), &json!({})).status, 412);
    assert_eq!(call("DELETE", Some("\"2\""), &json!({})).status, 204);
    assert_eq!(read(), ("\"0\"".to_owned(), shipped));
    assert_eq!(office.owner.call("GET", "/v1/sequences/nothing-of-ours", &[], "").status, 404);
}

#[test]
fn what_someone_wants_and_agreed_to_is_set_on_the_version_that_was_read() {
    let office = Office::opened();
    let ana = office.customer();
    let owner = &office.owner;
    for (body, field) in [
        (json!({"zone": "Denver"}), "zone"),
        (json!({"state": "Colorado"}), "state"),
        (json!({"channel": "chat"}), "channel"),
    ] {
        let answer = owner.call("PUT", &ana.path("preferences"), &[("if-match", "\"0\"")], &body.to_string());
        assert_eq!(problem(&answer), (400, Some(field.to_owned())));
    }
    let nothing = json!({"channel": "sms", "purpose": "marketing", "granted": true, "evidence": " "}).to_string();
    let answer = owner.call("POST", &ana.path("consents"), &[("if-match", "\"0\"")], &nothing);
    assert_eq!(problem(&answer), (400, Some("evidence".to_owned())));
    let late = owner.call("PUT", &ana.path("preferences"), &[("if-match", "\"99\"")], r#"{"vip": true}"#);
    assert_eq!(late.status, 412, "{}", late.body);
    assert_eq!(owner.call("PUT", &ana.path("preferences"), &[], r#"{"vip": true}"#).status, 428);

    ana.change("PUT", "preferences", &json!({"frequency": "minimal", "channel": "email", "vip": true}));
    ana.agrees("sms", "marketing");
    let journey: Journey = ana.journey();
    assert_eq!((journey.preferences.frequency, journey.preferences.vip), (Frequency::Minimal, true));
    assert_eq!(journey.preferences.channel, Some(Channel::Email));
    let consent = journey.consent(Channel::Sms, Purpose::Marketing).unwrap();
    assert!(consent.granted && consent.evidence == "Said so at the desk");

    let nobody = "/v1/contacts/6f2b1d0e-8c6a-5f57-9a51-3c5e70b4d2a9/journey";
    assert_eq!(owner.call("GET", nobody, &[], "").status, 404);
}

#[test]
fn a_step_leaves_a_task_to_staff_which_is_finished_once() {
    let office = Office::opened();
    let task =
        json!({"task": {"kind": "call", "title": "Call about the request", "note": "A new one.", "urgent": true}});
    let step = json!({"id": "call", "wait": {"after": {"minutes": 0}}, "does": task});
    let on = json!([{"on": "lead.created"}]);
    office.add(&with(&sequence("follow_up", &[step]), "/enters_on", on));
    let ana = office.customer();
    let open = || -> Vec<Task> {
        let page: Value = office.read("/v1/tasks?open=true");
        serde_json::from_value(page["items"].clone()).unwrap()
    };
    let task = eventually("the task", || open().pop());
    assert_eq!((task.contact, task.kind, task.urgent), (ana.contact, TaskKind::Call, true));
    assert_eq!((task.title.as_str(), task.note.as_str()), ("Call about the request", "A new one."));

    let finish = |note: &str| {
        let path = format!("/v1/tasks/{}/finish", task.id);
        office.owner.call("POST", &path, &[], &json!({"note": note}).to_string())
    };
    assert_eq!(problem(&finish(&"x".repeat(1_001))), (400, Some("note".to_owned())));
    for note in ["Talked to her", "And again"] {
        let answer = finish(note);
        assert_eq!(answer.status, 200, "{}", answer.body);
        let finished: Task = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(finished.done.unwrap().note, "Talked to her");
    }
    assert!(open().is_empty());
    let all: Value = office.read("/v1/tasks");
    assert_eq!(all["items"].as_array().unwrap().len(), 1);
    assert_eq!(problem(&office.owner.call("GET", "/v1/tasks?open=maybe", &[], "")), (400, Some("open".to_owned())));
    let shown = |entry: &Value| entry["type"] == "task" && entry["task"]["id"] == json!(task.id);
    assert!(ana.timeline()["touches"].as_array().unwrap().iter().any(shown));
}
