//! Wires `api-booking`.

use api_booking::Desk;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    runtime::api(api_booking::router(Desk::from_env(&config)?)).await
}
