//! Calendars at schedulers that are read by a key: the key, and what the scheduler signs its messages with. The function that takes the
//! messages opens the one and not the other.

use aws_sdk_dynamodb::types::Update;
use domain::identity::AuditAction;
use domain::ids::OutsideCalendarId;
use domain::scheduling::{CalendarAccount, OutsideCalendar};
use domain::{Failure, TenantId};
use secrecy::SecretString;

use super::keys::{address, hook_name, subject, value, waits_until};
use crate::table::documents::{busy, entry, json};
use crate::table::item::{number, text};
use crate::table::writes::{Ran, Writes};
use crate::tenancy::credentials::Purpose;
use crate::{Document as _, OutsideCalendars, Trace, Versioned};

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
        self.store.put_sealed(kms_key_id, tenant, Purpose::CalendarHooks, &hook_name(id), secret).await
    }

    /// The secret by which a vendor signs its messages about a calendar; `None`: it signs none.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table or KMS does not answer; [`Failure::Permanent`] when it cannot be decrypted.
    pub async fn hook(self, tenant: &TenantId, id: OutsideCalendarId) -> Result<Option<SecretString>, Failure> {
        self.store.sealed(tenant, Purpose::CalendarHooks, &hook_name(id)).await
    }

    /// Keeps another key of a scheduler in the place of the previous one, and where it is good, and has the calendar read at once.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found): no such calendar, or one that is read without a key.
    pub async fn rekey(
        self,
        kms_key_id: &str,
        tenant: &TenantId,
        id: OutsideCalendarId,
        (key, base, host): (&SecretString, &str, &str),
        trace: &Trace,
    ) -> Result<(), Failure> {
        let before: Versioned<OutsideCalendar> = self.store.documents().get(tenant, &id.to_string()).await?;
        let Some(account) = before.value.account.clone().filter(|_| before.value.kind.is_scheduler()) else {
            return Err(Failure::not_found("calendar"));
        };
        let account = CalendarAccount { name: None, base: Some(base.to_owned()), ..account };
        let after = OutsideCalendar { account: Some(account), host: host.to_owned(), ..before.value.clone() };
        let version = before.version + 1;
        let mut writes = Writes::new(&self.store.table);
        self.put_secret(&mut writes, kms_key_id, tenant, (&address(tenant, id), key)).await?;
        let update = Update::builder()
            .update_expression("SET account = :account, #host = :host, version = :version, pending_sk = :now")
            .condition_expression("version = :read")
            .expression_attribute_names("#host", "host")
            .expression_attribute_values(":account", value(&after.account)?)
            .expression_attribute_values(":host", text(host))
            .expression_attribute_values(":version", number(version))
            .expression_attribute_values(":read", number(before.version))
            .expression_attribute_values(":now", text(waits_until(tenant, id, trace.at)));
        self.push(&mut writes, tenant, id, update)?;
        let (was, is) = (Some(json(&before.value)?), Some(json(&after)?));
        writes.audit(&entry(tenant, AuditAction::Updated, &subject(id), version, was, is, trace))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(()),
            Ran::Raced | Ran::Refused(_) => Err(busy(OutsideCalendar::NAME)),
        }
    }
}
