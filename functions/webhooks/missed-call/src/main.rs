//! Wires `webhook-missed-call`.

use runtime::queue::Queue;
use store::Store;
use webhook_missed_call::MissedCall;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let webhook = MissedCall {
        store: Store::from_env(&config)?,
        inbound: Queue::from_env(&config)?,
        public_url: runtime::env::optional("PUBLIC_URL"),
    };
    runtime::webhook(async |request| webhook.handle(&request).await).await
}
