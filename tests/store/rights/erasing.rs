//! Erasures.

use std::collections::BTreeSet;

use domain::identity::AuditAction;
use domain::rights::{DataJobStatus, DataWork};
use domain::{ContactId, TenantId};
use store::Key;

use super::scene::{Scene, Table, contact_of, id, kind, kinds_with};
use crate::stage::{chat, email, message, noon, phone, plain, text_of};

/// What is written to for everybody, and what an erasure leaves on purpose.
const SHARED: [&str; 5] = ["usage", "job", "job mark", "audit", "suppression"];

/// Acme with Ana and Bo, and Bolt with the same Ana: her number and address are known there too.
async fn busy() -> (Scene, ContactId) {
    let scene = Scene::new().await;
    for slug in ["acme", "bolt"] {
        scene.furnish(slug).await;
    }
    scene.customer("acme", "bo", 2).await;
    scene.customer("bolt", "ana", 1).await;
    let ana = scene.customer("acme", "ana", 1).await;
    (scene, contact_of(&ana))
}

/// Acme's part of a table.
fn of(table: &Table, slug: &str) -> Table {
    let own = format!("T#{slug}#");
    table.iter().filter(|((pk, _), _)| pk.starts_with(&own)).map(|(key, told)| (key.clone(), told.clone())).collect()
}

fn kinds(found: &[&str]) -> BTreeSet<String> {
    found.iter().map(|kind| (*kind).to_owned()).collect()
}

fn assert_ana_is_gone(table: &Table, contact: ContactId) {
    let acme = of(table, "acme");
    for text in ["+13035550101", "ana@example.com", "Vale-ana", "session-acme-ana", "acme-ana-"] {
        assert_eq!(kinds_with(&acme, text), kinds(&[]), "{text}");
    }
    assert_eq!(kinds_with(table, &contact.to_string()), kinds(&["audit", "job"]));
}

#[tokio::test]
async fn an_erased_contact_is_nowhere_and_everybody_else_is_untouched() {
    let (scene, ana) = busy().await;
    let before = scene.table().await;
    assert!(kinds_with(&of(&before, "acme"), "+13035550101").len() > 4, "she was everywhere");
    let people = kinds_with(&before, &ana.to_string());
    assert!(
        people.is_superset(&kinds(&["contact", "lead", "thread", "identity", "pointer", "idempotency"])),
        "{people:?}"
    );

    let (_, step) = scene.begin("acme", "erase", DataWork::EraseContact { contact: ana }).await;
    let job = scene.finish(step).await;
    assert_eq!((job.status, job.left), (DataJobStatus::Done, Some(0)));
    assert!(job.entries > 20, "{}", job.entries);

    let after = scene.table().await;
    assert_ana_is_gone(&after, ana);
    for (key, told) in &after {
        let is_made = key.0 == "T#porchlight-platform#CREDENTIAL#suppression";
        let is_shared = is_made || SHARED.contains(&kind(told).as_str());
        assert!(before.get(key) == Some(told) || is_shared, "{key:?} has changed");
    }
    assert_eq!(of(&after, "bolt"), of(&before, "bolt"));
    for text in ["+13035550102", "bo@example.com", "acme-bo-"] {
        assert_eq!(kinds_with(&of(&after, "acme"), text), kinds_with(&of(&before, "acme"), text), "{text}");
    }
    let objects = scene.objects().await;
    assert!(!objects.iter().any(|key| key.contains(&ana.to_string())), "{objects:?}");
    assert_eq!(objects.iter().filter(|key| key.contains("/contacts/")).count(), 2, "Bo's, and Ana's with Bolt");
}

