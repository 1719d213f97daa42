//! No one sees another tenant's anything.
//!
//! The cases come from the OpenAPI document: every operation is called with another tenant's ids in its path and body, by
//! someone who may all that its permission allows, and gets what no one's ids get: 404. The same call by whom the things
//! belong to finds them, so that no case passes for want of the thing. An operation that takes an id has to say here what a
//! foreign one is; one that takes none must answer without a trace of the other tenant. A new operation without a case fails.

pub mod furnished;

use domain::identity::Permission;
use serde_json::{Value, json};
use xtask::http::{Answer, Header};

use self::furnished::{Furnished, Outsider, call, sequence};
use super::operations::{Operation, operations};
use crate::stage::refusal;

/// What a parameter of a path names: what the part before it lists.
fn thing<'p>(path: &'p str, parameter: &str) -> &'p str {
    let (before, _) = path.split_once(&format!("/{{{parameter}}}")).unwrap();
    before.rsplit('/').next().unwrap()
}

/// Operations whose path names no thing of a tenant: a fixed list of names, the same for all.
const FIXED: [&str; 5] = ["name", "number", "task", "topic", "version"];

fn names(operation: &Operation) -> impl Iterator<Item = &str> {
    let names = operation.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    names.filter(|name| !FIXED.contains(name))
}

/// One call with ids that `id` knows by the name of the thing.
struct Case {
    method: String,
    path: String,
    version: Vec<Header>,
    body: String,
}

impl Case {
    /// `None`: the operation takes no id.
    fn of(operation: &Operation, id: impl Fn(&str) -> String) -> Option<Self> {
        let mut path = operation.path.clone();
        for name in names(operation) {
            path = path.replace(&format!("{{{name}}}"), &id(thing(&operation.path, name)));
        }
        let named = match operation.id.as_str() {
            "askForExport" | "askForErasure" | "mergeContacts" | "notDuplicate" => {
                Some(json!({"contact": id("contacts")}))
            }
            "reportEvent" => Some(json!({"type": "pricing.visited", "contact": id("contacts"), "id": "visit"})),
            "replaceSequence" => Some(sequence(&id("sequences"))),
            _ => None,
        };
        if path == operation.path && named.is_none() {
            return None;
        }
        let mut body = named.or_else(|| operation.example()).unwrap_or_default();
        // A document's id is the one of its path.
        if let Some(own) = body.get_mut("id") {
            *own = path.rsplit('/').next().into();
        }
        let version = operation.needs_version().then(|| ("if-match".to_owned(), "\"1\"".to_owned()));
        Some(Self {
            method: operation.method.to_uppercase(),
            path,
            version: version.into_iter().collect(),
            body: if body.is_null() { String::new() } else { body.to_string() },
        })
    }

    fn call(&self, bearer: &Header) -> Answer {
        call(bearer, &self.method, &self.path, &self.version, &self.body)
    }
}

/// Guarded operations with what they demand; what takes things away comes last, so that what is called before still finds
/// them.
fn guarded() -> Vec<(Operation, Permission)> {
    let demanded = |operation: &Operation| operation.permission.as_deref().and_then(Permission::parse);
    let all = operations().into_iter().filter_map(|operation| demanded(&operation).map(|right| (operation, right)));
    let mut all: Vec<_> = all.collect();
    let erases = |operation: &Operation| ["askForErasure", "eraseContact"].contains(&operation.id.as_str());
    all.sort_by_key(|(operation, _)| (erases(operation), operation.method == "delete"));
    all
}

