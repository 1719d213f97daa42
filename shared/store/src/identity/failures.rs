//! Guesses that went wrong, counted where they were made (the rule: `domain::identity::Failures`).

use auth::secrets::sha256_hex;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{ReturnValue, ReturnValuesOnConditionCheckFailure};
use domain::Failure;
use domain::identity::{Failures, LOCK_MINUTES, MAX_FAILURES};
use domain::ids::AccountId;
use domain::messaging::Email;
use jiff::{SignedDuration, Timestamp};

use super::ATTEMPTS;
use crate::Guesses;
use crate::table::documents::{busy, get_number};
use crate::table::error::failure;
use crate::table::item::{Item, number, text};
use crate::table::keys::{self, TableKey};

/// Where a guess is made, and counted.
#[derive(Debug, Clone, Copy)]
pub enum Guess<'a> {
    /// By an anonymous caller at an address, whether or not it has an account.
    At(&'a Email),
    /// From a device that someone signed in from before, by the hash of its token.
    From(&'a str),
    /// At the password of an account, by who is signed in to it or holds a link that was mailed to it.
    Within(AccountId),
    /// At the second factor of an account, by who knows its password.
    Code(AccountId),
}

impl Guess<'_> {
    fn key(self) -> TableKey {
        match self {
            Self::At(email) => keys::platform().failures(&sha256_hex(email.as_str())),
            Self::From(device) => keys::platform().failures(&format!("device#{device}")),
            Self::Within(account) => keys::platform().failures(&format!("within#{account}")),
            Self::Code(account) => keys::platform().failures(&format!("code#{account}")),
        }
    }
}

impl Guesses<'_> {
    /// Takes one of the five guesses that there are, before it is looked at: how many are used up now, this one among them.
    /// `None` where it is locked. However many come at once, five are let through; one that is sent twice because its answer
    /// was lost counts twice, which locks sooner and never later.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn take(self, guess: Guess<'_>, now: Timestamp) -> Result<Option<Failures>, Failure> {
        let key = guess.key();
        // Half an hour without a failure starts the count afresh; whoever loses that race adds to the winner's count.
        for _ in 0..ATTEMPTS {
            for (set, condition) in [
                ("SET failures = :one", "attribute_not_exists(pk) OR last_ms <= :forgotten"),
                ("SET failures = failures + :one", "last_ms > :forgotten AND failures < :most"),
            ] {
                match self.count(&key, now, set, condition).await? {
                    Ok(item) => return Ok(Some(read(&item))),
                    Err(there) if there.as_ref().map(read).is_some_and(|there| there.is_locked(now)) => {
                        return Ok(None);
                    }
                    Err(_) => {}
                }
            }
        }
        Err(busy("failures"))
    }

    /// `Err` with what is there where the condition does not hold.
    async fn count(
        self,
        key: &TableKey,
        now: Timestamp,
        set: &str,
        condition: &str,
    ) -> Result<Result<Item, Option<Item>>, Failure> {
        let lock = SignedDuration::from_mins(LOCK_MINUTES);
        let mut update = self
            .store
            .update_item(key)
            .update_expression(format!("{set}, last_ms = :now, expires_at = :expires, entity = :entity"))
            .condition_expression(condition)
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":now", number(now.as_millisecond()))
            .expression_attribute_values(":forgotten", number((now - lock).as_millisecond()))
            .expression_attribute_values(":expires", number((now + lock).as_second() + 1))
            .expression_attribute_values(":entity", text("failures"))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        if condition.contains(":most") {
            update = update.expression_attribute_values(":most", number(i64::from(MAX_FAILURES)));
        }
        match update.send().await {
            Ok(answer) => Ok(Ok(answer.attributes.unwrap_or_default())),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(refused)) => Ok(Err(refused.item.clone())),
                _ => Err(failure("failures", &error)),
            },
        }
    }

    /// Forgets what went wrong: someone was right, or has shown in another way who they are.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn forget(self, guess: Guess<'_>) -> Result<(), Failure> {
        self.store.delete_item(&guess.key()).send().await.map_err(|error| failure("forget failures", &error))?;
        Ok(())
    }
}

fn read(item: &Item) -> Failures {
    let count = get_number(item, "failures").and_then(|count| u32::try_from(count).ok()).unwrap_or_default();
    let last_at = get_number(item, "last_ms").and_then(|ms| Timestamp::from_millisecond(ms).ok());
    Failures { count, last_at }
}
