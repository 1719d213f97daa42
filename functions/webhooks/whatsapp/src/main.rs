//! Wires `webhook-whatsapp`.

use lambda_http::{Request, run, service_fn};
use runtime::inbound_queue::InboundQueue;
use std::convert::Infallible;
use store::Store;
use webhook_whatsapp::Whatsapp;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    let config = runtime::aws::config().await?;
    let webhook = Whatsapp { store: Store::from_env(&config)?, inbound: InboundQueue::from_env(&config)? };
    run(service_fn(async |request: Request| Ok::<_, Infallible>(webhook.handle(&request).await))).await
}
