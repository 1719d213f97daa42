//! What a tenant's people may change of its document, in one piece or as a merge patch (RFC 7396).
//!
//! Which tenant it is, who looks after it, what it has bought, whether it is served and how it was trained to sound are settled elsewhere. A document may
//! leave them out, or say what is so.

use domain::Failure;
use domain::failure::Rejection;
use domain::identity::{Permission, Principal};
use domain::tenancy::Tenant;
use serde_json::{Map, Value};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// What is settled elsewhere.
const SETTLED: [&str; 6] = ["id", "parent", "kind", "plan", "status", "style"];

/// What `tenant:manage` alone changes: what protects the tenant and its customers, and where messages come from and go to.
/// Who may change the opening hours may not so turn off the second factor, or have the record of it forgotten.
const MANAGED: [&str; 6] =
    ["require_second_factor", "retention", "origins", "channels", "benchmarks", "max_discount_percent"];

/// What is shown beside the document and is no part of it: who reads, changes and writes back may leave it in.
const SHOWN: &str = "cannot_yet";

/// A JSON object.
pub(crate) type Object = Map<String, Value>;

/// `body` as the whole document.
///
/// # Errors
/// 400 naming what is settled elsewhere and differs, or `body` where it is no tenant's document.
pub(crate) fn whole(stored: &Tenant, mut body: Object) -> Result<Tenant, Failure> {
    let settled = object(stored)?;
    body.remove(SHOWN);
    check_settled(&settled, &body)?;
    body.extend(settled.into_iter().filter(|(field, _)| SETTLED.contains(&field.as_str())));
    read(Value::Object(body))
}

/// The stored document with `patch` applied.
///
/// # Errors
/// As [`whole`].
pub(crate) fn patched(stored: &Tenant, mut patch: Object) -> Result<Tenant, Failure> {
    let before = object(stored)?;
    patch.remove(SHOWN);
    check_settled(&before, &patch)?;
    let mut after = Value::Object(before);
    merge(&mut after, Value::Object(patch));
    read(after)
}

/// Demands the permission to change what `wanted` has otherwise than `stored`.
///
/// # Errors
/// 403 naming the first field that takes more than `settings:write`.
pub(crate) fn check_managed(principal: &Principal, stored: &Tenant, wanted: &Tenant) -> Result<(), Failure> {
    if principal.permits(Permission::ManageTenant) {
        return Ok(());
    }
    let (stored, wanted) = (object(stored)?, object(wanted)?);
    let Some(field) = MANAGED.iter().find(|field| stored.get(**field) != wanted.get(**field)) else { return Ok(()) };
    let permission = Permission::ManageTenant;
    let message = format!("changing {field} needs the permission {permission}: leave it as it is, or ask an admin");
    Err(Failure::Rejected { kind: Rejection::Forbidden, field: Some((*field).to_owned()), message })
}

fn check_settled(stored: &Object, given: &Object) -> Result<(), Failure> {
    let differs = |field: &&&str| given.get(**field).is_some_and(|value| Some(value) != stored.get(**field));
    match SETTLED.iter().find(differs) {
        Some(field) => Err(Failure::invalid(*field, format!("{field} cannot be changed here: leave it out"))),
        None => Ok(()),
    }
}

/// RFC 7396, 2. How deep it goes is bounded: JSON that is read nests at most 128 levels.
fn merge(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Some(fields) = target.as_object_mut() else { return };
    for (name, value) in patch {
        if value.is_null() {
            fields.remove(&name);
        } else {
            merge(fields.entry(name).or_insert(Value::Null), value);
        }
    }
}

fn object(tenant: &Tenant) -> Result<Object, Failure> {
    match serde_json::to_value(tenant) {
        Ok(Value::Object(object)) => Ok(object),
        _ => Err(Failure::Permanent("a tenant has no JSON form".into())),
    }
}

fn read(document: Value) -> Result<Tenant, Failure> {
    let wrong = |error| Failure::invalid("body", format!("the body is not a tenant's document: {error}"));
    serde_json::from_value(document).map_err(wrong)
}

/// The document's schema without what is settled elsewhere.
pub(crate) struct TenantSettings;

