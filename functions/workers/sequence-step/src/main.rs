//! Wires `worker-sequence-step`.

use ai::Assistant;
use runtime::schedules::Schedules;
use store::Store;
use worker_sequence_step::{SequenceSteps, TIME_PER_RECORD};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let store = Store::from_env(&config)?.sealing_with(runtime::env::required("CREDENTIALS_KEY_ID")?);
    let public_url = runtime::env::required("PUBLIC_URL")?;
    let assistant = Assistant::from_env(store.credentials().model_keys().await?, &store)?;
    let sequence_steps = SequenceSteps { store, schedules: Schedules::from_env(&config)?, assistant, public_url };
    let outreach =
        async |record: runtime::Record<_>| sequence_steps.run_step(&record.body, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_RECORD, outreach).await
}
