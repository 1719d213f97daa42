//! Wires `worker-aggregate`.

use runtime::env::{optional, required};
use runtime::queue::Queue;
use store::Store;
use worker_aggregate::{Aggregate, TIME_PER_RECORD, is_switched_on};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let store = Store::from_env(&config)?.sealing_with(required("CREDENTIALS_KEY_ID")?);
    let publishes_us = is_switched_on(optional("PUBLISH_US_BENCHMARKS").as_deref());
    let aggregate = Aggregate { store, queue: Queue::from_env(&config)?, publishes_us };
    let work = async |record: runtime::Record<_>| aggregate.work(&record.body, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_RECORD, work).await
}
