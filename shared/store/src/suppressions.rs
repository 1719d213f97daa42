//! Who asked to hear nothing more.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use domain::messaging::Address;
use domain::{Failure, TenantId};
use jiff::Timestamp;

use crate::Store;
use crate::error::failure;
use crate::item::{Item, key_item, number};
use crate::keys;

impl Store {
    /// Records that `address` wants nothing more (`true`) or wants to hear again (`false`), as said at `said_at`.
    ///
    /// What was said later stands, in whatever order the two arrive. Strongly consistent: the next gate sees it.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn set_suppressed(
        &self,
        tenant: &TenantId,
        address: &Address,
        suppressed: bool,
        said_at: Timestamp,
    ) -> Result<(), Failure> {
        let update = self
            .dynamo
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key_item(&keys::suppression(tenant, address))))
            .update_expression("SET suppressed = :suppressed, said_at = :at, entity = :entity")
            .condition_expression("attribute_not_exists(pk) OR said_at <= :at")
            .expression_attribute_values(":suppressed", aws_sdk_dynamodb::types::AttributeValue::Bool(suppressed))
            .expression_attribute_values(":at", number(said_at.as_millisecond()))
            .expression_attribute_values(":entity", crate::item::text("suppression"))
            .send()
            .await;
        match update {
            Ok(_) => Ok(()),
            Err(error)
                if error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception) =>
            {
                Ok(())
            }
            Err(error) => Err(failure("suppression", &error)),
        }
    }

    /// Whether `address` asked to hear nothing more.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn is_suppressed(&self, tenant: &TenantId, address: &Address) -> Result<bool, Failure> {
        let answer = self
            .dynamo
            .get_item()
            .table_name(&self.table)
            .consistent_read(true)
            .set_key(Some(key_item(&keys::suppression(tenant, address))))
            .send()
            .await
            .map_err(|error| failure("suppression", &error))?;
        Ok(answer.item.as_ref().is_some_and(says_no))
    }
}

/// Whether a suppression item says no.
pub(crate) fn says_no(item: &Item) -> bool {
    item.get("suppressed").and_then(|value| value.as_bool().ok()).copied().unwrap_or(false)
}
