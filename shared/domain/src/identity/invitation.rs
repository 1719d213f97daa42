//! An invitation into a tenant.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Role;
use crate::TenantId;
use crate::ids::{AccountId, InvitationId, LocationId};
use crate::messaging::Email;

/// For how many days an invitation can be accepted.
pub const INVITATION_DAYS: i64 = 7;

/// An invitation into a tenant. Accepting it proves that the address is the invited person's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Into which tenant.
    pub tenant: TenantId,
    /// Whom.
    pub email: Email,
    /// The role.
    pub role: Role,
    /// For which locations; none: all.
    #[serde(default)]
    pub locations: Vec<LocationId>,
    /// What became of it.
    pub status: InvitationStatus,
    /// Who invited; none: an operator.
    pub invited_by: Option<AccountId>,
    /// When it was created (UTC).
    pub created_at: Timestamp,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
}

/// What became of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvitationStatus {
    /// Nothing yet.
    Pending,
    /// It was accepted.
    Accepted,
    /// It was taken back.
    Revoked,
}
