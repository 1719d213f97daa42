//! Wires `worker-account-mail`.

use aws_lambda_events::sqs::{SqsEvent, SqsMessage};
use connectors::send::email;
use domain::Failure;
use domain::messaging::Email;
use lambda_runtime::{LambdaEvent, run, service_fn};
use runtime::account_mail_queue::CORRELATION_ATTRIBUTE;
use runtime::batch::{Batch, body, deadline};
use runtime::dead_letters::DeadLetters;
use runtime::env::required;
use std::convert::Infallible;
use store::Store;
use worker_account_mail::{AccountMailer, TIME_PER_RECORD};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    let config = runtime::aws::config().await?;
    let mailer = AccountMailer {
        store: Store::from_env(&config)?,
        sender: email::Sender::new(aws_sdk_sesv2::Client::new(&config)),
        from: Email::new(&required("MAIL_FROM")?, "MAIL_FROM")?,
        app_url: required("APP_URL")?.parse().map_err(|_| Failure::Permanent("APP_URL is no URL".into()))?,
    };
    let batch = Batch { dead_letters: DeadLetters::from_env(&config)?, time_per_record: TIME_PER_RECORD };
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        let deadline = deadline(&event.context);
        let handle = async |record| mailer.send(&body(&record)?, correlation_id(&record)).await;
        Ok::<_, Infallible>(batch.run(event.payload, deadline, handle).await)
    }))
    .await
}

fn correlation_id(record: &SqsMessage) -> &str {
    let attribute = record.message_attributes.get(CORRELATION_ATTRIBUTE);
    attribute.and_then(|attribute| attribute.string_value.as_deref()).unwrap_or_default()
}
