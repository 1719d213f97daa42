//! The Inbound queue: where every webhook puts what it took, before it says 200.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use domain::Failure;
use domain::messaging::Inbound;

/// SQS takes ten messages a call.
const BATCH: usize = 10;

/// The FIFO queue that `ai-converse` reads.
#[derive(Debug, Clone)]
pub struct InboundQueue {
    sqs: Client,
    url: String,
}

impl InboundQueue {
    /// Over the queue named by `INBOUND_QUEUE_URL`.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when the variable is not set.
    pub fn from_env(config: &aws_config::SdkConfig) -> Result<Self, Failure> {
        Ok(Self { sqs: Client::new(config), url: crate::env::required("INBOUND_QUEUE_URL")? })
    }

    /// Over the queue at `url`.
    #[must_use]
    pub fn new(sqs: Client, url: String) -> Self {
        Self { sqs, url }
    }

    /// Stores one message durably; group and deduplication id as [`Inbound`] gives them.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the queue does not answer: the webhook says 503 and the vendor tries again.
    pub async fn send(&self, message: &Inbound) -> Result<(), Failure> {
        self.sqs
            .send_message()
            .queue_url(&self.url)
            .message_body(body(message)?)
            .message_group_id(message.group())
            .message_deduplication_id(message.deduplication_id())
            .send()
            .await
            .map_err(|error| Failure::Retryable(format!("inbound queue: {}", crate::aws::reason(&error))))?;
        Ok(())
    }

    /// Stores several, ten a call, in order.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when one of them was not stored. Those that were are recognised when the vendor repeats the delivery.
    pub async fn send_all(&self, messages: &[Inbound]) -> Result<(), Failure> {
        if let [only] = messages {
            return self.send(only).await;
        }
        for chunk in messages.chunks(BATCH) {
            let mut entries = Vec::with_capacity(chunk.len());
            for (index, message) in chunk.iter().enumerate() {
                let entry = SendMessageBatchRequestEntry::builder()
                    .id(index.to_string())
                    .message_body(body(message)?)
                    .message_group_id(message.group())
                    .message_deduplication_id(message.deduplication_id())
                    .build()
                    .map_err(|error| Failure::Permanent(error.to_string()))?;
                entries.push(entry);
            }
            let answer = self
                .sqs
                .send_message_batch()
                .queue_url(&self.url)
                .set_entries(Some(entries))
                .send()
                .await
                .map_err(|error| Failure::Retryable(format!("inbound queue: {}", crate::aws::reason(&error))))?;
            if !answer.failed().is_empty() {
                return Err(Failure::Retryable(format!("inbound queue refused {} messages", answer.failed().len())));
            }
        }
        Ok(())
    }
}

fn body(message: &Inbound) -> Result<String, Failure> {
    serde_json::to_string(message).map_err(|error| Failure::Permanent(format!("inbound message: {error}")))
}
