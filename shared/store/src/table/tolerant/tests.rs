//! Tomorrow's items: with fields and values that this version does not know, wherever they may stand.

use super::*;
use crate::table::documents;
use crate::table::item::{from_item, to_item};
use crate::table::keys::{self, TableKey};
use crate::table::samples::{AT, NEWER, stored, values};
use domain::TenantId;
use domain::conversations::Conversation;
use domain::identity::Member;
use domain::journeys::{Sequence, shipped};
use domain::leads::Lead;
use domain::tenancy::{StyleTopic, Tenant};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What was not understood is remembered by the process, and all samples have one id: one test at a time.
fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
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
    // The samples have no sequence, of which nearly everything is needed as it is: it has a test of its own.
    let sequence = stored::<Sequence>("sequence", Value::Null);
    let sample = values().iter().chain([&sequence]).find(|sample| sample.entity == entity).unwrap();
    let _alone = alone();
    let stored = (sample.again)(entity, &item(entity, value), &key())?;
    Some(if tolerance(entity).is_rewritten { serde_dynamo::from_item(stored).unwrap() } else { Value::Null })
}

/// A value of each kind that is written again, with an entry at every place of the list, and of some that are not.
fn samples() -> Vec<(&'static str, Value)> {
    values().iter().map(|sample| (sample.entity, sample.value.clone())).collect()
}

/// What stands at `place` of `value`: of a list or map, at its first entry.
fn at<'v>(value: &'v mut Value, place: &str) -> Option<&'v mut Value> {
    place.split('.').try_fold(value, |value, key| match (key, value) {
        ("*", Value::Array(entries)) => entries.first_mut(),
        ("*", Value::Object(fields)) => fields.values_mut().next(),
        (key, value) => value.get_mut(key),
    })
}

/// Puts something that is not known at `place` of `value`, and says what.
fn unknown_at(value: &mut Value, place: &str) -> Option<Value> {
    // There it is the channel, which is a key.
    if place == "engagement.channels.*" {
        value["engagement"]["channels"]["t0m0rr0w!"] = json!({"sent": 1});
        return Some(json!({"sent": 1}));
    }
    let value = at(value, place)?;
    // Another kind of the same thing, as far as there is one.
    *value = if value.is_object() { json!({"type": "tomorrow", "kind": "tomorrow"}) } else { "t0m0rr0w!".into() };
    Some(value.clone())
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

/// The places, as JSON pointers, of all that `value` consists of, itself first.
fn parts(value: &Value, here: &str) -> Vec<String> {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, inner)| (name.replace('/', "~1"), inner)).collect(),
        Value::Array(entries) => entries.iter().enumerate().map(|(index, inner)| (index.to_string(), inner)).collect(),
        _ => Vec::new(),
    };
    let inner = inner.into_iter().flat_map(|(key, inner)| parts(inner, &format!("{here}/{key}")));
    std::iter::once(here.to_owned()).chain(inner).collect()
}

/// The places that are needed as they are: with another value the item is left to a version that knows it.
const NEEDED: &[&str] = &[
    // Nothing goes out on a channel, to an address, or as a kind of message that is not known.
    "thread /channel",
    "message /channel",
    "message /touch/kind",
    "message /delivery/to/kind",
    // No one gains a right.
    "account /status",
    "member /role",
    "membership /role",
    "invitation /role",
    "invitation /status",
    // Nothing is exported or erased.
    "job /work/kind",
    "job /by/type",
    "job /status",
    // Nothing is booked around what is not understood.
    "booking /state",
    // No one is written to because of weather that is not known.
    "campaign /condition",
    "weather_rule /condition",
    // Nothing is counted, ordered or sent by what is not understood.
    "purchase_order /state",
    "stock_movement /kind",
    // No model is told what is not understood.
    "prompt /content/task",
    "prompt /content/tier",
    "prompt_traffic /task",
    "prompt_review /task",
    // No rule is of a topic that is not known.
    "style_guide /topic",
    "training_session /topic",
];

#[test]
fn an_unknown_value_makes_an_item_unreadable_only_where_it_is_needed_as_it_is() {
    let mut refused = BTreeSet::new();
    for (entity, whole) in samples() {
        // What a value can be is written in small letters. Ids, times and addresses are read by everybody alike.
        let is_word = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let is_one = |place: &String| whole.pointer(place).and_then(Value::as_str).is_some_and(is_word);
        let needed = parts(&whole, "").into_iter().filter(is_one).filter(|place| {
            let mut newer = whole.clone();
            *newer.pointer_mut(place).unwrap() = "t0m0rr0w".into();
            again(entity, &newer).is_none()
        });
        refused.extend(needed.map(|place| format!("{entity} {place}")));
    }
    assert_eq!(
        refused,
        NEEDED.iter().map(|needed| (*needed).to_owned()).collect(),
        "list it in its entities.rs, where doing without is safe, or else here"
    );
}

#[test]
fn the_samples_have_every_kind_that_is_written_again_with_all_its_attributes() {
    let mut absent = Vec::new();
    let samples: BTreeMap<&str, Value> = samples().into_iter().collect();
    // Of a sequence next to everything is needed: it has a test of its own.
    let has_sample = |entity: &&Entity| entity.tolerance.is_rewritten && entity.name != "sequence";
    for entity in crate::table::entities::all().filter(has_sample) {
        let sample = samples.get(entity.name).unwrap_or_else(|| panic!("there is no sample of a {}", entity.name));
        let listed = [entity.leaves, entity.tenant_only].into_iter().flat_map(str::split_whitespace);
        let missing = listed.filter(|name| sample.get(name).is_none() && !OWN.contains(name));
        absent.extend(missing.map(|name| format!("{} {name}", entity.name)));
    }
    assert!(absent.is_empty(), "the samples have no {absent:#?}");
}

