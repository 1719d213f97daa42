//! Calendars at schedulers that are read by a key: the key, and what the scheduler signs its messages with. The function that takes the
//! messages opens the one and not the other.

use aws_sdk_dynamodb::types::Update;
use domain::ids::OutsideCalendarId;
use domain::scheduling::OutsideCalendar;
use domain::{Failure, TenantId};
use jiff::Timestamp;
use secrecy::SecretString;

use super::outside::{address, waits_until};
use crate::table::documents::busy;
use crate::table::item::{number, text};
use crate::table::keys::{self, TableKey};
use crate::table::writes::{Ran, Writes};
use crate::tenancy::credentials::Purpose;
use crate::{Document as _, OutsideCalendars};

fn hook_name(id: OutsideCalendarId) -> String {
    format!("calendar-{id}")
}

/// Where the secret lies, sealed, by which a vendor's messages about a calendar are known to be the vendor's.
pub(super) fn hook(tenant: &TenantId, id: OutsideCalendarId) -> TableKey {
    keys::of(tenant).credential(Purpose::Verification.as_str(), &hook_name(id))
}

impl OutsideCalendars<'_> {
    /// Keeps the secret by which a vendor signs its messages about a calendar, in the place of an earlier one.
    ///
    /// # Errors
    /// As the table and KMS answer.
    pub async fn keep_hook(
        self,
        kms_key_id: &str,
        tenant: &TenantId,
        id: OutsideCalendarId,
        secret: &SecretString,
    ) -> Result<(), Failure> {
        self.store.put_sealed(kms_key_id, tenant, Purpose::Verification, &hook_name(id), secret).await
    }

    /// The secret by which a vendor signs its messages about a calendar; `None`: it signs none.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table or KMS does not answer; [`Failure::Permanent`] when it cannot be decrypted.
    pub async fn hook(self, tenant: &TenantId, id: OutsideCalendarId) -> Result<Option<SecretString>, Failure> {
        self.store.sealed(tenant, Purpose::Verification, &hook_name(id)).await
    }

    /// Keeps another key of a scheduler in the place of the one of before, and has the calendar read at once.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found): no such calendar, or one that is read without a key.
    pub async fn rekey(
        self,
        kms_key_id: &str,
        tenant: &TenantId,
        id: OutsideCalendarId,
        (key, now): (&SecretString, Timestamp),
    ) -> Result<(), Failure> {
        let mut writes = Writes::new(&self.store.table);
        self.put_secret(&mut writes, kms_key_id, tenant, (&address(tenant, id), key)).await?;
        let update = Update::builder()
            .update_expression("REMOVE account.#name SET pending_sk = :now ADD version :one")
            .condition_expression("attribute_exists(account) AND NOT kind = :google")
            .expression_attribute_names("#name", "name")
            .expression_attribute_values(":now", text(waits_until(tenant, id, now)))
            .expression_attribute_values(":google", text("google"))
            .expression_attribute_values(":one", number(1));
        self.push(&mut writes, tenant, id, update)?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(()),
            Ran::Raced => Err(busy(OutsideCalendar::NAME)),
            Ran::Refused(_) => Err(Failure::not_found("calendar")),
        }
    }
}
