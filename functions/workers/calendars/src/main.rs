//! Wires `worker-calendars`.

use connectors::feed::FeedReader;
use store::Store;
use worker_calendars::{Calendars, TIME_PER_RECORD};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let reader = FeedReader::new(runtime::env::webhook_reach())?;
    let calendars = Calendars { store: Store::from_env(&config)?, reader };
    let sync = async |record: runtime::Record<_>| calendars.sync(&record.body, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_RECORD, sync).await
}
