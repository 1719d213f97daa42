//! Keys for tests: what they do is stored as with any other key, and nothing that it causes leaves.
//!
//! The correlation id travels with everything that a request causes: events, messages, what follows from those. That of a test key carries
//! a mark which no caller and no gateway can put there, so whoever is about to send, or to begin something that will, sees it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Failure;
use crate::failure::Rejection;

/// What begins the correlation id of whatever a test key causes. A caller's ids have no full stop
/// (`runtime::http::is_correlation_id`), and a gateway's have none either.
const MARK: &str = "test.";

/// What a key is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeyMode {
    /// Work in earnest.
    #[default]
    Live,
    /// Trying: nothing that it causes is sent to anybody.
    Test,
}

impl KeyMode {
    /// Whether it is for work in earnest.
    #[must_use]
    pub fn is_live(&self) -> bool {
        *self == Self::Live
    }

    /// What a key of this mode begins with.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Live => "pl_api_",
            Self::Test => "pl_test_",
        }
    }

    /// The mode of a key that begins so.
    #[must_use]
    pub fn of_key(key: &str) -> Self {
        if key.starts_with(Self::Test.prefix()) { Self::Test } else { Self::Live }
    }

    /// Whether this is how a key begins, of one mode or the other.
    #[must_use]
    pub fn is_key(token: &str) -> bool {
        [Self::Live, Self::Test].iter().any(|mode| token.starts_with(mode.prefix()))
    }

    /// The correlation id of what a key of this mode causes.
    #[must_use]
    pub fn mark(self, correlation_id: String) -> String {
        match self {
            Self::Live => correlation_id,
            Self::Test => format!("{MARK}{correlation_id}"),
        }
    }
}

/// Whether a test key caused what has this correlation id.
#[must_use]
pub fn is_test(correlation_id: &str) -> bool {
    correlation_id.starts_with(MARK)
}

/// Refuses what a test key would change of a contact that is not for tests. `correlation_id` is that of the change.
///
/// # Errors
/// 403 [`Rejection::TestKey`].
pub fn demand_reach(correlation_id: &str, is_for_tests: bool) -> Result<(), Failure> {
    if is_for_tests || !is_test(correlation_id) {
        return Ok(());
    }
    let what = "a key for tests changes only contacts that such a key created and that have not written (POST /v1/contacts): use a live key";
    Err(Failure::rejected(Rejection::TestKey, what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_test_key_causes_is_told_by_its_correlation_id_and_nothing_else_is() {
        assert!(is_test(&KeyMode::Test.mark("abc".to_owned())));
        for id in ["abc", "", "test", "test-abc", "JKJaXmPLvHcESHB="] {
            assert!(!is_test(&KeyMode::Live.mark(id.to_owned())), "{id}");
        }
    }

    #[test]
    fn a_key_says_its_mode() {
        for mode in [KeyMode::Live, KeyMode::Test] {
            let key = format!("{}test_5Kx", mode.prefix());
            assert_eq!((KeyMode::of_key(&key), KeyMode::is_key(&key)), (mode, true));
        }
        // Code of before keys for tests takes such a key for a token of a session, which it is not.
        assert!(!KeyMode::Test.prefix().starts_with(KeyMode::Live.prefix()) && !KeyMode::is_key("eyJhbGciOi"));
    }

    #[test]
    fn a_test_key_changes_what_is_for_tests_alone_and_a_live_one_everything() {
        let (live, test) = (KeyMode::Live.mark("abc".to_owned()), KeyMode::Test.mark("abc".to_owned()));
        assert_eq!(
            (demand_reach(&live, false), demand_reach(&live, true), demand_reach(&test, true)),
            (Ok(()), Ok(()), Ok(()))
        );
        let refused = demand_reach(&test, false).unwrap_err();
        assert!(matches!(refused, Failure::Rejected { kind: Rejection::TestKey, .. }), "{refused:?}");
    }
}
