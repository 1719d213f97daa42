//! Wires `api-conversations`.

use api::Door;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    runtime::api(api_conversations::router(Door::from_env(&config)?)).await
}
