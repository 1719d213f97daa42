//! What people configure: versions, the audit record, and what leads from a number to its tenant.

use domain::Failure;
use domain::TenantId;
use domain::failure::Rejection;
use domain::identity::AuditAction;
use domain::tenancy::{Location, Tenant, TenantKind};
use futures::future::join_all;
use serde_json::json;
use store::{KeptAnswer, Key, Repeat, Versioned};

use crate::stage::{Stage, tenant, trace};

fn location(id: &str, name: &str) -> Location {
    serde_json::from_value(json!({"id": id, "name": name, "address": {"street": "1 Main Street", "city": "Denver",
        "postal_code": "80202", "state": "CO", "country": "US"}}))
    .unwrap()
}

fn kind(failure: &Failure) -> Option<Rejection> {
    match failure {
        Failure::Rejected { kind, .. } => Some(*kind),
        _ => None,
    }
}

#[tokio::test]
async fn a_document_is_made_changed_and_removed_and_each_step_is_in_the_record() {
    let stage = Stage::new().await;
    let (store, acme) = (&stage.store, &stage.tenant.id);
    let first = store.documents().create(acme, &location("downtown", "Downtown"), &trace()).await.unwrap();
    assert_eq!(store.documents().get::<Location>(acme, "downtown").await.unwrap(), first);
    let second = store.documents().replace(acme, &location("downtown", "Old Town"), 1, &trace()).await.unwrap();
    assert_eq!((second.version, second.value.name.as_str()), (2, "Old Town"));
    store.documents().remove::<Location>(acme, "downtown", 2, &trace()).await.unwrap();
    assert_eq!(
        kind(&store.documents().get::<Location>(acme, "downtown").await.unwrap_err()),
        Some(Rejection::NotFound)
    );
    let record = store.audit().list(acme, 10, None).await.unwrap().items;
    let about: Vec<_> = record.iter().filter(|entry| entry.subject == "location/downtown").collect();
    let mut actions: Vec<_> = about.iter().map(|entry| entry.action).collect();
    actions.sort_by_key(|action| format!("{action:?}"));
    assert_eq!(actions, [AuditAction::Created, AuditAction::Removed, AuditAction::Updated]);
    let updated = about.iter().find(|entry| entry.action == AuditAction::Updated).unwrap();
    let name = |value: &Option<serde_json::Value>| value.as_ref().unwrap()["name"].clone();
    assert_eq!((name(&updated.before), name(&updated.after)), (json!("Downtown"), json!("Old Town")));
}

#[tokio::test]
async fn the_same_change_twice_is_one_change_and_an_old_one_is_refused() {
    let stage = Stage::new().await;
    let (store, acme) = (&stage.store, &stage.tenant.id);
    let made = store.documents().create(acme, &location("downtown", "Downtown"), &trace()).await.unwrap();
    assert_eq!(store.documents().create(acme, &location("downtown", "Downtown"), &trace()).await.unwrap(), made);
    let other = store.documents().create(acme, &location("downtown", "Uptown"), &trace()).await.unwrap_err();
    assert_eq!(kind(&other), Some(Rejection::Conflict));
    let changed = store.documents().replace(acme, &location("downtown", "Old Town"), 1, &trace()).await.unwrap();
    assert_eq!(store.documents().replace(acme, &location("downtown", "Old Town"), 1, &trace()).await.unwrap(), changed);
    let stale = store.documents().replace(acme, &location("downtown", "New Town"), 1, &trace()).await.unwrap_err();
    assert_eq!(kind(&stale), Some(Rejection::PreconditionFailed));
    let stale = store.documents().remove::<Location>(acme, "downtown", 1, &trace()).await.unwrap_err();
    assert_eq!(kind(&stale), Some(Rejection::PreconditionFailed));
}

#[tokio::test]
async fn of_many_changes_from_one_version_one_is_made() {
    let stage = Stage::new().await;
    let (store, acme) = (&stage.store, &stage.tenant.id);
    store.documents().create(acme, &location("downtown", "Downtown"), &trace()).await.unwrap();
    let names: Vec<String> = (0..8).map(|index| format!("Name {index}")).collect();
    let changes = names.iter().map(async |name| {
        let changed = store.documents().replace(acme, &location("downtown", name), 1, &trace()).await;
        changed.map(|changed| changed.value.name)
    });
    let made: Vec<String> = join_all(changes).await.into_iter().flatten().collect();
    assert_eq!(made.len(), 1, "{made:?}");
    let Versioned { value, version } = store.documents().get::<Location>(acme, "downtown").await.unwrap();
    assert_eq!((value.name, version), (made[0].clone(), 2));
}

