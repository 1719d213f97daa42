//! Wires `cron-touchpoint-sweeper`.

use cron_touchpoint_sweeper::Sweeper;
use lambda_runtime::{LambdaEvent, run, service_fn};
use runtime::touchpoint_queue::TouchpointQueue;
use serde::de::IgnoredAny;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    let config = runtime::aws::config().await?;
    let sweeper = Sweeper { store: Store::from_env(&config)?, queue: TouchpointQueue::from_env(&config)? };
    run(service_fn(async |event: LambdaEvent<IgnoredAny>| {
        let deadline = runtime::batch::deadline(&event.context);
        sweeper.sweep(runtime::clock::now(), deadline).await.map_err(lambda_runtime::Error::from)
    }))
    .await
}
