//! Wires `cron-sla-watch`.

use cron_sla_watch::Watch;
use lambda_runtime::{LambdaEvent, run, service_fn};
use serde::de::IgnoredAny;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    let config = runtime::aws::config().await?;
    let watch = Watch { store: Store::from_env(&config)? };
    run(service_fn(async |event: LambdaEvent<IgnoredAny>| {
        let deadline = runtime::batch::deadline(&event.context);
        watch.look(runtime::clock::now(), deadline).await.map_err(lambda_runtime::Error::from)
    }))
    .await
}
