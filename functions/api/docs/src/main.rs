//! Wires `api-docs`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    runtime::api(api_docs::router()?).await
}
