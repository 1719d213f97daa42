//! Wires `api-webhooks`.

use api_webhooks::AppState;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    runtime::api(api_webhooks::router(AppState::from_env(&config)?)).await
}
