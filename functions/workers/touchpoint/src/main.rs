//! Wires `worker-touchpoint`.

use ai::{Assistant, Models};
use aws_lambda_events::sqs::SqsEvent;
use domain::{Failure, TenantId};
use lambda_runtime::{LambdaEvent, run, service_fn};
use runtime::batch::{Batch, body, deadline};
use runtime::dead_letters::DeadLetters;
use runtime::schedules::Schedules;
use std::convert::Infallible;
use store::{Credential, Store};
use worker_touchpoint::{TIME_PER_RECORD, Touchpoints};

#[tokio::main(flavor = "current_thread")]
async fn main() -> runtime::MainResult {
    runtime::telemetry::init();
    let config = runtime::aws::config().await?;
    let store = Store::from_env(&config)?;
    let assistant = assistant(&store).await?;
    let touchpoints = Touchpoints { store, schedules: Schedules::from_env(&config)?, assistant };
    let batch = Batch { dead_letters: DeadLetters::from_env(&config)?, time_per_record: TIME_PER_RECORD };
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        let deadline = deadline(&event.context);
        let handle = async |record| touchpoints.touch(&body(&record)?, runtime::clock::now()).await;
        Ok::<_, Infallible>(batch.run(event.payload, deadline, handle).await)
    }))
    .await
}

/// The model where the platform has a key, else none: the steps' own texts go out.
async fn assistant(store: &Store) -> Result<Assistant, Failure> {
    let Some(key) = store.credential(&TenantId::platform(), Credential::AnthropicApiKey).await? else {
        tracing::info!("no model key: the steps' own texts go out");
        return Ok(Assistant::builtin());
    };
    let url = runtime::env::required("ANTHROPIC_API_URL")?;
    let url = url.parse().map_err(|_| Failure::Permanent("ANTHROPIC_API_URL is no URL".into()))?;
    let defaults = Models::default();
    let qualifier = runtime::env::optional("QUALIFIER_MODEL").unwrap_or(defaults.qualifier);
    Assistant::anthropic(&key, &url, Models { qualifier, ..defaults })
}