#[test]
fn what_is_another_tenants_does_not_exist() {
    let (ours, theirs) = (Outsider::new(), Furnished::new());
    let its_document = || theirs.tenant.read::<Value>("/v1/tenant");
    let before = its_document();
    let all = guarded();
    let cases: Vec<_> =
        all.iter().filter_map(|(o, right)| Some((o, *right, Case::of(o, |thing| theirs.id(thing))?))).collect();
    assert!(cases.len() >= 35, "only {} operations take an id: has the document lost some?", cases.len());
    for (operation, permission, case) in &cases {
        let (name, nobodys) = (operation.name(), nobodys(operation));
        for bearer in ours.bearers(*permission) {
            let (answer, expected) = (case.call(&bearer), nobodys.call(&bearer));
            assert_eq!(answer.status, 404, "{name} with another tenant's id: {}", answer.body);
            assert_eq!(refusal(&answer), refusal(&expected), "{name}: unlike nobody's id");
        }
    }
    assert_eq!(its_document(), before);
    let malformed = call(&ours.owner.bearer(), "GET", "/v1/leads/no-uuid", &[], "");
    assert_eq!(malformed.status, 404, "{}", malformed.body);
    for (operation, permission, case) in &cases {
        let answer = case.call(&theirs.insider(*permission));
        let found = !matches!(answer.status, 401 | 403 | 404 | 500..);
        assert!(found, "{} does not find its own: {} {}", operation.name(), answer.status, answer.body);
    }
}

/// The same call with ids that are no one's.
fn nobodys(operation: &Operation) -> Case {
    let id = "6f2b1d0e-8c6a-5f57-9a51-3c5e70b4d2a9";
    Case::of(operation, |_| id.to_owned()).unwrap()
}

/// Reads whose answer may name nothing that a tenant has: figures, and what is the same for many.
const NAMELESS: [&str; 16] = [
    // What was trained is the business's own words, and there is none yet.
    "listTraining",
    // The platform's own, with the business's own figures.
    "listPrompts",
    // Its own figures and published ones: neither names anyone.
    "getBenchmarks",
    "getInventorySettings",
    "listApprovals",
    "listRequests",
    "getAccount",
    "getNotices",
    "getUsage",
    "getInsights",
    "getSuggestionInsights",
    "getExtraInsights",
    "listCredentials",
    "listDuplicates",
    "listServices",
    "getHoursStatus",
];

#[test]
fn what_takes_no_id_shows_nothing_of_another_tenant() {
    let (ours, theirs) = (Outsider::new(), Furnished::new());
    let all = guarded();
    let mut pages = 0;
    // What has to be asked for by name, such as the free times of a service, shows nothing without it.
    let is_asked_for = |o: &Operation| o.parameters().iter().any(|one| one["in"] == "query" && one["required"] == true);
    let lists = all.iter().filter(|(o, _)| o.method == "get" && !o.path.contains('{') && !is_asked_for(o));
    for (operation, permission) in lists {
        let (name, get) = (operation.name(), |bearer: &Header, more: &str| {
            call(bearer, "GET", &format!("{}{more}", operation.path), &[], "")
        });
        for bearer in ours.bearers(*permission) {
            let answer = get(&bearer, "");
            assert_eq!(answer.status, 200, "{name}: {}", answer.body);
            for trace in theirs.traces() {
                assert!(!answer.body.contains(trace.as_str()), "{name} shows {trace}");
            }
        }
        let own = get(&theirs.insider(*permission), "");
        assert_eq!(own.status, 200, "{name}: {}", own.body);
        let named = theirs.traces().any(|trace| own.body.contains(trace.as_str()));
        assert!(
            named || NAMELESS.contains(&operation.id.as_str()),
            "{name} ({}) shows nothing of its own",
            operation.id
        );
        // A page of another tenant's list is no page of ours.
        let page: Value = serde_json::from_str(&get(&theirs.insider(*permission), "?limit=1").body).unwrap();
        if let Some(cursor) = page["cursor"].as_str() {
            let answer = get(&ours.owner.bearer(), &format!("?cursor={cursor}"));
            assert!(matches!(answer.status, 200 | 400), "{name}: {} {}", answer.status, answer.body);
            assert!(theirs.traces().all(|trace| !answer.body.contains(trace.as_str())), "{name}: {}", answer.body);
            pages += 1;
        }
    }
    assert!(pages >= 3, "only {pages} lists have a second page");
}
