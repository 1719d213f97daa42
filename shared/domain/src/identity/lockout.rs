//! Five failures lock for half an hour (seed 003, "Account lockout"; ASVS 5.0, 6.3.1).
//!
//! What anonymous callers try at an e-mail address is counted by that address, whether or not it has an account, so that an anonymous caller
//! learns nothing from a lock. What is tried from a device that its owner signed in from before, by someone who is signed in,
//! or at the second factor is counted apart: anonymous callers who guess lock out only each other.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// After so many failures in a row nothing more is tried.
pub const MAX_FAILURES: u32 = 5;
/// For so long, in minutes from the last failure.
pub const LOCK_MINUTES: i64 = 30;
/// For so many days a browser that someone signed in from is known.
pub const KNOWN_DEVICE_DAYS: i64 = 180;

/// What went wrong lately at one place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failures {
    /// How many in a row.
    pub count: u32,
    /// When the last was.
    pub last_at: Option<Timestamp>,
}

impl Failures {
    /// Whether nothing may be tried at `now`.
    #[must_use]
    pub fn is_locked(&self, now: Timestamp) -> bool {
        self.count >= MAX_FAILURES && self.is_recent(now)
    }

    /// With one more guess at `now`, which is counted as a failure before it is looked at, so that however many come at once,
    /// five are; what was right is forgotten. `None` while it is locked: then nothing counts, so that the lock ends half an
    /// hour after the fifth. Half an hour without a failure starts the count afresh.
    #[must_use]
    pub fn and_a_guess(self, now: Timestamp) -> Option<Self> {
        if self.is_locked(now) {
            return None;
        }
        let count = if self.is_recent(now) { self.count.saturating_add(1) } else { 1 };
        Some(Self { count, last_at: Some(now) })
    }

    fn is_recent(&self, now: Timestamp) -> bool {
        self.last_at.is_some_and(|last| now.duration_since(last) < SignedDuration::from_mins(LOCK_MINUTES))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan as _;

    fn start() -> Timestamp {
        "2026-11-20T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn five_failures_lock_for_thirty_minutes() {
        let mut failures = Failures::default();
        for second in 0..5 {
            failures = failures.and_a_guess(start() + second.seconds()).unwrap();
        }
        let last = start() + 4.seconds();
        for locked in [last, last + 1799.seconds()] {
            assert!(failures.is_locked(locked));
            assert_eq!(failures.and_a_guess(locked), None);
        }
        assert!(!failures.is_locked(last + 1800.seconds()));
        assert_eq!(failures.and_a_guess(last + 1800.seconds()).unwrap().count, 1);
    }

    #[test]
    fn a_count_is_forgotten_after_half_an_hour() {
        let four = (0..4).fold(Failures::default(), |failures, _| failures.and_a_guess(start()).unwrap());
        assert_eq!(four.and_a_guess(start() + 30.minutes()).unwrap().count, 1);
        assert_eq!(four.and_a_guess(start() + 29.minutes()).unwrap().count, 5);
    }
}
