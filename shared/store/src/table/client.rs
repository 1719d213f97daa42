//! What every repository asks of the table: an item, several, a page, a partition, a change.

use aws_sdk_dynamodb::operation::delete_item::builders::DeleteItemFluentBuilder;
use aws_sdk_dynamodb::operation::put_item::builders::PutItemFluentBuilder;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::KeysAndAttributes;
use domain::{ContactId, Failure};
use std::collections::BTreeSet;
use std::time::Duration;

use crate::Store;
use crate::table::cursors::{Scope, read_failure, refused};
use crate::table::error::failure;
use crate::table::item::{Item, get_text, key_item, text};
use crate::table::keys::{PartitionKey, TableKey};

/// The longest sort key of a table, in bytes.
const MAX_SORT_KEY_BYTES: usize = 1024;
/// The most keys of one BatchGetItem.
const MAX_KEYS: usize = 100;
/// So often a write is tried that meets a transaction on the same item, twice as late each time.
const ATTEMPTS: u32 = 5;

impl Store {
    /// A put of `item`, to be given its condition and sent.
    pub(crate) fn put_item(&self, item: Item) -> PutItemFluentBuilder {
        self.dynamo.put_item().table_name(&self.table).set_item(Some(item))
    }

    /// An update of the item at `key`, to be given its change and sent.
    pub(crate) fn update_item(&self, key: &TableKey) -> UpdateItemFluentBuilder {
        self.dynamo.update_item().table_name(&self.table).set_key(Some(key_item(key)))
    }

    /// A deletion of the item at `key`, to be given its condition and sent.
    pub(crate) fn delete_item(&self, key: &TableKey) -> DeleteItemFluentBuilder {
        self.dynamo.delete_item().table_name(&self.table).set_key(Some(key_item(key)))
    }

    /// A query of the table, to be given its key and sent.
    pub(crate) fn query(&self) -> QueryFluentBuilder {
        self.dynamo.query().table_name(&self.table)
    }

