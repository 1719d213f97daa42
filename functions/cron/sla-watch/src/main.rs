//! Wires `cron-sla-watch`.

use cron_sla_watch::Watch;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let watch = Watch { store: Store::from_env(&config)? };
    runtime::cron(async |now, deadline| watch.look(now, deadline).await).await
}
