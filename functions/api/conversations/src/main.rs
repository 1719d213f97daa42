//! Wires `api-conversations`.

use lambda_http::run;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    let config = runtime::aws::config().await;
    run(api_conversations::router(Store::from_env(&config)?)).await
}
