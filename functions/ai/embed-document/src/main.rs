//! Wires `ai-embed-document`.

use ai_embed_document::{Embedder, TIME_PER_NOTICE};
use domain::knowledge::DocumentNotice;
use files::Files;
use library::Library;
use runtime::Record;
use runtime::env::required;
use runtime::queue::Queue;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let files = Files::new(&config, required("FILES_BUCKET")?);
    let library = Library::new(Store::from_env(&config)?, files);
    let embedder = Embedder { library, queue: Queue::from_env(&config)? };
    let handle = async |record: Record<DocumentNotice>| embedder.handle(&record.body, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_NOTICE, handle).await
}
