//! A campaign: one document, and the figures that are counted beside it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::{Condition, Criteria, DayCapacity, LeftOut, Portion, Suggestion};
use crate::identity::Actor;
use crate::ids::{CampaignId, LocationId, ServiceId, TriggerId};
use crate::tenancy::{Language, Template};

/// Many customers are written to for one reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Campaign {
    /// Derived from the tenant and its weather.
    pub id: CampaignId,
    /// What people call it: its rule's name.
    #[schema(example = "Heat wave")]
    pub name: String,
    /// Which rule it comes of.
    pub rule: TriggerId,
    /// What its weather is called for ever.
    pub event: String,
    /// Which kind of weather.
    pub condition: Condition,
    /// The weather's first day, as it was foreseen when the campaign began.
    #[schema(value_type = String, format = Date)]
    pub first_day: Date,
    /// The weather's last day.
    #[schema(value_type = String, format = Date)]
    pub last_day: Date,
    /// The most extreme value foreseen, in tenths of a degree Celsius, of a millimetre of rain, or of a kilometre an hour.
    #[serde(default)]
    pub peak: Option<i32>,
    /// The largest hail, in tenths of a millimetre.
    #[serde(default)]
    pub hail_tenths_mm: Option<i32>,
    /// What the place is called.
    #[serde(default)]
    pub place: Option<String>,
    /// Whose customers are written to, as far as the business has several places.
    #[serde(default)]
    pub location: Option<LocationId>,
    /// What is offered, the most fitting first.
    pub services: Vec<ServiceId>,
    /// Who is written to.
    pub audience: Criteria,
    /// How many of the customers that is.
    #[serde(default)]
    pub reach: Reach,
    /// The share of the free visits that is kept for others, in percent.
    pub keep_free_percent: u8,
    /// How many of a thousand who are invited are expected to book.
    #[serde(default)]
    pub take_rate_permille: u16,
    /// Free visits a day, as they were when it was looked last.
    #[serde(default)]
    pub capacity: Vec<DayCapacity>,
    /// How many are invited on which day.
    #[serde(default)]
    pub spread: Vec<Portion>,
    /// At most so many are invited on a day, as people have set it; none: as many as there is room for.
    #[serde(default)]
    pub most_a_day: Option<u32>,
    /// What would let more customers be served, and what they will need.
    #[serde(default)]
    pub suggestions: Vec<Suggestion>,
    /// What it says, by language, with places such as `{name}`.
    #[serde(default)]
    pub texts: BTreeMap<Language, CampaignText>,
    /// What says the same by WhatsApp outside its window.
    #[serde(default)]
    pub template: Option<Template>,
    /// Whether people have changed the text since it was drafted.
    #[serde(default)]
    pub edited: bool,
    /// How far it is.
    pub state: CampaignState,
    /// It begins without a yes.
    #[serde(default)]
    pub automatic: bool,
    /// Who said yes or no.
    #[serde(default)]
    pub decided_by: Option<Actor>,
    /// When that was (UTC).
    #[serde(default)]
    pub decided_at: Option<Timestamp>,
    /// How it ended, once it has.
    #[serde(default)]
    pub ended: Option<Ended>,
    /// When it began (UTC).
    pub created_at: Timestamp,
    /// When it last changed (UTC).
    pub updated_at: Timestamp,
    /// From then on an invitation is of no use (UTC).
    pub useful_until: Timestamp,
}

/// How far a campaign is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CampaignState {
    /// Whom it is for is looked up, and its text is written.
    Drafting,
    /// Someone is to say yes or no.
    Waiting,
    /// Someone said yes; the first invitations go out on their day.
    Approved,
    /// Invitations go out.
    Sending,
    /// All that were to be invited have been.
    Done,
    /// Someone said no, or stopped it.
    Declined,
    /// It came too late: no one said yes in time.
    Expired,
    /// It could not be.
    Failed,
}

/// How a campaign ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = CampaignEnded)]
pub struct Ended {
    /// When (UTC).
    pub at: Timestamp,
    /// Why, in one short word: `all_invited`, `declined`, `stopped`, `too_late`, `no_one_fits`.
    #[schema(example = "all_invited")]
    pub why: String,
}

