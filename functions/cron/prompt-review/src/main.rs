//! Wires `cron-prompt-review`.

use cron_prompt_review::PromptReviews;
use runtime::queue::Queue;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let reviews = PromptReviews { store: Store::from_env(&config)?, queue: Queue::from_env(&config)? };
    runtime::cron(async |now, _| reviews.run(now).await).await
}
