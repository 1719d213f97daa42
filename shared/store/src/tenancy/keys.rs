//! Where tenants are kept, their credentials, limits, audit lines and usage.

use domain::TenantId;
use domain::ids::AuditId;
use domain::tenancy::runs::{Run, RunKind};
use domain::tenancy::usage::{Feature, Month};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::table::keys::{PartitionKey, PlatformSpace, TableKey, TenantSpace, by_time};

/// Where the counters of a month's partition end: after the digits of the days.
pub(crate) const USAGE_END: &str = ":";
/// Counters that many turns touch at once are spread over this many items.
pub(crate) const USAGE_SHARDS: u8 = 4;

/// A run's outcomes are spread over this many partitions: one takes about 1,000 writes a second.
pub(crate) const RUN_LISTS: u32 = 8;

impl TenantSpace<'_> {
    /// The tenant's configuration.
    #[must_use]
    pub fn tenant(self) -> TableKey {
        self.key("TENANT", "TENANT")
    }

    /// One encrypted credential.
    #[must_use]
    pub fn credential(self, purpose: &str, name: &str) -> TableKey {
        self.key(format_args!("CREDENTIAL#{purpose}"), name)
    }

    /// One of the places for active API keys. Their number is the limit.
    #[must_use]
    pub fn api_key(self, place: u8) -> TableKey {
        self.key("API_KEY", place.to_string())
    }

    /// Partition of a tenant's audit record.
    #[must_use]
    pub fn audit_list(self) -> PartitionKey {
        self.partition("AUDIT")
    }

    /// A line of a tenant's audit record.
    #[must_use]
    pub fn audit(self, at: Timestamp, id: AuditId) -> TableKey {
        TableKey { pk: self.audit_list(), sk: by_time(at, &id.to_string()) }
    }

    /// A request to the API, in the order in which they came.
    #[must_use]
    pub fn logged_request(self, id: &str) -> TableKey {
        TableKey { pk: self.partition("REQUESTS"), sk: id.to_owned() }
    }

    /// What was answered to a request that may come again.
    #[must_use]
    pub fn idempotency(self, request: &str) -> TableKey {
        self.key(format_args!("IDEMPOTENCY#{request}"), "REQUEST")
    }

    /// What a model took for a feature on a day, one of `USAGE_SHARDS` counters. Sorts before `USAGE_END`.
    #[must_use]
    pub fn usage(self, day: Date, feature: Feature, model: &str, shard: u8) -> TableKey {
        let sk = format!("{:02}#{}#{model}#{shard}", day.day(), feature.as_str());
        self.key(format_args!("USAGE#{}", day.strftime("%Y-%m")), sk)
    }

    /// The sum of a month that is over.
    #[must_use]
    pub fn usage_total(self, month: &Month) -> TableKey {
        self.key(format_args!("USAGE#{month}"), "TOTAL")
    }

    /// The mark that a threshold of a month was announced.
    #[must_use]
    pub fn usage_threshold(self, month: &Month, percent: u8) -> TableKey {
        self.key(format_args!("USAGE#{month}"), format!("THRESHOLD#{percent}"))
    }
}

impl PlatformSpace {
    /// A tenant in the list of all, under the agency that looks after it.
    #[must_use]
    pub fn tenant_entry(self, parent: &TenantId, tenant: &TenantId) -> TableKey {
        self.key(format_args!("TENANTS#{parent}"), tenant.as_str())
    }

    /// Partition of the circuit breakers.
    #[must_use]
    pub fn circuits(self) -> PartitionKey {
        self.circuit("").pk
    }

    /// The circuit breaker of a service outside.
    #[must_use]
    pub fn circuit(self, service: &str) -> TableKey {
        self.key("CIRCUIT", service)
    }

    /// Partition of one of the lists of a run's outcomes. A tenant's outcome is always in the same one.
    #[must_use]
    pub fn run_outcomes(self, run: &Run, list: u32) -> PartitionKey {
        self.key(format_args!("RUN#{}#{}#{list}", run.kind.as_str(), run.period), "").pk
    }

    /// What became of a run for a tenant.
    #[must_use]
    pub fn run_outcome(self, run: &Run, tenant: &TenantId) -> TableKey {
        let list = tenant.as_str().bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        TableKey { pk: self.run_outcomes(run, list % RUN_LISTS), sk: tenant.as_str().to_owned() }
    }

    /// How many tenants were asked for a run in an hour. All hours of a run begin with its period.
    #[must_use]
    pub fn run_hour(self, run: &Run, hour: Timestamp) -> TableKey {
        let sk = format!("{}#{:015}", run.period, hour.as_millisecond());
        self.key(format_args!("RUN#{}", run.kind.as_str()), sk)
    }

    /// Up to which hour tenants were asked for a kind of run.
    #[must_use]
    pub fn run_clock(self, kind: RunKind) -> TableKey {
        self.key(format_args!("RUN#{}", kind.as_str()), "CLOCK")
    }

    /// The token bucket of someone who has shown no credential.
    #[must_use]
    pub fn bucket(self, name: &str) -> TableKey {
        self.key(format_args!("BUCKET#{name}"), "BUCKET")
    }
}
