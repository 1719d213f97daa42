//! Wires `api-dashboard`.

use api::Guard;
use api_dashboard::Bucket;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    // An endpoint of its own, such as an emulator's, has no host name for each bucket.
    let bucket = match config.endpoint_url() {
        Some(endpoint) => endpoint.trim_end_matches('/').to_owned(),
        None => runtime::env::required("BUCKET_ORIGIN")?,
    };
    runtime::api(api_dashboard::router(Guard::from_env(&config)?, Bucket(bucket))).await
}
