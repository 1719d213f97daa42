//! Wires `worker-data-rights`.

use files::Files;
use runtime::env::required;
use runtime::queue::Queue;
use store::Store;
use worker_data_rights::{DataRights, TIME_PER_STEP};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let store = Store::from_env(&config)?.sealing_with(required("CREDENTIALS_KEY_ID")?);
    let rights = DataRights { store, files: Files::new(&config, required("FILES_BUCKET")?) };
    let queue = Queue::from_env(&config)?;
    let step = async |record: runtime::Record<_>| match rights.step(&record.body, runtime::clock::now()).await? {
        Some(next) => queue.send_later(&next.step, next.delay, "").await,
        None => Ok(()),
    };
    runtime::queue(&config, TIME_PER_STEP, step).await
}
