//! Wires `ai-draft-campaign`.

use ai::Assistant;
use ai_draft_campaign::{Drafter, TIME_PER_RECORD};
use runtime::Record;
use runtime::queue::{Envelope, Queue};
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let store = Store::from_env(&config)?;
    let assistant = Assistant::from_env(store.credentials().model_keys().await?, &store)?;
    let drafter = Drafter { store, assistant, mails: Queue::from_env(&config)? };
    let handle = async |record: Record<Envelope>| drafter.handle(&record.body.detail, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_RECORD, handle).await
}
