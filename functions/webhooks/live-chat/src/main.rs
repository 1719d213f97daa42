//! Wires `webhook-live-chat`.

use lambda_http::{Request, run, service_fn};
use runtime::http::TrustedHops;
use runtime::inbound_queue::InboundQueue;
use std::convert::Infallible;
use store::Store;
use webhook_live_chat::LiveChat;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    let config = runtime::aws::config().await?;
    let webhook = LiveChat {
        store: Store::from_env(&config)?,
        inbound: InboundQueue::from_env(&config)?,
        trusted_hops: TrustedHops::from_env()?,
    };
    run(service_fn(async |request: Request| Ok::<_, Infallible>(webhook.handle(&request).await))).await
}
