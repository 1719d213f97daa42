//! Wires `cron-retention`.

use cron_retention::Retention;
use lambda_runtime::{LambdaEvent, run, service_fn};
use runtime::chore_queue::ChoreQueue;
use serde::de::IgnoredAny;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    let config = runtime::aws::config().await?;
    let retention = Retention { store: Store::from_env(&config)?, queue: ChoreQueue::from_env(&config)? };
    run(service_fn(async |_: LambdaEvent<IgnoredAny>| retention.ask().await.map_err(lambda_runtime::Error::from))).await
}
