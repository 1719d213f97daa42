//! Wires `worker-journeys`.

use aws_lambda_events::sqs::SqsEvent;
use lambda_runtime::{LambdaEvent, run, service_fn};
use runtime::batch::{Batch, body, deadline};
use runtime::dead_letters::DeadLetters;
use runtime::schedules::Schedules;
use std::convert::Infallible;
use store::Store;
use worker_journeys::{Envelope, Journeys, TIME_PER_RECORD};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    let config = runtime::aws::config().await?;
    let journeys = Journeys { store: Store::from_env(&config)?, schedules: Schedules::from_env(&config)? };
    let batch = Batch { dead_letters: DeadLetters::from_env(&config)?, time_per_record: TIME_PER_RECORD };
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        let deadline = deadline(&event.context);
        let handle = async |record| journeys.hear(&body::<Envelope>(&record)?.detail, runtime::clock::now()).await;
        Ok::<_, Infallible>(batch.run(event.payload, deadline, handle).await)
    }))
    .await
}
