//! Wires `worker-tenant-jobs`.

use runtime::env::required;
use runtime::queue::Queue;
use store::Store;
use worker_tenant_jobs::{TIME_PER_RECORD, TenantJobs};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    let config = runtime::start().await?;
    let store = Store::from_env(&config)?.sealing_with(required("CREDENTIALS_KEY_ID")?);
    let tenant_jobs = TenantJobs { store, queue: Queue::from_env(&config)? };
    let perform = async |record: runtime::Record<_>| tenant_jobs.perform(&record.body, runtime::clock::now()).await;
    runtime::queue(&config, TIME_PER_RECORD, perform).await
}
