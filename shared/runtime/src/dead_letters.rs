//! The dead-letter queue, for records that no retry can help.
//!
//! SQS itself moves a record there after five receives. That takes a quarter of an hour, during which the record holds
//! back every later one of its FIFO group; a record known to be hopeless is therefore moved at once.

use aws_lambda_events::sqs::SqsMessage;
use aws_sdk_sqs::Client;
use domain::Failure;

/// Sends records to one dead-letter queue.
#[derive(Debug, Clone)]
pub struct DeadLetters {
    sqs: Client,
    queue_url: String,
}

impl DeadLetters {
    /// Over the queue named by `DEAD_LETTER_QUEUE_URL`.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when the variable is not set.
    pub fn from_env(config: &aws_config::SdkConfig) -> Result<Self, Failure> {
        Ok(Self::new(Client::new(config), crate::env::required("DEAD_LETTER_QUEUE_URL")?))
    }

    /// Over `queue_url`.
    #[must_use]
    pub fn new(sqs: Client, queue_url: String) -> Self {
        Self { sqs, queue_url }
    }

    /// Moves `record`, body and group unchanged. A repeat is dropped in a FIFO queue, and harmless in another.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the queue does not answer: the record then stays where it is.
    pub async fn send_to_dlq(&self, record: &SqsMessage) -> Result<(), Failure> {
        let attribute = |name: &str| record.attributes.get(name).cloned();
        self.sqs
            .send_message()
            .queue_url(&self.queue_url)
            .message_body(record.body.clone().unwrap_or_default())
            .set_message_group_id(attribute("MessageGroupId"))
            .set_message_deduplication_id(attribute("MessageDeduplicationId"))
            .send()
            .await
            .map(|_| ())
            .map_err(|error| Failure::Retryable(format!("dead-letter queue: {}", crate::aws::reason(&error))))
    }
}
