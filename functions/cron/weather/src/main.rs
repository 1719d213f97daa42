//! Wires `cron-weather`.

use cron_weather::Weather;
use runtime::queue::Queue;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let weather = Weather { store: Store::from_env(&config)?, queue: Queue::from_env(&config)? };
    runtime::cron(async |now, _| weather.ask(now).await).await
}