/// The same with nothing required.
pub(crate) struct TenantPatch;

fn schema(whole: bool) -> RefOr<Schema> {
    let mut schema = Tenant::schema();
    if let RefOr::T(Schema::Object(object)) = &mut schema {
        object.properties.retain(|field, _| !SETTLED.contains(&field.as_str()));
        object.required.retain(|field| whole && !SETTLED.contains(&field.as_str()));
    }
    schema
}

impl PartialSchema for TenantSettings {
    fn schema() -> RefOr<Schema> {
        schema(true)
    }
}

impl ToSchema for TenantSettings {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        Tenant::schemas(schemas);
    }
}

impl PartialSchema for TenantPatch {
    fn schema() -> RefOr<Schema> {
        schema(false)
    }
}

impl ToSchema for TenantPatch {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        Tenant::schemas(schemas);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::identity::{Credential, Role};
    use domain::ids::{AccountId, ApiKeyId, SessionId};
    use serde_json::{from_value, json};

    fn tenant() -> Tenant {
        from_value(json!({
            "id": "acme", "name": "Acme Roofing", "industry": "roofing", "plan": "growth", "currency": "USD",
            "zone": "America/Denver", "region": "US", "language": "en", "business": {"description": "Roofs."},
            "hours": {"monday": [{"open": "08:00", "close": "17:00"}]}, "services": [{"id": "repair", "name": "Repair"}],
            "notify": ["owner@example.com"], "tone": "warm",
        }))
        .unwrap()
    }

    fn body(value: Value) -> Object {
        from_value(value).unwrap()
    }

    fn field(refused: Result<Tenant, Failure>) -> String {
        match refused {
            Err(Failure::Rejected { field: Some(field), .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_examples_of_rfc_7396() {
        for (target, patch, result) in [
            (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "b"}), json!({"b": "c"}), json!({"a": "b", "b": "c"})),
            (json!({"a": "b"}), json!({"a": null}), json!({})),
            (json!({"a": "b", "b": "c"}), json!({"a": null}), json!({"b": "c"})),
            (json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "c"}), json!({"a": ["b"]}), json!({"a": ["b"]})),
            (json!({"a": {"b": "c"}}), json!({"a": {"b": "d", "c": null}}), json!({"a": {"b": "d"}})),
            (json!({"a": [{"b": "c"}]}), json!({"a": [1]}), json!({"a": [1]})),
            (json!(["a", "b"]), json!(["c", "d"]), json!(["c", "d"])),
            (json!({"a": "b"}), json!(["c"]), json!(["c"])),
            (json!({"a": "foo"}), json!(null), json!(null)),
            (json!({"a": "foo"}), json!("bar"), json!("bar")),
            (json!({"e": null}), json!({"a": 1}), json!({"e": null, "a": 1})),
            (json!([1, 2]), json!({"a": "b", "c": null}), json!({"a": "b"})),
            (json!({}), json!({"a": {"bb": {"ccc": null}}}), json!({"a": {"bb": {}}})),
        ] {
            let mut merged = target.clone();
            merge(&mut merged, patch.clone());
            assert_eq!(merged, result, "{target} with {patch}");
        }
    }

    #[test]
    fn what_is_settled_elsewhere_may_be_left_out_or_said_as_it_is_and_never_changed() {
        let stored = tenant();
        let read = object(&stored).unwrap();
        assert_eq!(whole(&stored, read.clone()).unwrap(), stored);
        assert_eq!(patched(&stored, read.clone()).unwrap(), stored);
        let mut shown = read.clone();
        shown.insert("cannot_yet".to_owned(), json!(["Missed calls cannot be answered."]));
        assert_eq!(whole(&stored, shown.clone()).unwrap(), stored);
        assert_eq!(patched(&stored, shown).unwrap(), stored);
        let mut without = read.clone();
        without.retain(|field, _| !SETTLED.contains(&field.as_str()));
        assert_eq!(whole(&stored, without).unwrap(), stored);
        for (name, value) in [
            ("id", json!("bolt")),
            ("parent", json!("agency")),
            ("kind", json!("agency")),
            ("plan", json!("scale")),
            ("plan", json!(null)),
            ("status", json!("paused")),
            ("style", json!({"communication_style": {"version": 9, "rules": []}})),
        ] {
            let patch = body(json!({name: value}));
            assert_eq!(field(patched(&stored, patch.clone())), name);
            let mut changed = read.clone();
            changed.extend(patch);
            assert_eq!(field(whole(&stored, changed)), name);
        }
    }

