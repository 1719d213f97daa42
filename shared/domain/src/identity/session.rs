//! A sign-in on one device, in one tenant.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Role;
use crate::TenantId;
use crate::ids::{AccountId, SessionId};

/// A session that is not refreshed for so many days ends (ASVS 5.0, 7.3.1).
pub const IDLE_DAYS: i64 = 7;
/// However often it is refreshed, it ends after so many days (ASVS 5.0, 7.3.2).
pub const SESSION_DAYS: i64 = 30;

/// A sign-in on one device, in one tenant. Changing the role ends it, so what it says is true as long as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// The account.
    pub account: AccountId,
    /// In which tenant.
    pub tenant: TenantId,
    /// The role.
    pub role: Role,
    /// Whether a second factor was shown.
    pub second_factor: bool,
    /// The browser or program, as it named itself; at most 200 characters.
    pub device: String,
    /// The network address it came from.
    pub address: String,
    /// When it began.
    pub started_at: Timestamp,
    /// When it was last refreshed.
    pub refreshed_at: Timestamp,
}

impl Session {
    /// When it ends if no one refreshes it.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        let idle = self.refreshed_at.saturating_add(SignedDuration::from_hours(24 * IDLE_DAYS));
        let absolute = self.started_at.saturating_add(SignedDuration::from_hours(24 * SESSION_DAYS));
        idle.unwrap_or(self.refreshed_at).min(absolute.unwrap_or(self.refreshed_at))
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        now >= self.ends_at()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_ends_idle_after_a_week_and_anyway_after_thirty_days() {
        let tenant = TenantId::new("acme").unwrap();
        let started_at: Timestamp = "2026-11-01T00:00:00Z".parse().unwrap();
        let session = |refreshed: &str| Session {
            id: SessionId::derive(&tenant, &["s"]),
            account: AccountId::derive(&tenant, &["a"]),
            tenant: tenant.clone(),
            role: Role::Agent,
            second_factor: false,
            device: String::new(),
            address: String::new(),
            started_at,
            refreshed_at: refreshed.parse().unwrap(),
        };
        let ends = |refreshed: &str| session(refreshed).ends_at().to_string();
        assert_eq!(ends("2026-11-01T00:00:00Z"), "2026-11-08T00:00:00Z");
        assert_eq!(ends("2026-11-28T00:00:00Z"), "2026-12-01T00:00:00Z");
        assert!(session("2026-11-01T00:00:00Z").is_over("2026-11-08T00:00:00Z".parse().unwrap()));
        assert!(!session("2026-11-01T00:00:00Z").is_over("2026-11-07T23:59:59Z".parse().unwrap()));
    }
}
