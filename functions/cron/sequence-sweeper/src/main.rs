//! Wires `cron-sequence-sweeper`.

use cron_sequence_sweeper::Sweeper;
use runtime::queue::Queue;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let sweeper = Sweeper { store: Store::from_env(&config)?, queue: Queue::from_env(&config)? };
    runtime::cron(async |now, deadline| sweeper.sweep(now, deadline).await).await
}
