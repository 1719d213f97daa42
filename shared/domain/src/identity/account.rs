//! A person who signs in, and what they are in each tenant.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use super::Role;
use crate::TenantId;
use crate::ids::{AccountId, LocationId};
use crate::messaging::Email;

/// A person who signs in. One account serves in any number of tenants.
///
/// Holds no secret in clear: the password is an argon2id hash, the one-time code's secret is encrypted apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The address that signs in and gets mail.
    pub email: Email,
    /// What to call them.
    pub name: String,
    /// Whether it may sign in.
    pub status: AccountStatus,
    /// When the address was proven to be theirs.
    pub email_verified_at: Option<Timestamp>,
    /// The argon2id hash in PHC form.
    pub password: String,
    /// When the password was last set: links mailed before that are void.
    pub password_set_at: Timestamp,
    /// The second factor, once it is set up.
    pub second_factor: Option<OneTimeCodes>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Whether an account may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountStatus {
    /// It may.
    Active,
    /// It may not.
    Disabled,
}

/// A second factor by one-time codes (RFC 6238): what is kept beside the encrypted secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OneTimeCodes {
    /// When the first code was shown.
    pub since: Timestamp,
    /// The time step of the last code that was taken: none is taken twice, nor an older one (RFC 6238, 5.2).
    pub last_step: u64,
    /// SHA-256, in hex, of the backup codes that are left.
    pub backup_codes: BTreeSet<String>,
}

/// What a person is in a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Member {
    /// The account.
    pub account: AccountId,
    /// Of which tenant.
    pub tenant: TenantId,
    /// What to call them.
    pub name: String,
    /// Where they get mail.
    pub email: Email,
    /// The role.
    pub role: Role,
    /// The locations they look after; none: all.
    #[serde(default)]
    pub locations: Vec<LocationId>,
    /// Since when.
    pub joined_at: Timestamp,
}
