//! Writes of one transaction: all of them or none.

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::builders::{PutBuilder, UpdateBuilder};
use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, Delete, Put, TransactWriteItem, Update};
use domain::Failure;

use crate::Store;
use crate::table::error::failure;
use crate::table::item::{Item, key_item, number};
use crate::table::keys::TableKey;
use crate::table::outbox::OutboxRow;

/// What became of a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ran {
    /// All was written.
    Done,
    /// Nothing was: the conditions of the writes at these positions do not hold.
    Refused(Vec<usize>),
    /// Nothing was: another transaction was at one of the items.
    Raced,
}

/// Writes of one transaction, in order: at most 100, each of another item.
pub(crate) struct Writes {
    pub(crate) table: String,
    pub(crate) items: Vec<TransactWriteItem>,
}

impl Writes {
    pub(crate) fn new(table: &str) -> Self {
        Self { table: table.to_owned(), items: Vec::new() }
    }

    /// Puts an item, whatever is there.
    pub(crate) fn put(&mut self, item: Item) -> Result<(), Failure> {
        self.put_builder(Put::builder().set_item(Some(item)))
    }

    /// Puts an item where there is none.
    pub(crate) fn put_new(&mut self, item: Item) -> Result<(), Failure> {
        self.put_builder(Put::builder().set_item(Some(item)).condition_expression("attribute_not_exists(pk)"))
    }

    /// Puts an item under the builder's condition.
    pub(crate) fn put_builder(&mut self, put: PutBuilder) -> Result<(), Failure> {
        let put = put.table_name(&self.table).build().map_err(|error| Failure::Permanent(error.to_string()))?;
        self.items.push(TransactWriteItem::builder().put(put).build());
        Ok(())
    }

    /// Puts an item over the version that was read: 0 is "not there".
    pub(crate) fn put_version(&mut self, mut item: Item, read: u64) -> Result<(), Failure> {
        item.insert("version".to_owned(), number(read + 1));
        if read == 0 {
            return self.put_new(item);
        }
        let put = Put::builder().set_item(Some(item)).condition_expression("version = :read");
        self.put_builder(put.expression_attribute_values(":read", number(read)))
    }

    /// Changes the item at `key`, as the builder says.
    pub(crate) fn update_at(&mut self, key: &TableKey, update: UpdateBuilder) -> Result<(), Failure> {
        let update = update.table_name(&self.table).set_key(Some(key_item(key))).build();
        self.update(update.map_err(|error| Failure::Permanent(error.to_string()))?);
        Ok(())
    }

    /// Changes an item.
    pub(crate) fn update(&mut self, update: Update) {
        self.items.push(TransactWriteItem::builder().update(update).build());
    }

    /// Deletes an item, whether it is there or not.
    pub(crate) fn delete(&mut self, key: &TableKey) -> Result<(), Failure> {
        let delete = Delete::builder().table_name(&self.table).set_key(Some(key_item(key))).build();
        self.push_delete(delete)
    }

    /// Deletes an item that is there.
    pub(crate) fn delete_existing(&mut self, key: &TableKey) -> Result<(), Failure> {
        let delete = Delete::builder().table_name(&self.table).set_key(Some(key_item(key)));
        self.push_delete(delete.condition_expression("attribute_exists(pk)").build())
    }

    /// Deletes an item of the version that was read: 0 is "not there", and so it must have stayed.
    pub(crate) fn delete_version(&mut self, key: &TableKey, read: u64) -> Result<(), Failure> {
        let delete = Delete::builder().table_name(&self.table).set_key(Some(key_item(key)));
        let delete = match read {
            0 => delete.condition_expression("attribute_not_exists(pk)"),
            _ => delete.condition_expression("version = :read").expression_attribute_values(":read", number(read)),
        };
        self.push_delete(delete.build())
    }

    /// Deletes an item of which `condition` holds, which names one value.
    pub(crate) fn delete_where(
        &mut self,
        key: &TableKey,
        condition: &str,
        name: &str,
        value: AttributeValue,
    ) -> Result<(), Failure> {
        let delete = Delete::builder()
            .table_name(&self.table)
            .set_key(Some(key_item(key)))
            .condition_expression(condition)
            .expression_attribute_values(name, value)
            .build();
        self.push_delete(delete)
    }

    /// Demands that `condition`, which names one value, holds of an item that nothing else here writes.
    pub(crate) fn check(
        &mut self,
        key: &TableKey,
        condition: &str,
        name: &str,
        value: AttributeValue,
    ) -> Result<(), Failure> {
        let check = ConditionCheck::builder()
            .table_name(&self.table)
            .set_key(Some(key_item(key)))
            .condition_expression(condition)
            .expression_attribute_values(name, value)
            .build()
            .map_err(|error| Failure::Permanent(error.to_string()))?;
        self.items.push(TransactWriteItem::builder().condition_check(check).build());
        Ok(())
    }

    fn push_delete(&mut self, delete: Result<Delete, aws_sdk_dynamodb::error::BuildError>) -> Result<(), Failure> {
        let delete = delete.map_err(|error| Failure::Permanent(error.to_string()))?;
        self.items.push(TransactWriteItem::builder().delete(delete).build());
        Ok(())
    }

    /// Events to be published once this is written.
    pub(crate) fn outbox(&mut self, row: &OutboxRow) -> Result<(), Failure> {
        self.put(row.to_item()?)
    }
}

impl Store {
    /// Runs the writes.
    ///
    /// # Errors
    /// [`Failure`] as the table answers; a condition that does not hold is no error, see [`Ran`].
    pub(crate) async fn run(&self, writes: Writes) -> Result<Ran, Failure> {
        let sent = self.dynamo.transact_write_items().set_transact_items(Some(writes.items)).send().await;
        let Err(error) = sent else { return Ok(Ran::Done) };
        let Some(TransactWriteItemsError::TransactionCanceledException(canceled)) = error.as_service_error() else {
            return Err(failure("transaction", &error));
        };
        let codes: Vec<&str> =
            canceled.cancellation_reasons().iter().map(|reason| reason.code().unwrap_or("None")).collect();
        let refused = codes.iter().enumerate().filter(|(_, code)| **code == "ConditionalCheckFailed");
        let refused: Vec<usize> = refused.map(|(position, _)| position).collect();
        if !refused.is_empty() {
            return Ok(Ran::Refused(refused));
        }
        if codes.contains(&"TransactionConflict") {
            return Ok(Ran::Raced);
        }
        if codes.contains(&"ValidationError") {
            return Err(Failure::Permanent("transaction: ValidationError".into()));
        }
        Err(Failure::Retryable(format!("transaction canceled: {}", codes.join(", "))))
    }
}
