//! Failed sign-ins, counted by address whether or not it has an account (the rule: `domain::identity::Failures`).

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::ReturnValue;
use domain::Failure;
use domain::identity::{Failures, LOCK_MINUTES};
use domain::messaging::Email;
use jiff::{SignedDuration, Timestamp};

use super::ATTEMPTS;
use crate::Store;
use crate::documents::{busy, get_number};
use crate::error::failure;
use crate::item::{Item, key_item, number, text};
use crate::keys;

impl Store {
    /// What went wrong lately at an address, strongly consistent.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn failures(&self, email: &Email) -> Result<Failures, Failure> {
        Ok(self.item("failures", &keys::failures(email)).await?.as_ref().map(read).unwrap_or_default())
    }

    /// Counts one more failure at `now`: the count since. However many come at once, each is counted; one that is sent twice
    /// because its answer was lost counts twice, which locks sooner and never later.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn add_failure(&self, email: &Email, now: Timestamp) -> Result<Failures, Failure> {
        // Half an hour without a failure starts the count afresh; whoever loses that race adds to the winner's count.
        for _ in 0..ATTEMPTS {
            for (set, condition) in [
                ("SET failures = failures + :one", "last_ms > :forgotten"),
                ("SET failures = :one", "attribute_not_exists(pk) OR last_ms <= :forgotten"),
            ] {
                if let Some(item) = self.count_failure(email, now, set, condition).await? {
                    return Ok(read(&item));
                }
            }
        }
        Err(busy("failures"))
    }

    async fn count_failure(
        &self,
        email: &Email,
        now: Timestamp,
        set: &str,
        condition: &str,
    ) -> Result<Option<Item>, Failure> {
        let lock = SignedDuration::from_mins(LOCK_MINUTES);
        let updated = self
            .dynamo
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key_item(&keys::failures(email))))
            .update_expression(format!("{set}, last_ms = :now, expires_at = :expires, entity = :entity"))
            .condition_expression(condition)
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":now", number(now.as_millisecond()))
            .expression_attribute_values(":forgotten", number((now - lock).as_millisecond()))
            .expression_attribute_values(":expires", number((now + lock).as_second() + 1))
            .expression_attribute_values(":entity", text("failures"))
            .return_values(ReturnValue::AllNew)
            .send()
            .await;
        match updated {
            Ok(answer) => Ok(answer.attributes),
            Err(error)
                if error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception) =>
            {
                Ok(None)
            }
            Err(error) => Err(failure("failures", &error)),
        }
    }

    /// Forgets what went wrong at an address: somebody signed in.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn clear_failures(&self, email: &Email) -> Result<(), Failure> {
        self.dynamo
            .delete_item()
            .table_name(&self.table)
            .set_key(Some(key_item(&keys::failures(email))))
            .send()
            .await
            .map_err(|error| failure("clear failures", &error))?;
        Ok(())
    }
}

fn read(item: &Item) -> Failures {
    let count = get_number(item, "failures").and_then(|count| u32::try_from(count).ok()).unwrap_or_default();
    let last_at = get_number(item, "last_ms").and_then(|ms| Timestamp::from_millisecond(ms).ok());
    Failures { count, last_at }
}
