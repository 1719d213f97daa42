//! Wires `api-identity`.

use api_identity::AppState;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    runtime::api(api_identity::router(AppState::from_env(&config)?)).await
}
