//! `expand`: what an answer names by its id, beside it.

use domain::conversations::{Task, TaskKind};
use domain::ids::TaskId;
use domain::{ContactId, ConversationId};
use runtime::clock::now;
use serde_json::{Value, json};

use crate::booking::{free, office, posted, service};
use crate::journeys::Office;
use crate::stage::{Tenant, eventually, number, problem, stage, unique};

/// A task about someone, and a conversation.
fn task(office: &Office, contact: ContactId, conversation: ConversationId) -> TaskId {
    let (tenant, created_at) = (office.tenant.id(), now());
    let task = Task {
        id: TaskId::derive(&tenant, &[&unique()]),
        contact,
        conversation: Some(conversation),
        kind: TaskKind::Call,
        title: "Call Ana".to_owned(),
        note: String::new(),
        urgent: false,
        assignee: None,
        due_at: None,
        created_at,
        done: None,
    };
    stage().block_on(stage().store.tasks().give(&tenant, &task, created_at)).unwrap();
    task.id
}

/// The thing itself, or its entry in a list.
fn entry(answer: Value, id: &Value) -> Value {
    match answer["items"].as_array() {
        Some(items) => items.iter().find(|item| item["id"] == *id).cloned().unwrap_or_else(|| panic!("{id}: {answer}")),
        None => answer,
    }
}

#[test]
fn what_is_asked_for_stands_beside_its_id_and_nothing_else_does() {
    let office = office();
    let from = number();
    let said = office.tenant.sms(&from, "Do you repair roofs?");
    let contact = office.known(from, &said).contact;
    let times = eventually("free times", || Some(free(&office, &service(&office))).filter(|times| times.len() > 4));
    let wanted = json!({"contact": contact, "service": service(&office), "starts_at": times[3]});
    let visit = posted(&office, "/v1/appointments", &wanted, 201)["id"].clone();
    let (thread, lead) = (json!(said.conversation()), json!(said.lead()));
    let task = json!(task(&office, contact, said.conversation()));
    let at = |list: &str, id: &Value| format!("{list}/{}", id.as_str().unwrap());
    for (path, id, names) in [
        ("/v1/conversations".to_owned(), &thread, &["contact", "lead"][..]),
        (at("/v1/conversations", &thread), &thread, &["contact", "lead"]),
        ("/v1/leads".to_owned(), &lead, &["contact"]),
        (at("/v1/leads", &lead), &lead, &["contact"]),
        ("/v1/appointments".to_owned(), &visit, &["contact"]),
        (at("/v1/appointments", &visit), &visit, &["contact"]),
        ("/v1/tasks".to_owned(), &task, &["contact", "conversation"]),
    ] {
        let shown = entry(office.read(&format!("{path}?expand={}", names.join(","))), id);
        for name in names {
            assert_eq!(shown["expanded"][name]["id"], shown[name], "{path}: {shown}");
        }
        assert_eq!(shown["expanded"].as_object().unwrap().len(), names.len(), "{path}");
        assert_eq!(entry(office.read(&format!("{path}?expand=contact")), id)["expanded"].as_object().unwrap().len(), 1);
        assert_eq!(entry(office.read(&path), id).get("expanded"), None, "{path}");
        let refused = office.owner.call("GET", &format!("{path}?expand=contact,staff"), &[], "");
        assert_eq!(problem(&refused), (400, Some("expand".to_owned())), "{path}");
        assert!(refused.body.contains(&format!("between: {}", names.join(", "))), "{}", refused.body);
    }
    // One that is not there any more.
    let gone = ConversationId::derive(&office.tenant.id(), &["gone"]);
    let task = json!(self::task(&office, contact, gone));
    let shown = entry(office.read("/v1/tasks?expand=conversation&expand=contact"), &task);
    assert_eq!((&shown["expanded"]["conversation"], &shown["conversation"]), (&Value::Null, &json!(gone)));
    assert!(shown["expanded"].as_object().unwrap().contains_key("conversation"));
}

#[test]
fn what_a_key_may_not_read_by_itself_it_may_not_expand() {
    let roofer = Tenant::opened(|_| {});
    let owner = roofer.person("admin");
    let said = roofer.sms(&number(), "Do you repair roofs?");
    roofer.sent_reply(&said);
    let body = json!({"name": "inbox", "scopes": ["conversations:read"]}).to_string();
    let made = owner.call("POST", "/v1/api-keys", &[], &body);
    assert_eq!(made.status, 201, "{}", made.body);
    let made: Value = serde_json::from_str(&made.body).unwrap();
    let bearer = [("authorization".to_owned(), format!("Bearer {}", made["key"].as_str().unwrap()))];
    let path = format!("/v1/conversations/{}", said.conversation());
    assert_eq!(Tenant::call("GET", &path, &bearer, "").status, 200);
    for name in ["contact", "lead"] {
        for path in [&path, "/v1/conversations"] {
            let refused = Tenant::call("GET", &format!("{path}?expand={name}"), &bearer, "");
            assert_eq!(refused.status, 403, "{path} {name}: {}", refused.body);
            assert!(refused.body.contains("leads:read"), "{}", refused.body);
        }
    }
}
