//! Wires `api-tenants`.

use api_tenants::Desk;
use lambda_http::run;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    let config = runtime::aws::config().await?;
    run(api_tenants::router(Desk::from_env(&config)?)).await
}
