//! State: one DynamoDB table, typed keys, entities, the outbox, encrypted credentials.
//!
//! Every key begins with its tenant: a [`keys::PartitionKey`] is built only from the key space of a tenant or of the platform.
//! The one exception is the registry in [`Registration`], which is how a credential leads to a tenant in the first place.
//! A folder for each context holds its keys, the declarations of what it stores, and its repositories. Entities, keys and indexes
//! are listed with their access patterns in `docs/data-model.md`.

/// Declares the repositories of a context: each borrows the store, and is what `Store` has a method of the same name for.
macro_rules! repositories {
    ($($(#[$doc:meta])* $accessor:ident: $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy)]
            pub struct $name<'s> {
                store: &'s crate::Store,
            }
        )*
        impl crate::Store {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $accessor(&self) -> $name<'_> {
                    $name { store: self }
                }
            )*
        }
    };
}
pub(crate) use repositories;

mod answers;
mod approvals;
mod campaigns;
mod conversations;
mod identity;
mod insights;
mod inventory;
mod journeys;
mod knowledge;
mod leads;
mod messaging;
mod prompts;
mod rights;
mod scheduling;
mod table;
mod tenancy;
mod training;
mod weather;
mod webhooks;

use aws_config::SdkConfig;
use std::sync::Arc;
use std::time::Duration;

pub use crate::weather::Weather;
pub use crate::weather::events::NotedEvent;
pub use crate::weather::fetched::{Fetched, KeptAlerts, Lease, Taken};
pub use crate::weather::places::FoundCell;
pub use approvals::{Approval, ApprovalSubject, Approvals};
pub use campaigns::Campaigns;
pub use campaigns::inviting::Turn as InvitationTurn;
pub use campaigns::preview::CampaignReader;
pub use campaigns::suggested::suggested_rules;
pub use conversations::attention::ReadMarks;
pub use conversations::chat::ChatNews;
pub use conversations::inbox::{Inbox, InboxQuery, OpenQuery, OpenThread};
pub use conversations::queues::{Queue, ThreadFilter};
pub use conversations::replay::Replay;
pub use conversations::sent_files::{SentFile, chat_file_address};
pub use conversations::sla::Clocked;
pub use conversations::staff::StaffReply;
pub use conversations::summaries::Unsummarized;
pub use conversations::timeline::{Timeline, TimelineEntry, Upcoming};
pub use conversations::turns::Commit;
pub use conversations::{Conversations, Escalations, Sla};
pub use identity::{Accounts, Guesses, Invitations, Links, Members, Sessions, SigningKeys};
pub use identity::{Guess, Link, LinkPurpose, MAX_MEMBERSHIPS, MAX_SESSIONS, StoredSession};
pub use insights::benchmarks::Night;
pub use insights::{Benchmarks, InsightDays};
pub use inventory::{Inventory, MovementFilter, OrderFilter, Recorded, Week};
pub use journeys::{Journeys, Sequences, Tasks};
pub use knowledge::documents::DocumentFilter;
pub use knowledge::gaps::Worded;
pub use knowledge::index::{IndexHead, MAX_REMOVED, Swap, SwappedFor};
pub use knowledge::{Gaps, Knowledge};
pub use leads::contacts::{ChannelState, ContactEntry, ContactView, NamedContact};
pub use leads::duplicates::Duplicate;
pub use leads::exported::ExportedContact;
pub use leads::filter::LeadFilter;
pub use leads::people::LoadedTurn;
pub use leads::search::ContactFilter;
pub use leads::{Contacts, Imports, Leads, People};
pub use messaging::deliveries::Change;
pub use messaging::send_contexts::{Claim, LoadedSend};
pub use messaging::{Deliveries, OptOutStates, Suppressions};
pub use prompts::{Prompts, Seeded};
pub use rights::Rights;
pub use rights::{ContactPlan, DataJobRun, Line, Place, Progress};
pub use scheduling::account::{BroughtBack, TakenCalendar};
pub use scheduling::appointments::WantedTime;
pub use scheduling::days::{LoadedCalendar, LoadedVisit};
pub use scheduling::lists::AppointmentFilter;
pub use scheduling::no_show::Visitors;
pub use scheduling::waitlist::FreedTimeGiven;
pub use scheduling::{Appointments, OutsideCalendars};
pub use table::documents::{Document, Trace, Versioned};
pub use table::lists::Page;
pub use table::outbox::OutboxRow;
pub use table::pending::{Backlog, Due, DueCursor, DuePage, DuePlace};
pub use table::{Documents, Outbox, Pending};
pub use table::{entities, keys};
pub use tenancy::api_keys::ApiRegistration;
pub use tenancy::buckets::{Grant, Limit, Quota};
pub use tenancy::credentials::Credential;
pub use tenancy::idempotency::{KeptAnswer, Repeat};
pub use tenancy::public_endpoints::{
    BY_ONE_KEY, FROM_ONE_ADDRESS, HELD_FOR, TO_ONE_CALLER, TO_ONE_RECIPIENT, TOLD_OF_NUMBERS_ABROAD, WITH_ONE_KEY,
};
pub use tenancy::registry::{Key, Registration};
pub use tenancy::tenants::TenantEntry;
pub use tenancy::usage::Uncounted;
pub use tenancy::vendor_credentials::{StoredCredential, VendorCredential};
pub use tenancy::{
    ApiKeys, Audit, Credentials, Limits, Registry, RequestLog, Requests, Runs, Tenants, UsageCounts, VendorCredentials,
};
pub use training::Trainings;
pub use webhooks::{Reports, WebhookDeliveries, Webhooks};

use domain::Failure;

/// How long a warm function trusts a tenant's configuration and registrations.
const TRUST: Duration = Duration::from_secs(30);

/// The table, and what a warm function remembers of it.
#[derive(Debug, Clone)]
pub struct Store {
    dynamo: aws_sdk_dynamodb::Client,
    kms: aws_sdk_kms::Client,
    kms_key_id: Option<String>,
    table: String,
    tenancy: Arc<tenancy::Memory>,
    identity: Arc<identity::Memory>,
    journeys: Arc<journeys::Memory>,
    messaging: Arc<messaging::Memory>,
    webhooks: Arc<webhooks::Memory>,
    weather: Arc<weather::Memory>,
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
            tenancy: Arc::default(),
            identity: Arc::default(),
            journeys: Arc::default(),
            messaging: Arc::default(),
            webhooks: Arc::default(),
            weather: Arc::default(),
        }
    }
}
