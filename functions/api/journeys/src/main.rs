//! Wires `api-journeys`.

use api_journeys::AppState;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    runtime::api(api_journeys::router(AppState::from_env(&config)?)).await
}
