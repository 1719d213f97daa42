//! Wires `api-data`.

use api_data::AppState;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    runtime::api(api_data::router(AppState::from_env(&config)?)).await
}
