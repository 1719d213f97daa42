//! Wires `cron-weekly-po`.

use cron_weekly_po::WeeklyOrders;
use runtime::queue::Queue;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let orders = WeeklyOrders { store: Store::from_env(&config)?, queue: Queue::from_env(&config)? };
    runtime::cron(async |now, _| orders.ask(now).await).await
}
