//! Tomorrow's items: with fields and values that this version does not know, wherever they may stand.

use super::*;
use crate::table::item::{from_item, to_item};
use crate::table::keys::{self, TableKey};
use crate::tenancy::tenants::TenantEntry;
use domain::TenantId;
use domain::conversations::{Conversation, Escalation, Message, Task};
use domain::identity::{ApiKey, AuditEntry};
use domain::journeys::{Journey, Sequence, shipped};
use domain::leads::{Contact, Lead};
use domain::tenancy::{Location, Tenant};
use serde::Serialize;
use serde_json::json;

const ID: &str = "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c";
const AT: &str = "2026-11-20T12:00:00Z";

/// A value of each kind, with an entry at every place of the list.
fn samples() -> Vec<(&'static str, Value)> {
    let by = json!({"at": AT, "by": {"type": "operator"}, "note": "Called"});
    let reference = json!({"conversation": ID, "at": AT, "message": ID});
    let price = json!({"from_cents": 100});
    vec![
        (
            "contact",
            json!({
                "id": ID, "addresses": [{"kind": "chat", "value": "s-1"}, {"kind": "chat", "value": "s-2"}],
                "language": "en", "created_at": AT, "version": 1,
            }),
        ),
        (
            "lead",
            json!({
                "id": ID, "contact": ID, "source": "sms", "status": "qualified", "score": "warm",
                "qualification": {"urgency": "high"}, "intake": {"roof-age": {"type": "text", "value": "old"}},
                "created_at": AT, "updated_at": AT, "version": 1,
            }),
        ),
        (
            "thread",
            json!({
                "id": ID, "contact": ID, "lead": ID, "channel": "sms", "status": "escalated", "language": "de",
                "recent": [{"role": "customer", "text": "Hello"}], "asked": "service",
                "sla": {"breached": ["resolution"]}, "message_count": 1, "started_at": AT, "last_message_at": AT, "version": 1,
            }),
        ),
        (
            "message",
            json!({
                "ref": reference, "lead": ID, "role": "customer", "channel": "sms", "text": "Hello",
                "content": {"type": "text", "text": "Hello"}, "source": "sms", "intent": "price", "sentiment": "neutral",
                "action": "reply", "notice": "hot_lead", "language": "en", "correlation_id": "c",
                "delivery": {
                    "to": {"kind": "chat", "value": "s-1"}, "state": "sent", "changed_at": AT,
                    "verdict": {"decision": "allowed", "why": "A reply"},
                    "rulings": [{"at": AT, "decision": "allowed", "why": "A reply"}],
                },
            }),
        ),
        (
            "escalation",
            json!({
                "id": ID, "conversation": ID, "lead": ID, "reason": "complaint", "status": "resolved", "raised_at": AT,
                "resolution": by,
            }),
        ),
        (
            "task",
            json!({
                "id": ID, "contact": ID, "kind": "call", "title": "Call Ana", "created_at": AT, "done": by,
            }),
        ),
        (
            "journey",
            json!({
                "contact": ID, "stage": "booked", "stage_since": AT, "version": 1,
                "preferences": {"channel": "sms", "frequency": "engaged"},
                "consents": [{"channel": "sms", "purpose": "marketing", "granted": true, "at": AT, "evidence": "A form"}],
                "quotes": [{"id": ID, "state": "sent", "sent_at": AT}],
                "appointments": [{"id": ID, "state": "booked", "starts_at": AT, "ends_at": AT, "agreed_at": AT}],
                "invoices": [{"id": ID, "state": "issued"}],
                "ledger": [{"at": AT, "kind": "follow_up", "channel": "sms", "digest": 1}],
                "waiting": [{
                    "message": reference, "kind": "follow_up", "channel": "sms", "since": AT, "expires_at": AT,
                }],
                "runs": [{
                    "id": ID, "sequence": "welcome", "subject": {"about": "contact"}, "started_at": AT, "step": "first",
                    "due": AT,
                }],
                "engagement": {"channels": {}},
            }),
        ),
        (
            "tenant",
            json!({
                "id": "acme", "name": "Acme", "industry": "roofing", "status": "active", "plan": "growth", "kind": "agency",
                "currency": "USD", "zone": "America/Denver", "region": "US", "language": "en", "business": {}, "hours": {},
                "services": [{
                    "id": "repair", "name": "Repair", "deposit": {"cents": 100}, "price": price,
                    "dated_prices": [{"from": "2026-11-01", "price": price}],
                }],
                "intake": [{"id": "age", "text": "How old?", "kind": {"type": "text"}}],
                "personality": "sales", "channel_personalities": {"sms": "fast_direct"}, "text_back": "whatsapp",
                "escalation": {"rules": [{
                    "id": "vips", "when": [{"vip": true}], "then": [{"create_task": "Call them"}],
                }]},
                "notify": ["owner@example.com"],
            }),
        ),
        (
            "tenant entry",
            json!({
                "tenant": "acme", "name": "Acme", "status": "active", "kind": "agency", "plan": "growth", "parent": null,
            }),
        ),
        (
            "audit",
            json!({
                "id": ID, "tenant": "acme", "at": AT, "actor": {"type": "operator"}, "action": "created", "subject": "x/y",
            }),
        ),
        (
            "API key",
            json!({
                "id": ID, "name": "Ours", "scopes": ["leads:read"], "prefix": "pk", "created_at": AT,
            }),
        ),
        (
            "location",
            json!({
                "id": "lakewood", "name": "Lakewood",
                "address": {"street": "410 Example Street", "city": "Denver", "country": "US"},
            }),
        ),
    ]
}

