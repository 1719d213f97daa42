//! Queues: one declaration a kind of record says where it goes and how it lies there.
//!
//! Promises: a record is stored durably or the sender hears that it was not; on a FIFO queue it lies once, in the order of
//! its group. The worker reads the same kind of record with [`crate::queue()`].

use aws_sdk_sqs::Client;
use aws_sdk_sqs::operation::send_message_batch::SendMessageBatchOutput;
use aws_sdk_sqs::types::{MessageAttributeValue, SendMessageBatchRequestEntry};
use domain::Failure;
use domain::campaigns::CampaignStep;
use domain::events::Event;
use domain::identity::AccountMail;
use domain::insights::benchmarks::AggregateStep;
use domain::journeys::DueStep;
use domain::knowledge::DocumentNotice;
use domain::leads::import::ImportStep;
use domain::messaging::Inbound;
use domain::prompts::DueReview;
use domain::rights::DataStep;
use domain::scheduling::{DueCalendar, FreedTime};
use domain::tenancy::tenant_jobs::{TenantJob, WeatherCheck};
use domain::webhooks::DueDelivery;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::marker::PhantomData;
use std::time::Duration;

/// SQS takes ten messages a call.
const BATCH: usize = 10;
/// The longest that SQS holds a message back.
const LONGEST_DELAY: Duration = Duration::from_secs(900);
/// The message attribute that carries the correlation id.
pub(crate) const CORRELATION_ATTRIBUTE: &str = "correlation_id";

/// A record that waits on a queue of its own.
pub trait Queued: Serialize {
    /// The queue, as errors name it.
    const QUEUE: &'static str;
    /// The environment variable with the queue's URL.
    const URL: &'static str;

    /// Group and deduplication id on a FIFO queue.
    fn fifo(&self) -> Option<(String, String)> {
        None
    }
}

/// What webhooks took, for `ai-converse`.
impl Queued for Inbound {
    const QUEUE: &'static str = "inbound queue";
    const URL: &'static str = "INBOUND_QUEUE_URL";

    fn fifo(&self) -> Option<(String, String)> {
        Some((self.group(), self.deduplication_id()))
    }
}

