//! Wires `cron-outbox-sweeper`.

use cron_outbox_sweeper::Sweeper;
use runtime::bus::Bus;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let sweeper = Sweeper { store: Store::from_env(&config)?, bus: Bus::from_env(&config)? };
    runtime::cron(async |now, deadline| sweeper.sweep(now, deadline).await).await
}
