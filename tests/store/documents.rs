//! `docs/data-model.md` and `docs/events.md` are true: their examples are what the code reads and writes.

use std::collections::BTreeSet;

use auth::signing::PublicKey;
use benchmarks::{Cohort, Period};
use domain::conversations::{Conversation, Escalation, Message};
use domain::events::{Event, EventKind};
use domain::identity::{Account, ApiKey, AuditEntry, LoggedRequest, Member, Session};
use domain::ids::{AccountId, ExtraId, LocationId};
use domain::insights::ExtraMonth;
use domain::leads::import::Import;
use domain::leads::{Contact, Lead};
use domain::messaging::{Address, Email, Phone};
use domain::tenancy::Location;
use domain::tenancy::usage::UsageLine;
use domain::{ContactId, EventId, TenantId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use store::keys::{self, TableKey};
use store::{Backlog, Link, OutboxRow, Registration, TenantEntry};

const DATA_MODEL: &str = include_str!("../../docs/data-model.md");
const EVENTS: &str = include_str!("../../docs/events.md");

/// Every JSON value in a document's examples.
fn examples(document: &str) -> Vec<Value> {
    let blocks = document.split("```json").skip(1).map(|rest| rest.split("```").next().unwrap());
    let values = |block| serde_json::Deserializer::from_str(block).into_iter::<Value>().map(Result::unwrap);
    blocks.flat_map(values).collect()
}

#[test]
fn every_event_has_an_example_that_is_one() {
    let declared: BTreeSet<&str> = EventKind::NAMES.iter().copied().collect();
    let mut shown = BTreeSet::new();
    for example in examples(EVENTS) {
        // One is shown in the bus's envelope.
        let is_whole = example.get("detail").is_some();
        let example = example.get("detail").cloned().unwrap_or(example);
        let event: Event = serde_json::from_value(example.clone()).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), example, "no field too many, none too few");
        assert!(is_whole || shown.insert(event.kind.name()), "{} is shown twice", event.kind.name());
    }
    assert_eq!(shown, declared);
    for name in declared {
        assert!(EVENTS.contains(&format!("### {name}\n")) && EVENTS.contains(&format!("| [`{name}`]")), "{name}");
    }
}

/// An example without what the store adds to every item.
fn bare(example: &Value) -> Value {
    let stored = ["pk", "sk", "entity", "gsi1pk", "gsi1sk"];
    let fields = example.as_object().unwrap().iter().filter(|(name, _)| !stored.contains(&name.as_str()));
    fields.map(|(name, value)| (name.clone(), value.clone())).collect::<Map<_, _>>().into()
}

/// Reads an example as the type it is of; writing it back gives the example.
fn read<T: DeserializeOwned + Serialize>(example: &Value) -> T {
    let value: T = serde_json::from_value(bare(example)).unwrap();
    assert_eq!(serde_json::to_value(&value).unwrap(), bare(example), "no field too many, none too few");
    value
}

/// As [`read`], of an item that holds `beside` too, which is not the value's own.
fn read_without<T: DeserializeOwned + Serialize>(example: &Value, beside: &[&str]) -> T {
    let mut example = example.clone();
    let fields = example.as_object_mut().unwrap();
    for name in beside {
        assert!(fields.remove(*name).is_some(), "{name} is missing");
    }
    read(&example)
}

/// When the table forgets an item, in seconds.
fn forgotten(example: &Value) -> i64 {
    example["expires_at"].as_i64().unwrap()
}

fn listed(example: &Value, partition: &str, order: &str) {
    assert_eq!((&example["gsi1pk"], &example["gsi1sk"]), (&partition.into(), &order.into()));
}

