//! A sample of every kind of item: where it is stored, and what is stored of it.
//!
//! Each context gives its own in its `samples.rs`; the tests that hold for all kinds read them here.

use std::sync::LazyLock;

use domain::ids::WebhookId;
use domain::messaging::{Address, Phone};
use domain::{ContactId, ConversationId, EventId, TenantId};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::table::documents::read;
use crate::table::entities::{Entity, Owner};
use crate::table::item::{Item, from_item, to_item};
use crate::table::keys::{self, TableKey};
use crate::table::pending::Backlog;
use crate::{
    answers, campaigns, conversations, identity, insights, inventory, journeys, knowledge, leads, messaging, prompts,
    rights, scheduling, tenancy, training, weather, webhooks,
};

pub(crate) const ACCOUNT: &str = "acc00000-0000-5000-8000-000000000001";
pub(crate) const AT: &str = "2026-11-20T12:00:00Z";
pub(crate) const CONTACT: &str = "c0000000-0000-5000-8000-000000000001";
pub(crate) const ID: &str = "1d000000-0000-5000-8000-000000000001";
pub(crate) const LEAD: &str = "1ead0000-0000-5000-8000-000000000001";
pub(crate) const MESSAGE: &str = "e0000000-0000-5000-8000-000000000001";
pub(crate) const OTHER: &str = "c0000000-0000-5000-8000-000000000002";
pub(crate) const THREAD: &str = "70000000-0000-5000-8000-000000000001";

pub(crate) fn acme() -> TenantId {
    TenantId::new("acme").unwrap()
}

pub(crate) fn at() -> Timestamp {
    AT.parse().unwrap()
}

pub(crate) fn phone() -> Address {
    Address::Phone(Phone::e164("+13035550101", "phone").unwrap())
}

/// A kind as `docs/data-model.md` names it, the key of a sample, and the key as it has been stored from the beginning: partition
/// and sort key, with names in braces for the ids and the time above, and `P#` for the platform's space.
pub(crate) type Place = (&'static str, TableKey, &'static str);

/// What is stored of one kind.
pub(crate) struct Stored {
    pub(crate) entity: &'static str,
    pub(crate) value: Value,
    /// Reads an item as its type, and says what writing it again stores.
    pub(crate) again: fn(&str, &Item, &TableKey) -> Option<Item>,
}

/// A field that no version knows.
pub(crate) const NEWER: &str = "c0l0ur";

/// What is stored of an entity, which is read as a `T`.
pub(crate) fn stored<T: DeserializeOwned + Serialize>(entity: &'static str, value: Value) -> Stored {
    let again = |entity: &str, item: &Item, key: &TableKey| {
        let is_newer = |read: &T| to_item(entity, key, read).unwrap().contains_key(NEWER);
        let as_document = read::<T>(entity, item.clone()).ok().map(|read| is_newer(&read.value));
        let value: T = from_item(entity, item).ok()?;
        let as_item = is_newer(&value);
        assert_eq!(as_document.unwrap_or(as_item), as_item, "{entity}: a document keeps what an item does");
        Some(to_item(entity, key, &value).unwrap())
    };
    Stored { entity, value, again }
}

/// Of all contexts, the places.
pub(crate) fn places() -> Vec<Place> {
    let outbox = || keys::of(&acme()).outbox(EventId::parse(ID).unwrap());
    let place = "T#acme#OUTBOX#{id}|OUTBOX";
    [
        leads::samples::places(),
        conversations::samples::places(),
        messaging::samples::places(),
        journeys::samples::places(),
        tenancy::samples::places(),
        identity::samples::places(),
        rights::samples::places(),
        webhooks::samples::places(),
        insights::samples::places(),
        scheduling::samples::places(),
        knowledge::samples::places(),
        weather::samples::places(),
        inventory::samples::places(),
        campaigns::samples::places(),
        prompts::samples::places(),
        answers::samples::places(),
        training::samples::places(),
        vec![("outbox", outbox(), place), ("outbox-later", outbox(), place)],
    ]
    .concat()
}

