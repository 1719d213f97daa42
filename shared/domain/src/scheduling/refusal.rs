//! Why a time cannot be booked.

use jiff::Timestamp;

use crate::Failure;
use crate::failure::Rejection;

/// Why a time cannot be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is not a full minute.
    Uneven,
    /// It is over.
    Past,
    /// It is nearer than the service's lead time.
    TooSoon,
    /// It is beyond the service's horizon.
    TooFar,
    /// The business is closed, or nobody who could do it works then.
    Closed,
    /// There is nobody and nothing that could do it at any time.
    NobodyCan,
    /// As many visits of the service as are done in a day are booked on it.
    Full,
    /// Whoever could do it is booked.
    Taken,
}

impl Refusal {
    /// Why, in one sentence.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Uneven => "starts_at must be a whole minute",
            Self::Past => "this time is over",
            Self::TooSoon => "this time is too soon: this service needs more notice",
            Self::TooFar => "this time is too far ahead: this service cannot be booked so early yet",
            Self::Closed => "nobody works at this time",
            Self::NobodyCan => "no resource can do this service there: check kinds, skills, locations and services",
            Self::Full => "as many visits as are done in a day are booked on this day",
            Self::Taken => "this time is taken",
        }
    }

    /// The answer to whoever asked for the time, with the nearest that are free.
    #[must_use]
    pub fn failure(self, nearest: &[Timestamp]) -> Failure {
        let nearest: Vec<String> = nearest.iter().map(ToString::to_string).collect();
        let instead = if nearest.is_empty() { "" } else { "; the nearest free times: " };
        let message = format!("{}{instead}{}", self.reason(), nearest.join(", "));
        match self {
            Self::Full | Self::Taken => Failure::rejected(Rejection::Conflict, message),
            _ => Failure::invalid("starts_at", message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_offers_the_nearest_free_times() {
        let nearest = ["2026-12-01T16:00:00Z", "2026-12-01T17:00:00Z"].map(|at| at.parse().unwrap());
        let failure = Refusal::Taken.failure(&nearest);
        let message = "this time is taken; the nearest free times: 2026-12-01T16:00:00Z, 2026-12-01T17:00:00Z";
        assert_eq!(failure, Failure::rejected(Rejection::Conflict, message));
        assert_eq!(Refusal::Past.failure(&[]), Failure::invalid("starts_at", "this time is over"));
    }
}
