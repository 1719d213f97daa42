//! Wires `api-campaigns`.

use api::Guard;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    runtime::api(api_campaigns::router(Guard::from_env(&config)?)).await
}
