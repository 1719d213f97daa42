//! Wires `api-identity`.

use api_identity::Desk;
use lambda_http::run;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    let config = runtime::aws::config().await?;
    run(api_identity::router(Desk::from_env(&config)?)).await
}
