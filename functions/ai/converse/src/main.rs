//! Wires `ai-converse`.

use ai::Assistant;
use ai_converse::{Converse, TIME_PER_RECORD};
use domain::TenantId;
use store::{Credential, Store};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let store = Store::from_env(&config)?;
    let key = store.credentials().get(&TenantId::platform(), Credential::AnthropicApiKey).await?;
    let converse = Converse { store, assistant: Assistant::from_env(key.as_ref())? };
    let answer = async |record: runtime::Record<_>| converse.answer(&record.body).await;
    runtime::queue(&config, TIME_PER_RECORD, answer).await
}
