//! Reading the whole table, one page at a time. It costs the whole table, whoever asks: nothing but data rights does it.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::Failure;

use crate::Rights;
use crate::table::error::failure;
use crate::table::item::{Item, key_item};
use crate::table::keys::TableKey;

impl Rights<'_> {
    /// The entries that pass `filter` on the next page, at most 1 MB read, and the last key where there is more.
    pub(super) async fn scan(
        self,
        filter: &str,
        values: &[(&str, AttributeValue)],
        start: Option<&TableKey>,
    ) -> Result<(Vec<Item>, Option<TableKey>), Failure> {
        let mut scan = self
            .store
            .dynamo
            .scan()
            .table_name(&self.store.table)
            .consistent_read(true)
            .filter_expression(filter)
            .set_exclusive_start_key(start.map(key_item));
        for (name, value) in values {
            scan = scan.expression_attribute_values(*name, value.clone());
        }
        let answer = scan.send().await.map_err(|error| failure("scan", &error))?;
        Ok((answer.items.unwrap_or_default(), answer.last_evaluated_key.as_ref().map(TableKey::of)))
    }
}
