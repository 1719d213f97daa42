//! Wires `worker-imports`.

use files::Files;
use runtime::env::required;
use runtime::queue::Queue;
use store::Store;
use worker_imports::{TIME_PER_STEP, Worker};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let worker = Worker { store: Store::from_env(&config)?, files: Files::new(&config, required("FILES_BUCKET")?) };
    let queue = Queue::from_env(&config)?;
    let step = async |record: runtime::Record<_>| match worker.step(&record.body, runtime::clock::now()).await? {
        Some(next) => queue.send(&next).await,
        None => Ok(()),
    };
    runtime::queue(&config, TIME_PER_STEP, step).await
}
