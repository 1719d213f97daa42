//! SQS batches with partial failure.
//!
//! Promises: every record is handled or returned as failed, never lost; records of one FIFO group go one after another,
//! groups go side by side; after one record of a group fails, the rest of that group is returned too; a panic or a
//! [`Failure::Permanent`] moves its record to the dead-letter queue at once and lets the others go on; a record that
//! the remaining time does not cover is returned untried.

#[cfg(test)]
mod tests;

use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};
use domain::Failure;
use futures::FutureExt as _;
use futures::future::join_all;
use std::collections::BTreeMap;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, SystemTime};

use crate::dead_letters::DeadLetters;

/// How a batch is to be worked through.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Where hopeless records go.
    pub dead_letters: DeadLetters,
    /// The most time one record takes; a record with less than this left is not begun.
    pub time_per_record: Duration,
}

impl Batch {
    /// Hands every record of `event` to `handle`, as the module says.
    ///
    /// `deadline` is when the function is stopped.
    pub async fn run<H, F>(&self, event: SqsEvent, deadline: SystemTime, handle: H) -> SqsBatchResponse
    where
        H: Fn(SqsMessage) -> F,
        F: Future<Output = Result<(), Failure>>,
    {
        let groups = grouped(event);
        let failed = join_all(groups.into_iter().map(|group| self.run_group(group, deadline, &handle))).await;
        let mut response = SqsBatchResponse::default();
        response.batch_item_failures = failed
            .into_iter()
            .flatten()
            .map(|id| {
                let mut item = BatchItemFailure::default();
                item.item_identifier = id;
                item
            })
            .collect();
        response
    }

    async fn run_group<H, F>(&self, group: Vec<SqsMessage>, deadline: SystemTime, handle: &H) -> Vec<String>
    where
        H: Fn(SqsMessage) -> F,
        F: Future<Output = Result<(), Failure>>,
    {
        let mut failed = Vec::new();
        for record in group {
            let id = record.message_id.clone().unwrap_or_default();
            let is_fifo = record.attributes.contains_key("MessageGroupId");
            let blocked = is_fifo && !failed.is_empty();
            if blocked || !self.has_time(deadline) || !self.run_record(record, handle).await {
                failed.push(id);
            }
        }
        failed
    }

    fn has_time(&self, deadline: SystemTime) -> bool {
        deadline.duration_since(SystemTime::now()).is_ok_and(|left| left >= self.time_per_record)
    }

    /// Whether the record is done with.
    async fn run_record<H, F>(&self, record: SqsMessage, handle: &H) -> bool
    where
        H: Fn(SqsMessage) -> F,
        F: Future<Output = Result<(), Failure>>,
    {
        let outcome = AssertUnwindSafe(handle(record.clone())).catch_unwind().await;
        let reason = match outcome {
            Ok(Ok(())) => return true,
            Ok(Err(Failure::Retryable(reason))) => {
                tracing::warn!(%reason, "a record will be tried again");
                return false;
            }
            Ok(Err(failure)) => failure.to_string(),
            Err(_) => "the handler panicked".to_owned(),
        };
        tracing::error!(%reason, "a record goes to the dead-letter queue");
        match self.dead_letters.send_to_dlq(&record).await {
            Ok(()) => true,
            Err(failure) => {
                tracing::warn!(reason = %failure, "a record could not be moved and stays");
                false
            }
        }
    }
}

/// FIFO records by their group, in order; every other record is a group of its own.
fn grouped(event: SqsEvent) -> Vec<Vec<SqsMessage>> {
    let mut groups: BTreeMap<String, Vec<SqsMessage>> = BTreeMap::new();
    for (index, record) in event.records.into_iter().enumerate() {
        let group = record.attributes.get("MessageGroupId").map_or_else(|| format!("#{index}"), Clone::clone);
        groups.entry(group).or_default().push(record);
    }
    groups.into_values().collect()
}

/// The moment at which Lambda stops the function, from the invocation's context.
#[must_use]
pub fn deadline(context: &lambda_runtime::Context) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(context.deadline)
}

/// Reads a record's body; fields that this version does not know are passed over. A failure says where it stops making sense,
/// and quotes nothing of it.
///
/// # Errors
/// [`Failure::Retryable`] when it is of a kind that this version does not know: during a deploy a newer one may get it, and
/// after a rollback it waits in the dead-letter queue. [`Failure::Permanent`] when it is not the JSON that this queue carries.
pub fn body<T: serde::de::DeserializeOwned>(record: &SqsMessage) -> Result<T, Failure> {
    serde_json::from_str(record.body.as_deref().unwrap_or_default()).map_err(|error| {
        if error.to_string().starts_with("unknown variant") {
            return Failure::Retryable("the record is of a kind that this version does not know".into());
        }
        let place = format!("line {}, column {}", error.line(), error.column());
        Failure::Permanent(format!("the record's body is not what this queue carries: {place}"))
    })
}
