//! Wires `worker-outbox`.

use aws_lambda_events::dynamodb::Event as StreamEvent;
use lambda_runtime::{LambdaEvent, run, service_fn};
use runtime::bus::Bus;
use std::convert::Infallible;
use store::Store;
use worker_outbox::Outbox;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    let config = runtime::aws::config().await?;
    let outbox = Outbox { store: Store::from_env(&config)?, bus: Bus::from_env(&config)? };
    run(service_fn(async |event: LambdaEvent<StreamEvent>| Ok::<_, Infallible>(outbox.run(event.payload).await))).await
}
