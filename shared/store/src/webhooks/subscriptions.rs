//! Webhooks: documents like locations, each made, rotated and removed together with its secrets.

use domain::events::{DisabledBecause, Event, EventKind};
use domain::failure::Rejection;
use domain::identity::{Actor, AuditAction};
use domain::ids::WebhookId;
use domain::messaging::Email;
use domain::webhooks::{Disabled, MAX_WEBHOOKS, Webhook};
use domain::{EventId, Failure, TenantId};
use jiff::Timestamp;
use secrecy::SecretString;
use std::sync::Arc;

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::ReturnValue;

use super::secrets::place;
use crate::table::documents::{busy, changed, entry, json};
use crate::table::error::failure;
use crate::table::item::{from_item, get_text, text, to_item};
use crate::table::keys::{self, TableKey};
use crate::table::told::told;
use crate::table::writes::{Ran, Writes};
use crate::tenancy::registry::shown;
use crate::{Document, OutboxRow, Trace, Versioned, Webhooks};

impl Document for Webhook {
    const NAME: &'static str = "webhook";
    fn id(&self) -> String {
        self.id.to_string()
    }
}

fn document(tenant: &TenantId, id: WebhookId) -> TableKey {
    keys::of(tenant).document(Webhook::NAME, &id.to_string())
}

fn subject(id: WebhookId) -> String {
    format!("{}/{id}", Webhook::NAME)
}

