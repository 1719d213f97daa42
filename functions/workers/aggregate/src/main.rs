//! Wires `worker-aggregate`.

use runtime::env::required;
use runtime::queue::Queue;
use store::Store;
use worker_aggregate::{Aggregate, TIME_PER_RECORD};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let store = Store::from_env(&config)?.sealing_with(required("CREDENTIALS_KEY_ID")?);
    let aggregate = Aggregate { store, queue: Queue::from_env(&config)? };
    let work = async |record: runtime::Record<_>| aggregate.work(&record.body, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_RECORD, work).await
}
