//! How promising a lead is, and how a customer feels.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How promising a lead is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
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

    /// The more promising of two.
    #[must_use]
    pub fn max_of(self, other: Self) -> Self {
        let rank = |score| match score {
            Self::Hot => 3,
            Self::Warm => 2,
            Self::Cold => 1,
            Self::Unscored => 0,
        };
        if rank(self) >= rank(other) { self } else { other }
    }

    /// Reads [`Score::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Hot, Self::Warm, Self::Cold, Self::Unscored].into_iter().find(|score| score.as_str() == text)
    }
}

/// How the customer feels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sentiment {
    /// Pleased.
    Positive,
    /// Neither.
    #[default]
    Neutral,
    /// Displeased.
    Negative,
}
