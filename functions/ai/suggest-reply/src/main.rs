//! Wires `ai-suggest-reply`.

use ai::{Assistant, Keys};
use ai_suggest_reply::AppState;
use api::Guard;
use files::Files;
use library::Library;
use std::sync::Arc;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let guard = Guard::from_env(&config)?;
    let [anthropic, openai] = guard.store.credentials().model_keys().await?;
    let assistant = Assistant::from_env(&Keys { anthropic, openai })?
        .sharing(Arc::new(guard.store.clone()))
        .prompted_by(Arc::new(guard.store.clone()));
    let files = Files::new(&config, runtime::env::required("FILES_BUCKET")?);
    let library = Some(Library::to_answer(guard.store.clone(), files));
    let streamed_at = runtime::env::optional("SUGGESTION_STREAM_URL");
    let assistant = Arc::new(assistant);
    runtime::api(ai_suggest_reply::router(AppState { guard, assistant, library, streamed_at })).await
}
