//! Wires `worker-touchpoint`.

use ai::Assistant;
use domain::TenantId;
use runtime::schedules::Schedules;
use store::{Credential, Store};
use worker_touchpoint::{TIME_PER_RECORD, Touchpoints};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let store = Store::from_env(&config)?;
    let key = store.credentials().get(&TenantId::platform(), Credential::AnthropicApiKey).await?;
    let assistant = Assistant::from_env(key.as_ref())?;
    let touchpoints = Touchpoints { store, schedules: Schedules::from_env(&config)?, assistant };
    let touch = async |record: runtime::Record<_>| touchpoints.touch(&record.body, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_RECORD, touch).await
}
