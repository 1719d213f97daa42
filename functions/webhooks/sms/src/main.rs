//! Wires `webhook-sms`.

use runtime::queue::Queue;
use store::Store;
use webhook_sms::Sms;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let webhook = Sms {
        store: Store::from_env(&config)?,
        inbound: Queue::from_env(&config)?,
        public_url: runtime::env::optional("PUBLIC_URL"),
    };
    runtime::webhook(async |request| webhook.handle(&request).await).await
}
