//! Wires `worker-render-pdf`.

use files::Files;
use runtime::Record;
use runtime::env::required;
use runtime::queue::Envelope;
use store::Store;
use worker_render_pdf::{Renderer, TIME_PER_RECORD};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let renderer = Renderer { store: Store::from_env(&config)?, files: Files::new(&config, required("FILES_BUCKET")?) };
    let handle = async |record: Record<Envelope>| renderer.handle(&record.body.detail, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_RECORD, handle).await
}
