//! Wires `webhook-google-calendar`.

use runtime::queue::Queue;
use store::Store;
use webhook_google_calendar::GoogleCalendarWebhook;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let webhook = GoogleCalendarWebhook { store: Store::from_env(&config)?, queue: Queue::from_env(&config)? };
    runtime::webhook(async |request| webhook.handle(&request, runtime::clock::now()).await).await
}
