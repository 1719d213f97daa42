//! Wires `worker-campaigns`.

use runtime::queue::Queue;
use store::Store;
use worker_campaigns::{Campaigns, TIME_PER_RECORD};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let campaigns = Campaigns { store: Store::from_env(&config)?, queue: Queue::from_env(&config)? };
    let work = async |record: runtime::Record<_>| campaigns.work(&record.body, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_RECORD, work).await
}
