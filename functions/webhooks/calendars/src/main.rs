//! Wires `webhook-calendars`.

use runtime::queue::Queue;
use store::Store;
use webhook_calendars::CalendarWebhook;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let webhook = CalendarWebhook { store: Store::from_env(&config)?, queue: Queue::from_env(&config)? };
    runtime::webhook(async |request| webhook.handle(&request, runtime::clock::now()).await).await
}
