//! Who of the staff looks at a thread just now.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::AccountId;

/// Somebody of the staff who looks at a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Presence {
    /// Who.
    pub account: AccountId,
    /// Their name in the team; empty where they look in from elsewhere, such as an agency.
    #[schema(example = "Ana Flores")]
    pub name: String,
    /// Whether they are writing.
    #[schema(example = true)]
    pub writing: bool,
    /// When they were last there (UTC).
    pub at: Timestamp,
}

impl Presence {
    /// For how long somebody counts as there after they were: their page says so twice in that time.
    pub const HOLDS_FOR: SignedDuration = SignedDuration::from_secs(30);

    /// Whether they are there at `now`.
    #[must_use]
    pub fn holds(&self, now: Timestamp) -> bool {
        now.duration_since(self.at) < Self::HOLDS_FOR
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TenantId;

    #[test]
    fn who_has_not_been_there_for_half_a_minute_is_gone() {
        let at: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let account = AccountId::derive(&TenantId::platform(), &["ana"]);
        let ana = Presence { account, name: "Ana".to_owned(), writing: true, at };
        assert!(ana.holds(at) && ana.holds(at + SignedDuration::from_secs(29)));
        assert!(!ana.holds(at + Presence::HOLDS_FOR));
    }
}
