//! Wires `api-inventory`.

use api_inventory::AppState;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    runtime::api(api_inventory::router(AppState::from_env(&config)?)).await
}
