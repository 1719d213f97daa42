//! Publishes outbox rows as the table's stream shows them, then deletes them.
//!
//! Reads the stream, filtered to inserts of outbox rows. Records of one shard go in order; the first that fails is
//! returned with all after it. A row whose deletion failed is published again, which its events' ids make harmless.

use aws_lambda_events::dynamodb::{Event as StreamEvent, EventRecord};
use aws_lambda_events::streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse};
use domain::Failure;
use runtime::bus::Bus;
use store::{OutboxRow, Store};

/// What publishing needs.
#[derive(Debug)]
pub struct Outbox {
    /// The table.
    pub store: Store,
    /// The bus.
    pub bus: Bus,
}

impl Outbox {
    /// Publishes every row of `event`.
    ///
    /// A row that cannot be read is logged and passed over, so that it does not hold back the shard: the sweeper finds it.
    pub async fn run(&self, event: StreamEvent) -> DynamoDbEventResponse {
        let mut response = DynamoDbEventResponse::default();
        for record in event.records {
            let sequence = record.change.sequence_number.clone();
            match self.publish(record).await {
                Ok(()) => {}
                Err(Failure::Retryable(reason)) => {
                    tracing::warn!(%reason, "outbox rows from here on will be tried again");
                    let mut failure = DynamoDbBatchItemFailure::default();
                    failure.item_identifier = sequence;
                    response.batch_item_failures.push(failure);
                    return response;
                }
                Err(failure) => tracing::error!(reason = %failure, "an outbox row was passed over"),
            }
        }
        response
    }

    async fn publish(&self, record: EventRecord) -> Result<(), Failure> {
        let row: OutboxRow = serde_dynamo::from_item(record.change.new_image)
            .map_err(|error| Failure::Permanent(format!("stream record: {error}")))?;
        self.publish_row(&row).await
    }

    /// Publishes one row and deletes it.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the bus or the table does not answer.
    pub async fn publish_row(&self, row: &OutboxRow) -> Result<(), Failure> {
        self.bus.publish(&row.events).await?;
        self.store.outbox().forget(row).await
    }
}