/// Of all contexts, what is stored of kinds that are written again, and of some that are not.
pub(crate) fn values() -> &'static [Stored] {
    static ALL: LazyLock<Vec<Stored>> = LazyLock::new(|| {
        let contexts = [
            leads::samples::values(),
            conversations::samples::values(),
            journeys::samples::values(),
            tenancy::samples::values(),
            identity::samples::values(),
            rights::samples::values(),
            webhooks::samples::values(),
            scheduling::samples::values(),
            knowledge::samples::values(),
            weather::samples::values(),
            inventory::samples::values(),
            campaigns::samples::values(),
            prompts::samples::values(),
            answers::samples::values(),
            training::samples::values(),
        ];
        contexts.into_iter().flatten().collect()
    });
    &ALL
}

#[test]
fn every_kind_stands_where_it_always_stood() {
    let names = [
        ("{account}", ACCOUNT),
        ("{at}", "001795176000000"),
        ("{contact}", CONTACT),
        ("{id}", ID),
        ("{lead}", LEAD),
        ("{message}", MESSAGE),
        ("{other}", OTHER),
        ("{thread}", THREAD),
        ("P#", "T#porchlight-platform#"),
    ];
    for (kind, key, stored) in places() {
        let stored = names.iter().fold(stored.to_owned(), |stored, (name, value)| stored.replace(name, value));
        assert_eq!(format!("{}|{}", key.pk, key.sk), stored, "{kind}");
    }
}

#[test]
fn what_is_a_tenants_or_a_contacts_stands_in_its_tenants_space() {
    let own = keys::of(&acme()).everything();
    let theirs = places().into_iter().filter(|(kind, ..)| {
        let name = kind.strip_suffix(", earlier").unwrap_or(kind);
        Entity::named(name).unwrap().owner != Owner::Platform
    });
    for (kind, key, _) in theirs {
        assert!(key.pk.starts_with(&own), "{kind}: {}", key.pk);
    }
}

#[test]
fn the_partitions_of_the_indexes_are_what_they_always_were() {
    let (acme, event) = (acme(), EventId::parse(ID).unwrap());
    let (contact, thread) = (ContactId::parse(CONTACT).unwrap(), ConversationId::parse(THREAD).unwrap());
    let lists = [
        keys::of(&acme).lead_list(),
        keys::of(&acme).thread_list(),
        keys::of(&acme).escalation_list(),
        keys::of(&acme).task_list(),
        keys::of(&acme).duplicate_list(),
        keys::of(&acme).audit_list(),
        keys::of(&acme).booking_list(),
        keys::of(&acme).import_list(),
        keys::of(&acme).knowledge_list(),
        keys::of(&acme).unanswered_questions(),
        keys::of(&acme).movement_list(),
        keys::of(&acme).purchase_order_list(),
        keys::of(&acme).webhook_delivery_list(WebhookId::parse(ID).unwrap()),
    ];
    let deliveries = format!("WEBHOOK_DELIVERIES#{ID}");
    let names = [
        "LEADS",
        "THREADS",
        "ESCALATIONS",
        "TASKS",
        "DUPLICATES",
        "AUDIT",
        "APPOINTMENTS",
        "IMPORTS",
        "KNOWLEDGE_DOCUMENTS",
        "QUESTIONS",
        "MOVEMENTS",
        "PURCHASE_ORDERS",
        &deliveries,
    ];
    assert_eq!(lists.map(|list| list.to_string()), names.map(|name| format!("T#acme#{name}")));
    assert_eq!(keys::of(&acme).everything(), "T#acme#");
    let shards = [
        Backlog::Outbox.partition_of(event),
        Backlog::SequenceSteps.partition_of(contact),
        Backlog::Sla.partition_of(thread),
    ];
    assert_eq!(shards, ["PENDING#3", "TOUCH#1", "SLA#1"]);
}
