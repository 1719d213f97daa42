//! Wires `worker-insights`.

use runtime::Record;
use runtime::queue::Envelope;
use store::Store;
use tokio::sync::Mutex;
use worker_insights::{Insights, TIME_PER_RECORD};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let insights = Insights { store: Store::from_env(&config)?, adding: Mutex::default() };
    let count = async |record: Record<Envelope>| insights.count(&record.body.detail, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_RECORD, count).await
}
