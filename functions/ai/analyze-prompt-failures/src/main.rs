//! Wires `ai-analyze-prompt-failures`.

use ai::Assistant;
use ai_analyze_prompt_failures::{Analyst, TIME_PER_RECORD};
use domain::prompts::DueReview;
use runtime::Record;
use runtime::queue::Queue;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let store = Store::from_env(&config)?;
    let assistant = Assistant::from_env(store.credentials().model_keys().await?, &store)?;
    let analyst = Analyst { store, assistant, mails: Queue::from_env(&config)? };
    let handle = async |record: Record<DueReview>| analyst.handle(&record.body, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_RECORD, handle).await
}
