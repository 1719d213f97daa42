//! Wires `worker-deliver`.

use runtime::Record;
use runtime::queue::Envelope;
use store::Store;
use worker_deliver::{Deliver, Senders, TIME_PER_RECORD};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let deliver = Deliver { store: Store::from_env(&config)?, senders: Senders::from_env(&config)? };
    let handle = async |record: Record<Envelope>| deliver.handle(&record.body.detail).await;
    runtime::queue(&config, TIME_PER_RECORD, handle).await
}
