//! Wires `worker-webhooks`.

use connectors::send::webhook::WebhookSender;
use runtime::queue::Queue;
use runtime::schedules::Schedules;
use store::Store;
use worker_webhooks::{TIME_PER_RECORD, Webhooks};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let webhooks = Webhooks {
        store: Store::from_env(&config)?,
        sender: WebhookSender::new(runtime::env::webhook_reach())?,
        queue: Queue::from_env(&config)?,
        schedules: Schedules::from_env(&config)?,
        mails: Queue::from_env(&config)?,
    };
    let work = async |record: runtime::Record<_>| webhooks.work(&record.body, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_RECORD, work).await
}
