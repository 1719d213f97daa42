//! Tomorrow's items in today's table: functions of two versions run side by side during a deploy, and older ones find what
//! newer ones wrote after a rollback. Which values of which items may be unknown is tried one by one in `store` itself.

use ai::Assistant;
use ai_converse::Converse;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::journeys::Sequence;
use store::{LeadFilter, Timeline};

use crate::stage::{Item, Stage, message, noon, phone, plain, text_of, trace};

/// A value that no version of today knows.
const UNKNOWN: &str = "t0m0rr0w";

async fn put(stage: &Stage, item: Item) {
    stage.dynamo.put_item().table_name(&stage.table).set_item(Some(item)).send().await.unwrap();
}

fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

/// Writes a newer version's items over all of these kinds: with a field, and with values, that today does not know.
async fn tomorrow(stage: &Stage) {
    let places: [(&str, &[&str]); 7] = [
        ("contact", &["language"]),
        ("lead", &["source", "status"]),
        ("thread", &["status", "asked", "proof"]),
        ("message", &["intent", "action", "amended", "text_consent"]),
        ("escalation", &["reason"]),
        ("tenant entry", &["plan"]),
        ("audit", &["action"]),
    ];
    for (entity, fields) in places {
        let items = stage.entities(entity).await;
        assert!(!items.is_empty(), "there is a {entity}");
        for mut item in items {
            item.insert("c0l0ur".to_owned(), AttributeValue::M(Item::from([("shade".to_owned(), text("green"))])));
            item.extend(fields.iter().map(|field| ((*field).to_owned(), text(UNKNOWN))));
            put(stage, item).await;
        }
    }
    for mut tenant in stage.entities("tenant").await {
        tenant.insert("c0l0ur".to_owned(), text("green"));
        tenant.insert("personality".to_owned(), text(UNKNOWN));
        put(stage, tenant).await;
    }
}

/// The function under test goes by the real clock, and a thread ends a day after its last message: so many seconds after noon.
fn today() -> i64 {
    runtime::clock::now().as_second() - noon(0).as_second()
}

/// Someone who was handed to a person and wrote again.
async fn escalated(stage: &Stage) -> domain::leads::Lead {
    let answer = domain::conversations::Answer { action: domain::conversations::Action::Escalate, ..plain() };
    stage.say(&message("m1", &phone(1), today() - 60), answer).await.lead
}

#[tokio::test]
async fn a_customer_of_tomorrow_is_answered_today_and_nothing_that_is_not_known_is_lost() {
    let stage = Stage::new().await;
    let lead = escalated(&stage).await;
    tomorrow(&stage).await;
    let store = stage.cold();
    Converse { store: store.clone(), assistant: Assistant::builtin(), library: None }
        .answer(&message("m2", &phone(1), today()))
        .await
        .unwrap();
    let roles: Vec<String> =
        stage.entities("message").await.iter().map(|item| text_of(item, "role").to_owned()).collect();
    assert_eq!(roles.iter().filter(|role| *role == "assistant").count(), 2, "{roles:?}");
    for entity in ["contact", "lead", "thread"] {
        for item in stage.entities(entity).await {
            assert!(item.contains_key("c0l0ur"), "{entity}: {item:?}");
        }
    }
    let stored = &stage.entities("lead").await[0];
    assert_eq!((text_of(stored, "status"), text_of(stored, "source")), (UNKNOWN, UNKNOWN));

    // Whoever reads, reads on.
    let tenant = &stage.tenant.id;
    assert_eq!(store.leads().list(tenant, &LeadFilter::default(), 10, None).await.unwrap().items.len(), 1);
    let threads = store.conversations().of_lead(tenant, lead.id).await.unwrap();
    assert_eq!(store.conversations().replay(tenant, threads[0].id).await.unwrap().messages.len(), roles.len());
    assert_eq!(store.escalations().list(tenant, None, 10, None).await.unwrap().items.len(), 1);
    assert!(!store.audit().list(tenant, 10, None).await.unwrap().items.is_empty());
    let _: Timeline = store.conversations().timeline(tenant, lead.contact, 10).await.unwrap();
    let mut tenants = 0;
    store
        .tenants()
        .for_each(async |some, unreadable| {
            tenants += some.len() + unreadable.len();
            Ok(())
        })
        .await
        .unwrap();
    assert_eq!(tenants, 1);
    let watch = cron_sla_watch::Watch { store: stage.cold() };
    let soon = std::time::SystemTime::now() + std::time::Duration::from_secs(60);
    watch.look(noon(today() + 7 * 24 * 3_600), soon).await.unwrap();
    for item in stage.entities("thread").await {
        assert!(item.contains_key("c0l0ur"), "also where a clock was noted");
    }
}

