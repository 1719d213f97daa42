//! Wires `ai-extract-style`.

use ai::Assistant;
use ai_extract_style::AppState;
use api::Guard;
use std::sync::Arc;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let guard = Guard::from_env(&config)?;
    let assistant = Assistant::from_env(guard.store.credentials().model_keys().await?, &guard.store)?;
    runtime::api(ai_extract_style::router(AppState { guard, assistant: Arc::new(assistant) })).await
}
