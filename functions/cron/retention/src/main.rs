//! Wires `cron-retention`.

use cron_retention::Retention;
use runtime::queue::Queue;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let retention = Retention { store: Store::from_env(&config)?, queue: Queue::from_env(&config)? };
    runtime::cron(async |_, _| retention.ask().await).await
}
