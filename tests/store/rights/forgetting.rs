//! Forgetting what is older than its tenant keeps it.

use std::collections::BTreeSet;

use domain::leads::LeadStatus;
use domain::tenancy::{Retention, Tenant};
use jiff::{SignedDuration, Timestamp};

use super::scene::{Scene, kinds_with};
use crate::stage::{Stage, email, given, message, noon, phone, plain, tenant};

fn keeping(messages_days: Option<u32>, leads_days: Option<u32>) -> Tenant {
    Tenant { retention: Retention { messages_days, leads_days, audit_days: None }, ..tenant("acme") }
}

fn days(count: i64) -> Timestamp {
    noon(0) + SignedDuration::from_hours(24 * count)
}

async fn forget(stage: &Stage, tenant: &Tenant, now: Timestamp) {
    let store = stage.cold().sealing_with(stage.stack.outputs["CredentialsKeyId"].clone());
    let mut piece = None;
    loop {
        // Each piece twice: a message may come again.
        store.rights().forget_old(tenant, piece.as_deref(), now).await.unwrap();
        piece = store.rights().forget_old(tenant, piece.as_deref(), now).await.unwrap();
        if piece.is_none() {
            return;
        }
    }
}

#[tokio::test]
async fn conversations_go_by_their_last_message_and_leads_stay() {
    let stage = Stage::new().await;
    let old = stage.say(&message("old", &phone(1), 0), plain()).await;
    let new = stage.say(&message("new", &phone(2), 20 * 86_400), plain()).await;
    forget(&stage, &keeping(Some(30), None), days(29)).await;
    assert_eq!(stage.entities("message").await.len(), 4);
    forget(&stage, &keeping(Some(30), None), days(31)).await;
    let acme = &stage.tenant.id;
    assert!(stage.store.conversations().replay(acme, old.thread.id).await.is_err());
    assert_eq!(stage.store.conversations().replay(acme, new.thread.id).await.unwrap().messages.len(), 2);
    assert_eq!(stage.entities("seen").await.len(), 1);
    assert_eq!(stage.store.leads().get(acme, old.lead.id).await.unwrap().id, old.lead.id);
    // They are still known, and can write again.
    let again = stage.say(&message("again", &phone(1), 31 * 86_400), plain()).await;
    assert_eq!(again.lead.contact, old.lead.contact);
}

#[tokio::test]
async fn a_closed_lead_takes_its_contact_along_and_an_open_one_stays() {
    let scene = Scene::new().await;
    let stage = &scene.stage;
    let closed = stage.say(&message("closed", &phone(1), 0), plain()).await;
    stage.say(&message("open", &phone(2), 0), plain()).await;
    let acme = &stage.tenant.id;
    let won = LeadStatus::ClosedWon;
    let lead = stage.store.leads().get(acme, closed.lead.id).await.unwrap();
    stage.staff_set(acme, lead.id, won, 60).await.unwrap();
    forget(stage, &keeping(None, Some(30)), days(29)).await;
    assert_eq!(stage.entities("contact").await.len(), 2);
    forget(stage, &keeping(None, Some(30)), days(31)).await;
    let table = scene.table().await;
    assert_eq!(kinds_with(&table, &closed.lead.contact.to_string()), BTreeSet::from(["outbox".to_owned()]));
    assert_eq!(kinds_with(&table, "+13035550101"), BTreeSet::new());
    assert_eq!(stage.entities("contact").await.len(), 1);
    assert_eq!(stage.entities("message").await.len(), 2);
}

#[tokio::test]
async fn a_forgotten_contact_who_refused_anywhere_is_remembered_by_every_address() {
    let stage = Stage::new().await;
    let acme = &stage.tenant.id;
    let closed = stage.say(&message("closed", &phone(1), 0), given(&[email("ana")])).await;
    // Said where no address was known: of the person alone.
    stage.store.opt_out_states().set_refused(acme, closed.lead.contact, true, noon(30)).await.unwrap();
    let lead = stage.store.leads().get(acme, closed.lead.id).await.unwrap();
    let won = LeadStatus::ClosedWon;
    stage.staff_set(acme, lead.id, won, 60).await.unwrap();
    forget(&stage, &keeping(None, Some(30)), days(31)).await;
    assert_eq!((stage.entities("contact").await.len(), stage.entities("standing").await.len()), (0, 0));
    for address in [phone(1), email("ana")] {
        let loaded_turn = stage.cold().people().load_turn(&message("again", &address, 40 * 86_400)).await.unwrap();
        assert_eq!((loaded_turn.refused_at, loaded_turn.people.len()), (Some(noon(30)), 0));
    }
}

#[tokio::test]
async fn the_audit_record_is_kept_as_long_as_the_tenant_says() {
    let stage = Stage::new().await;
    let keeping = |days| Tenant {
        retention: Retention { messages_days: None, leads_days: None, audit_days: Some(days) },
        ..tenant("acme")
    };
    let lines = async || stage.store.audit().list(&stage.tenant.id, 100, None).await.unwrap().items.len();
    let before = lines().await;
    assert!(before > 0);
    let later = runtime::clock::now() + SignedDuration::from_hours(24 * 40);
    forget(&stage, &keeping(60), later).await;
    assert_eq!(lines().await, before);
    forget(&stage, &keeping(30), later).await;
    assert_eq!(lines().await, 0);
}
