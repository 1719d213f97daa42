//! The queue `DataRights`: steps of exports and erasures, on their way to the worker that does them.

use aws_sdk_sqs::Client;
use domain::Failure;
use domain::tenancy::DataStep;
use std::time::Duration;

/// The longest that SQS holds a message back.
const MAX_DELAY: Duration = Duration::from_secs(900);

/// The queue that `worker-data-rights` reads, and writes each next step to.
#[derive(Debug, Clone)]
pub struct DataRightsQueue {
    sqs: Client,
    url: String,
}

impl DataRightsQueue {
    /// Over the queue named by `DATA_RIGHTS_QUEUE_URL`.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when the variable is not set.
    pub fn from_env(config: &aws_config::SdkConfig) -> Result<Self, Failure> {
        Ok(Self::new(Client::new(config), crate::env::required("DATA_RIGHTS_QUEUE_URL")?))
    }

    /// Over the queue at `url`.
    #[must_use]
    pub fn new(sqs: Client, url: String) -> Self {
        Self { sqs, url }
    }

    /// Asks for a step, after `delay` (at most 15 minutes). Asking twice is harmless.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the queue does not answer.
    pub async fn send(&self, step: &DataStep, delay: Duration) -> Result<(), Failure> {
        let body = serde_json::to_string(step).map_err(|error| Failure::Permanent(format!("data step: {error}")))?;
        let seconds = i32::try_from(delay.min(MAX_DELAY).as_secs()).unwrap_or_default();
        let message = self.sqs.send_message().queue_url(&self.url).message_body(body).delay_seconds(seconds);
        let sent = message.send().await;
        sent.map_err(|error| Failure::Retryable(format!("data rights queue: {}", crate::aws::reason(&error))))?;
        Ok(())
    }
}