fn tolerance(entity: &str) -> Tolerance {
    Entity::named(entity).unwrap().tolerance
}

fn key() -> TableKey {
    keys::of(&TenantId::new("acme").unwrap()).key("X", "x")
}

fn item(entity: &str, value: &Value) -> Item {
    let mut item: Item = serde_dynamo::to_item(value.clone()).unwrap();
    item.extend(crate::table::item::key_item(&key()));
    item.insert("entity".to_owned(), crate::table::item::text(entity));
    item
}

/// Reads it, and what writing it again stores.
fn again(entity: &str, value: &Value) -> Option<Value> {
    fn of<T: DeserializeOwned + Serialize>(entity: &str, value: &Value) -> Option<Value> {
        let read: T = from_item(entity, &item(entity, value)).ok()?;
        if !tolerance(entity).is_rewritten {
            return Some(Value::Null);
        }
        Some(serde_dynamo::from_item(to_item(entity, &key(), &read).unwrap()).unwrap())
    }
    match entity {
        "contact" => of::<Contact>(entity, value),
        "lead" => of::<Lead>(entity, value),
        "thread" => of::<Conversation>(entity, value),
        "message" => of::<Message>(entity, value),
        "escalation" => of::<Escalation>(entity, value),
        "task" => of::<Task>(entity, value),
        "journey" => of::<Journey>(entity, value),
        "tenant" => of::<Tenant>(entity, value),
        "tenant entry" => of::<TenantEntry>(entity, value),
        "audit" => of::<AuditEntry>(entity, value),
        "API key" => of::<ApiKey>(entity, value),
        "location" => of::<Location>(entity, value),
        "sequence" => of::<Sequence>(entity, value),
        other => panic!("say here which type a {other} is of"),
    }
}

/// What stands at `place` of `value`: of a list or map, at its first entry.
fn at<'v>(value: &'v mut Value, place: &str) -> Option<&'v mut Value> {
    place.split('.').try_fold(value, |value, key| match (key, value) {
        ("*", Value::Array(entries)) => entries.first_mut(),
        ("*", Value::Object(fields)) => fields.values_mut().next(),
        (key, value) => value.get_mut(key),
    })
}

/// Whether `part` is somewhere in `value`.
fn holds(value: &Value, part: &Value) -> bool {
    value == part
        || match value {
            Value::Object(fields) => fields.values().any(|inner| holds(inner, part)),
            Value::Array(entries) => entries.iter().any(|inner| holds(inner, part)),
            _ => false,
        }
}

