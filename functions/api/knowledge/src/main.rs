//! Wires `api-knowledge`.

use api_knowledge::AppState;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    runtime::api(api_knowledge::router(AppState::from_env(&config)?)).await
}
