//! Wires `cron-usage-reset`.

use cron_usage_reset::UsageReset;
use lambda_runtime::{LambdaEvent, run, service_fn};
use runtime::chore_queue::ChoreQueue;
use serde::de::IgnoredAny;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    let config = runtime::aws::config().await?;
    let reset = UsageReset { store: Store::from_env(&config)?, queue: ChoreQueue::from_env(&config)? };
    run(service_fn(async |_: LambdaEvent<IgnoredAny>| {
        reset.ask(runtime::clock::now()).await.map_err(lambda_runtime::Error::from)
    }))
    .await
}
