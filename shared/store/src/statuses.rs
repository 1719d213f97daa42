//! Vendors' status callbacks: late, twice, out of order, sometimes about messages that are not ours.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{ReturnValue, ReturnValuesOnConditionCheckFailure};
use domain::conversations::Message;
use domain::messaging::delivery::{Blocked, StatusUpdate};
use domain::{Failure, TenantId};
use jiff::Timestamp;

use crate::Store;
use crate::error::failure;
use crate::item::{from_item, key_item, text};
use crate::keys;

impl Store {
    /// Applies one callback. One that comes too late, or names no message of this tenant, changes nothing.
    ///
    /// A failure that says that the person wants nothing more is their refusal; one that says that the number cannot be reached
    /// keeps messages from that number until they write from it.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer: the vendor's retry brings it again.
    pub async fn apply_status(
        &self,
        tenant: &TenantId,
        status: &StatusUpdate,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        let Some(reference) = &status.message else { return Ok(false) };
        let from = status.state.reachable_from();
        if from.is_empty() {
            return Ok(false);
        }
        let mut update = self
            .dynamo
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key_item(&keys::message(tenant, reference))))
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":state", text(status.state.as_str()))
            .expression_attribute_values(":vendor_id", text(&status.vendor_id))
            .expression_attribute_values(":now", text(now.to_string()))
            .return_values(ReturnValue::AllNew);
        let mut sets =
            "SET delivery.#state = :state, delivery.vendor_id = :vendor_id, delivery.changed_at = :now".to_owned();
        if let Some(code) = &status.error_code {
            sets.push_str(", delivery.#reason = :reason");
            update = update
                .expression_attribute_names("#reason", "reason")
                .expression_attribute_values(":reason", text(format!("vendor error {code}")));
        }
        let names: Vec<String> = (0..from.len()).map(|index| format!(":from{index}")).collect();
        for (name, state) in names.iter().zip(from) {
            update = update.expression_attribute_values(name, text(state.as_str()));
        }
        let condition = format!("delivery.#state IN ({})", names.join(", "));
        let updated = update
            .update_expression(sets)
            .condition_expression(condition)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        let (applied, item) = match updated {
            Ok(answer) => (true, answer.attributes),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(refused)) => (false, refused.item.clone()),
                _ => return Err(failure("status", &error)),
            },
        };
        // A repeat finds the state changed, and may come because the first one died before this.
        if let (Some(item), Some(blocked)) = (item, status.blocked) {
            let message: Message = from_item("message", &item)?;
            if message.delivery.as_ref().is_some_and(|delivery| delivery.state == status.state) {
                self.block(tenant, &message, blocked).await?;
            }
        }
        Ok(applied)
    }

    /// The number was blocked when the message left, not when the vendor tells it, sometimes hours later and twice: a START or
    /// a message since then stands.
    async fn block(&self, tenant: &TenantId, message: &Message, blocked: Blocked) -> Result<(), Failure> {
        let Some(delivery) = &message.delivery else { return Ok(()) };
        let (to, since) = (&delivery.to, delivery.left_at());
        let contact = self.contact_of_conversation(tenant, message.reference.conversation).await?;
        match blocked {
            Blocked::OptedOut => self.refused_at_vendor(tenant, contact, to, message.channel, since).await,
            Blocked::Unreachable => match contact {
                Some(contact) => self.was_unreachable(tenant, contact, to, message.channel, since).await,
                None => Ok(()),
            },
        }
    }
}
