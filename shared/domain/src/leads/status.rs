//! The status of a lead.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The way of a lead (seed 003, 1.2 "Lead Management").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeadStatus {
    /// Just arrived.
    New,
    /// Being asked.
    Qualifying,
    /// Enough is known to act on.
    Qualified,
    /// A time was agreed.
    AppointmentBooked,
    /// A person has taken over.
    HandedOff,
    /// Not now; kept warm.
    Nurturing,
    /// Bought.
    ClosedWon,
    /// Went elsewhere.
    ClosedLost,
    /// Not a customer for this business.
    Disqualified,
}

impl LeadStatus {
    /// All states, in the order of the way.
    pub const ALL: [Self; 9] = [
        Self::New,
        Self::Qualifying,
        Self::Qualified,
        Self::AppointmentBooked,
        Self::HandedOff,
        Self::Nurturing,
        Self::ClosedWon,
        Self::ClosedLost,
        Self::Disqualified,
    ];

    /// The name used in JSON, keys and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Qualifying => "qualifying",
            Self::Qualified => "qualified",
            Self::AppointmentBooked => "appointment_booked",
            Self::HandedOff => "handed_off",
            Self::Nurturing => "nurturing",
            Self::ClosedWon => "closed_won",
            Self::ClosedLost => "closed_lost",
            Self::Disqualified => "disqualified",
        }
    }

    /// Reads [`LeadStatus::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// No step leads on from here; a person who writes again gets a new lead.
    #[must_use]
    pub fn is_closed(self) -> bool {
        matches!(self, Self::ClosedWon | Self::ClosedLost | Self::Disqualified)
    }

    /// The further along of two open states, whichever way they are named: the status of a merged lead.
    #[must_use]
    pub(crate) fn further_of(self, other: Self) -> Self {
        let rank = |status| match status {
            Self::New => 0,
            Self::Nurturing => 1,
            Self::Qualifying => 2,
            Self::Qualified => 3,
            Self::AppointmentBooked => 4,
            Self::HandedOff => 5,
            Self::ClosedWon | Self::ClosedLost | Self::Disqualified => 6,
        };
        if rank(self) >= rank(other) { self } else { other }
    }

    /// Whether staff may move a lead from `self` to `to`. Staying is always allowed; a closed lead never moves, and nothing becomes new again.
    #[must_use]
    pub fn allows(self, to: Self) -> bool {
        self == to || (!self.is_closed() && to != Self::New)
    }

    /// Whether the assistant may move it there by itself: forward only, and never out of a person's hands.
    #[must_use]
    pub fn assistant_may_move_to(self, to: Self) -> bool {
        use LeadStatus::{AppointmentBooked, HandedOff, New, Nurturing, Qualified, Qualifying};
        matches!(
            (self, to),
            (New, Qualifying | Qualified | AppointmentBooked | HandedOff | Nurturing)
                | (Qualifying, Qualified | AppointmentBooked | HandedOff | Nurturing)
                | (Qualified, AppointmentBooked | HandedOff | Nurturing)
                | (Nurturing, Qualifying | Qualified | AppointmentBooked | HandedOff)
                | (AppointmentBooked, HandedOff)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rating::Score;

    #[test]
    fn the_assistant_never_reopens_closes_or_takes_back() {
        for from in LeadStatus::ALL {
            for to in LeadStatus::ALL {
                if from.assistant_may_move_to(to) {
                    assert!(from.allows(to), "{from:?} -> {to:?}");
                    assert!(!from.is_closed() && !to.is_closed() && from != LeadStatus::HandedOff);
                }
            }
        }
    }

    #[test]
    fn names_read_back() {
        for status in LeadStatus::ALL {
            assert_eq!(LeadStatus::parse(status.as_str()), Some(status));
        }
        assert_eq!(LeadStatus::parse("NEW"), None);
        assert_eq!(Score::parse("hot"), Some(Score::Hot));
    }

    #[test]
    fn of_two_open_leads_the_further_one_counts_whichever_is_named_first() {
        let open = LeadStatus::ALL.into_iter().filter(|status| !status.is_closed());
        for a in open.clone() {
            for b in open.clone() {
                let further = a.further_of(b);
                assert_eq!(further, b.further_of(a));
                assert!(further == a || further == b);
            }
            assert_eq!(a.further_of(LeadStatus::New), a);
            assert_eq!(a.further_of(LeadStatus::HandedOff), LeadStatus::HandedOff);
        }
        let scores = [Score::Unscored, Score::Cold, Score::Warm, Score::Hot];
        for (index, score) in scores.into_iter().enumerate() {
            for better in &scores[index..] {
                assert_eq!((score.max_of(*better), better.max_of(score)), (*better, *better));
            }
        }
    }

    #[test]
    fn staff_may_do_all_but_reopen_and_begin_again() {
        for from in LeadStatus::ALL {
            assert!(from.allows(from));
            for to in LeadStatus::ALL.into_iter().filter(|to| *to != from) {
                assert_eq!(from.allows(to), !from.is_closed() && to != LeadStatus::New, "{from:?} -> {to:?}");
            }
        }
    }
}
