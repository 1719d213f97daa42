//! Wires `ai-embed-document`.

use ai::Assistant;
use ai_embed_document::{Embedder, TIME_PER_NOTICE};
use domain::TenantId;
use domain::knowledge::DocumentNotice;
use files::Files;
use library::Library;
use runtime::Record;
use runtime::env::required;
use runtime::queue::Queue;
use std::sync::Arc;
use store::{Credential, Store};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let files = Files::new(&config, required("FILES_BUCKET")?);
    let store = Store::from_env(&config)?;
    // Who reads files that others made has no key without need.
    let openai = match runtime::env::optional("OPENAI_EMBEDDINGS") {
        Some(_) => store.credentials().get(&TenantId::platform(), Credential::OpenAiApiKey).await?,
        None => None,
    };
    let assistant = Assistant::from_env([None, openai], &store)?;
    let library = Library::new(store, files);
    let embedder = Embedder { library, queue: Queue::from_env(&config)?, assistant: Arc::new(assistant) };
    let handle = async |record: Record<DocumentNotice>| embedder.handle(&record.body, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_NOTICE, handle).await
}
