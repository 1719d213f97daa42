//! Wires `worker-sequence-step`.

use ai::Assistant;
use domain::TenantId;
use runtime::schedules::Schedules;
use store::{Credential, Store};
use worker_sequence_step::{SequenceSteps, TIME_PER_RECORD};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let store = Store::from_env(&config)?.sealing_with(runtime::env::required("CREDENTIALS_KEY_ID")?);
    let public_url = runtime::env::required("PUBLIC_URL")?;
    let key = store.credentials().get(&TenantId::platform(), Credential::AnthropicApiKey).await?;
    let assistant = Assistant::from_env(key.as_ref())?;
    let sequence_steps = SequenceSteps { store, schedules: Schedules::from_env(&config)?, assistant, public_url };
    let outreach =
        async |record: runtime::Record<_>| sequence_steps.run_step(&record.body, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_RECORD, outreach).await
}
