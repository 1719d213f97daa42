//! Where a lead stands, and how promising it is.

use serde::{Deserialize, Serialize};

/// The way of a lead (seed 003, 1.2 "Lead Management").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

/// How promising a lead is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Score {
    /// Wants it now.
    Hot,
    /// Interested.
    Warm,
    /// Looking around.
    Cold,
    /// Not enough known.
    #[default]
    Unscored,
}

impl Score {
    /// The name used in JSON, keys and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hot => "hot",
            Self::Warm => "warm",
            Self::Cold => "cold",
            Self::Unscored => "unscored",
        }
    }

    /// Reads [`Score::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Hot, Self::Warm, Self::Cold, Self::Unscored].into_iter().find(|score| score.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