#[tokio::test]
async fn a_refusal_outlives_its_contact_and_a_new_message_is_from_someone_new() {
    let (scene, ana) = busy().await;
    let (_, step) = scene.begin("acme", "erase", DataWork::EraseContact { contact: ana }).await;
    scene.finish(step).await;
    // A warm function remembers for a minute that no one was erased yet.
    let (stage, acme, store) = (&scene.stage, id("acme"), scene.stage.cold());
    for address in [phone(1), email("ana"), chat("session-acme-ana")] {
        let loaded_turn = store.people().load_turn(&message("again", &address, 200_000)).await.unwrap();
        assert!(
            loaded_turn.refused_at.is_some() && loaded_turn.people.is_empty(),
            "what she said holds for all her addresses"
        );
    }
    let again = stage.say(&message("again", &phone(1), 200_000), plain()).await;
    assert_ne!(again.lead.contact, ana);
    // START counts again.
    store.suppressions().set(&acme, &phone(1), false, noon(300_000)).await.unwrap();
    assert_eq!(store.people().load_turn(&message("more", &phone(1), 300_001)).await.unwrap().refused_at, None);
}

#[tokio::test]
async fn the_key_of_what_is_kept_is_made_once_and_hides_who_refused() {
    let scene = Scene::new().await;
    let contacts =
        [contact_of(&scene.customer("acme", "ana", 1).await), contact_of(&scene.customer("acme", "bo", 2).await)];
    // Two who erase at the same time, neither of whom has found a key.
    let [one, other] =
        [0, 1].map(|_| scene.stage.cold().sealing_with(scene.stage.stack.outputs["CredentialsKeyId"].clone()));
    let acme = id("acme");
    let erase = async |store: &store::Store, contact| {
        let plan = store.rights().seal_contact(&acme, contact).await.unwrap();
        store.rights().erase_contact_pointers(&acme, &plan).await.unwrap();
    };
    tokio::join!(erase(&one, contacts[0]), erase(&other, contacts[1]));
    let keys = scene.stage.entities("credential").await;
    assert_eq!(keys.len(), 1);
    let store = scene.stage.cold();
    let kept = scene.stage.entities("suppression").await;
    assert_eq!(kept.len(), 6, "three addresses of each");
    for item in &kept {
        assert!(text_of(item, "pk").starts_with("T#acme#SUPPRESSION#hmac-sha256:"));
    }
    for number in [1, 2] {
        assert!(
            store.people().load_turn(&message("again", &phone(number), 200_000)).await.unwrap().refused_at.is_some()
        );
    }
    // Erased once more, and who erases without a key of KMS finds the one there is.
    let plan = store.rights().seal_contact(&acme, contacts[0]).await.unwrap();
    store.rights().erase_contact_pointers(&acme, &plan).await.unwrap();
    assert_eq!(scene.stage.entities("suppression").await.len(), 6);
}

#[tokio::test]
async fn a_turn_under_way_when_its_contact_is_cut_off_is_decided_again_for_someone_new() {
    let (scene, ana) = busy().await;
    let late = message("late", &phone(1), 100_000);
    let decided = scene.stage.decide(&late, plain()).await.unwrap();
    assert_eq!(decided.lead.contact, ana);
    let (_, step) = scene.begin("acme", "erase", DataWork::EraseContact { contact: ana }).await;
    let next = scene.rights.step(&step, runtime::clock::now()).await.unwrap().unwrap();
    assert_eq!(scene.stage.commit(&decided).await, store::Commit::Conflict);
    // What is answered to someone who refused is not stored: she takes it back.
    scene.stage.store.suppressions().set(&id("acme"), &phone(1), false, noon(99_000)).await.unwrap();
    assert_ne!(scene.stage.say(&late, plain()).await.lead.contact, ana);
    assert_eq!(scene.finish(next.step).await.left, Some(0));
}

#[tokio::test]
async fn an_erasure_of_a_contact_dies_at_every_step_and_comes_to_the_same() {
    let (scene, ana) = busy().await;
    let (_, step) = scene.begin("acme", "erase", DataWork::EraseContact { contact: ana }).await;
    let job = scene.finish_dying(step.clone()).await;
    assert_eq!((job.status, job.left), (DataJobStatus::Done, Some(0)));
    assert_ana_is_gone(&scene.table().await, ana);
    // The message of long ago, once more.
    let before = scene.table().await;
    assert_eq!(scene.rights.step(&step, runtime::clock::now()).await.unwrap(), None);
    assert_eq!(scene.table().await, before);
}

