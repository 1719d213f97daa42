//! Exports.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use aws_sdk_dynamodb::types::AttributeValue;
use domain::ContactId;
use domain::failure::Rejection;
use domain::identity::Actor;
use domain::ids::JobId;
use domain::rights::{DataJob, DataJobStatus, DataWork};
use domain::{Failure, TenantId};
use files::Prefix;
use serde_json::Value;
use store::entities::{self, Owner};
use store::keys;
use zip::ZipArchive;

use super::scene::{Scene, contact_of, id};
use crate::stage::Item;
use crate::stage::trace;

/// An archive's files by name, fetched as a tenant fetches it.
async fn archive(scene: &Scene, job: &DataJob) -> BTreeMap<String, Vec<u8>> {
    let url = scene.rights.files.link(&Prefix::export(&job.tenant, job.id).key("archive.zip")).await.unwrap();
    let fetched = reqwest::get(url).await.unwrap().error_for_status().unwrap().bytes().await.unwrap();
    assert_eq!(fetched.len() as u64, job.bytes);
    let mut archive = ZipArchive::new(Cursor::new(fetched)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    names
        .into_iter()
        .map(|name| {
            let mut content = Vec::new();
            archive.by_name(&name).unwrap().read_to_end(&mut content).unwrap();
            (name, content)
        })
        .collect()
}

/// The entries of one kind.
fn entries(files: &BTreeMap<String, Vec<u8>>, entity: &str) -> Vec<Value> {
    let lines = files.get(&format!("{entity}.jsonl")).map(Vec::as_slice).unwrap_or_default();
    lines
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect()
}

fn all(files: &BTreeMap<String, Vec<u8>>) -> String {
    files.values().map(|content| String::from_utf8_lossy(content)).collect()
}

#[tokio::test]
async fn an_export_holds_all_of_its_tenant_nothing_of_another_and_no_secret() {
    let scene = Scene::new().await;
    for slug in ["acme", "bolt"] {
        scene.furnish(slug).await;
        scene.customer(slug, &format!("ana-{slug}"), 1).await;
    }
    let (_, step) = scene.begin("acme", "all", DataWork::Export { contact: None }).await;
    let job = scene.finish_dying(step).await;
    assert_eq!(job.status, DataJobStatus::Done);
    let files = archive(&scene, &job).await;

    let stored = scene.stage.items().await;
    let own = |entity: &str| {
        let own = stored.iter().filter(|item| crate::stage::text_of(item, "pk").starts_with("T#acme#"));
        own.filter(|item| crate::stage::text_of(item, "entity") == entity).count()
    };
    for (entity, file) in [
        ("message", "message"),
        ("lead", "lead"),
        ("contact", "contact"),
        ("thread", "thread"),
        ("tenant", "tenant"),
        ("member", "member"),
        ("API key", "api_key"),
        ("identity", "identity"),
        ("suppression", "suppression"),
        ("standing", "standing"),
    ] {
        assert!(own(entity) > 0 && entries(&files, file).len() == own(entity), "{entity}");
    }
    let text = all(&files);
    assert!(text.contains("ana-acme@example.com") && !text.contains("bolt"));
    assert!(!files.contains_key("credential.jsonl") && !text.contains("ciphertext") && !text.contains("\"hash\""));
    assert_eq!(files["objects/logo.png"], b"picture");

    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let listed = manifest["files"].as_array().unwrap();
    assert_eq!(listed.len() + 1, files.len());
    let counted: u64 = listed.iter().filter_map(|file| file["entries"].as_u64()).sum();
    assert_eq!(counted, job.entries);
    for file in listed {
        let content = &files[file["name"].as_str().unwrap()];
        assert_eq!(file["bytes"].as_u64().unwrap(), content.len() as u64);
        assert_eq!(file["sha256"].as_str().unwrap(), auth::secrets::sha256_hex(&String::from_utf8_lossy(content)));
    }
}

#[tokio::test]
async fn an_export_of_a_contact_is_about_that_contact_alone() {
    let scene = Scene::new().await;
    let ana = contact_of(&scene.customer("acme", "ana", 1).await);
    scene.customer("acme", "bo", 2).await;
    let (_, step) = scene.begin("acme", "hers", DataWork::Export { contact: Some(ana) }).await;
    let job = scene.finish_dying(step).await;
    let files = archive(&scene, &job).await;
    assert_eq!(
        entries(&files, "message").len(),
        12,
        "six messages and their replies, from three contacts that are one"
    );
    assert_eq!(entries(&files, "identity").len(), 3);
    assert_eq!(entries(&files, "suppression").len(), 1);
    let opt_out_state = entries(&files, "standing");
    assert_eq!((opt_out_state.len(), &opt_out_state[0]["refused"]), (1, &Value::Bool(true)));
    assert!(!entries(&files, "pointer").is_empty() && !entries(&files, "lead").is_empty());
    let text = all(&files);
    assert!(text.contains("acme-ana-sms") && text.contains(&id("acme").to_string()));
    for foreign in ["acme-bo-", "bo@example.com", "+13035550102"] {
        assert!(!text.contains(foreign), "{foreign}");
    }
    assert_eq!(files.iter().find(|(name, _)| name.ends_with("photo.jpg")).unwrap().1, b"a roof");
}

/// An item of a kind with all its attributes: each says of itself whether it may leave, and one came later.
fn one_of(kind: &str, [leaves, tenant_only, stays]: [&str; 3], (pk, sk): (String, String)) -> Item {
    let value = |text: String| AttributeValue::S(text);
    let mut item =
        Item::from([("pk".into(), value(pk)), ("sk".into(), value(sk)), ("entity".into(), value(kind.into()))]);
    for (names, says) in [(leaves, "open"), (tenant_only, "tenant-only"), (stays, "SECRET"), ("added_later", "SECRET")]
    {
        for name in names.split_whitespace() {
            let text = format!("{says} {name} of {}", kind.replace(' ', "-"));
            item.insert(name.replace('*', "x"), value(text));
        }
    }
    item
}

/// One of every kind there is, one that no one declared, and a refusal that outlived its contact; in partitions that `place`
/// names by a kind's number.
async fn one_of_everything(scene: &Scene, place: impl Fn(usize) -> (String, String)) {
    for (index, entity) in entities::all().enumerate() {
        let lists = [entity.leaves, entity.tenant_only, entity.stays];
        // What is the platform's declares nothing: whatever it holds stays.
        let lists = if entity.owner == Owner::Platform { ["", "", "anything"] } else { lists };
        put(scene, one_of(entity.name, lists, place(index))).await;
    }
    put(scene, one_of("payroll", ["", "", "iban"], place(900))).await;
    let kept = keys::of(&id("acme")).kept_suppression("SECRET");
    put(scene, one_of("suppression", ["suppressed said_at", "", ""], (kept.pk.into(), kept.sk))).await;
}

/// Takes away what no one declared: `tests/after` would find it.
async fn clear(scene: Scene) {
    scene.stage.dynamo.delete_table().table_name(&scene.stage.table).send().await.unwrap();
}

async fn put(scene: &Scene, item: Item) {
    scene.stage.dynamo.put_item().table_name(&scene.stage.table).set_item(Some(item)).send().await.unwrap();
}

#[tokio::test]
async fn an_archive_holds_what_is_declared_to_leave_and_nothing_else() {
    let scene = Scene::new().await;
    one_of_everything(&scene, |index| (format!("T#acme#ONE#{index}"), "ONE".to_owned())).await;
    let (_, step) = scene.begin("acme", "all", DataWork::Export { contact: None }).await;
    let files = archive(&scene, &scene.finish(step).await).await;
    let text = all(&files);
    for secret in ["SECRET", "payroll", "added_later"] {
        assert!(!text.contains(secret), "{secret}");
    }
    for entity in entities::all() {
        let told = entries(&files, &entity.file_name());
        let expected = if entity.owner == Owner::Platform { 0 } else { 1 };
        let told: Vec<&Value> = told.iter().filter(|entry| entry["sk"] == "ONE").collect();
        assert_eq!(told.len(), expected, "{}", entity.name);
        for name in entity.leaves.split_whitespace().chain(entity.tenant_only.split_whitespace()) {
            assert!(told[0][name.replace('*', "x")].is_string(), "{}: {name}", entity.name);
        }
    }
    clear(scene).await;
}

#[tokio::test]
async fn an_archive_of_a_contact_holds_what_is_declared_a_contacts_and_nothing_else() {
    let scene = Scene::new().await;
    let ana: ContactId = contact_of(&scene.customer("acme", "ana", 1).await);
    one_of_everything(&scene, |index| (keys::of(&id("acme")).person(ana).into(), format!("ONE#{index}"))).await;
    let (_, step) = scene.begin("acme", "hers", DataWork::Export { contact: Some(ana) }).await;
    let files = archive(&scene, &scene.finish(step).await).await;
    let text = all(&files);
    for secret in ["SECRET", "payroll", "added_later", "tenant-only"] {
        assert!(!text.contains(secret), "{secret}");
    }
    for entity in entities::all() {
        let told = entries(&files, &entity.file_name());
        let told = told.iter().filter(|entry| entry["sk"].as_str().unwrap().starts_with("ONE#")).count();
        assert_eq!(told, usize::from(entity.owner == Owner::Contact), "{}", entity.name);
    }
    clear(scene).await;
}

#[tokio::test]
async fn of_sixteen_who_ask_for_one_export_at_once_one_gets_it() {
    let scene = Scene::new().await;
    let acme = TenantId::new("acme").unwrap();
    let ask = async |index: usize| {
        let id = JobId::derive(&acme, &["at-once", &index.to_string()]);
        let work = DataWork::Export { contact: None };
        let job = DataJob::new(id, acme.clone(), work, Actor::Operator, runtime::clock::now());
        let store = scene.stage.cold();
        loop {
            match store.rights().begin(&job, &trace()).await {
                Ok(begun) => {
                    assert_eq!(store.rights().begin(&job, &trace()).await.unwrap().id, begun.id, "again is the same");
                    return true;
                }
                Err(Failure::Rejected { kind, .. }) => {
                    assert_eq!(kind, Rejection::Conflict);
                    return false;
                }
                Err(Failure::Retryable(_)) => {}
                Err(failure) => panic!("{failure}"),
            }
        }
    };
    let begun = futures::future::join_all((0..16).map(ask)).await;
    assert_eq!(begun.into_iter().filter(|begun| *begun).count(), 1);
    let jobs = scene.stage.store.rights().jobs(&acme).await.unwrap();
    assert_eq!(jobs.iter().filter(|job| job.work == DataWork::Export { contact: None }).count(), 1);
}
