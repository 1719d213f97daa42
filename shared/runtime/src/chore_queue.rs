//! The queue `TenantChores`: what is done for every tenant now and then, one message a tenant.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use domain::Failure;
use domain::tenancy::chores::Chore;

/// SQS takes ten messages a call.
const BATCH: usize = 10;

/// The queue that `worker-tenant-chores` reads.
#[derive(Debug, Clone)]
pub struct ChoreQueue {
    sqs: Client,
    url: String,
}

impl ChoreQueue {
    /// Over the queue named by `TENANT_CHORES_QUEUE_URL`.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when the variable is not set.
    pub fn from_env(config: &aws_config::SdkConfig) -> Result<Self, Failure> {
        Ok(Self::new(Client::new(config), crate::env::required("TENANT_CHORES_QUEUE_URL")?))
    }

    /// Over the queue at `url`.
    #[must_use]
    pub fn new(sqs: Client, url: String) -> Self {
        Self { sqs, url }
    }

    /// Asks for chores. Asking twice does them twice, which is the same.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when one of them was not stored.
    pub async fn send_all(&self, chores: &[Chore]) -> Result<(), Failure> {
        for chunk in chores.chunks(BATCH) {
            let entries = chunk.iter().enumerate().map(|(index, chore)| entry(index, chore));
            let answer = self
                .sqs
                .send_message_batch()
                .queue_url(&self.url)
                .set_entries(Some(entries.collect::<Result<_, _>>()?))
                .send()
                .await
                .map_err(|error| Failure::Retryable(format!("chore queue: {}", crate::aws::reason(&error))))?;
            if !answer.failed().is_empty() {
                return Err(Failure::Retryable(format!("chore queue refused {} messages", answer.failed().len())));
            }
        }
        Ok(())
    }
}

fn entry(index: usize, chore: &Chore) -> Result<SendMessageBatchRequestEntry, Failure> {
    let body = serde_json::to_string(chore).map_err(|error| Failure::Permanent(format!("chore: {error}")))?;
    let entry = SendMessageBatchRequestEntry::builder().id(index.to_string()).message_body(body).build();
    entry.map_err(|error| Failure::Permanent(error.to_string()))
}