#[tokio::test]
async fn an_archive_that_holds_an_erased_contact_goes_with_it() {
    let (scene, ana) = busy().await;
    for (name, contact) in [("all", None), ("hers", Some(ana))] {
        let (_, step) = scene.begin("acme", name, DataWork::Export { contact }).await;
        assert_eq!(scene.finish(step).await.status, DataJobStatus::Done);
    }
    assert!(scene.objects().await.iter().any(|key| key.ends_with("archive.zip")));
    let (_, step) = scene.begin("acme", "erase", DataWork::EraseContact { contact: ana }).await;
    scene.finish(step).await;
    assert!(!scene.objects().await.iter().any(|key| key.starts_with("acme/exports/")));
    assert_eq!(scene.stage.store.rights().jobs(&id("acme")).await.unwrap().len(), 1, "the erasure itself");
}

async fn assert_acme_is_gone(scene: &Scene, before: &Table) {
    let after = scene.table().await;
    assert_eq!(of(&after, "acme"), Table::new());
    let named: Vec<(&str, String)> = after
        .iter()
        .filter(|(_, told)| told.contains("'acme'"))
        .map(|((pk, _), told)| (pk.as_str(), kind(told)))
        .collect();
    assert_eq!(
        named.iter().map(|(_, kind)| kind.as_str()).collect::<BTreeSet<_>>(),
        BTreeSet::from(["job"]),
        "{named:?}"
    );
    let lines = scene.stage.store.audit().list(&TenantId::platform(), 100, None).await.unwrap().items;
    let about: Vec<_> = lines.iter().filter(|line| line.subject == "tenant/acme").collect();
    assert_eq!(about.iter().map(|line| line.action).collect::<Vec<_>>(), [AuditAction::Erased]);
    assert_eq!(of(&after, "bolt"), of(before, "bolt"));
    let objects = scene.objects().await;
    assert!(!objects.is_empty() && objects.iter().all(|key| key.starts_with("bolt/")), "{objects:?}");
}

#[tokio::test]
async fn an_erased_tenant_leaves_one_line_with_the_platform_and_the_other_is_untouched() {
    let (scene, _) = busy().await;
    let before = scene.table().await;
    let (_, step) = scene.begin("acme", "end", DataWork::EraseTenant { parent: None }).await;
    let settled = scene.rights.step(&step, runtime::clock::now()).await.unwrap().unwrap();
    assert!(settled.delay.as_secs() >= 60, "warm functions remember for 30 s, and run for as long");
    let store = scene.stage.cold();
    assert_eq!(store.api_keys().find("secret-api-key-of-acme").await.unwrap(), None, "nobody comes in any more");
    assert!(store.api_keys().find("secret-api-key-of-bolt").await.unwrap().is_some());
    let job = scene.finish(settled.step).await;
    assert_eq!((job.status, job.left), (DataJobStatus::Done, Some(0)));
    assert_acme_is_gone(&scene, &before).await;
    let store = scene.stage.cold();
    assert_eq!(store.registry().resolve(Key::MetaVerifyToken("token-of-acme")).await.unwrap(), None);
    assert!(store.registry().resolve(Key::MetaVerifyToken("token-of-bolt")).await.unwrap().is_some());
}

#[tokio::test]
async fn an_erasure_of_a_tenant_dies_at_every_step_and_comes_to_the_same() {
    let (scene, _) = busy().await;
    let before = scene.table().await;
    let (_, step) = scene.begin("acme", "end", DataWork::EraseTenant { parent: None }).await;
    let job = scene.finish_dying(step).await;
    assert_eq!((job.status, job.left), (DataJobStatus::Done, Some(0)));
    assert_acme_is_gone(&scene, &before).await;
}
