//! Where tenants want their events posted, what became of each, and what other systems reported.

pub(crate) mod deliveries;
pub(crate) mod entities;
pub(crate) mod keys;
pub(crate) mod reports;
#[cfg(test)]
pub(crate) mod samples;
pub(crate) mod secrets;
pub(crate) mod subscriptions;

use crate::TRUST;
use crate::table::cache::Cache;
use domain::TenantId;
use domain::webhooks::Webhook;
use std::sync::Arc;

/// What a warm function remembers.
#[derive(Debug)]
pub(crate) struct Memory {
    pub(crate) webhooks: Cache<TenantId, Arc<Vec<Webhook>>>,
}

impl Default for Memory {
    fn default() -> Self {
        Self { webhooks: Cache::new(TRUST) }
    }
}

crate::repositories! {
    /// Where a tenant's events are posted.
    webhooks: Webhooks;
    /// Events on their way to webhooks.
    webhook_deliveries: WebhookDeliveries;
    /// What other systems reported.
    reports: Reports;
}
