//! Wires `api-tenants`.

use api_tenants::Desk;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    runtime::api(api_tenants::router(Desk::from_env(&config)?)).await
}