impl Webhooks<'_> {
    /// Makes a webhook, signed with `secret`.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict): the tenant has as many as it can have, or it was made before and its secret
    /// shown.
    pub async fn create(
        self,
        kms_key_id: &str,
        tenant: &TenantId,
        webhook: &Webhook,
        secret: &SecretString,
        trace: &Trace,
    ) -> Result<Versioned<Webhook>, Failure> {
        let there = self.store.documents().all::<Webhook>(tenant).await?;
        if there.len() >= MAX_WEBHOOKS && there.iter().all(|other| other.id != webhook.id) {
            let full = format!("a tenant has at most {MAX_WEBHOOKS} webhooks: remove one first");
            return Err(Failure::rejected(Rejection::Conflict, full));
        }
        let audit = entry(tenant, AuditAction::Created, &subject(webhook.id), 1, None, Some(recorded(webhook)?), trace);
        let mut writes = Writes::new(&self.store.table);
        writes.put_version(to_item(Webhook::NAME, &document(tenant, webhook.id), webhook)?, 0)?;
        for number in webhook.signing(trace.at) {
            writes.put_new(self.sealed_secret(kms_key_id, tenant, webhook, number, secret).await?)?;
        }
        writes.audit(&audit)?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(Versioned { value: webhook.clone(), version: 1 }),
            Ran::Raced => Err(busy(Webhook::NAME)),
            Ran::Refused(_) => Err(shown(Webhook::NAME)),
        }
    }

    /// One webhook.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub async fn get(self, tenant: &TenantId, id: WebhookId) -> Result<Versioned<Webhook>, Failure> {
        self.store.documents().get(tenant, &id.to_string()).await
    }

    /// A tenant's webhooks, as they were at most half a minute ago: for who posts to them.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn of(self, tenant: &TenantId) -> Result<Arc<Vec<Webhook>>, Failure> {
        if let Some(known) = self.store.webhooks.webhooks.get(tenant) {
            return Ok(known);
        }
        let webhooks = Arc::new(self.store.documents().all::<Webhook>(tenant).await?);
        self.store.webhooks.webhooks.put(tenant.clone(), Arc::clone(&webhooks));
        Ok(webhooks)
    }

    /// Signs with `secret` from now on, and for a day with the one before too.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found); [`Failure::Retryable`] when another change came in between.
    pub async fn rotate(
        self,
        kms_key_id: &str,
        tenant: &TenantId,
        id: WebhookId,
        secret: &SecretString,
        trace: &Trace,
    ) -> Result<Versioned<Webhook>, Failure> {
        let Versioned { value: before, version } = self.get(tenant, id).await?;
        let (after, number, gone) = before.clone().rotated(trace.at);
        let (was, is) = (recorded(&before)?, recorded(&after)?);
        let audit = entry(tenant, AuditAction::Updated, &subject(id), version + 1, Some(was), Some(is), trace);
        let mut writes = Writes::new(&self.store.table);
        writes.put_version(to_item(Webhook::NAME, &document(tenant, id), &after)?, version)?;
        writes.put_new(self.sealed_secret(kms_key_id, tenant, &after, number, secret).await?)?;
        for number in gone {
            writes.delete(&place(tenant, &after, number))?;
        }
        writes.audit(&audit)?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(Versioned { value: after, version: version + 1 }),
            Ran::Raced | Ran::Refused(_) => Err(busy(Webhook::NAME)),
        }
    }

    /// Removes a webhook with its secrets; what is on its way to it ends.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found); [`Failure::Retryable`] when another change came in between.
    pub async fn remove(self, tenant: &TenantId, id: WebhookId, trace: &Trace) -> Result<(), Failure> {
        let Versioned { value, version } = self.get(tenant, id).await?;
        let was = recorded(&value)?;
        let mut writes = Writes::new(&self.store.table);
        writes.delete_version(&document(tenant, id), version)?;
        for secret in &value.secrets {
            writes.delete(&place(tenant, &value, secret.number))?;
        }
        writes.audit(&entry(tenant, AuditAction::Removed, &subject(id), version + 1, Some(was), None, trace))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(()),
            Ran::Raced | Ran::Refused(_) => Err(busy(Webhook::NAME)),
        }
    }

    /// Notes that something was not taken there, and says since when nothing is; `None`: it was removed.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn note_failure(
        self,
        tenant: &TenantId,
        id: WebhookId,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, Failure> {
        let update = self
            .store
            .update_item(&document(tenant, id))
            .update_expression("SET failing_since = if_not_exists(failing_since, :now)")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":now", text(now.to_string()))
            .return_values(ReturnValue::AllNew);
        match update.send().await {
            Ok(answer) => {
                let item = answer.attributes.unwrap_or_default();
                Ok(Some(get_text(&item, "failing_since").parse().unwrap_or(now)))
            }
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(None),
                _ => Err(failure("note a webhook's failure", &error)),
            },
        }
    }

    /// Notes that something was taken there again.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn note_success(self, tenant: &TenantId, id: WebhookId) -> Result<(), Failure> {
        let update = self
            .store
            .update_item(&document(tenant, id))
            .update_expression("REMOVE failing_since")
            .condition_expression("attribute_exists(failing_since)");
        self.store.insist("note a webhook's success", update).await
    }

    /// Switches a webhook off, with an event that says so and a line of the record. A repeat changes nothing.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn disable(
        self,
        tenant: &TenantId,
        id: WebhookId,
        why: DisabledBecause,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let Versioned { value: before, version } = match self.get(tenant, id).await {
            Ok(webhook) => webhook,
            Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => return Ok(()),
            Err(failure) => return Err(failure),
        };
        if !before.enabled {
            return Ok(());
        }
        let after = Webhook { enabled: false, disabled: Some(Disabled { at: now, why }), ..before.clone() };
        let trace = Trace { actor: Actor::System, at: now, address: None, correlation_id: String::new() };
        let (was, is) = (recorded(&before)?, recorded(&after)?);
        let mut writes = Writes::new(&self.store.table);
        let mut item = to_item(Webhook::NAME, &document(tenant, id), &after)?;
        // Who was told of the time before.
        item.remove("told");
        writes.put_version(item, version)?;
        writes.audit(&entry(tenant, AuditAction::Updated, &subject(id), version + 1, Some(was), Some(is), &trace))?;
        writes.outbox(&switched_off(tenant, id, version, why, now))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(()),
            // The owner changed it meanwhile: the next failure decides again.
            Ran::Refused(_) => {
                tracing::info!(reason = %changed(version), "a webhook was not switched off");
                Ok(())
            }
            Ran::Raced => Err(busy(Webhook::NAME)),
        }
    }

    /// Who was told by mail that a webhook was switched off; `None`: it was not, or it was removed or switched on since. Switching it off
    /// again forgets them.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn told(self, tenant: &TenantId, id: WebhookId) -> Result<Option<Vec<Email>>, Failure> {
        let Some(item) = self.store.item(Webhook::NAME, &document(tenant, id)).await? else { return Ok(None) };
        let webhook: Webhook = from_item(Webhook::NAME, &item)?;
        webhook.disabled.map(|_| told(Webhook::NAME, &item)).transpose()
    }

    /// Notes that `to` was told that a webhook was switched off.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn note_told(self, tenant: &TenantId, id: WebhookId, to: &Email) -> Result<(), Failure> {
        self.store.note_told(Webhook::NAME, &document(tenant, id), to).await
    }
}

/// The event that a webhook was switched off at this version of it.
fn switched_off(tenant: &TenantId, id: WebhookId, version: u64, why: DisabledBecause, now: Timestamp) -> OutboxRow {
    let cause = format!("webhook-disabled|{id}|{version}");
    let event = Event {
        id: EventId::derive(tenant, &[&cause]),
        tenant: tenant.clone(),
        at: now,
        correlation_id: String::new(),
        kind: EventKind::WebhookDisabled { webhook: id, why },
    };
    OutboxRow::new(EventId::derive(tenant, &["outbox", &cause]), tenant.clone(), &[event], now)
}

/// What the record keeps of a webhook: its address without what follows a `?`, where some receivers want a key.
fn recorded(webhook: &Webhook) -> Result<serde_json::Value, Failure> {
    let mut value = json(webhook)?;
    if let Some(url) = value.get_mut("url") {
        let bare = url.as_str().and_then(|text| text.split(['?', '#']).next()).unwrap_or_default().to_owned();
        *url = bare.into();
    }
    Ok(value)
}
