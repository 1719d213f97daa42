//! Wires `worker-waitlist`.

use runtime::queue::Queue;
use store::Store;
use worker_waitlist::{TIME_PER_RECORD, Waitlist};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let waitlist = Waitlist { store: Store::from_env(&config)?, queue: Queue::from_env(&config)? };
    let work = async |record: runtime::Record<_>| waitlist.work(&record.body, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_RECORD, work).await
}
