//! Wires `api-prompts`.

use api::Guard;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    runtime::api(api_prompts::router(Guard::from_env(&config)?)).await
}
