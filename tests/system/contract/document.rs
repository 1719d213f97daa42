//! `functions/api/docs/openapi.json` is what the handlers say of themselves, and what the template wires.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use domain::identity::Permission;
use serde_json::Value;

use super::gateway;
use super::operations::{document, operations, parts};
use crate::stage::root;

#[test]
fn the_stored_document_is_what_the_handlers_say() {
    let path = root().join("functions/api/docs/openapi.json");
    let said = format!("{}\n", serde_json::to_string_pretty(document()).unwrap());
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        fs::write(&path, &said).unwrap();
    }
    let stored = fs::read_to_string(&path).unwrap_or_default();
    assert!(stored == said, "the handlers changed: UPDATE_OPENAPI=1 cargo test -p system-tests --test system document");
}

#[test]
fn no_two_types_share_a_name() {
    let (mut known, mut shared) = (BTreeMap::<String, Value>::new(), BTreeSet::new());
    for part in parts() {
        let part = serde_json::to_value(part).unwrap();
        for (name, schema) in part["components"]["schemas"].as_object().into_iter().flatten() {
            if known.entry(name.clone()).or_insert_with(|| schema.clone()) != schema {
                shared.insert(name.clone());
            }
        }
    }
    assert!(known.len() > 100);
    assert!(shared.is_empty(), "two types each: give one of them another name with #[schema(as = …)]: {shared:?}");
}

#[test]
fn every_operation_is_described_and_demands_a_known_permission() {
    let mut ids = BTreeSet::new();
    let document = document();
    let tags: Vec<&Value> = document["tags"].as_array().unwrap().iter().map(|tag| &tag["name"]).collect();
    for operation in operations() {
        let name = operation.name();
        assert!(ids.insert(operation.id.clone()), "{name}: the operation id {} comes twice", operation.id);
        assert!(!operation.text("summary").is_empty(), "{name}: no summary");
        assert!(
            tags.contains(&&operation.item["tags"][0]),
            "{name}: no tag, or one that the document does not describe"
        );
        let description = operation.text("description");
        assert!(!description.is_empty() && !description.contains("[`"), "{name}: {description:?}");
        if let Some(permission) = &operation.permission {
            assert!(Permission::parse(permission).is_some(), "{name}: {permission} is no permission");
        }
        for parameter in operation.parameters() {
            assert!(parameter["schema"].is_object(), "{name}: {} has no schema", parameter["name"]);
        }
        for (status, answer) in operation.item["responses"].as_object().unwrap() {
            let described =
                answer["$ref"].is_string() || !answer["description"].as_str().unwrap_or_default().is_empty();
            assert!(described, "{name}: {status} is not described");
        }
    }
}

#[test]
fn every_code_of_an_error_is_in_the_documentation() {
    let documented = fs::read_to_string(root().join("docs/api.md")).unwrap();
    let document = document();
    let codes = document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"].as_array().unwrap();
    assert!(codes.len() > 20);
    for code in codes {
        let code = code.as_str().unwrap();
        assert!(documented.contains(&format!("| `{code}` |")), "docs/api.md does not say when {code} comes");
    }
}

#[test]
fn every_body_has_an_example() {
    for operation in operations() {
        let answers = operation.item["responses"].as_object().unwrap().values();
        for body in answers.chain([&operation.item["requestBody"]]) {
            for (media, content) in body["content"].as_object().into_iter().flatten() {
                assert!(content.get("example").is_some(), "{}: {media} has no example", operation.name());
            }
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let document = document();
    let mut references = Vec::new();
    collect(document, &mut references);
    for reference in references {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference} leads nowhere");
    }
}

fn collect(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            references.extend(fields.get("$ref").and_then(Value::as_str).map(ToOwned::to_owned));
            fields.values().for_each(|field| collect(field, references));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        _ => {}
    }
}

#[test]
fn every_operation_has_a_route_of_the_gateway_and_the_other_way_round() {
    let mut used = BTreeSet::new();
    for operation in operations() {
        let route = gateway::route(&operation.method.to_uppercase(), &operation.path);
        let route = route.unwrap_or_else(|| panic!("{}: no route", operation.name()));
        used.insert((&route.method, &route.path));
    }
    let is_described = |path: &str| path.starts_with("/v1/") || path.starts_with("/.well-known/");
    let own = ["/v1/openapi.json", "/v1/docs"];
    for route in
        gateway::routes().iter().filter(|route| is_described(&route.path) && !own.contains(&route.path.as_str()))
    {
        assert!(used.contains(&(&route.method, &route.path)), "{} {}: no operation", route.method, route.path);
    }
}