#[test]
fn every_item_is_what_the_store_writes_where_it_writes_it() {
    let tenant = TenantId::new("acme").unwrap();
    let mut seen = BTreeSet::new();
    for example in examples(DATA_MODEL) {
        let entity = example["entity"].as_str().unwrap().to_owned();
        let place: TableKey = serde_json::from_value(example.clone()).unwrap();
        let expected = match entity.as_str() {
            "contact" => keys::of(&tenant).contact(read::<Contact>(&example).id),
            "lead" => {
                let lead: Lead = read(&example);
                listed(&example, &keys::of(&tenant).lead_list(), &keys::by_time(lead.updated_at, &lead.id.to_string()));
                keys::of(&tenant).lead(lead.contact)
            }
            "thread" => {
                let thread: Conversation = read(&example);
                let order = keys::by_time(thread.last_message_at, &thread.id.to_string());
                listed(&example, &keys::of(&tenant).thread_list(), &order);
                keys::of(&tenant).thread(thread.contact, thread.channel)
            }
            "message" => keys::of(&tenant).message(&read::<Message>(&example).reference),
            "escalation" => {
                let escalation: Escalation = read(&example);
                let order = keys::by_time(escalation.raised_at, &escalation.id.to_string());
                listed(&example, &keys::of(&tenant).escalation_list(), &order);
                keys::of(&tenant).escalation(escalation.conversation, escalation.id)
            }
            "pointer" => {
                let id = place.pk.rsplit('#').next().unwrap();
                keys::of(&tenant).thread_pointer(domain::ConversationId::parse(id).unwrap())
            }
            "keyword" => {
                let id = ContactId::parse(example["contact"].as_str().unwrap()).unwrap();
                let named = Contact {
                    name: Some("Vale".to_owned()),
                    ..Contact::new(id, "2026-11-20T12:10:50Z".parse().unwrap())
                };
                keys::of(&tenant).keyword(named.keywords().first().unwrap(), named.created_at, id)
            }
            "import" => {
                let import: Import = read_without(&example, &["version", "expires_at"]);
                let order = keys::by_time(import.created_at, &import.id.to_string());
                listed(&example, &keys::of(&tenant).import_list(), &order);
                keys::of(&tenant).import(import.id)
            }
            "identity" => keys::of(&tenant).identity(&ana()),
            "suppression" => keys::of(&tenant).suppression(&ana()),
            "usage" => {
                let line: UsageLine = read(&example);
                keys::of(&tenant).usage(line.day, line.feature, &line.model, 0)
            }
            "credential" => keys::of(&tenant).credential("sending", "twilio-api-key"),
            "registration" => {
                read::<Registration>(&example);
                let hash = place.pk.rsplit('#').next().unwrap();
                assert_eq!(hash.len(), 64);
                keys::registration("form", hash)
            }
            "outbox" => outbox(&tenant, &example),
            "location" => {
                keys::of(&tenant).document("location", read_without::<Location>(&example, &["version"]).id.as_str())
            }
            "tenant entry" => {
                keys::platform().tenant_entry(&TenantId::platform(), &read::<TenantEntry>(&example).tenant)
            }
            "audit" => {
                let line: AuditEntry = read(&example);
                keys::of(&tenant).audit(line.at, line.id)
            }
            "request_log" => {
                let request: LoggedRequest = read_without(&example, &["expires_at"]);
                assert_eq!(forgotten(&example), request.at.as_second() + 14 * 86_400);
                keys::of(&tenant).logged_request(&request.id)
            }
            "API key" => {
                read_without::<ApiKey>(&example, &["hash", "tat"]);
                keys::of(&tenant).api_key(1)
            }
            "account" => keys::platform().account(read_without::<Account>(&example, &["version"]).id),
            "login" => {
                AccountId::parse(example["account"].as_str().unwrap()).unwrap();
                keys::platform().login(&Email::new("ana@example.com", "email").unwrap())
            }
            "member" => {
                let member: Member = read_without(&example, &["version"]);
                keys::of(&tenant).document("member", &member.account.to_string())
            }
            "session" => {
                let beside = ["family_hash", "turn_hash", "last_used_at", "tat", "expires_at"];
                let session: Session = read_without(&example, &beside);
                assert_eq!(forgotten(&example), session.ends_at().as_second());
                keys::platform().session(session.account, session.id)
            }
            "link" => {
                let link: Link = read(&example);
                assert_eq!(forgotten(&example), link.expires_at.as_second());
                keys::platform().link(place.pk.rsplit('#').next().unwrap())
            }
            "signing-key" => {
                read::<PublicKey>(&example["public"]);
                keys::platform().signing_key(u32::try_from(example["turn"].as_u64().unwrap()).unwrap())
            }
            "insight day" => {
                let location = example["location"].as_str().map(|id| LocationId::new(id).unwrap());
                keys::of(&tenant).insight_day(location.as_ref(), example["day"].as_str().unwrap().parse().unwrap())
            }
            "extra_month" => {
                let month = example["month"].as_str().unwrap().parse().unwrap();
                let extra = ExtraId::new(example["extra"].as_str().unwrap()).unwrap();
                keys::of(&tenant).extra_month(&ExtraMonth { month, extra })
            }
            "benchmark_own" => keys::of(&tenant).benchmark_own(),
            "benchmark_contribution" => {
                let cohort: Cohort = example["cohort"].as_str().unwrap().parse().unwrap();
                let night = place.pk.split('#').nth(3).unwrap().parse().unwrap();
                keys::platform().benchmark_contribution(night, &cohort, &tenant)
            }
            "benchmark_figures" => {
                let period: Period = place.sk.rsplit('#').next().unwrap().parse().unwrap();
                keys::platform().benchmark_figures(place.pk.rsplit('#').next().unwrap(), 0, period)
            }
            "counted" => {
                assert!(forgotten(&example) > 0);
                keys::of(&tenant).counted(EventId::parse(place.pk.rsplit('#').next().unwrap()).unwrap())
            }
            other => panic!("{other} is no entity"),
        };
        assert_eq!(place, expected, "{entity}");
        seen.insert(entity);
    }
    assert_eq!(seen.len(), 31);
}

fn ana() -> Address {
    Address::Phone(Phone::e164("+13035550101", "phone").unwrap())
}

/// The events are cut short in the example; the rest is read as it stands.
fn outbox(tenant: &TenantId, example: &Value) -> TableKey {
    let mut whole = example.clone();
    whole["events"] = "[]".into();
    let row: OutboxRow = serde_json::from_value(whole).unwrap();
    assert!(row.events.is_empty());
    let id = EventId::parse(example["id"].as_str().unwrap()).unwrap();
    assert_eq!(example["pending_pk"].as_str().unwrap(), Backlog::Outbox.partition_of(id));
    let due = jiff::Timestamp::from_millisecond(example["due"].as_i64().unwrap()).unwrap();
    assert_eq!(example["pending_sk"].as_str().unwrap(), keys::by_time(due, &id.to_string()));
    keys::of(tenant).outbox(id)
}
