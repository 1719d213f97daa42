//! Wires `api-conversations`.

use api_conversations::AppState;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    runtime::api(api_conversations::router(AppState::from_env(&config)?)).await
}
