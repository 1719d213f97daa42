//! Nobody sees another tenant's anything.
//!
//! The cases come from the OpenAPI document: every operation is called by one tenant's owner, and by its API key, with the
//! other tenant's ids in its path and body. An operation that takes an id has to say here what a foreign one is; one that
//! takes none must answer without a trace of the other tenant. A new operation without a case fails.

use std::collections::BTreeMap;

use domain::tenancy::Plan;
use serde_json::{Value, json};
use xtask::http::Answer;

use super::operations::{Operation, operations};
use crate::stage::{Person, Tenant, eventually, number, unique};

/// A tenant with one of everything.
struct Furnished {
    tenant: Tenant,
    owner: Person,
    /// By the name of the thing.
    ids: BTreeMap<&'static str, String>,
}

impl Furnished {
    fn new() -> Self {
        let tenant = Tenant::opened(|file| file.tenant.plan = Plan::Scale);
        let owner = tenant.person("admin");
        let member = tenant.person("viewer");
        let mark = &unique()[..12];
        let made = |path: &str, body: Value| {
            let answer = owner.call("POST", path, &[], &body.to_string());
            assert!((200..300).contains(&answer.status), "POST {path}: {} {}", answer.status, answer.body);
            let made: Value = serde_json::from_str(&answer.body).unwrap();
            made["id"].as_str().unwrap_or_else(|| panic!("POST {path}: {}", answer.body)).to_owned()
        };
        // Before anybody writes: functions remember sequences for a while. It leaves a task of everybody who asks.
        let sequence = made("/v1/sequences", sequence(&format!("sequence-{mark}")));
        let said = tenant.sms(&number(), "I need a roof inspection, and to talk to a person, please");
        tenant.sent_reply(&said);
        let lead: domain::leads::Lead = tenant.read(&format!("/v1/leads/{}", said.lead()));
        let escalation = eventually("an escalation", || {
            let page: Value = tenant.read("/v1/escalations");
            page["items"][0]["id"].as_str().map(ToOwned::to_owned)
        });
        let task = eventually("a task", || {
            let page: Value = serde_json::from_str(&owner.call("GET", "/v1/tasks", &[], "").body).unwrap();
            page["items"][0]["id"].as_str().map(ToOwned::to_owned)
        });
        let location = format!("location-{mark}");
        made(
            "/v1/locations",
            json!({"id": location, "name": "Downtown", "address": {
            "street": "1 Main Street", "city": "Denver", "postal_code": "80202", "state": "CO", "country": "US"}}),
        );
        let staff = format!("staff-{mark}");
        made("/v1/staff", json!({"id": staff, "name": "Lee Park", "title": "Roofer"}));
        let ids = BTreeMap::from([
            ("tenant", tenant.id().to_string()),
            ("lead", said.lead().to_string()),
            ("contact", lead.contact.to_string()),
            ("conversation", said.conversation().to_string()),
            ("escalation", escalation),
            ("sequence", sequence),
            ("task", task),
            ("location", location),
            ("staff", staff),
            ("api key", made("/v1/api-keys", json!({"name": "second", "scopes": ["leads:read"]}))),
            ("site key", made("/v1/site-keys", json!({"kind": "form", "name": "site"}))),
            ("account", member.account.to_string()),
            ("session", member.session.to_string()),
            ("invitation", made("/v1/invitations", json!({"email": format!("{mark}@example.com"), "role": "agent"}))),
            ("export", made("/v1/exports", json!({"contact": lead.contact}))),
        ]);
        Self { tenant, owner, ids }
    }

    /// What nothing that another tenant gets may hold.
    fn traces(&self) -> impl Iterator<Item = &String> {
        self.ids.values()
    }
}

/// A sequence that leaves a task to staff.
fn sequence(id: &str) -> Value {
    let task = json!({"task": {"kind": "call", "title": "Call them"}});
    let step = json!({"id": "call", "wait": {"after": {"minutes": 0}}, "does": task});
    json!({"id": id, "name": "Call", "kind": "follow_up", "enters_on": [{"on": "lead.created"}], "steps": [step]})
}

/// What a parameter of a path names, by the path it is in.
fn thing(path: &str, parameter: &str) -> Option<&'static str> {
    Some(match (path.split('/').nth(2)?, parameter) {
        ("leads", "id") => "lead",
        ("contacts", "id") => "contact",
        ("sequences", "id") => "sequence",
        ("tasks", "id") => "task",
        ("conversations", "id") => "conversation",
        ("conversations", "escalation") | ("escalations", "id") => "escalation",
        ("locations", "id") => "location",
        ("staff", "id") => "staff",
        ("api-keys", "id") => "api key",
        ("site-keys", "id") => "site key",
        ("members", "account") => "account",
        ("invitations", "id") => "invitation",
        ("account", "id") => "session",
        ("account" | "tenants", "tenant" | "id") => "tenant",
        ("exports", "id") => "export",
        ("erasures", "id") => "export",
        _ => return None,
    })
}

