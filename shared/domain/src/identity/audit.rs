//! The record of what was done: every security event, every write to settings.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::TenantId;
use crate::ids::{AccountId, ApiKeyId, AuditId, SessionId};

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Actor {
    /// A person who was signed in, or who tried to be.
    Person {
        /// The account.
        account: AccountId,
        /// In which session, where there is one.
        #[serde(default)]
        session: Option<SessionId>,
    },
    /// A program.
    ApiKey {
        /// By which key.
        key: ApiKeyId,
    },
    /// An operator at the command line.
    Operator,
    /// Porchlight itself, as a scheduled tenant job.
    System,
}

impl Actor {
    /// The person, where it was one.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::Person { account, .. } => Some(*account),
            Self::ApiKey { .. } | Self::Operator | Self::System => None,
        }
    }
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuditAction {
    /// Something was made.
    Created,
    /// Something was changed.
    Updated,
    /// Something was removed.
    Removed,
    /// Someone signed in.
    SignedIn,
    /// A sign-in failed.
    SignInFailed,
    /// Five failures locked sign-in.
    SignInLocked,
    /// A session was ended by its owner, or all of them.
    SignedOut,
    /// A refresh token came a second time, and the session was ended.
    RefreshReused,
    /// Someone accepted an invitation.
    Registered,
    /// An address was proven.
    EmailVerified,
    /// A link to a new password was asked for.
    ResetRequested,
    /// A password was set.
    PasswordSet,
    /// A second factor was set up.
    SecondFactorEnabled,
    /// A second factor was removed.
    SecondFactorDisabled,
    /// A backup code was used.
    BackupCodeUsed,
    /// Someone entered a tenant that their agency or the platform looks after.
    TenantEntered,
    /// Data were exported.
    Exported,
    /// Data were erased.
    Erased,
}

/// One line of the record. Never holds a secret, a hash of one, or a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct AuditEntry {
    /// Its id.
    pub id: AuditId,
    /// In whose record it stands.
    pub tenant: TenantId,
    /// When it happened (UTC).
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What they did.
    pub action: AuditAction,
    /// To what: a kind and an id, such as `location/downtown`.
    pub subject: String,
    /// The network address it came from, where it came over one.
    #[serde(default)]
    pub address: Option<String>,
    /// How it was before, as far as it was changed; absent for what was made.
    #[serde(default)]
    pub before: Option<Value>,
    /// How it is since, likewise; absent for what was removed.
    #[serde(default)]
    pub after: Option<Value>,
    /// By which its log lines are found.
    #[serde(default)]
    pub correlation_id: String,
}
