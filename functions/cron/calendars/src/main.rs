//! Wires `cron-calendars`.

use cron_calendars::DueCalendars;
use runtime::queue::Queue;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let due = DueCalendars { store: Store::from_env(&config)?, queue: Queue::from_env(&config)? };
    runtime::cron(async |now, deadline| due.ask(now, deadline).await).await
}
