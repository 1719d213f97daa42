//! Wires `api-tenants`.

use api_tenants::AppState;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    runtime::api(api_tenants::router(AppState::from_env(&config)?)).await
}
