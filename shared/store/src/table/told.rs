//! Who was told of something by mail: a list on the item of what they were told of, so that an address is gone when that is.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::Failure;
use domain::messaging::Email;
use serde::Deserialize;

use crate::Store;
use crate::table::item::{Item, from_item, text};
use crate::table::keys::TableKey;

/// Adds `:to` to the list, where `:none` is an empty one.
pub(crate) const NOTE: &str = "SET told = list_append(if_not_exists(told, :none), :to)";

#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    told: Vec<Email>,
}

/// Who was told of what `item` is about.
pub(crate) fn told(entity: &str, item: &Item) -> Result<Vec<Email>, Failure> {
    from_item(entity, item).map(|Told { told }| told)
}

impl Store {
    /// Notes that `to` was told of what the item at `key` is about. Of one that was erased while the mail went out nothing comes back.
    pub(crate) async fn note_told(&self, entity: &str, key: &TableKey, to: &Email) -> Result<(), Failure> {
        let update = self
            .update_item(key)
            .update_expression(NOTE)
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":none", AttributeValue::L(Vec::new()))
            .expression_attribute_values(":to", AttributeValue::L(vec![text(to.as_str())]));
        self.insist(entity, update).await
    }
}
