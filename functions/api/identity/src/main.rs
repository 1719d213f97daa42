//! Wires `api-identity`.

use api_identity::Desk;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    runtime::api(api_identity::router(Desk::from_env(&config)?)).await
}
