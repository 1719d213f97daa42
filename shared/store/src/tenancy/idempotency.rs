//! `Idempotency-Key`: a POST that comes again is answered as it was the first time
//! (draft-ietf-httpapi-idempotency-key-header-07).
//!
//! A key is good within its credential, method and path, for a day. While the first request is at work a repeat is told
//! to wait; if it died, its claim ends after a minute and the repeat does the work: handlers derive what they make from
//! the key, so that the work is the same. Answers that hold a secret are never kept: a repeat is told that it was done.

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use domain::{Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::Requests;
use crate::table::error::failure;
use crate::table::item::{from_item, number, text, to_item};
use crate::table::keys;

/// For how long an answer is kept.
pub(super) const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24);
/// How long a request may be at work before a repeat takes over, in seconds: more than any function's time limit.
const CLAIM_SECONDS: i64 = 60;

/// What is kept of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    /// SHA-256 of the body.
    fingerprint: String,
    /// Until when the request at work has the right to answer, in seconds.
    claimed_until: i64,
    /// What was answered, once it was.
    answer: Option<KeptAnswer>,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptAnswer {
    /// The status.
    pub status: u16,
    /// Headers that belong to the answer: `location`, `etag`, `content-type`.
    pub headers: Vec<(String, String)>,
    /// The body; `None` where it held a secret.
    pub body: Option<String>,
}

/// What to do with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeat {
    /// It is the first: do it, then [`crate::Requests::keep`].
    First,
    /// It was done: answer this.
    Answered(KeptAnswer),
    /// The first one is at work.
    AtWork,
    /// The key was used for another request.
    Another,
}

impl Requests<'_> {
    /// Claims `request` (a hash of credential, method, path and key) for a body of this `fingerprint`.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn claim(
        self,
        tenant: &TenantId,
        request: &str,
        fingerprint: &str,
        now: Timestamp,
    ) -> Result<Repeat, Failure> {
        let now = now.as_second();
        let kept = Kept { fingerprint: fingerprint.to_owned(), claimed_until: now + CLAIM_SECONDS, answer: None };
        let mut item = to_item("idempotency", &keys::of(tenant).idempotency(request), &kept)?;
        item.insert("expires_at".to_owned(), number(now + KEPT_FOR.as_secs()));
        let free = "attribute_not_exists(pk) OR expires_at <= :now OR \
                    (fingerprint = :fingerprint AND attribute_type(answer, :null) AND claimed_until <= :now)";
        let put = self
            .store
            .put_item(item)
            .condition_expression(free)
            .expression_attribute_values(":now", number(now))
            .expression_attribute_values(":fingerprint", text(fingerprint))
            .expression_attribute_values(":null", text("NULL"))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        let Err(error) = put else { return Ok(Repeat::First) };
        let Some(PutItemError::ConditionalCheckFailedException(refused)) = error.as_service_error() else {
            return Err(failure("idempotency", &error));
        };
        let item = refused.item.clone().unwrap_or_default();
        let kept: Kept = from_item("idempotency", &item)?;
        Ok(match kept.answer {
            _ if kept.fingerprint != fingerprint => Repeat::Another,
            Some(answer) => Repeat::Answered(answer),
            None => Repeat::AtWork,
        })
    }

    /// Keeps what was answered, for a day. `None`: a repeat with the same body is answered again.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer: a repeat does the work again.
    pub async fn keep(
        self,
        tenant: &TenantId,
        request: &str,
        fingerprint: &str,
        answer: Option<KeptAnswer>,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let now = now.as_second();
        let kept = Kept { fingerprint: fingerprint.to_owned(), claimed_until: now, answer };
        let mut item = to_item("idempotency", &keys::of(tenant).idempotency(request), &kept)?;
        item.insert("expires_at".to_owned(), number(now + KEPT_FOR.as_secs()));
        self.store.put_item(item).send().await.map_err(|error| failure("idempotency", &error))?;
        Ok(())
    }

    /// Gives a claim back: the work was not done, and may be tried again at once.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer: the claim ends by itself within a minute.
    pub async fn release(self, tenant: &TenantId, request: &str) -> Result<(), Failure> {
        self.store
            .delete_item(&keys::of(tenant).idempotency(request))
            .send()
            .await
            .map_err(|error| failure("idempotency", &error))?;
        Ok(())
    }
}
