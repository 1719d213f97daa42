//! Wires `cron-knowledge-gaps`.

use cron_knowledge_gaps::KnowledgeGaps;
use runtime::queue::Queue;
use store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let gaps = KnowledgeGaps { store: Store::from_env(&config)?, queue: Queue::from_env(&config)? };
    runtime::cron(async |now, _| gaps.ask(now).await).await
}
