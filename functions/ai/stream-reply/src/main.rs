//! Wires `ai-stream-reply`.

use ai::Assistant;
use ai_stream_reply::{Pace, Table, router};
use ai_suggest_reply::Proposer;
use files::Files;
use library::Library;
use std::sync::Arc;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let store = Store::from_env(&config)?;
    let assistant = Assistant::from_env(store.credentials().model_keys().await?, &store)?;
    let files = Files::new(&config, runtime::env::required("FILES_BUCKET")?);
    let library = Some(Library::to_answer(store.clone(), files));
    let proposer = Proposer { store, assistant: Arc::new(assistant), library };
    runtime::stream(router(Table(proposer), Pace::default())).await
}