#[tokio::test]
async fn two_hundred_and_one_locations_come_by_pages() {
    let stage = Stage::new().await;
    let (store, acme) = (&stage.store, &stage.tenant.id);
    for index in 0..201 {
        store.documents().create(acme, &location(&format!("shop-{index:03}"), "Shop"), &trace()).await.unwrap();
    }
    let (mut ids, mut cursor, mut pages) = (Vec::new(), None::<String>, 0);
    loop {
        let page = store.documents().list::<Location>(acme, 100, cursor.as_deref()).await.unwrap();
        ids.extend(page.items.into_iter().map(|location| location.value.id.to_string()));
        pages += 1;
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!((ids.len(), pages), (201, 3));
    assert!(ids.is_sorted());
    let bolt = TenantId::new("bolt").unwrap();
    assert!(store.documents().list::<Location>(&bolt, 100, None).await.unwrap().items.is_empty());
}

fn with_number(id: &str, number: &str) -> Tenant {
    let mut tenant = tenant(id);
    tenant.channels.sms = serde_json::from_value(json!({"account_sid": "AC1", "from": number})).unwrap();
    tenant
}

#[tokio::test]
async fn a_number_leads_to_its_tenant_and_goes_with_the_change_that_gives_it_up() {
    let stage = Stage::new().await;
    let key = |number| Key::TwilioNumber("AC1", number);
    let saved = stage.store.tenants().save(&with_number("bolt", "+13035550150"), None, &trace()).await.unwrap();
    let leads = async |number| {
        let found = stage.cold().registry().resolve(key(number)).await.unwrap();
        found.map(|found| found.tenant.to_string())
    };
    assert_eq!(leads("+13035550150").await.as_deref(), Some("bolt"));
    let taken = stage.store.tenants().save(&with_number("cole", "+13035550150"), None, &trace()).await.unwrap_err();
    let Failure::Rejected { kind, field, .. } = taken else { panic!("{taken:?}") };
    assert_eq!((kind, field.as_deref()), (Rejection::Conflict, Some("channels.sms.from")));
    let cole = TenantId::new("cole").unwrap();
    assert_eq!(stage.store.tenants().find(&cole).await.unwrap(), None, "nothing is half-written");
    stage.store.tenants().save(&with_number("bolt", "+13035550151"), Some(saved.version), &trace()).await.unwrap();
    assert_eq!((leads("+13035550150").await, leads("+13035550151").await.as_deref()), (None, Some("bolt")));
    // What leads there may be gone already, as after a restore: the number can be given up all the same.
    for item in stage.entities("registration").await {
        let key = item.into_iter().filter(|(name, _)| name == "pk" || name == "sk").collect();
        stage.dynamo.delete_item().table_name(&stage.table).set_key(Some(key)).send().await.unwrap();
    }
    stage.store.tenants().save(&with_number("bolt", "+13035550152"), Some(saved.version + 1), &trace()).await.unwrap();
    assert_eq!(leads("+13035550152").await.as_deref(), Some("bolt"));
}

#[tokio::test]
async fn an_agency_has_tenants_and_a_business_has_none() {
    let stage = Stage::new().await;
    let mut agency = tenant("agency");
    agency.kind = TenantKind::Agency;
    stage.store.tenants().save(&agency, None, &trace()).await.unwrap();
    let mut child = tenant("child");
    child.parent = Some(stage.tenant.id.clone());
    let refused = stage.store.tenants().save(&child, None, &trace()).await.unwrap_err();
    assert!(matches!(refused, Failure::Rejected { field: Some(field), .. } if field == "parent"));
    child.parent = Some(agency.id.clone());
    stage.store.tenants().save(&child, None, &trace()).await.unwrap();
    let under = async |parent: &TenantId| {
        let page = stage.store.tenants().under(parent, 100, None).await.unwrap();
        page.items.into_iter().map(|entry| entry.tenant.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(under(&agency.id).await, ["child"]);
    assert_eq!(under(&TenantId::platform()).await, ["acme", "agency"]);
    let mut platform = tenant("acme");
    platform.id = TenantId::platform();
    assert!(stage.store.tenants().save(&platform, None, &trace()).await.is_err(), "nobody becomes the platform");
}

#[tokio::test]
async fn a_request_with_a_key_is_done_once() {
    let stage = Stage::new().await;
    let (store, acme) = (&stage.store, &stage.tenant.id);
    let now: jiff::Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
    let claim = async |fingerprint: &str, at| store.requests().claim(acme, "request", fingerprint, at).await.unwrap();
    let at_once = join_all((0..8).map(|_| claim("body", now))).await;
    assert_eq!(at_once.iter().filter(|repeat| **repeat == Repeat::First).count(), 1, "{at_once:?}");
    assert_eq!(claim("body", now).await, Repeat::AtWork);
    assert_eq!(claim("other", now).await, Repeat::Another);
    let minute = jiff::SignedDuration::from_secs(60);
    assert_eq!(claim("body", now + minute).await, Repeat::First, "the first one died");
    let answer = KeptAnswer { status: 201, headers: Vec::new(), body: Some("{}".to_owned()) };
    store.requests().keep(acme, "request", "body", Some(answer.clone()), now + minute).await.unwrap();
    assert_eq!(claim("body", now + minute * 2).await, Repeat::Answered(answer));
    assert_eq!(claim("other", now + minute * 2).await, Repeat::Another);
    assert_eq!(claim("other", now + minute * 60 * 26).await, Repeat::First, "a day later the key is free");
}

#[tokio::test]
async fn an_answer_that_is_good_for_a_while_is_given_again_to_the_same_request_alone() {
    let stage = Stage::new().await;
    let (store, acme) = (&stage.store, &stage.tenant.id);
    let now: jiff::Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
    let claim = async |fingerprint: &str, at| store.requests().claim(acme, "request", fingerprint, at).await.unwrap();
    assert_eq!(claim("body", now).await, Repeat::First);
    store.requests().keep(acme, "request", "body", None, now).await.unwrap();
    assert_eq!(claim("other", now).await, Repeat::Another);
    assert_eq!(claim("body", now).await, Repeat::First);
    assert_eq!(claim("body", now).await, Repeat::AtWork);
}

#[tokio::test]
async fn a_tenant_with_two_hundred_long_answers_can_be_changed_and_its_line_stays_small() {
    let stage = Stage::new().await;
    let (store, acme) = (&stage.store, &stage.tenant.id);
    let stored = store.tenants().document(acme).await.unwrap();
    let faq = |index: usize, letter: &str| {
        let faq = json!({"question": format!("Question {index}?"), "answer": letter.repeat(1_000)});
        serde_json::from_value(faq).unwrap()
    };
    let large = Tenant { faqs: (0..200).map(|index| faq(index, "a")).collect(), ..stored.value };
    let stored = store.tenants().save(&large, Some(stored.version), &trace()).await.unwrap();
    let mut changed = large.clone();
    changed.faqs[100] = faq(100, "b");
    let stored = store.tenants().save(&changed, Some(stored.version), &trace()).await.unwrap();
    let all = Tenant { faqs: (0..200).map(|index| faq(index, "c")).collect(), ..changed };
    store.tenants().save(&all, Some(stored.version), &trace()).await.unwrap();
    let lines = stage.entities("audit").await;
    let sizes: Vec<usize> = lines.iter().map(|line| format!("{line:?}").len()).collect();
    assert!(sizes.iter().all(|size| *size < 200_000), "{sizes:?}");
    let record = store.audit().list(acme, 10, None).await.unwrap().items;
    let small = record.iter().find(|line| line.after.as_ref().is_some_and(|after| after["faqs"]["100"].is_object()));
    let small = small.expect("the line of the one answer that was changed");
    assert_eq!(small.after.as_ref().unwrap()["faqs"].as_object().unwrap().len(), 1);
    assert_eq!(small.before.as_ref().unwrap()["faqs"]["100"]["answer"], "a".repeat(1_000));
}
