//! Wires `cron-benchmarks`.

use cron_benchmarks::Benchmarks;
use runtime::queue::Queue;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let benchmarks = Benchmarks {
        store: Store::from_env(&config)?,
        jobs: Queue::from_env(&config)?,
        steps: Queue::from_env(&config)?,
    };
    runtime::cron(async |now, _| benchmarks.run(now).await).await
}
