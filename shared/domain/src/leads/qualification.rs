//! What is known of what a lead wants.

use serde::{Deserialize, Serialize};

/// The six things worth knowing about a lead (seed 003, 1.2). A field that is `None` was not learned yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Qualification {
    /// The service they ask for: a name from the tenant's list where it matches one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_interest: Option<String>,
    /// How soon it must be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    /// What they want to spend, in their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<String>,
    /// Where the work is, in their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// Whether they decide themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_maker: Option<bool>,
    /// When they want it, in their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeline: Option<String>,
}

/// How soon it must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Some time.
    Low,
    /// In the usual course.
    Normal,
    /// Within days.
    High,
    /// Now: danger or damage.
    Emergency,
}

impl Qualification {
    /// Takes over what `newer` knows; what it does not know stays.
    #[must_use]
    pub fn updated_with(self, newer: Self) -> Self {
        Self {
            service_interest: newer.service_interest.or(self.service_interest),
            urgency: newer.urgency.or(self.urgency),
            budget: newer.budget.or(self.budget),
            location: newer.location.or(self.location),
            decision_maker: newer.decision_maker.or(self.decision_maker),
            timeline: newer.timeline.or(self.timeline),
        }
    }

    /// Enough to act on: what, where, and when or how urgently.
    #[must_use]
    pub fn is_sufficient(&self) -> bool {
        let when = self.timeline.is_some() || self.urgency.is_some_and(|u| u >= Urgency::High);
        self.service_interest.is_some() && self.location.is_some() && when
    }
}
