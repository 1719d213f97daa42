//! The worker that publishes, killed at each of its calls: what it left is finished, and the figures and the privacy ledger are those of an
//! unharmed run. The key that noise is derived from is made before, so that all tables have the same.

use aws_config::SdkConfig;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_sqs::Client as Sqs;
use domain::Failure;
use domain::insights::benchmarks::{AggregateStep, SHARDS};
use futures::future::join_all;
use runtime::queue::Queue;
use store::Store;
use worker_aggregate::Aggregate;

use super::{NIGHT, Night, at};
use crate::mortal::{Death, Life};
use crate::queues::{drain, queue};
use crate::stage::{Item, Stage, text_of};

/// Enough for figures to come out.
const BUSINESSES: usize = 150;

/// A new table with these items besides its own.
async fn table_with(items: &[Item]) -> Stage {
    let stage = Stage::new().await;
    let put = async |item: &Item| {
        stage.dynamo.put_item().table_name(&stage.table).set_item(Some(item.clone())).send().await.unwrap();
    };
    for some in items.chunks(25) {
        join_all(some.iter().map(put)).await;
    }
    stage
}

/// What many businesses put in: what one of them does, under as many names.
async fn contributions() -> Vec<Item> {
    let night = Night::of(1).await;
    let tenant = domain::TenantId::new("roofer-0").unwrap();
    let job = domain::tenancy::tenant_jobs::TenantJob::BenchmarkSummary { tenant, period: NIGHT.to_string() };
    night.worker(night.store()).perform(&job, at("03:10:00")).await.unwrap();
    let one = night.stage.entities("benchmark_contribution").await.remove(0);
    let named = |index: usize| {
        let name = |text: &str| AttributeValue::S(text.replace("roofer-0", &format!("roofer-{index}")));
        let mut item = one.clone();
        for attribute in ["sk", "tenant"] {
            item.insert(attribute.to_owned(), name(text_of(&one, attribute)));
        }
        item
    };
    (0..BUSINESSES).map(named).collect()
}

fn aggregate(stage: &Stage, aws: &SdkConfig, url: &str) -> Aggregate {
    let store = Store::new(aws, stage.table.clone()).sealing_with(stage.stack.outputs["CredentialsKeyId"].clone());
    Aggregate { store, queue: Queue::new(Sqs::new(aws), url.to_owned()), publishes_us: true }
}

/// Does the last list, then what was asked for on the queue.
async fn finish(stage: &Stage, last: &AggregateStep, url: &str) -> Vec<AggregateStep> {
    let worker = aggregate(stage, &stage.aws, url);
    worker.work(last, at("04:02:00")).await.unwrap();
    let steps = drain(&Sqs::new(&stage.aws), url).await;
    let steps = steps.iter().map(|step| serde_json::from_str(step.body.as_deref().unwrap()).unwrap());
    let steps: Vec<AggregateStep> = steps.collect();
    for step in &steps {
        worker.work(step, at("04:02:00")).await.unwrap();
    }
    steps
}

/// The ledger, and what is published: by key, without the time at which it goes.
async fn published(stage: &Stage) -> Vec<Item> {
    let mut items = stage.items().await;
    items.retain(|item| matches!(text_of(item, "entity"), "benchmark_ledger" | "benchmark_figures"));
    items.iter_mut().for_each(|item| drop(item.remove("expires_at")));
    items.sort_by_key(|item| (text_of(item, "pk").to_owned(), text_of(item, "sk").to_owned()));
    items
}

#[tokio::test]
async fn wherever_the_worker_dies_the_figures_and_the_ledger_are_those_of_an_unharmed_run() {
    let contributions = contributions().await;
    let stage = table_with(&contributions).await;
    let url = queue(&Sqs::new(&stage.aws), false).await;
    // All lists but that with something in it are done.
    let partition = text_of(&contributions[0], "pk").to_owned();
    let is_last = |shard: &u8| store::keys::platform().benchmark_contributions(NIGHT, *shard).to_string() == partition;
    let last = AggregateStep::Shard { day: NIGHT, shard: (0..SHARDS).find(is_last).unwrap() };
    for shard in (0..SHARDS).filter(|shard| !is_last(shard)) {
        let step = AggregateStep::Shard { day: NIGHT, shard };
        aggregate(&stage, &stage.aws, &url).work(&step, at("04:01:00")).await.unwrap();
    }
    let before = stage.items().await;
    let trade = AggregateStep::Industry { day: NIGHT, industry: "roofing".to_owned() };
    assert_eq!(finish(&stage, &last, &url).await, std::slice::from_ref(&trade));
    let expected = published(&stage).await;
    assert!(expected.iter().any(|item| text_of(item, "figures").contains("roofing")), "{expected:?}");
    let key = stage.items().await.into_iter().filter(|item| {
        let is_new = !before.iter().any(|known| known["pk"] == item["pk"] && known["sk"] == item["sk"]);
        is_new && !text_of(item, "entity").starts_with("benchmark_")
    });
    let ready: Vec<Item> = before.iter().cloned().chain(key).collect();
    assert_eq!(ready.len(), before.len() + 1, "the key of the noise");

    for death in [Death::Before, Death::After] {
        for calls in 0.. {
            let stage = table_with(&ready).await;
            let url = queue(&Sqs::new(&stage.aws), false).await;
            let life = Life::of(calls, death);
            let dying = aggregate(&stage, &life.aws(&stage), &url);
            let died = match dying.work(&last, at("04:01:00")).await {
                Ok(()) => dying.work(&trade, at("04:01:00")).await,
                died => died,
            };
            if !life.is_over() {
                died.unwrap();
                assert!(calls > 8, "only {calls} calls were tried");
                break;
            }
            assert!(matches!(died, Err(Failure::Retryable(_))), "{death:?} call {calls}: {died:?}");
            for _ in 0..2 {
                assert!(finish(&stage, &last, &url).await.contains(&trade), "{death:?} call {calls}");
            }
            assert_eq!(published(&stage).await, expected, "killed at call {calls}, {death:?}");
        }
    }
}