/// Every place of `value` that holds an object, as a JSON pointer.
fn objects(value: &Value, here: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.push(here.to_owned());
            for (name, inner) in fields {
                objects(inner, &format!("{here}/{}", name.replace('/', "~1")), found);
            }
        }
        Value::Array(entries) => {
            for (index, inner) in entries.iter().enumerate() {
                objects(inner, &format!("{here}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn a_value_that_is_not_known_stops_nothing_and_is_kept_when_the_item_is_written_again() {
    let mut tried = 0;
    for (entity, whole) in samples() {
        assert!(again(entity, &whole).is_some(), "the sample of a {entity} is one");
        for (place, _) in tolerance(entity).places {
            let mut newer = whole.clone();
            let Some(value) = at(&mut newer, place) else { continue };
            // Another kind of the same thing, as far as there is one.
            *value =
                if value.is_object() { json!({"type": "tomorrow", "kind": "tomorrow"}) } else { "t0m0rr0w!".into() };
            let unknown = value.clone();
            let stored = again(entity, &newer).unwrap_or_else(|| panic!("{entity} {place}: it cannot be read"));
            let is_kept = !tolerance(entity).is_rewritten || holds(&stored, &unknown);
            assert!(is_kept, "{entity} {place}: {unknown} is lost in {stored}");
            tried += 1;
        }
    }
    assert!(tried > 45, "only {tried} places were tried");
}

#[test]
fn a_field_that_is_not_known_stops_nothing_and_is_kept_when_the_item_is_written_again() {
    for (entity, whole) in samples() {
        let mut places = Vec::new();
        objects(&whole, "", &mut places);
        for place in places {
            let mut newer = whole.clone();
            let object = newer.pointer_mut(&place).unwrap().as_object_mut().unwrap();
            object.insert("c0l0ur".to_owned(), json!({"shade": 7}));
            let stored = again(entity, &newer).unwrap_or_else(|| panic!("{entity} {place}: it cannot be read"));
            // What is read as a whole, such as an address, is not taken apart again.
            let opaque = [
                "/addresses",
                "/content",
                "/to",
                "/actor",
                "/by",
                "/verdict",
                "/rulings",
                "/subject",
                "/kind",
                "/intake/",
            ];
            let is_opaque = !tolerance(entity).is_rewritten || opaque.iter().any(|part| place.contains(part));
            assert!(is_opaque || stored.to_string().contains("c0l0ur"), "{entity} {place}: lost in {stored}");
        }
    }
}

#[test]
fn what_was_changed_since_is_not_put_back() {
    let (_, whole) = samples().remove(1);
    let newer = json!({"status": "t0m0rr0w!", "c0l0ur": "green"});
    let mut stored = whole;
    stored.as_object_mut().unwrap().extend(newer.as_object().unwrap().clone());
    let lead: Lead = from_item("lead", &item("lead", &stored)).unwrap();
    assert_eq!(lead.status.as_str(), "handed_off", "nobody but a person moves it on");
    let moved = Lead { status: domain::leads::LeadStatus::ClosedWon, ..lead.clone() };
    let written = to_item("lead", &key(), &moved).unwrap();
    assert_eq!(
        (crate::table::item::get_text(&written, "status"), crate::table::item::get_text(&written, "c0l0ur")),
        ("closed_won", "green")
    );
    // Another lead in the same place is another lead.
    let id = domain::LeadId::derive(&TenantId::new("acme").unwrap(), &["other"]);
    let other = to_item("lead", &key(), &Lead { id, ..lead }).unwrap();
    assert!(!other.contains_key("c0l0ur"));
}

#[test]
fn a_sequence_that_is_not_understood_whole_is_not_run() {
    let whole = serde_json::to_value(&shipped()[0]).unwrap();
    let with = |pointer: &str| {
        let mut newer = whole.clone();
        newer
            .pointer_mut(pointer)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .insert("only_at_full_moon".to_owned(), true.into());
        again("sequence", &newer)
    };
    assert!(with("").is_some_and(|stored| stored.to_string().contains("only_at_full_moon")));
    assert_eq!(with("/steps/0"), None);
    assert_eq!(with("/enters_on/0"), None);
}

#[test]
fn what_is_no_item_of_ours_is_not_read() {
    for (entity, whole) in samples() {
        let mut garbage = whole.clone();
        for value in garbage.as_object_mut().unwrap().values_mut() {
            *value = json!([{"no": "thing"}]);
        }
        assert_eq!(again(entity, &garbage), None, "{entity}");
    }
}
