//! Wires `webhook-live-chat`.

use domain::Failure;
use files::Files;
use runtime::env::required;
use runtime::http::TrustedHops;
use runtime::queue::Queue;
use store::Store;
use webhook_live_chat::LiveChat;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let webhook = LiveChat {
        store: Store::from_env(&config)?,
        inbound: Queue::from_env(&config)?,
        files: Files::new(&config, required("FILES_BUCKET")?),
        trusted_hops: TrustedHops::from_env()?,
        most_held: required("CHAT_WAITS")?.parse().map_err(|_| Failure::Permanent("CHAT_WAITS is no number".into()))?,
    };
    runtime::webhook(async |request| webhook.handle(&request).await).await
}
