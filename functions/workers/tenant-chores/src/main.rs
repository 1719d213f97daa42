//! Wires `worker-tenant-chores`.

use aws_lambda_events::sqs::SqsEvent;
use lambda_runtime::{LambdaEvent, run, service_fn};
use runtime::batch::{Batch, body, deadline};
use runtime::chore_queue::ChoreQueue;
use runtime::dead_letters::DeadLetters;
use runtime::env::required;
use std::convert::Infallible;
use store::Store;
use worker_tenant_chores::{Chores, TIME_PER_RECORD};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    let config = runtime::aws::config().await?;
    let store = Store::from_env(&config)?.sealing_with(required("CREDENTIALS_KEY_ID")?);
    let chores = Chores { store, queue: ChoreQueue::from_env(&config)? };
    let batch = Batch { dead_letters: DeadLetters::from_env(&config)?, time_per_record: TIME_PER_RECORD };
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        let deadline = deadline(&event.context);
        let handle = async |record| chores.perform(&body(&record)?, runtime::clock::now()).await;
        Ok::<_, Infallible>(batch.run(event.payload, deadline, handle).await)
    }))
    .await
}