    fn caller(credential: Credential) -> Principal {
        Principal { tenant: tenant().id, credential }
    }

    fn person(role: Role) -> Principal {
        let id = &tenant().id;
        let (account, session) = (AccountId::derive(id, &["a"]), SessionId::derive(id, &["s"]));
        caller(Credential::Session { account, session, role, enrolling: false })
    }

    #[test]
    fn what_protects_the_tenant_is_changed_by_its_admins_alone() {
        let stored = Tenant { require_second_factor: true, ..tenant() };
        let key = ApiKeyId::derive(&stored.id, &["k"]);
        let key = caller(Credential::ApiKey {
            key,
            scopes: Permission::ALL.iter().copied().collect(),
            mode: domain::identity::KeyMode::Live,
        });
        for (field, value) in [
            ("require_second_factor", json!(false)),
            ("retention", json!({"audit_days": 30})),
            ("retention", json!({"messages_days": 60, "audit_days": null})),
            ("origins", json!(["https://elsewhere.example"])),
            ("channels", json!({"email": {"from": "ceo@example.net"}})),
            ("channels", json!({"chat": true})),
            ("benchmarks", json!(false)),
            ("max_discount_percent", json!(50)),
        ] {
            let wanted = patched(&stored, body(json!({field: value, "tone": "brief"}))).unwrap();
            assert_eq!(check_managed(&person(Role::Admin), &stored, &wanted), Ok(()), "{field}");
            for caller in [&person(Role::Manager), &key] {
                match check_managed(caller, &stored, &wanted) {
                    Err(Failure::Rejected { kind: Rejection::Forbidden, field: Some(named), .. }) => {
                        assert_eq!(named, field);
                    }
                    other => panic!("{field}: {other:?}"),
                }
            }
        }
        let wanted = patched(&stored, body(json!({"tone": "brief", "require_second_factor": true}))).unwrap();
        assert_eq!(check_managed(&person(Role::Manager), &stored, &wanted), Ok(()), "said as it is");
        assert!(MANAGED.iter().all(|field| object(&stored).unwrap().contains_key(*field)), "no field is misspelt");
    }

    #[test]
    fn a_patch_changes_what_it_names_and_takes_back_what_it_nulls() {
        let stored = tenant();
        let after =
            patched(&stored, body(json!({"tone": null, "business": {"website": "https://example.com"}}))).unwrap();
        assert_eq!((after.tone.as_str(), after.business.description.as_str()), ("", "Roofs."));
        assert_eq!(after.business.website.as_deref(), Some("https://example.com"));
        assert_eq!(patched(&stored, Object::new()).unwrap(), stored);
        // What has to be there cannot be taken away.
        assert_eq!(field(patched(&stored, body(json!({"name": null})))), "body");
    }

    #[test]
    fn a_document_that_is_none_is_refused() {
        let stored = tenant();
        for wrong in [json!({}), json!({"unknown": 1}), json!({"name": 1})] {
            assert_eq!(field(whole(&stored, body(wrong))), "body");
        }
        assert_eq!(field(patched(&stored, body(json!({"services": {"repair": 1}})))), "body");
    }

    #[test]
    fn the_described_document_has_all_but_what_is_settled_elsewhere() {
        let [all, settings, patch] =
            [Tenant::schema(), TenantSettings::schema(), TenantPatch::schema()].map(|s| json!(s));
        let count = |schema: &Value| schema["properties"].as_object().unwrap().len();
        assert_eq!((count(&settings), count(&patch)), (count(&all) - SETTLED.len(), count(&all) - SETTLED.len()));
        assert!(settings["required"].as_array().unwrap().contains(&json!("name")));
        assert!(patch["required"].as_array().is_none_or(Vec::is_empty));
    }
}