#[tokio::test]
async fn settings_of_tomorrow_are_changed_today_and_keep_what_is_not_known() {
    let stage = Stage::new().await;
    let _ = escalated(&stage).await;
    tomorrow(&stage).await;
    let store = stage.cold();
    let read = store.tenants().document(&stage.tenant.id).await.unwrap();
    assert_eq!(read.value.personality, None);
    let changed = domain::tenancy::Tenant { tone: "warm and brief".to_owned(), ..read.value };
    store.tenants().save(&changed, Some(read.version), &trace()).await.unwrap();
    let stored = &stage.entities("tenant").await[0];
    assert_eq!((text_of(stored, "tone"), text_of(stored, "c0l0ur")), ("warm and brief", "green"));
    assert_eq!(text_of(stored, "personality"), UNKNOWN);
}

#[tokio::test]
async fn one_item_that_cannot_be_read_is_left_out_of_its_list() {
    let stage = Stage::new().await;
    for index in 0..3 {
        stage.say(&message(&format!("m{index}"), &phone(u32::try_from(index).unwrap()), index), plain()).await;
    }
    let mut broken = stage.entities("lead").await.remove(0);
    broken.insert("created_at".to_owned(), text("some time"));
    put(&stage, broken).await;
    let leads = stage.store.leads().list(&stage.tenant.id, &LeadFilter::default(), 10, None).await.unwrap();
    assert_eq!(leads.items.len(), 2);
}

#[tokio::test]
async fn of_possible_duplicates_a_contact_that_cannot_be_read_takes_its_own_pair_with_it() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let mut ids = Vec::new();
    for number in 1..=4 {
        let said = stage.say(&message(&format!("m{number}"), &phone(number), i64::from(number)), plain()).await;
        ids.push(said.lead.contact);
    }
    for (number, other) in [(1, 2), (3, 4)] {
        let form = domain::messaging::Inbound {
            source: domain::messaging::Source::WebForm,
            also: vec![phone(other)],
            ..message(&format!("f{number}"), &phone(number), 60)
        };
        stage.say(&form, plain()).await;
    }
    let pairs = async || stage.store.people().possible_duplicates(tenant, 10, None).await.unwrap().items;
    assert_eq!(pairs().await.len(), 2);
    let contacts = stage.entities("contact").await;
    let mut broken = contacts.into_iter().find(|item| text_of(item, "id") == ids[0].to_string()).unwrap();
    broken.insert("created_at".to_owned(), text("some time"));
    put(&stage, broken).await;
    assert_eq!(pairs().await.iter().map(|pair| pair.first.id).collect::<Vec<_>>(), [ids[2]]);
    for mut row in stage.entities("duplicate").await {
        row.insert("noticed_at".to_owned(), text("some time"));
        put(&stage, row).await;
    }
    assert_eq!(pairs().await, [], "a list without them, and no failure");
}

#[tokio::test]
async fn a_sequence_of_tomorrow_is_not_run_today_and_no_shipped_one_takes_its_place() {
    let stage = Stage::new().await;
    let own = domain::journeys::shipped()[0].clone();
    stage.store.documents().create(&stage.tenant.id, &own, &trace()).await.unwrap();
    let mut item = stage.entities("sequence").await.remove(0);
    item.insert("kind".to_owned(), text(UNKNOWN));
    put(&stage, item).await;
    let sequences = stage.cold().sequences().in_force(&stage.tenant.id).await.unwrap();
    let there: Vec<&Sequence> = sequences.iter().filter(|sequence| sequence.id == own.id).collect();
    assert_eq!(there.iter().map(|sequence| sequence.enabled).collect::<Vec<_>>(), [false]);
    assert_eq!(sequences.iter().filter(|sequence| sequence.enabled).count(), sequences.len() - 1);
}
