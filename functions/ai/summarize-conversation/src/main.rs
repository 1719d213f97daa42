//! Wires `ai-summarize-conversation`.

use ai::Assistant;
use ai_summarize_conversation::{Summarizer, TIME_PER_RECORD};
use runtime::Record;
use runtime::queue::Envelope;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let store = Store::from_env(&config)?;
    let assistant = Assistant::from_env(store.credentials().model_keys().await?, &store)?;
    let summarizer = Summarizer { store, assistant };
    let handle = async |record: Record<Envelope>| summarizer.handle(&record.body.detail, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_RECORD, handle).await
}
