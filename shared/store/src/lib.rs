//! State: one DynamoDB table, typed keys, entities, the outbox, encrypted credentials.
//!
//! Every key begins with its tenant, and the constructors in [`keys`] demand a [`domain::TenantId`]. The one exception
//! is the registry in [`Registration`], which is how a credential leads to a tenant in the first place. Entities, keys and
//! indexes are listed with their access patterns in `docs/data-model.md`.

mod cache;
mod chat;
mod credentials;
mod deliveries;
mod error;
mod item;
pub mod keys;
mod lists;
mod outbox;
mod people;
mod registry;
mod replay;
mod statuses;
mod suppressions;
mod tenants;
mod turns;

use aws_config::SdkConfig;
use std::sync::Arc;
use std::time::Duration;

pub use credentials::Credential;
pub use deliveries::Change;
pub use lists::{LeadFilter, Page};
pub use outbox::OutboxRow;
pub use people::Recall;
pub use registry::{Key, Registration};
pub use replay::Replay;
pub use turns::Commit;

use cache::Cache;
use domain::tenancy::Tenant;
use domain::{Failure, TenantId};

/// How long a warm function trusts a tenant's configuration and registrations.
const TRUST: Duration = Duration::from_secs(30);

/// The tenant that stands for the platform itself: holds the model provider's key.
pub const PLATFORM: &str = "porchlight-platform";

/// The table, and what a warm function remembers of it.
#[derive(Debug, Clone)]
pub struct Store {
    dynamo: aws_sdk_dynamodb::Client,
    kms: aws_sdk_kms::Client,
    table: String,
    tenants: Arc<Cache<TenantId, Arc<Tenant>>>,
    registrations: Arc<Cache<String, Arc<Registration>>>,
    secrets: Arc<Cache<String, secrecy::SecretString>>,
}

impl Store {
    /// Over the table named by `TABLE_NAME`.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when the variable is not set.
    pub fn from_env(config: &SdkConfig) -> Result<Self, Failure> {
        let table = std::env::var("TABLE_NAME")
            .map_err(|_| Failure::Permanent("environment variable TABLE_NAME is not set: see template.yaml".into()))?;
        Ok(Self::new(config, table))
    }

    /// Over `table`.
    #[must_use]
    pub fn new(config: &SdkConfig, table: String) -> Self {
        Self {
            dynamo: aws_sdk_dynamodb::Client::new(config),
            kms: aws_sdk_kms::Client::new(config),
            table,
            tenants: Arc::new(Cache::new(TRUST)),
            registrations: Arc::new(Cache::new(TRUST)),
            secrets: Arc::new(Cache::new(TRUST * 10)),
        }
    }
}
