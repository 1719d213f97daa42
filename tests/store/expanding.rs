//! What stands beside an id in an answer: read together, of whoever goes on, and never another tenant's.

use domain::leads::LeadStatus;
use domain::{ContactId, LeadId, TenantId};

use crate::counting::counted;
use crate::stage::{Stage, message, phone, plain, trace};

#[tokio::test]
async fn many_are_read_in_few_calls_and_only_by_whom_they_belong_to() {
    let stage = Stage::new().await;
    let mut said = Vec::new();
    for n in 1..=3 {
        said.push(stage.say(&message(&format!("m{n}"), &phone(n), 0), plain()).await);
    }
    let (store, calls) = counted(&stage);
    let contacts = || said.iter().map(|turn| turn.lead.contact);
    let leads = || said.iter().map(|turn| (turn.lead.id, turn.lead.contact));
    let threads = || said.iter().map(|turn| turn.thread.id);
    let tenant = &stage.tenant.id;
    let found = store.contacts().by_ids(tenant, contacts()).await.unwrap();
    assert!(found.len() == 3 && contacts().all(|id| found[&id].id == id && found[&id].addresses.len() == 1));
    assert_eq!(calls.take(), ["BatchGetItem"]);
    let found = store.leads().by_ids(tenant, leads()).await.unwrap();
    assert!(found.len() == 3 && leads().all(|(id, contact)| found[&id].id == id && found[&id].contact == contact));
    assert_eq!(calls.take(), ["BatchGetItem"]);
    let found = store.conversations().by_ids(tenant, threads()).await.unwrap();
    assert!(found.len() == 3 && threads().all(|id| found[&id].id == id));
    assert_eq!(calls.take(), ["BatchGetItem", "BatchGetItem"], "pointers lead to them");
    let bolt = TenantId::new("bolt").unwrap();
    assert!(store.contacts().by_ids(&bolt, contacts()).await.unwrap().is_empty());
    assert!(store.leads().by_ids(&bolt, leads()).await.unwrap().is_empty());
    assert!(store.conversations().by_ids(&bolt, threads()).await.unwrap().is_empty());
    calls.take();
    let gone = (0..60).map(|n| format!("gone {n}"));
    let gone = gone.map(|name| (LeadId::derive(tenant, &[&name]), ContactId::derive(tenant, &[&name])));
    assert!(store.leads().by_ids(tenant, gone).await.unwrap().is_empty());
    assert_eq!(calls.take(), ["BatchGetItem"; 3], "two for 120 places, one for the pointers of what is in none");
}

#[tokio::test]
async fn what_was_merged_is_whoever_goes_on_and_an_earlier_lead_is_that_lead() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let older = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let younger = stage.say(&message("m2", &phone(2), 60), plain()).await;
    stage.store.people().merge(tenant, older.lead.contact, younger.lead.contact, &trace()).await.unwrap();
    let contacts = stage.store.contacts().by_ids(tenant, [younger.lead.contact].into_iter()).await.unwrap();
    assert_eq!(contacts[&younger.lead.contact].id, older.lead.contact);
    let merged = (younger.lead.id, younger.lead.contact);
    let leads = stage.store.leads().by_ids(tenant, [merged].into_iter()).await.unwrap();
    assert_eq!(leads[&younger.lead.id].id, older.lead.id);

    let first = stage.say(&message("m3", &phone(3), 0), plain()).await.lead;
    stage.staff_set(tenant, first.id, LeadStatus::ClosedWon, 30).await.unwrap();
    let next = stage.say(&message("m4", &phone(3), 90_000), plain()).await.lead;
    assert!(next.id != first.id && next.contact == first.contact);
    let asked = [(first.id, first.contact), (next.id, next.contact)];
    let leads = stage.store.leads().by_ids(tenant, asked.into_iter()).await.unwrap();
    assert_eq!([leads[&first.id].id, leads[&next.id].id], [first.id, next.id]);
}
