//! Wires `api-pages`.

use lambda_http::run;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    run(api_pages::router()).await
}
