//! Wires `ai-extract-style`.

use ai::{Assistant, Keys};
use ai_extract_style::AppState;
use api::Guard;
use std::sync::Arc;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let guard = Guard::from_env(&config)?;
    let [anthropic, openai] = guard.store.credentials().model_keys().await?;
    let assistant = Assistant::from_env(&Keys { anthropic, openai })?
        .sharing(Arc::new(guard.store.clone()))
        .prompted_by(Arc::new(guard.store.clone()));
    runtime::api(ai_extract_style::router(AppState { guard, assistant: Arc::new(assistant) })).await
}
