//! Wires `api-journeys`.

use api::Door;
use lambda_http::run;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    let config = runtime::aws::config().await?;
    run(api_journeys::router(Door::from_env(&config)?)).await
}
