//! Who was told by mail that a month has reached a threshold: noted on the threshold's mark.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::messaging::Email;
use domain::tenancy::usage::{Month, UsageThreshold};
use domain::{Failure, TenantId};
use serde::Deserialize;

use super::THRESHOLD;
use crate::UsageCounts;
use crate::table::error::failure;
use crate::table::item::{from_item, text};
use crate::table::keys;

/// Who was told of a threshold by mail.
#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    told: Vec<Email>,
}

impl UsageCounts<'_> {
    /// A threshold that was announced, and who was told of it by mail; `None`: it was not announced.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn threshold(
        self,
        tenant: &TenantId,
        month: &Month,
        percent: u8,
    ) -> Result<Option<(UsageThreshold, Vec<Email>)>, Failure> {
        let item = self.store.item(THRESHOLD, &keys::of(tenant).usage_threshold(month, percent)).await?;
        let Some(item) = item else { return Ok(None) };
        let Told { told } = from_item(THRESHOLD, &item)?;
        Ok(Some((from_item(THRESHOLD, &item)?, told)))
    }

    /// Notes that `to` was told of a threshold. Of one that was erased meanwhile nothing comes back.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn note_told(self, tenant: &TenantId, month: &Month, percent: u8, to: &Email) -> Result<(), Failure> {
        let noted = self
            .store
            .update_item(&keys::of(tenant).usage_threshold(month, percent))
            .update_expression("SET told = list_append(if_not_exists(told, :none), :to)")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":none", AttributeValue::L(Vec::new()))
            .expression_attribute_values(":to", AttributeValue::L(vec![text(to.as_str())]));
        match noted.send().await {
            Ok(_) => Ok(()),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(()),
                _ => Err(failure(THRESHOLD, &error)),
            },
        }
    }
}
