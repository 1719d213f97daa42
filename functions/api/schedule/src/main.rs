//! Wires `api-schedule`.

use api::Guard;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    runtime::api(api_schedule::router(Guard::from_env(&config)?)).await
}
