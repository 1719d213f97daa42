//! Keys for tests: what they do is stored as with any other key, and nothing that it causes leaves.
//!
//! The correlation id travels with everything that a request causes: events, messages, what follows from those. That of a test key carries
//! a mark which no caller and no gateway can put there, so whoever is about to send, or to begin something that will, sees it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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
}
