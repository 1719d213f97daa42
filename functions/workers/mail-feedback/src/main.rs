//! Wires `worker-mail-feedback`.

use lambda_runtime::{LambdaEvent, run, service_fn};
use store::Store;
use worker_mail_feedback::{Envelope, MailFeedback};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    let config = runtime::aws::config().await?;
    let feedback = MailFeedback { store: Store::from_env(&config)? };
    run(service_fn(async |event: LambdaEvent<Envelope>| {
        feedback.heed(&event.payload, runtime::clock::now()).await.map_err(lambda_runtime::Error::from)
    }))
    .await
}
