//! Wires `api-booking`.

use api_booking::AppState;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    runtime::api(api_booking::router(AppState::from_env(&config)?)).await
}
