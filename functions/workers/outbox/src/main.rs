//! Wires `worker-outbox`.

use runtime::bus::Bus;
use store::Store;
use worker_outbox::Outbox;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let outbox = Outbox { store: Store::from_env(&config)?, bus: Bus::from_env(&config)? };
    runtime::events(async |event| Ok(outbox.run(event).await)).await
}