/// What a campaign says in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CampaignText {
    /// The subject line, by e-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 150, nullable = false, example = "Before the heat comes")]
    pub subject: Option<String>,
    /// The text.
    #[schema(
        min_length = 1,
        max_length = 900,
        example = "Hi {name}, it gets hot from {first_day} on. Shall we look at your air conditioning before? Reply YES and we find a time."
    )]
    pub body: String,
}

/// How many customers a campaign is for, and why the others are not written to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = CampaignReach)]
pub struct Reach {
    /// How many customers were looked at.
    #[serde(default)]
    pub looked_at: u32,
    /// How many of them it is for.
    #[serde(default)]
    pub fits: u32,
    /// Why the others are left out: how many, by the reason's name ([`super::LeftOut`]).
    #[serde(default)]
    pub left_out: BTreeMap<String, u32>,
    /// How many pages of the customers were looked at.
    #[serde(default)]
    pub pages: u32,
    /// All were looked at.
    #[serde(default)]
    pub complete: bool,
}

/// What came of a campaign, counted beside it. Each thing is counted once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = CampaignFigures)]
pub struct Figures {
    /// Invitations that were queued.
    #[serde(default)]
    pub invited: u64,
    /// Of these, those whose message did not leave.
    #[serde(default)]
    pub not_sent: u64,
    /// Customers who fit and were not written to after all, or whose message did not leave: how many, by the rule of the gate or another
    /// reason.
    #[serde(default)]
    pub held_back: BTreeMap<String, u64>,
    /// Customers who answered.
    #[serde(default)]
    pub answered: u64,
    /// Visits that were booked.
    #[serde(default)]
    pub booked: u64,
    /// Visits of these that were cancelled or missed.
    #[serde(default)]
    pub lost: u64,
    /// Visits of these that are done.
    #[serde(default)]
    pub done: u64,
    /// What was booked is worth at least so much, in cents of the tenant's currency; what was lost is taken off.
    #[serde(default)]
    pub revenue_cents: i64,
    /// What of it is done, in cents.
    #[serde(default)]
    pub done_cents: i64,
}

impl CampaignState {
    /// All there are.
    pub const ALL: [Self; 8] = [
        Self::Drafting,
        Self::Waiting,
        Self::Approved,
        Self::Sending,
        Self::Done,
        Self::Declined,
        Self::Expired,
        Self::Failed,
    ];

    /// The name used in JSON and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Drafting => "drafting",
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Sending => "sending",
            Self::Done => "done",
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Failed => "failed",
        }
    }

    /// Whether nothing comes after it.
    #[must_use]
    pub fn is_over(self) -> bool {
        self >= Self::Done
    }

    /// Whether invitations may go out.
    #[must_use]
    pub fn may_send(self) -> bool {
        matches!(self, Self::Approved | Self::Sending)
    }
}

impl Campaign {
    /// Whom it is for after one more page of customers, `pages` of which were looked at before: `fits` of them fit. `None`: that page was
    /// counted before, or all were.
    #[must_use]
    pub fn with_page(&self, page: u32, fits: u32, left_out: &[LeftOut], now: Timestamp) -> Option<Self> {
        if self.state != CampaignState::Drafting || self.reach.complete || self.reach.pages != page {
            return None;
        }
        let mut reach = self.reach.clone();
        reach.pages = reach.pages.saturating_add(1);
        reach.fits = reach.fits.saturating_add(fits);
        let looked_at = u32::try_from(left_out.len()).unwrap_or(u32::MAX).saturating_add(fits);
        reach.looked_at = reach.looked_at.saturating_add(looked_at);
        for reason in left_out {
            let count = reach.left_out.entry(reason.as_str().to_owned()).or_default();
            *count = count.saturating_add(1);
        }
        Some(Self { reach, updated_at: now, ..self.clone() })
    }

    /// How many invitations are planned.
    #[must_use]
    pub fn planned(&self) -> u64 {
        self.spread.iter().map(|portion| u64::from(portion.invite)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_stored_by_its_name_and_the_last_four_are_ends() {
        for state in CampaignState::ALL {
            assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
        }
        let over = CampaignState::ALL.into_iter().filter(|state| state.is_over());
        assert_eq!(over.map(CampaignState::as_str).collect::<Vec<_>>(), ["done", "declined", "expired", "failed"]);
        assert!(CampaignState::ALL.into_iter().all(|state| !(state.is_over() && state.may_send())));
    }
}
