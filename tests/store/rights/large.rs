//! A table that takes many steps: each is a round through the queue `DataRights`, and Lambda stops a chain of more than
//! about sixteen unless the template says that it is meant.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use domain::rights::{DataJob, DataJobStatus, DataStep, DataWork};
use worker_data_rights::MAX_STEPS;

use super::scene::Scene;

/// The text of one entry.
const ENTRY_BYTES: usize = 300_000;
/// What Lambda lets a chain have that no one declared.
const UNDECLARED_ROUNDS: u64 = 16;

/// 200 in `make soak`.
fn table_mb() -> usize {
    std::env::var("RIGHTS_TABLE_MB").map_or(20, |mb| mb.parse().expect("RIGHTS_TABLE_MB is a number"))
}

/// Puts messages of one tenant into the table, as many as make up its size.
async fn fill(scene: &Scene) -> usize {
    let stage = &scene.stage;
    let entries = table_mb() * 1_000_000 / ENTRY_BYTES;
    let text = |value: String| AttributeValue::S(value);
    let put = |index: usize| {
        let item = HashMap::from([
            ("pk".to_owned(), text(format!("T#acme#CONVERSATION#{index:08}"))),
            ("sk".to_owned(), text("MESSAGE#1".to_owned())),
            ("entity".to_owned(), text("message".to_owned())),
            ("text".to_owned(), text("x".repeat(ENTRY_BYTES))),
        ]);
        WriteRequest::builder().put_request(PutRequest::builder().set_item(Some(item)).build().unwrap()).build()
    };
    for batch in (0..entries).collect::<Vec<_>>().chunks(20) {
        let writes: Vec<_> = batch.iter().map(|index| put(*index)).collect();
        let written = stage.dynamo.batch_write_item().request_items(&stage.table, writes).send().await.unwrap();
        assert!(written.unprocessed_items.unwrap_or_default().is_empty());
    }
    entries
}

/// Does all steps of a job, and counts them.
async fn rounds(scene: &Scene, first: DataStep) -> (DataJob, u64) {
    let job = scene.finish(first.clone()).await;
    let run = scene.stage.store.rights().progress(&first.tenant, first.job).await.unwrap().unwrap();
    (job, run.turn)
}

#[tokio::test]
async fn a_large_table_is_taken_away_and_erased_in_as_many_rounds_as_it_takes() {
    let scene = Scene::new().await;
    let entries = fill(&scene).await;
    let (_, step) = scene.begin("acme", "all", DataWork::Export { contact: None }).await;
    let (exported, export_rounds) = rounds(&scene, step).await;
    assert_eq!(exported.status, DataJobStatus::Done);
    assert!(exported.entries >= entries as u64, "{exported:?}");

    let (_, step) = scene.begin("acme", "erase", DataWork::EraseTenant { parent: None }).await;
    let first = step.clone();
    let mut step = Some(step);
    let mut erase_rounds = 0;
    while let Some(here) = step {
        step = scene.rights.step(&here, runtime::clock::now()).await.unwrap().map(|next| next.step);
        erase_rounds += 1;
    }
    assert!(
        scene
            .stage
            .store
            .rights()
            .progress(&first.tenant, first.job)
            .await
            .unwrap()
            .is_none_or(|run| { run.job.status == DataJobStatus::Done })
    );
    assert!(scene.stage.entities("message").await.is_empty());

    println!("{} MB, {entries} entries: {export_rounds} rounds to export, {erase_rounds} to erase", table_mb());
    let least = table_mb() as u64 / 10;
    assert!(export_rounds > least && erase_rounds > least, "a step reads at most 8 MB");
    if table_mb() >= 200 {
        assert!(export_rounds > UNDECLARED_ROUNDS, "so large a table needs what the template declares");
    }
}

#[tokio::test]
async fn a_job_that_does_not_end_by_itself_is_ended() {
    let scene = Scene::new().await;
    let (job, step) = scene.begin("acme", "all", DataWork::Export { contact: None }).await;
    let mut item = scene.job_item(&step).await;
    item.insert("turn".to_owned(), AttributeValue::N(MAX_STEPS.to_string()));
    scene.stage.dynamo.put_item().table_name(&scene.stage.table).set_item(Some(item)).send().await.unwrap();

    let last = DataStep { turn: MAX_STEPS, ..step };
    let failure = scene.rights.step(&last, runtime::clock::now()).await.unwrap_err();
    assert!(failure.to_string().contains("does not come to an end"), "{failure}");
    let ended = scene.stage.store.rights().job(&job.tenant, job.id).await.unwrap();
    assert_eq!(ended.status, DataJobStatus::Incomplete);
    assert!(scene.rights.step(&last, runtime::clock::now()).await.unwrap().is_none(), "and stays ended");
}
