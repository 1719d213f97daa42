//! Wires `worker-deliver`.

use aws_lambda_events::sqs::SqsEvent;
use connectors::send::{email, http_client, meta, twilio};
use domain::Failure;
use domain::messaging::Email;
use lambda_runtime::{LambdaEvent, run, service_fn};
use runtime::batch::{Batch, body, deadline};
use runtime::dead_letters::DeadLetters;
use runtime::env::required;
use std::convert::Infallible;
use store::Store;
use url::Url;
use worker_deliver::{Deliver, Envelope, Senders, TIME_PER_RECORD};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    let config = runtime::aws::config().await?;
    let http = http_client()?;
    let senders = Senders {
        meta: meta::Sender::new(http.clone(), url("META_API_URL", "")?),
        twilio: twilio::Sender::new(http, url("TWILIO_API_URL", "")?),
        email: email::Sender::new(aws_sdk_sesv2::Client::new(&config)).with_events(required("MAIL_EVENTS")?),
        platform: Email::new(&required("MAIL_FROM")?, "MAIL_FROM")?,
        status_callback: url("PUBLIC_URL", "/webhooks/sms/status")?,
    };
    let deliver = Deliver { store: Store::from_env(&config)?, senders };
    let batch = Batch { dead_letters: DeadLetters::from_env(&config)?, time_per_record: TIME_PER_RECORD };
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        let deadline = deadline(&event.context);
        let handle = async |record| deliver.handle(&body::<Envelope>(&record)?.detail).await;
        Ok::<_, Infallible>(batch.run(event.payload, deadline, handle).await)
    }))
    .await
}

fn url(variable: &str, path: &str) -> Result<Url, Failure> {
    let base = required(variable)?;
    let wrong = |_| Failure::Permanent(format!("{variable} is no URL"));
    format!("{}{path}", base.trim_end_matches('/')).parse().map_err(wrong)
}
