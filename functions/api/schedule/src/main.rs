//! Wires `api-schedule`.

use api_schedule::AppState;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    runtime::api(api_schedule::router(AppState::from_env(&config)?)).await
}
