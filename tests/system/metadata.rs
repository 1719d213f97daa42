//! A caller's own pairs on leads and appointments.

use serde_json::{Value, json};
use xtask::http::Answer;

use crate::booking::{free, office, posted, service};
use crate::stage::{Person, Tenant, address, eventually, problem};

fn body(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.body))
}

/// A change made from the version that is there now.
fn changed(who: &Person, path: &str, metadata: &Value) -> Answer {
    let read = who.call("GET", path, &[], "");
    let body = json!({"metadata": metadata}).to_string();
    who.call("PATCH", path, &[("if-match", read.header("etag").unwrap())], &body)
}

/// Pairs are set, replaced and taken away at `path`, where there is `crm_id` and nothing else.
fn assert_kept(who: &Person, path: &str) {
    let set = changed(who, path, &json!({"crm_id": "4712", "source": "fair"}));
    assert_eq!((set.status, &body(&set)["metadata"]), (200, &json!({"crm_id": "4712", "source": "fair"})), "{path}");
    let fewer = changed(who, path, &json!({"crm_id": null, "source": "", "other": "x"}));
    assert_eq!(body(&fewer)["metadata"], json!({"other": "x"}), "{path}");
    assert_eq!(body(&who.call("GET", path, &[], ""))["metadata"], json!({"other": "x"}), "{path}");
    let many: Value = (0..20).map(|n| (format!("n{n}"), json!("v"))).collect::<serde_json::Map<_, _>>().into();
    for wrong in [json!({"": "v"}), json!({"n".repeat(41): "v"}), json!({"n": "v".repeat(501)}), many] {
        assert_eq!(problem(&changed(who, path, &wrong)), (400, Some("metadata".to_owned())), "{path}");
    }
    assert_eq!(changed(who, path, &json!({"n": 7})).status, 400, "values are texts");
    let set = json!({"metadata": {"n": "v"}}).to_string();
    assert_eq!(who.call("PATCH", path, &[], &set).status, 428, "{path}");
    assert_eq!(who.call("PATCH", path, &[("if-match", "\"1\"")], &set).status, 412, "{path}");
    assert_eq!(body(&changed(who, path, &Value::Null)).get("metadata"), None, "{path}");
}

#[test]
fn a_lead_keeps_the_pairs_that_it_is_given() {
    let roofer = Tenant::opened(|_| {});
    let (ana, mail) = (roofer.person("agent"), address());
    let enter =
        |metadata: Value| ana.call("POST", "/v1/leads", &[], &json!({"email": mail, "metadata": metadata}).to_string());
    assert_eq!(problem(&enter(json!({"": "x"}))), (400, Some("metadata".to_owned())));
    let made = enter(json!({"crm_id": "4711"}));
    assert_eq!((made.status, &body(&made)["metadata"]), (201, &json!({"crm_id": "4711"})));
    let again = enter(json!({"crm_id": "other"}));
    assert_eq!((again.status, &body(&again)["metadata"]), (200, &json!({"crm_id": "4711"})), "it stays as it is");
    let listed = body(&ana.call("GET", "/v1/leads", &[], ""));
    assert_eq!(listed["items"][0]["metadata"], json!({"crm_id": "4711"}));
    assert_kept(&ana, &format!("/v1/leads/{}", body(&made)["id"].as_str().unwrap()));
}

#[test]
fn an_appointment_keeps_its_pairs_whatever_becomes_of_it() {
    let office = office();
    let (ana, service) = (office.customer(), service(&office));
    let times = eventually("free times", || Some(free(&office, &service)).filter(|times| times.len() > 20));
    let wanted = |metadata: Value| json!({"contact": ana.contact, "service": service, "starts_at": times[4], "metadata": metadata});
    assert_eq!(posted(&office, "/v1/appointments", &wanted(json!({"": "x"})), 400)["field"], "metadata");
    let made = posted(&office, "/v1/appointments", &wanted(json!({"crm_id": "4711"})), 201);
    assert_eq!(made["metadata"], json!({"crm_id": "4711"}));
    let path = format!("/v1/appointments/{}", made["id"].as_str().unwrap());
    let moved = posted(&office, &format!("{path}/move"), &json!({"starts_at": times[20]}), 200);
    let cancel = json!({"step": "cancel", "by": "business", "why": "Storm"});
    let cancelled = posted(&office, &format!("{path}/steps"), &cancel, 200);
    assert_eq!((&moved["metadata"], &cancelled["metadata"]), (&made["metadata"], &made["metadata"]));
    assert_kept(&office.owner, &path);
    let looker = office.tenant.person("viewer");
    assert_eq!(changed(&looker, &path, &json!({"n": "v"})).status, 403);
    let read = office.owner.call("GET", &path, &[], "");
    let empty = office.owner.call("PATCH", &path, &[("if-match", read.header("etag").unwrap())], "{}");
    assert_eq!(problem(&empty), (400, Some("body".to_owned())), "nothing is no null");
}
