//! Which of a tenant's messages did not leave today, by channel and reason: the first few, in order. With them it is decided
//! whether staff hear of each, or once of all.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure};
use domain::messaging::Channel;
use domain::{Failure, MessageId, TenantId};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::Deliveries;
use crate::table::error::failure;
use crate::table::item::{Item, number, text};
use crate::table::keys;

/// For how long a day's list is kept.
pub(super) const KEPT_FOR: SignedDuration = SignedDuration::from_hours(3 * 24);

impl Deliveries<'_> {
    /// How many messages failed on `channel` for the same `reason` on the day of `at` (UTC) before `message`, which is noted; a
    /// repeat finds the same place. `None`: at least `most` did, and no more are noted.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn place_among_failed(
        self,
        tenant: &TenantId,
        (channel, reason): (Channel, &str),
        message: MessageId,
        most: usize,
        at: Timestamp,
    ) -> Result<Option<usize>, Failure> {
        let day = at.to_zoned(TimeZone::UTC).date();
        let id = text(message.to_string());
        let updated = self
            .store
            .update_item(&keys::of(tenant).failed_sends(day, channel, reason))
            .update_expression(
                "SET entity = :entity, expires_at = :expires_at, \
                 messages = list_append(if_not_exists(messages, :none), :messages)",
            )
            .condition_expression(
                "attribute_not_exists(messages) OR (NOT contains(messages, :message) AND size(messages) < :most)",
            )
            .expression_attribute_values(":entity", text("failed sends"))
            .expression_attribute_values(":expires_at", number((at + KEPT_FOR).as_second()))
            .expression_attribute_values(":none", AttributeValue::L(Vec::new()))
            .expression_attribute_values(":messages", AttributeValue::L(vec![id.clone()]))
            .expression_attribute_values(":message", id.clone())
            .expression_attribute_values(":most", number(most))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        let item = match updated {
            Ok(answer) => answer.attributes,
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(refused)) => refused.item.clone(),
                _ => return Err(failure("failed sends", &error)),
            },
        };
        Ok(item.as_ref().and_then(|item| place(item, &id)))
    }
}

fn place(item: &Item, id: &AttributeValue) -> Option<usize> {
    item.get("messages")?.as_l().ok()?.iter().position(|message| message == id)
}
