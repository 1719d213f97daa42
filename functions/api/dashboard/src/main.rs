//! Wires `api-dashboard`.

use api::Guard;
use api_dashboard::{Bucket, StreamOrigin};
use axum::Extension;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    // An endpoint of its own, such as an emulator's, has no host name for each bucket.
    let bucket = match config.endpoint_url() {
        Some(endpoint) => endpoint.trim_end_matches('/').to_owned(),
        None => runtime::env::required("BUCKET_ORIGIN")?,
    };
    let pages = api_dashboard::router(Guard::from_env(&config)?, Bucket(bucket));
    let streams = runtime::env::optional("SUGGESTION_STREAM_URL").and_then(|url| StreamOrigin::of(&url));
    runtime::api(match streams {
        Some(origin) => pages.layer(Extension(origin)),
        None => pages,
    })
    .await
}
