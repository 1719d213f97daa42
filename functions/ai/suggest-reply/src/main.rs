//! Wires `ai-suggest-reply`.

use ai::Assistant;
use ai_suggest_reply::AppState;
use api::Guard;
use files::Files;
use library::Library;
use std::sync::Arc;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let guard = Guard::from_env(&config)?;
    let assistant = Assistant::from_env(guard.store.credentials().model_keys().await?, &guard.store)?;
    let files = Files::new(&config, runtime::env::required("FILES_BUCKET")?);
    let library = Some(Library::to_answer(guard.store.clone(), files));
    let streamed_at = runtime::env::optional("SUGGESTION_STREAM_URL");
    let assistant = Arc::new(assistant);
    runtime::api(ai_suggest_reply::router(AppState { guard, assistant, library, streamed_at })).await
}