/// Says of each record which queue it waits on, as errors name it, and which variable has the queue's URL.
macro_rules! queued {
    ($($(#[$doc:meta])* $record:ty: $queue:literal, $url:literal;)*) => {
        $($(#[$doc])*
        impl Queued for $record {
            const QUEUE: &'static str = $queue;
            const URL: &'static str = $url;
        })*

        /// Whether `body` is a record of the queue whose URL `variable` has; an event that the bus brought is one of any queue.
        ///
        /// # Errors
        /// What keeps it from being read.
        pub fn check(variable: &str, body: &str) -> serde_json::Result<()> {
            match variable {
                $($url => serde_json::from_str::<Work<$record>>(body).map(drop),)*
                <Inbound as Queued>::URL => serde_json::from_str::<Inbound>(body).map(drop),
                _ => serde_json::from_str::<Envelope>(body).map(drop),
            }
        }
    };
}

queued! {
    /// Mails with a one-time link, for `worker-account-mail`. Asking twice sends two, and both links work.
    AccountMail: "account mail queue", "ACCOUNT_MAIL_QUEUE_URL";
    /// Work that is done for every tenant now and then, for `worker-tenant-jobs`.
    TenantJob: "tenant jobs queue", "TENANT_JOBS_QUEUE_URL";
    /// Steps of exports and erasures, for `worker-data-rights`.
    DataStep: "data rights queue", "DATA_RIGHTS_QUEUE_URL";
    /// Imports of contacts that go on, for `worker-imports`.
    ImportStep: "imports queue", "IMPORTS_QUEUE_URL";
    /// Steps of sequences that are due now, for `worker-sequence-step`.
    DueStep: "sequence steps queue", "SEQUENCE_STEPS_QUEUE_URL";
    /// Tries of webhooks that are due now, for `worker-webhooks`.
    DueDelivery: "webhooks queue", "WEBHOOKS_QUEUE_URL";
    /// Times that became free and are looked at later, for `worker-waitlist`.
    FreedTime: "waitlist queue", "WAITLIST_QUEUE_URL";
    /// Pieces of a campaign's work, for `worker-campaigns`.
    CampaignStep: "campaign events queue", "CAMPAIGN_EVENTS_QUEUE_URL";
    /// Outside calendars that are to be read now, for `worker-calendars`.
    DueCalendar: "calendars queue", "CALENDARS_QUEUE_URL";
    /// Tenants whose triggers are held against forecasts, for `worker-weather`.
    WeatherCheck: "weather checks queue", "WEATHER_CHECKS_QUEUE_URL";
    /// Steps that sum up a night's benchmarks and publish them, for `worker-aggregate`.
    AggregateStep: "aggregate queue", "AGGREGATE_QUEUE_URL";
    /// Prompts that fail too often, for `ai-analyze-prompt-failures`.
    DueReview: "prompt reviews queue", "PROMPT_REVIEWS_QUEUE_URL";
    /// Documents that are to be looked at, for `ai-embed-document`; the bucket puts its own messages there.
    DocumentNotice: "knowledge queue", "KNOWLEDGE_QUEUE_URL";
}

/// A record of a queue that the bus alone fills: EventBridge's envelope.
#[derive(Debug, Clone, Deserialize)]
pub struct Envelope {
    /// The event.
    pub detail: Event,
}

/// A record of a queue that the bus fills and functions too.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "Value", bound(deserialize = "T: DeserializeOwned"))]
pub enum Work<T> {
    /// What happened, from EventBridge's envelope.
    Event(Box<Event>),
    /// What is due.
    Due(T),
}

impl<T: DeserializeOwned> TryFrom<Value> for Work<T> {
    type Error = serde_json::Error;

    fn try_from(mut record: Value) -> Result<Self, Self::Error> {
        match record.get_mut("detail") {
            Some(event) => serde_json::from_value(event.take()).map(Self::Event),
            None => serde_json::from_value(record).map(Self::Due),
        }
    }
}

/// The queue of one kind of record.
#[derive(Debug)]
pub struct Queue<T> {
    sqs: Client,
    url: String,
    carries: PhantomData<fn(T)>,
}

impl<T> Clone for Queue<T> {
    fn clone(&self) -> Self {
        Self { sqs: self.sqs.clone(), url: self.url.clone(), carries: PhantomData }
    }
}

impl<T: Queued> Queue<T> {
    /// Over the queue that the environment names.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when the variable is not set.
    pub fn from_env(config: &aws_config::SdkConfig) -> Result<Self, Failure> {
        Ok(Self::new(Client::new(config), crate::env::required(T::URL)?))
    }

    /// Over the queue at `url`.
    #[must_use]
    pub fn new(sqs: Client, url: String) -> Self {
        Self { sqs, url, carries: PhantomData }
    }

    /// Stores one record.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the queue does not answer.
    pub async fn send(&self, record: &T) -> Result<(), Failure> {
        self.send_later(record, Duration::ZERO, "").await
    }

    /// As [`Queue::send`], with the id of the request that caused it.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the queue does not answer.
    pub async fn send_traced(&self, record: &T, correlation_id: &str) -> Result<(), Failure> {
        self.send_later(record, Duration::ZERO, correlation_id).await
    }

    /// As [`Queue::send_traced`], for a record that the worker is to see `after` so long, 15 minutes at most. FIFO queues
    /// hold no single record back.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the queue does not answer.
    pub async fn send_later(&self, record: &T, after: Duration, correlation_id: &str) -> Result<(), Failure> {
        let (group, once) = record.fifo().unzip();
        let seconds = i32::try_from(after.min(LONGEST_DELAY).as_secs()).unwrap_or_default();
        let mut message = self
            .sqs
            .send_message()
            .queue_url(&self.url)
            .message_body(body(record)?)
            .set_message_group_id(group)
            .set_message_deduplication_id(once)
            .set_delay_seconds((seconds > 0).then_some(seconds));
        // SQS refuses an empty attribute.
        if !correlation_id.is_empty() {
            let id = MessageAttributeValue::builder().data_type("String").string_value(correlation_id).build();
            message =
                message.message_attributes(CORRELATION_ATTRIBUTE, id.map_err(|e| Failure::Permanent(e.to_string()))?);
        }
        message.send().await.map_err(|error| unanswered::<T>(&crate::aws::reason(&error)))?;
        Ok(())
    }

    /// Stores several, ten a call, in order.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when one of them was not stored; those before it are, and come a second time when the sender
    /// tries again.
    pub async fn send_all(&self, records: &[T]) -> Result<(), Failure> {
        if let [only] = records {
            return self.send(only).await;
        }
        for chunk in records.chunks(BATCH) {
            let entries = chunk.iter().enumerate().map(|(index, record)| entry(index, record));
            let entries = entries.collect::<Result<_, _>>()?;
            let sent = self.sqs.send_message_batch().queue_url(&self.url).set_entries(Some(entries)).send().await;
            let answer = sent.map_err(|error| unanswered::<T>(&crate::aws::reason(&error)))?;
            all_stored::<T>(&answer)?;
        }
        Ok(())
    }
}

/// Of a call that the queue did not answer, for `reason`.
fn unanswered<T: Queued>(reason: &str) -> Failure {
    Failure::Retryable(format!("{}: {reason}", T::QUEUE))
}

fn all_stored<T: Queued>(answer: &SendMessageBatchOutput) -> Result<(), Failure> {
    match answer.failed().len() {
        0 => Ok(()),
        refused => Err(Failure::Retryable(format!("{} refused {refused} messages", T::QUEUE))),
    }
}

fn entry<T: Queued>(index: usize, record: &T) -> Result<SendMessageBatchRequestEntry, Failure> {
    let (group, once) = record.fifo().unzip();
    SendMessageBatchRequestEntry::builder()
        .id(index.to_string())
        .message_body(body(record)?)
        .set_message_group_id(group)
        .set_message_deduplication_id(once)
        .build()
        .map_err(|error| Failure::Permanent(error.to_string()))
}

fn body<T: Queued>(record: &T) -> Result<String, Failure> {
    serde_json::to_string(record).map_err(|error| Failure::Permanent(format!("{}: {error}", T::QUEUE)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_sqs::types::BatchResultErrorEntry;
    use domain::{EventId, TenantId};
    use serde_json::json;

    fn tenant_job() -> TenantJob {
        TenantJob::Retention { tenant: TenantId::new("acme").unwrap(), piece: None, round: 0 }
    }

    #[test]
    fn a_record_of_a_standard_queue_has_no_group() {
        let entry = entry(3, &tenant_job()).unwrap();
        assert_eq!((entry.id(), entry.message_body()), ("3", r#"{"chore":"retention","tenant":"acme"}"#));
        assert_eq!((entry.message_group_id(), entry.message_deduplication_id()), (None, None));
    }

    #[test]
    fn one_refused_record_of_ten_is_a_failure_that_names_the_queue() {
        assert_eq!(all_stored::<TenantJob>(&answer(0)), Ok(()));
        let refused = Failure::Retryable("tenant jobs queue refused 2 messages".into());
        assert_eq!(all_stored::<TenantJob>(&answer(2)), Err(refused));
    }

    #[test]
    fn a_record_is_an_event_of_the_bus_or_what_is_due() {
        let at = jiff::Timestamp::UNIX_EPOCH;
        let event = json!({"id": EventId::derive(&TenantId::new("acme").unwrap(), &["e"]), "tenant": "acme", "at": at,
            "correlation_id": "", "type": "usage.month_closed", "data": {"month": "2026-10", "tokens": 7, "cost_microdollars": 1}});
        let read: Work<TenantJob> = serde_json::from_value(json!({"detail": event})).unwrap();
        assert!(matches!(read, Work::Event(read) if json!(read) == event));
        let read: Work<TenantJob> = serde_json::from_value(json!(tenant_job())).unwrap();
        assert!(matches!(read, Work::Due(read) if read == tenant_job()));
    }

    #[test]
    fn an_event_of_a_newer_version_is_tried_again() {
        let record = json!({"detail": {"id": EventId::derive(&TenantId::new("acme").unwrap(), &["e"]), "tenant": "acme",
            "at": "2026-11-20T12:00:00Z", "correlation_id": "", "type": "drone.launched", "data": {}}});
        let error = serde_json::from_value::<Work<TenantJob>>(record).unwrap_err();
        // By this, `crate::batch` knows one.
        assert!(error.to_string().starts_with("unknown variant"), "{error}");
    }

    fn answer(failed: usize) -> SendMessageBatchOutput {
        let entry = BatchResultErrorEntry::builder().id("0").sender_fault(false).code("busy").build().unwrap();
        let answer = SendMessageBatchOutput::builder().set_successful(Some(Vec::new()));
        answer.set_failed(Some(vec![entry; failed])).build().unwrap()
    }
}
