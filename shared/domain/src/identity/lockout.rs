//! Five failures lock sign-in for half an hour (seed 003, "Account lockout"; ASVS 5.0, 6.3.1).
//!
//! Failures are counted by e-mail address, whether or not it has an account, so that a stranger learns nothing from a lock.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// After so many failures in a row sign-in is locked.
pub const MAX_FAILURES: u32 = 5;
/// For so long, in minutes from the last failure.
pub const LOCK_MINUTES: i64 = 30;

/// What went wrong lately at one address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failures {
    /// How many in a row.
    pub count: u32,
    /// When the last was.
    pub last_at: Option<Timestamp>,
}

impl Failures {
    /// Whether sign-in is locked at `now`.
    #[must_use]
    pub fn is_locked(&self, now: Timestamp) -> bool {
        self.count >= MAX_FAILURES && self.is_recent(now)
    }

    /// After one more failure at `now`. Half an hour without one starts the count afresh.
    #[must_use]
    pub fn and_one_more(self, now: Timestamp) -> Self {
        let count = if self.is_recent(now) { self.count.saturating_add(1) } else { 1 };
        Self { count, last_at: Some(now) }
    }

    fn is_recent(&self, now: Timestamp) -> bool {
        self.last_at.is_some_and(|last| now.duration_since(last) < SignedDuration::from_mins(LOCK_MINUTES))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan as _;

    #[test]
    fn five_failures_lock_for_thirty_minutes() {
        let start: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let mut failures = Failures::default();
        for second in 0..5 {
            assert!(!failures.is_locked(start), "{second}");
            failures = failures.and_one_more(start + second.seconds());
        }
        let last = start + 4.seconds();
        assert!(failures.is_locked(last));
        assert!(failures.is_locked(last + 1799.seconds()));
        assert!(!failures.is_locked(last + 1800.seconds()));
    }

    #[test]
    fn a_count_is_forgotten_after_half_an_hour() {
        let start: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let four = (0..4).fold(Failures::default(), |failures, _| failures.and_one_more(start));
        assert_eq!(four.and_one_more(start + 30.minutes()).count, 1);
        assert_eq!(four.and_one_more(start + 29.minutes()).count, 5);
    }
}
