//! Wires `cron-usage-reset`.

use cron_usage_reset::UsageReset;
use runtime::queue::Queue;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let reset = UsageReset { store: Store::from_env(&config)?, queue: Queue::from_env(&config)? };
    runtime::cron(async |now, _| reset.ask(now).await).await
}
