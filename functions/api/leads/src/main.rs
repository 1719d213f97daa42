//! Wires `api-leads`.

use api::Door;
use lambda_http::run;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    let config = runtime::aws::config().await?;
    run(api_leads::router(Door::from_env(&config)?)).await
}