    /// One item, consistently.
    pub(crate) async fn item(&self, what: &str, key: &TableKey) -> Result<Option<Item>, Failure> {
        let answer = self
            .dynamo
            .get_item()
            .table_name(&self.table)
            .set_key(Some(key_item(key)))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| failure(what, &error))?;
        Ok(answer.item)
    }

    /// A page of the items in a partition whose sort key begins with `prefix`, and where the next one begins.
    pub(crate) async fn page_of(
        &self,
        partition: &PartitionKey,
        prefix: &str,
        forward: bool,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<(Vec<Item>, Option<String>), Failure> {
        let limit = limit.clamp(1, crate::table::lists::MAX_PAGE);
        let scope = scope(partition, prefix, forward);
        let start = cursor.map(|cursor| place(&scope, partition, prefix, cursor)).transpose()?;
        let mut query = self
            .query()
            .consistent_read(true)
            .scan_index_forward(forward)
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .set_exclusive_start_key(start)
            .expression_attribute_values(":pk", text(partition));
        query = if prefix.is_empty() {
            query.key_condition_expression("pk = :pk")
        } else {
            query
                .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
                .expression_attribute_values(":prefix", text(prefix))
        };
        let answer = query.send().await.map_err(|error| read_failure("list", &error, cursor.is_some()))?;
        let next = answer.last_evaluated_key.map(|place| scope.cursor(&[get_text(&place, "sk")]));
        Ok((answer.items.unwrap_or_default(), next))
    }

    /// The cursor of a [`Store::page_of`] that goes on after the sort key `last`.
    pub(crate) fn cursor_to(partition: &PartitionKey, prefix: &str, forward: bool, last: &str) -> String {
        scope(partition, prefix, forward).cursor(&[last])
    }

    /// Reads items, consistently, 100 in a call.
    pub(crate) async fn batch_get(&self, wanted: Vec<TableKey>) -> Result<Vec<Item>, Failure> {
        let distinct: BTreeSet<TableKey> = wanted.into_iter().collect();
        let keys: Vec<Item> = distinct.iter().map(key_item).collect();
        let mut items = Vec::new();
        for some in keys.chunks(MAX_KEYS) {
            items.extend(self.batch(some.to_vec()).await?);
        }
        Ok(items)
    }

    /// Reads up to 100 items; what the table leaves out for now is asked for again, three times.
    async fn batch(&self, mut left: Vec<Item>) -> Result<Vec<Item>, Failure> {
        let mut items = Vec::new();
        for _ in 0..3 {
            if left.is_empty() {
                return Ok(items);
            }
            let ask = KeysAndAttributes::builder()
                .set_keys(Some(std::mem::take(&mut left)))
                .consistent_read(true)
                .build()
                .map_err(|error| Failure::Permanent(error.to_string()))?;
            let answer = self
                .dynamo
                .batch_get_item()
                .request_items(&self.table, ask)
                .send()
                .await
                .map_err(|error| failure("batch get", &error))?;
            items.extend(answer.responses.unwrap_or_default().remove(&self.table).unwrap_or_default());
            if let Some(rest) = answer.unprocessed_keys.unwrap_or_default().remove(&self.table) {
                left = rest.keys;
            }
        }
        if left.is_empty() { Ok(items) } else { Err(Failure::Retryable("batch get: the table is busy".into())) }
    }

    /// All items of a partition whose sort key begins with `prefix`, in order.
    pub(crate) async fn partition(&self, pk: &PartitionKey, prefix: &str) -> Result<Vec<Item>, Failure> {
        let query = self.query().expression_attribute_values(":pk", text(pk));
        let query = match prefix {
            "" => query.key_condition_expression("pk = :pk"),
            _ => query
                .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
                .expression_attribute_values(":prefix", text(prefix)),
        };
        self.all("partition", query).await
    }

    /// All items that `query` finds, in order.
    pub(crate) async fn all(&self, what: &str, query: QueryFluentBuilder) -> Result<Vec<Item>, Failure> {
        query.into_paginator().items().send().try_collect().await.map_err(|error| failure(what, &error))
    }

    /// Hands over all items that `query` finds, in order: no more than a page of them is held at a time.
    pub(crate) async fn each(
        &self,
        what: &str,
        query: QueryFluentBuilder,
        mut take: impl FnMut(&Item),
    ) -> Result<(), Failure> {
        let mut items = query.into_paginator().items().send();
        while let Some(item) = items.next().await {
            take(&item.map_err(|error| failure(what, &error))?);
        }
        Ok(())
    }

    pub(crate) async fn owner(&self, pointer: &TableKey) -> Result<Option<ContactId>, Failure> {
        let item = self.item("pointer", pointer).await?;
        item.map(|item| ContactId::parse(get_text(&item, "contact"))).transpose()
    }

    /// Makes a change unless its condition does not hold, and though transactions are at the same item for a moment.
    pub(crate) async fn insist(&self, what: &str, update: UpdateItemFluentBuilder) -> Result<(), Failure> {
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                tokio::time::sleep(Duration::from_millis(5 << attempt)).await;
            }
            let Err(error) = update.clone().send().await else { return Ok(()) };
            match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => return Ok(()),
                Some(UpdateItemError::TransactionConflictException(_)) => {}
                _ => return Err(failure(what, &error)),
            }
        }
        Err(Failure::Retryable(format!("{what}: transactions are at it")))
    }
}

fn scope(partition: &PartitionKey, prefix: &str, forward: bool) -> Scope {
    Scope::new(partition, &[("prefix", prefix), ("forward", if forward { "yes" } else { "no" })])
}

/// Where a page begins. A cursor is a sort key: it cannot lead out of the partition, nor out of the list.
fn place(scope: &Scope, partition: &PartitionKey, prefix: &str, cursor: &str) -> Result<Item, Failure> {
    let [sk] = scope.place::<1>(cursor)?;
    if !sk.starts_with(prefix) || sk.len() > MAX_SORT_KEY_BYTES {
        return Err(refused());
    }
    Ok(key_item(&TableKey { pk: partition.clone(), sk }))
}
