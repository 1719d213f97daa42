//! Wires `worker-journeys`.

use runtime::Record;
use runtime::queue::Envelope;
use runtime::schedules::Schedules;
use store::Store;
use worker_journeys::{Journeys, TIME_PER_RECORD};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let journeys = Journeys { store: Store::from_env(&config)?, schedules: Schedules::from_env(&config)? };
    let apply = async |record: Record<Envelope>| journeys.apply_event(&record.body.detail, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_RECORD, apply).await
}
