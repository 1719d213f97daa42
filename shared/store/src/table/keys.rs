//! Keys: whose partition it is, and where in it. A [`PartitionKey`] comes from the key space of a tenant or of the platform, so
//! that no key can be built without saying whose it is. What a space holds is added to it beside the items: each context's
//! `keys.rs` has an `impl TenantSpace` or `impl PlatformSpace`.

use std::fmt;
use std::ops::Deref;

use domain::TenantId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::table::attributes::{Item, get_text};

/// The name of a partition, of the table or of the index `gsi1`: from a key space, or read back from where one was stored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PartitionKey(String);

impl Deref for PartitionKey {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PartitionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<PartitionKey> for String {
    fn from(key: PartitionKey) -> Self {
        key.0
    }
}

impl From<&PartitionKey> for String {
    fn from(key: &PartitionKey) -> Self {
        key.0.clone()
    }
}

/// A primary key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TableKey {
    /// Partition key.
    pub pk: PartitionKey,
    /// Sort key.
    pub sk: String,
}

impl TableKey {
    /// Where an item lies.
    pub(crate) fn of(item: &Item) -> Self {
        Self { pk: PartitionKey(get_text(item, "pk").to_owned()), sk: get_text(item, "sk").to_owned() }
    }

    /// The entry of the registry that an item names in `registry`; `None`: it names none.
    pub(crate) fn registered(item: &Item) -> Option<Self> {
        let partition = Some(get_text(item, "registry")).filter(|name| !name.is_empty())?;
        Some(Self { pk: PartitionKey(partition.to_owned()), sk: REGISTERED.to_owned() })
    }
}

/// The keys of a tenant.
#[derive(Debug, Clone, Copy)]
pub struct TenantSpace<'t>(&'t TenantId);

/// The keys of the platform: what belongs to no business.
#[derive(Debug, Clone, Copy)]
pub struct PlatformSpace(());

/// The keys of `tenant`.
#[must_use]
pub fn of(tenant: &TenantId) -> TenantSpace<'_> {
    TenantSpace(tenant)
}

/// The keys of the platform.
#[must_use]
pub fn platform() -> PlatformSpace {
    PlatformSpace(())
}

impl TenantSpace<'_> {
    /// What every key of the tenant begins with.
    #[must_use]
    pub fn everything(self) -> String {
        format!("T#{}#", self.0)
    }

    pub(crate) fn partition(self, name: impl fmt::Display) -> PartitionKey {
        PartitionKey(format!("{}{name}", self.everything()))
    }

    pub(crate) fn key(self, partition: impl fmt::Display, sk: impl Into<String>) -> TableKey {
        TableKey { pk: self.partition(partition), sk: sk.into() }
    }
}

impl PlatformSpace {
    pub(crate) fn key(self, partition: impl fmt::Display, sk: impl Into<String>) -> TableKey {
        of(&TenantId::platform()).key(partition, sk)
    }
}

/// Sort key of the registry's entries.
const REGISTERED: &str = "KEY";

/// The registry entry of a credential's hash. The one key outside every tenant's space: it leads to the tenant.
#[must_use]
pub fn registration(kind: &str, hash: &str) -> TableKey {
    TableKey { pk: PartitionKey(format!("K#{kind}#{hash}")), sk: REGISTERED.to_owned() }
}

/// Sort key of the lists: time, then id.
#[must_use]
pub fn by_time(at: Timestamp, id: &str) -> String {
    format!("{:015}#{id}", at.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_tenants_keys_never_begin_another_ones() {
        // A slug has no '#': the tenant's part of a key ends where it says.
        let (short, long) = (TenantId::new("acme").unwrap(), TenantId::new("acme-2").unwrap());
        assert!(!of(&long).tenant().pk.starts_with(&of(&short).everything()));
        assert!(TenantId::new("acme#2").is_err());
    }

    #[test]
    fn text_order_is_time_order() {
        let times = [0, 9, 10, 999_999_999_999, 1_000_000_000_000, 1_795_176_000_000, 99_999_999_999_999];
        let keys = times.map(|ms| by_time(Timestamp::from_millisecond(ms).unwrap(), "id"));
        assert!(keys.is_sorted());
    }
}
