//! Wires `worker-data-rights`.

use aws_lambda_events::sqs::SqsEvent;
use files::Files;
use lambda_runtime::{LambdaEvent, run, service_fn};
use runtime::batch::{Batch, body, deadline};
use runtime::data_rights_queue::DataRightsQueue;
use runtime::dead_letters::DeadLetters;
use runtime::env::required;
use std::convert::Infallible;
use store::Store;
use worker_data_rights::{DataRights, TIME_PER_STEP};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    let config = runtime::aws::config().await?;
    let files = Files::new(&config, required("FILES_BUCKET")?);
    let store = Store::from_env(&config)?.sealing_with(required("CREDENTIALS_KEY_ID")?);
    let rights = DataRights { store, files };
    let queue = DataRightsQueue::from_env(&config)?;
    let batch = Batch { dead_letters: DeadLetters::from_env(&config)?, time_per_record: TIME_PER_STEP };
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        let deadline = deadline(&event.context);
        let handle = async |record| match rights.step(&body(&record)?, runtime::clock::now()).await? {
            Some(next) => queue.send(&next.step, next.delay).await,
            None => Ok(()),
        };
        Ok::<_, Infallible>(batch.run(event.payload, deadline, handle).await)
    }))
    .await
}
