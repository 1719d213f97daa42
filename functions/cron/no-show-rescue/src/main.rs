//! Wires `cron-no-show-rescue`.

use cron_no_show_rescue::NoShowRescue;
use runtime::queue::Queue;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let rescue = NoShowRescue { store: Store::from_env(&config)?, queue: Queue::from_env(&config)? };
    runtime::cron(async |now, _| rescue.ask(now).await).await
}
