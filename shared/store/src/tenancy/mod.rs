//! Tenants, what they configure, their keys and limits, and what they use.

pub(crate) mod api_keys;
pub(crate) mod audit;
pub(crate) mod buckets;
pub(crate) mod circuits;
pub(crate) mod credentials;
pub(crate) mod entities;
pub(crate) mod idempotency;
pub(crate) mod keys;
pub(crate) mod public_endpoints;
pub(crate) mod registry;
pub(crate) mod request_log;
pub(crate) mod runs;
#[cfg(test)]
pub(crate) mod samples;
pub(crate) mod site_keys;
pub(crate) mod tenants;
pub(crate) mod usage;
pub(crate) mod vendor_credentials;

use crate::TRUST;
use crate::table::cache::Cache;
use crate::table::keys::PartitionKey;
use api_keys::ApiRegistration;
use domain::TenantId;
use domain::scheduling::Resource;
use domain::tenancy::usage::{Month, Used};
use domain::tenancy::{BusinessContext, Location, Tenant};
use registry::Registration;
use secrecy::SecretString;
use std::sync::Arc;

/// What a warm function remembers.
#[derive(Debug)]
pub(crate) struct Memory {
    pub(crate) tenants: Cache<TenantId, Arc<Tenant>>,
    pub(crate) used: Cache<(TenantId, Month), Used>,
    pub(crate) thresholds: Cache<(TenantId, Month, u8), ()>,
    pub(crate) locations: Cache<TenantId, Arc<Vec<Location>>>,
    pub(crate) own: Cache<TenantId, Arc<BusinessContext>>,
    pub(crate) resources: Cache<TenantId, Arc<Vec<Resource>>>,
    pub(crate) registrations: Cache<PartitionKey, Arc<Registration>>,
    pub(crate) api_keys: Cache<PartitionKey, Arc<ApiRegistration>>,
    pub(crate) buckets: Cache<String, i64>,
    pub(crate) secrets: Cache<String, SecretString>,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            tenants: Cache::new(TRUST),
            used: Cache::new(usage::TRUST),
            thresholds: Cache::new(usage::REMEMBERED),
            locations: Cache::new(TRUST),
            own: Cache::new(TRUST),
            resources: Cache::new(TRUST),
            registrations: Cache::new(TRUST),
            api_keys: Cache::new(TRUST),
            buckets: Cache::new(TRUST),
            secrets: Cache::new(TRUST * 10),
        }
    }
}

crate::repositories! {
    /// Businesses.
    tenants: Tenants;
    /// What models took.
    usage: UsageCounts;
    /// The audit record.
    audit: Audit;
    /// Secrets of the platform and of tenants.
    credentials: Credentials;
    /// Secrets that tenants enter for vendors.
    vendor_credentials: VendorCredentials;
    /// Which tenant a credential leads to.
    registry: Registry;
    /// Keys of the API.
    api_keys: ApiKeys;
    /// How often someone may call.
    limits: Limits;
    /// Requests that may come again.
    requests: Requests;
    /// What was asked, and how that ended.
    request_log: RequestLog;
    /// Work that is done for every tenant once a period.
    runs: Runs;
}