#[test]
fn a_value_that_is_not_known_stops_nothing_and_is_kept_when_the_item_is_written_again() {
    let mut tried = 0;
    for (entity, whole) in samples() {
        assert!(again(entity, &whole).is_some(), "the sample of a {entity} is one");
        for (place, _) in tolerance(entity).places {
            let mut newer = whole.clone();
            let unknown =
                unknown_at(&mut newer, place).unwrap_or_else(|| panic!("the sample of a {entity} has no {place}"));
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
        // What stands under a name of the business's own, or under an id, is no field.
        let names = [
            "/fields",
            "/metadata",
            "/entries",
            "/outside",
            "/places",
            "/by_staff",
            "/by_place",
            "/used",
            "/reorder_points",
            "/left_out",
            "/texts",
            "/figures/changes",
        ];
        let is_named = |place: &String| names.iter().any(|name| place.ends_with(name));
        let is_ours = |place: &String| !is_named(place) && whole.pointer(place).is_some_and(Value::is_object);
        for place in parts(&whole, "").into_iter().filter(is_ours) {
            let mut newer = whole.clone();
            let object = newer.pointer_mut(&place).unwrap().as_object_mut().unwrap();
            object.insert(NEWER.to_owned(), json!({"shade": 7}));
            let stored = again(entity, &newer).unwrap_or_else(|| panic!("{entity} {place}: it cannot be read"));
            // What is read as a whole, such as an address, is not taken apart again.
            let opaque = [
                "/addresses",
                "/content",
                "/to",
                "/peer",
                "/proof/address",
                "/amended",
                "/work",
                "/actor",
                "/by",
                "/decided_by",
                "/started_by",
                "/verdict",
                "/rulings",
                "/subject",
                "/kind",
                "/intake/",
                "/suggestions/",
            ];
            let is_opaque = !tolerance(entity).is_rewritten || opaque.iter().any(|part| place.contains(part));
            assert!(is_opaque || stored.to_string().contains(NEWER), "{entity} {place}: lost in {stored}");
        }
    }
}

#[test]
fn a_tenant_of_a_newer_version_is_changed_and_keeps_what_is_not_known() {
    let samples: BTreeMap<&str, Value> = samples().into_iter().collect();
    let mut newer = samples["tenant"].clone();
    newer[NEWER] = "green".into();
    newer["business"][NEWER] = "blue".into();
    let guide = newer["style"]["communication_style"].clone();
    newer["style"]["t0m0rr0w"] = guide.clone();
    let _alone = alone();
    let mut tenant: Tenant = documents::read("tenant", item("tenant", &newer)).unwrap().value;
    tenant.name = "Acme and Sons".to_owned();
    // The training about the one topic that is known is withdrawn.
    assert!(tenant.style.remove(&StyleTopic::CommunicationStyle).is_some());
    let written: Value = serde_dynamo::from_item(to_item("tenant", &key(), &tenant).unwrap()).unwrap();
    assert_eq!((&written["name"], &written[NEWER]), (&json!("Acme and Sons"), &json!("green")));
    assert_eq!((&written["business"][NEWER], &written["style"]), (&json!("blue"), &json!({"t0m0rr0w": guide})));
}

#[test]
fn what_was_changed_since_is_not_put_back() {
    let (_, whole) = samples().remove(1);
    let newer = json!({"status": "t0m0rr0w!", "c0l0ur": "green"});
    let mut stored = whole;
    stored.as_object_mut().unwrap().extend(newer.as_object().unwrap().clone());
    let _alone = alone();
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

#[test]
fn what_was_not_understood_goes_with_its_thing_and_with_no_other() {
    let samples: BTreeMap<&str, Value> = samples().into_iter().collect();
    let newer = |entity: &str| {
        let mut newer = samples[entity].clone();
        newer["c0l0ur"] = "green".into();
        item(entity, &newer)
    };
    let _alone = alone();
    // A lead is the same one when its contact is merged into another.
    let lead: Lead = from_item("lead", &newer("lead")).unwrap();
    assert!(to_item("merged_lead", &key(), &lead).unwrap().contains_key("c0l0ur"));
    // Someone is a member of several tenants.
    let member: Member = from_item("membership", &newer("membership")).unwrap();
    let elsewhere = Member { tenant: TenantId::new("bolt").unwrap(), ..member.clone() };
    assert!(to_item("membership", &key(), &member).unwrap().contains_key("c0l0ur"));
    assert!(!to_item("membership", &key(), &elsewhere).unwrap().contains_key("c0l0ur"));
}

#[test]
fn a_thread_with_an_address_that_is_not_known_goes_on_with_no_one() {
    let samples: BTreeMap<&str, Value> = samples().into_iter().collect();
    let mut newer = samples["thread"].clone();
    newer["status"] = "active".into();
    let read = |value: &Value| from_item::<Conversation>("thread", &item("thread", value)).unwrap();
    let _alone = alone();
    let (visitor, now) = (domain::messaging::Address::Chat("s-1".to_owned()), AT.parse().unwrap());
    assert!(read(&newer).continues(&visitor, now));
    newer["peer"] = json!({"kind": "t0m0rr0w", "value": "s-1"});
    assert!(!read(&newer).continues(&visitor, now));
}
