//! A program's key to a tenant's API.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use super::{KeyMode, Permission};
use crate::ids::ApiKeyId;

/// How many keys of a tenant can be active: the one in use, and the one that takes its place.
pub const MAX_ACTIVE_KEYS: usize = 2;
/// How many of its keys for tests can be active besides.
pub const MAX_TEST_KEYS: usize = 2;

/// A program's key to a tenant's API. The key itself is shown once, when it is made; its SHA-256 alone is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ApiKey {
    /// Its id: not secret.
    pub id: ApiKeyId,
    /// What it is for, in the tenant's words.
    pub name: String,
    /// What it may do.
    pub scopes: BTreeSet<Permission>,
    /// What it is for: nothing that a `test` key causes is sent to anybody.
    #[serde(default, skip_serializing_if = "KeyMode::is_live")]
    pub mode: KeyMode,
    /// The first characters of the key, by which people know it.
    pub prefix: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to the second.
    #[serde(default)]
    pub last_used_at: Option<Timestamp>,
}
