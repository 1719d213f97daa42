//! The queue `Touchpoints`: steps of sequences that are due now.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use domain::Failure;
use domain::journeys::TouchPoint;

/// SQS takes ten messages a call.
const BATCH: usize = 10;

/// The queue that `worker-touchpoint` reads.
#[derive(Debug, Clone)]
pub struct TouchpointQueue {
    sqs: Client,
    url: String,
}

impl TouchpointQueue {
    /// Over the queue named by `TOUCHPOINTS_QUEUE_URL`.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when the variable is not set.
    pub fn from_env(config: &aws_config::SdkConfig) -> Result<Self, Failure> {
        Ok(Self::new(Client::new(config), crate::env::required("TOUCHPOINTS_QUEUE_URL")?))
    }

    /// Over the queue at `url`.
    #[must_use]
    pub fn new(sqs: Client, url: String) -> Self {
        Self { sqs, url }
    }

    /// Puts steps on the queue, ten a call. One that is there twice is done once.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when one of them was not stored.
    pub async fn send_all(&self, points: &[TouchPoint]) -> Result<(), Failure> {
        for chunk in points.chunks(BATCH) {
            let entries = chunk.iter().enumerate().map(|(index, point)| entry(index, point));
            let answer = self
                .sqs
                .send_message_batch()
                .queue_url(&self.url)
                .set_entries(Some(entries.collect::<Result<_, _>>()?))
                .send()
                .await
                .map_err(|error| Failure::Retryable(format!("touch points: {}", crate::aws::reason(&error))))?;
            if !answer.failed().is_empty() {
                let refused = answer.failed().len();
                return Err(Failure::Retryable(format!("the queue of touch points refused {refused} messages")));
            }
        }
        Ok(())
    }
}

fn entry(index: usize, point: &TouchPoint) -> Result<SendMessageBatchRequestEntry, Failure> {
    let body = serde_json::to_string(point).map_err(|error| Failure::Permanent(format!("touch point: {error}")))?;
    let entry = SendMessageBatchRequestEntry::builder().id(index.to_string()).message_body(body).build();
    entry.map_err(|error| Failure::Permanent(error.to_string()))
}