/// Operations that take another tenant's id in their body, or a body that cannot be made up: what it is.
fn body_with(operation: &str, foreign: &Furnished) -> Option<Value> {
    let id = |name: &str| foreign.ids[name].clone();
    Some(match operation {
        "askForExport" | "askForErasure" => json!({"contact": id("contact")}),
        "replaceSequence" => sequence(&foreign.ids["sequence"]),
        _ => return None,
    })
}

/// Operations whose path names no thing of a tenant: a fixed list of names, the same for all.
const FIXED: [&str; 1] = ["name"];

fn names(operation: &Operation) -> Vec<&str> {
    operation.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect()
}

fn foreign_path(operation: &Operation, foreign: &Furnished) -> Option<String> {
    let mut path = operation.path.clone();
    let mut found = false;
    for name in names(operation).into_iter().filter(|name| !FIXED.contains(name)) {
        let thing = thing(&operation.path, name)
            .unwrap_or_else(|| panic!("{}: say in this test what another tenant's {name} is", operation.name()));
        path = path.replace(&format!("{{{name}}}"), &foreign.ids[thing]);
        found = true;
    }
    found.then_some(path)
}

fn call(operation: &Operation, path: &str, bearer: (String, String), body: &str) -> Answer {
    let mut headers = vec![bearer, ("content-type".to_owned(), "application/json".to_owned())];
    if operation.needs_version() {
        headers.push(("if-match".to_owned(), "\"1\"".to_owned()));
    }
    Tenant::call(&operation.method.to_uppercase(), path, &headers, body)
}

#[test]
fn what_is_another_tenants_does_not_exist() {
    let (ours, theirs) = (Furnished::new(), Furnished::new());
    let before = theirs.tenant.read::<Value>("/v1/tenant");
    let mut called = 0;
    for operation in operations().iter().filter(|operation| operation.permission.is_some()) {
        let mut body = body_with(&operation.id, &theirs).or_else(|| operation.example());
        let foreign = foreign_path(operation, &theirs);
        // A document's id is the one of its path.
        let named = foreign.as_deref().and_then(|path| path.rsplit('/').next());
        if let (Some(id), Some(named)) = (body.as_mut().and_then(|body| body.get_mut("id")), named) {
            *id = named.into();
        }
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        if foreign.is_none() && body_with(&operation.id, &theirs).is_none() {
            continue;
        }
        let path = foreign.unwrap_or_else(|| operation.path.clone());
        for bearer in [ours.owner.bearer(), ours.tenant.bearer()] {
            let answer = call(operation, &path, bearer, &body);
            let refused = matches!(answer.status, 403 | 404);
            assert!(refused, "{} with another tenant's id: {} {}", operation.name(), answer.status, answer.body);
            for trace in theirs.traces().filter(|trace| !path.contains(*trace) && !body.contains(*trace)) {
                assert!(!answer.body.contains(trace), "{}: {}", operation.name(), answer.body);
            }
            called += 1;
        }
    }
    assert!(called >= 40, "only {called} calls: has the document lost its operations?");
    assert_eq!(theirs.tenant.read::<Value>("/v1/tenant"), before);
    theirs.owner.call("GET", "/v1/account", &[], "");
}

#[test]
fn what_takes_no_id_shows_nothing_of_another_tenant() {
    let (ours, theirs) = (Furnished::new(), Furnished::new());
    let reads = operations();
    let reads = reads.iter().filter(|operation| operation.method == "get" && names(operation).is_empty());
    let mut called = 0;
    for operation in reads.filter(|operation| operation.permission.is_some()) {
        for bearer in [ours.owner.bearer(), ours.tenant.bearer()] {
            let answer = call(operation, &operation.path, bearer, "");
            assert!(matches!(answer.status, 200 | 403), "{}: {} {}", operation.name(), answer.status, answer.body);
            for trace in theirs.traces() {
                assert!(!answer.body.contains(trace.as_str()), "{} shows {trace}", operation.name());
            }
            called += 1;
        }
        // A page of another tenant's list is no page of ours.
        let page = theirs.tenant.get(&format!("{}?limit=1", operation.path));
        let page: Value = serde_json::from_str(&page.body).unwrap_or_default();
        if let Some(cursor) = page["cursor"].as_str() {
            let answer = ours.tenant.get(&format!("{}?cursor={cursor}", operation.path));
            assert!(theirs.traces().all(|trace| !answer.body.contains(trace.as_str())), "{}", operation.name());
        }
    }
    assert!(called >= 20, "only {called} calls");
}
