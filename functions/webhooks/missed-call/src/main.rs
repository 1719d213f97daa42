//! Wires `webhook-missed-call`.

use lambda_http::{Request, run, service_fn};
use runtime::inbound_queue::InboundQueue;
use std::convert::Infallible;
use store::Store;
use webhook_missed_call::MissedCall;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    let config = runtime::aws::config().await?;
    let webhook = MissedCall {
        store: Store::from_env(&config)?,
        inbound: InboundQueue::from_env(&config)?,
        public_url: runtime::env::optional("PUBLIC_URL"),
    };
    run(service_fn(async |request: Request| Ok::<_, Infallible>(webhook.handle(&request).await))).await
}
