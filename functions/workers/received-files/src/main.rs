//! Wires `worker-received-files`.

use connectors::download::Downloads;
use files::Files;
use runtime::Record;
use runtime::env::required;
use runtime::queue::Envelope;
use store::Store;
use worker_received_files::{ReceivedFilesWorker, TIME_PER_RECORD, url};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let worker = ReceivedFilesWorker {
        store: Store::from_env(&config)?,
        files: Files::new(&config, required("FILES_BUCKET")?),
        downloads: Downloads::new(url("META_API_URL")?, url("TWILIO_API_URL")?)?,
    };
    let handle = async |record: Record<Envelope>| worker.handle(&record.body.detail).await;
    runtime::queue(&config, TIME_PER_RECORD, handle).await
}
