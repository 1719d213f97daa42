//! Wires `webhook-whatsapp`.

use runtime::queue::Queue;
use store::Store;
use webhook_whatsapp::Whatsapp;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let webhook = Whatsapp { store: Store::from_env(&config)?, inbound: Queue::from_env(&config)? };
    runtime::webhook(async |request| webhook.handle(&request).await).await
}
