//! Wires `webhook-web-form`.

use runtime::http::TrustedHops;
use runtime::queue::Queue;
use store::Store;
use webhook_web_form::WebForm;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let webhook = WebForm {
        store: Store::from_env(&config)?,
        inbound: Queue::from_env(&config)?,
        trusted_hops: TrustedHops::from_env()?,
    };
    runtime::webhook(async |request| webhook.handle(&request).await).await
}
