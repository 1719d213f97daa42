//! Wires `api-widget`.

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    runtime::api(api_widget::router()?).await
}
