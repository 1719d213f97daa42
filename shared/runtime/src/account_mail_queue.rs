//! The queue `AccountMail`: mails that let somebody in, on their way to the worker that writes them.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::MessageAttributeValue;
use domain::Failure;
use domain::identity::AccountMail;
use jiff::SignedDuration;

/// The message attribute that carries the correlation id.
pub const CORRELATION_ATTRIBUTE: &str = "correlation_id";

/// The queue that `worker-account-mail` reads.
#[derive(Debug, Clone)]
pub struct AccountMailQueue {
    sqs: Client,
    url: String,
}

impl AccountMailQueue {
    /// Over the queue named by `ACCOUNT_MAIL_QUEUE_URL`.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when the variable is not set.
    pub fn from_env(config: &aws_config::SdkConfig) -> Result<Self, Failure> {
        Ok(Self::new(Client::new(config), crate::env::required("ACCOUNT_MAIL_QUEUE_URL")?))
    }

    /// Over the queue at `url`.
    #[must_use]
    pub fn new(sqs: Client, url: String) -> Self {
        Self { sqs, url }
    }

    /// Asks for a mail. Asking twice sends two, each with a link that works.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the queue does not answer.
    pub async fn send(&self, mail: &AccountMail, correlation_id: &str) -> Result<(), Failure> {
        self.send_later(mail, SignedDuration::ZERO, correlation_id).await
    }

    /// As [`AccountMailQueue::send`], for a mail that the worker is to see `after` so long, 15 minutes at most.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the queue does not answer.
    pub async fn send_later(
        &self,
        mail: &AccountMail,
        after: SignedDuration,
        correlation_id: &str,
    ) -> Result<(), Failure> {
        let body = serde_json::to_string(mail).map_err(|error| Failure::Permanent(format!("account mail: {error}")))?;
        let delay = i32::try_from(after.as_secs()).unwrap_or_default();
        let mut message = self.sqs.send_message().queue_url(&self.url).message_body(body).delay_seconds(delay);
        // SQS refuses an empty attribute.
        if !correlation_id.is_empty() {
            let id = MessageAttributeValue::builder().data_type("String").string_value(correlation_id).build();
            message =
                message.message_attributes(CORRELATION_ATTRIBUTE, id.map_err(|e| Failure::Permanent(e.to_string()))?);
        }
        let sent = message.send().await;
        sent.map_err(|error| Failure::Retryable(format!("account mail queue: {}", crate::aws::reason(&error))))?;
        Ok(())
    }
}
