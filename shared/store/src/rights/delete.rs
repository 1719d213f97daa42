//! Deleting many entries, and reading partitions and the whole table in pages.

use aws_sdk_dynamodb::types::{AttributeValue, DeleteRequest, WriteRequest};
use domain::ids::AppointmentId;
use domain::{Failure, TenantId};
use std::time::Duration;

use crate::Rights;
use crate::scheduling::writes::BOOKING;
use crate::table::error::failure;
use crate::table::item::{Item, get_text, key_item, text};
use crate::table::keys::{PartitionKey, TableKey};
use crate::table::writes::{Ran, Writes};

/// DynamoDB takes 25 deletions a call.
const BATCH: usize = 25;
/// So often what the table leaves out for now is asked for again, twice as late each time.
const ATTEMPTS: u32 = 6;

impl Rights<'_> {
    /// Deletes entries, whether they are there or not.
    pub(super) async fn delete_all(self, keys: &[TableKey]) -> Result<(), Failure> {
        for batch in keys.chunks(BATCH) {
            let mut left = batch.iter().map(deletion).collect::<Result<Vec<_>, _>>()?;
            for attempt in 0..ATTEMPTS {
                if attempt > 0 {
                    tokio::time::sleep(Duration::from_millis(50 << attempt)).await;
                }
                let answer = self.store.dynamo.batch_write_item().request_items(&self.store.table, left).send().await;
                let answer = answer.map_err(|error| failure("delete", &error))?;
                left = answer.unprocessed_items.unwrap_or_default().remove(&self.store.table).unwrap_or_default();
                if left.is_empty() {
                    break;
                }
            }
            if !left.is_empty() {
                return Err(Failure::Retryable("delete: the table is busy".into()));
            }
        }
        Ok(())
    }

    /// Erases what is a contact's. What its appointments take is free again: the days of a calendar know them by their ids
    /// alone, and no one could cancel them any more.
    pub(super) async fn erase(self, tenant: &TenantId, items: &[&Item]) -> Result<(), Failure> {
        for item in items.iter().filter(|item| get_text(item, "entity") == BOOKING) {
            if let Ok(id) = AppointmentId::parse(get_text(item, "id")) {
                self.store.appointments().erase(tenant, id).await?;
            }
        }
        self.delete_all(&items.iter().map(|item| TableKey::of(item)).collect::<Vec<_>>()).await
    }

    /// Deletes an entry of which `condition` holds, which names one value. `false`: it does not, or the entry is gone.
    pub(super) async fn delete_if(
        self,
        key: &TableKey,
        condition: &str,
        name: &str,
        value: AttributeValue,
    ) -> Result<bool, Failure> {
        let mut writes = Writes::new(&self.store.table);
        writes.delete_where(key, condition, name, value)?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(true),
            Ran::Refused(_) => Ok(false),
            Ran::Raced => Err(Failure::Retryable("delete: another write is in progress".into())),
        }
    }

    /// A page of a partition, after a sort key, consistently, and the last sort key where there is more.
    pub(super) async fn entries(
        self,
        pk: &PartitionKey,
        prefix: &str,
        after: Option<&str>,
        limit: i32,
    ) -> Result<(Vec<Item>, Option<String>), Failure> {
        let start = after.map(|sk| key_item(&TableKey { pk: pk.clone(), sk: sk.to_owned() }));
        let mut query = self
            .store
            .query()
            .consistent_read(true)
            .limit(limit)
            .set_exclusive_start_key(start)
            .expression_attribute_values(":pk", text(pk));
        query = match prefix {
            "" => query.key_condition_expression("pk = :pk"),
            _ => query
                .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
                .expression_attribute_values(":prefix", text(prefix)),
        };
        let answer = query.send().await.map_err(|error| failure("partition", &error))?;
        let next = answer.last_evaluated_key.map(|place| get_text(&place, "sk").to_owned());
        Ok((answer.items.unwrap_or_default(), next))
    }

    /// All entries of a partition that is known to be small.
    pub(crate) async fn all_entries(self, pk: &PartitionKey, prefix: &str) -> Result<Vec<Item>, Failure> {
        let (mut items, mut after) = (Vec::new(), None);
        loop {
            let (page, next) = self.entries(pk, prefix, after.as_deref(), 1000).await?;
            items.extend(page);
            after = next;
            if after.is_none() {
                return Ok(items);
            }
        }
    }
}

fn deletion(key: &TableKey) -> Result<WriteRequest, Failure> {
    let delete = DeleteRequest::builder().set_key(Some(key_item(key))).build();
    let delete = delete.map_err(|error| Failure::Permanent(error.to_string()))?;
    Ok(WriteRequest::builder().delete_request(delete).build())
}
