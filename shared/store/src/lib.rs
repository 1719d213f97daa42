//! State: one DynamoDB table, typed keys, entities, the outbox, encrypted credentials.
//!
//! Every key begins with its tenant, and the constructors in [`keys`] demand a [`domain::TenantId`]. The one exception
//! is the registry in [`Registration`], which is how a credential leads to a tenant in the first place. Entities, keys and
//! indexes are listed with their access patterns in `docs/data-model.md`.

mod amendments;
mod api_keys;
mod audit;
mod buckets;
mod cache;
mod chat;
mod courses;
mod credentials;
mod cursors;
mod deliveries;
mod documents;
mod dossiers;
mod duplicates;
pub mod entities;
mod error;
mod escalations;
mod failed_sends;
mod idempotency;
mod identity;
mod item;
mod journeys;
mod kept_refusals;
pub mod keys;
mod lists;
mod outbox;
mod owners;
mod pending;
mod people;
mod public_doors;
mod registry;
mod replay;
mod rights;
mod sequences;
mod site_keys;
mod sla;
mod standings;
mod statuses;
mod suppressions;
mod tallies;
mod tasks;
mod tenants;
mod timeline;
mod tolerant;
mod touchpoints;
mod turns;
mod unanswerable;
mod usage;
mod vendor_credentials;
mod writes;

use aws_config::SdkConfig;
use std::sync::Arc;
use std::time::Duration;

pub use api_keys::ApiRegistration;
pub use buckets::{Grant, Limit, Quota};
pub use credentials::Credential;
pub use deliveries::Change;
pub use documents::{Document, Trace, Versioned};
pub use dossiers::{Claim, Papers};
pub use duplicates::Duplicate;
pub use idempotency::{KeptAnswer, Repeat};
pub use identity::{Guess, Link, LinkPurpose, MAX_MEMBERSHIPS, MAX_SESSIONS, StoredSession};
pub use lists::{LeadFilter, Page};
pub use outbox::OutboxRow;
pub use pending::{Backlog, Due, DueCursor, DuePage, DuePlace};
pub use people::Recall;
pub use public_doors::{
    BY_ONE_KEY, FROM_ONE_ADDRESS, TO_ONE_CALLER, TO_ONE_RECIPIENT, TOLD_OF_NUMBERS_ABROAD, WITH_ONE_KEY,
};
pub use registry::{Key, Registration};
pub use replay::Replay;
pub use rights::{ContactPlan, DataJobRun, Line, Place, Progress};
pub use sla::Clocked;
pub use tenants::TenantEntry;
pub use timeline::{Timeline, TimelineEntry, Upcoming};
pub use turns::Commit;
pub use vendor_credentials::{StoredCredential, VendorCredential};

use auth::signing::{KeyPair, PublicKeys};
use cache::Cache;
use domain::journeys::Sequence;
use domain::tenancy::usage::Month;
use domain::tenancy::{Location, Tenant};
use domain::{Failure, TenantId};

/// How long a warm function trusts a tenant's configuration and registrations.
const TRUST: Duration = Duration::from_secs(30);

/// The table, and what a warm function remembers of it.
#[derive(Debug, Clone)]
pub struct Store {
    dynamo: aws_sdk_dynamodb::Client,
    kms: aws_sdk_kms::Client,
    kms_key_id: Option<String>,
    table: String,
    tenants: Arc<Cache<TenantId, Arc<Tenant>>>,
    tokens_used: Arc<Cache<(TenantId, Month), u64>>,
    thresholds: Arc<Cache<(TenantId, Month, u8), ()>>,
    touches_sent: Arc<Cache<(TenantId, Month), u64>>,
    sequences: Arc<Cache<TenantId, Arc<Vec<Sequence>>>>,
    locations: Arc<Cache<TenantId, Arc<Vec<Location>>>>,
    registrations: Arc<Cache<String, Arc<Registration>>>,
    api_keys: Arc<Cache<String, Arc<ApiRegistration>>>,
    buckets: Arc<Cache<String, i64>>,
    secrets: Arc<Cache<String, secrecy::SecretString>>,
    no_suppression_key: Arc<Cache<(), ()>>,
    public_keys: Arc<Cache<(), Arc<PublicKeys>>>,
    read_again: Arc<Cache<(), ()>>,
    key_pairs: Arc<Cache<(), Arc<KeyPair>>>,
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
            kms_key_id: None,
            table,
            tenants: Arc::new(Cache::new(TRUST)),
            tokens_used: Arc::new(Cache::new(usage::TRUST)),
            thresholds: Arc::new(Cache::new(usage::REMEMBERED)),
            touches_sent: Arc::new(Cache::new(usage::TRUST)),
            sequences: Arc::new(Cache::new(TRUST)),
            locations: Arc::new(Cache::new(TRUST)),
            registrations: Arc::new(Cache::new(TRUST)),
            api_keys: Arc::new(Cache::new(TRUST)),
            buckets: Arc::new(Cache::new(TRUST)),
            secrets: Arc::new(Cache::new(TRUST * 10)),
            no_suppression_key: Arc::new(Cache::new(TRUST * 2)),
            public_keys: Arc::new(Cache::new(TRUST * 10)),
            read_again: Arc::new(Cache::new(TRUST / 3)),
            key_pairs: Arc::new(Cache::new(TRUST * 10)),
        }
    }
}
