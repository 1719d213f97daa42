//! What a `main` does: [`start`], build what the function needs, and hand records, ticks or requests to it for ever.
//!
//! Handlers' futures are boxed: nested in Lambda's own, their types are deeper than the compiler follows.

use aws_config::SdkConfig;
use aws_lambda_events::sqs::{SqsEvent, SqsMessage};
use domain::Failure;
use futures::FutureExt as _;
use jiff::Timestamp;
use lambda_http::Request;
use lambda_runtime::{LambdaEvent, service_fn};
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use std::convert::Infallible;
use std::time::{Duration, SystemTime};

use crate::MainResult;
use crate::batch::{Batch, body, deadline};
use crate::dead_letters::DeadLetters;
use crate::http::HttpResponse;
use crate::queue::CORRELATION_ATTRIBUTE;

/// Begins to log, and reads how to reach AWS.
///
/// # Errors
/// As [`crate::aws::config`].
pub async fn start() -> Result<SdkConfig, lambda_runtime::Error> {
    crate::telemetry::init();
    crate::aws::config().await
}

/// A record of a queue.
#[derive(Debug, Clone)]
pub struct Record<T> {
    /// What it says.
    pub body: T,
    /// The request that caused it; empty where its sender named none.
    pub correlation_id: String,
}

impl<T: DeserializeOwned> Record<T> {
    fn read(message: &SqsMessage) -> Result<Self, Failure> {
        let attribute = message.message_attributes.get(CORRELATION_ATTRIBUTE);
        let correlation_id = attribute.and_then(|attribute| attribute.string_value.clone()).unwrap_or_default();
        Ok(Self { body: body(message)?, correlation_id })
    }
}

/// Serves a queue: its batches are worked through as [`crate::batch`] promises, a record in at most `time_per_record`.
///
/// # Errors
/// When the environment names no dead-letter queue, or Lambda does not answer.
pub async fn queue<T: DeserializeOwned>(
    config: &SdkConfig,
    time_per_record: Duration,
    handle: impl AsyncFn(Record<T>) -> Result<(), Failure>,
) -> MainResult {
    let batch = Batch { dead_letters: DeadLetters::from_env(config)?, time_per_record };
    let (batch, handle) = (&batch, &handle);
    lambda_runtime::run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        let deadline = deadline(&event.context);
        let read = async |message| Box::pin(handle(Record::read(&message)?)).await;
        Ok::<_, Infallible>(batch.run(event.payload, deadline, read).await)
    }))
    .await
}

/// Serves a clock: each tick is handed its time, and the moment at which the function is stopped. A failure fails the run.
///
/// # Errors
/// When Lambda does not answer.
pub async fn cron<R: Serialize>(tick: impl AsyncFn(Timestamp, SystemTime) -> Result<R, Failure>) -> MainResult {
    let tick = &tick;
    lambda_runtime::run(service_fn(async |event: LambdaEvent<IgnoredAny>| {
        Box::pin(tick(crate::clock::now(), deadline(&event.context))).await.map_err(lambda_runtime::Error::from)
    }))
    .await
}

/// Serves events that come one an invocation, or in batches of another source than SQS; a failure fails the invocation.
///
/// # Errors
/// When Lambda does not answer.
pub async fn events<E: DeserializeOwned, R: Serialize>(handle: impl AsyncFn(E) -> Result<R, Failure>) -> MainResult {
    let handle = &handle;
    lambda_runtime::run(service_fn(async |event: LambdaEvent<E>| {
        Box::pin(handle(event.payload)).await.map_err(lambda_runtime::Error::from)
    }))
    .await
}

/// Serves a webhook.
///
/// # Errors
/// When Lambda does not answer.
pub async fn webhook<F>(answer: impl Fn(Request) -> F) -> MainResult
where
    F: Future<Output = HttpResponse> + Send,
{
    lambda_http::run(service_fn(|request: Request| answer(request).map(Ok::<_, Infallible>))).await
}
