//! How often and for how long a message is tried that its vendor puts off.

use jiff::{SignedDuration, Timestamp};

use super::Kind;

/// Between the first try and the second.
const FIRST_GAP: SignedDuration = SignedDuration::from_secs(30);

/// The calls that were made to a vendor for one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tries {
    /// What the message is.
    pub kind: Kind,
    /// When the first call was made (UTC).
    pub first: Timestamp,
    /// How many were made, at least one.
    pub count: u32,
    /// After this moment the message says nothing (UTC).
    pub expires_at: Option<Timestamp>,
}

/// For how long a message of a kind is tried, and the longest gap between two tries. Our choice: who waits for an answer looks at
/// the telephone for minutes; an outage of a vendor lasts hours.
fn patience(kind: Kind) -> (SignedDuration, SignedDuration) {
    let (minutes, hours) = (SignedDuration::from_mins, SignedDuration::from_hours);
    match kind {
        Kind::Reply => (minutes(30), minutes(5)),
        // The law gives it five minutes.
        Kind::OptOut => (minutes(5), minutes(1)),
        Kind::Notice => (hours(24), hours(1)),
        Kind::AppointmentReminder => (hours(6), minutes(30)),
        Kind::FollowUp
        | Kind::QuoteFollowUp
        | Kind::Welcome
        | Kind::Billing
        | Kind::Collections
        | Kind::ReviewRequest
        | Kind::Nurture
        | Kind::Reactivation
        | Kind::Campaign => (hours(12), hours(1)),
    }
}

impl Tries {
    /// When the next call is made (UTC): each gap is twice the one before, and no shorter than the `after_seconds` that the vendor
    /// asks for. `None`: the message has been tried for long enough.
    #[must_use]
    pub fn next(&self, after_seconds: Option<u32>, now: Timestamp) -> Option<Timestamp> {
        let (total, longest) = patience(self.kind);
        let doubled = 1_i32.checked_shl(self.count.saturating_sub(1).min(20)).unwrap_or(i32::MAX);
        let gap = FIRST_GAP.checked_mul(doubled).map_or(longest, |gap| gap.min(longest));
        let asked = SignedDuration::from_secs(after_seconds.unwrap_or_default().into());
        let at = now.checked_add(gap.max(asked)).ok()?;
        let end = self.first.checked_add(total).ok()?;
        let end = self.expires_at.map_or(end, |expires_at| end.min(expires_at));
        (at <= end).then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The moments of all tries of an outage that does not end, in seconds after the first.
    fn tries(kind: Kind, expires_after: Option<i64>, after_seconds: Option<u32>) -> Vec<i64> {
        let first: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let expires_at = expires_after.map(|seconds| first + SignedDuration::from_secs(seconds));
        let (mut now, mut moments) = (first, vec![0]);
        while let Some(next) = (Tries { kind, first, count: moments.len() as u32, expires_at }).next(after_seconds, now)
        {
            now = next;
            moments.push(now.duration_since(first).as_secs());
        }
        moments
    }

    #[test]
    fn an_answer_is_tried_for_minutes_and_everything_else_for_hours_with_gaps_that_widen() {
        assert_eq!(tries(Kind::Reply, None, None), [0, 30, 90, 210, 450, 750, 1_050, 1_350, 1_650]);
        for kind in Kind::ALL {
            let moments = tries(kind, None, None);
            let gaps: Vec<i64> = moments.windows(2).map(|pair| pair[1] - pair[0]).collect();
            assert!(gaps.is_sorted(), "{kind:?} {gaps:?}");
            let last = *moments.last().unwrap();
            let brief = matches!(kind, Kind::Reply | Kind::OptOut);
            assert_eq!(last >= 4 * 3_600, !brief, "{kind:?} ends after {last} s");
            assert!(moments.len() < 40, "{kind:?} {}", moments.len());
        }
    }

    #[test]
    fn nothing_is_tried_when_it_says_nothing_any_more() {
        assert_eq!(tries(Kind::AppointmentReminder, Some(100), None), [0, 30, 90]);
    }

    #[test]
    fn the_vendor_may_ask_for_longer() {
        assert_eq!(tries(Kind::Reply, None, Some(600)), [0, 600, 1_200, 1_800]);
    }
}
