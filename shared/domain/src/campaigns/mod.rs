//! Campaigns: many customers are written to for one reason, and no more of them than can be served.
//!
//! A reason is weather that a tenant's [`WeatherRule`] waits for. A [`Campaign`] is one document: whom it is for ([`Criteria`]), what it
//! says, how many are invited on which day ([`spread()`]), and how far it is. Each customer that it is for has an [`Invitee`], so that
//! no one is invited twice. All of it is pure: time comes in as a parameter, chance not at all.

mod attribution;
mod audience;
mod campaign;
mod capacity;
mod change;
mod drafting;
mod invitation;
mod invitee;
mod lifecycle;
mod place;
mod proposal;
mod read_by;
mod seen;
mod step;
mod suggestion;
mod weather;
mod words;

pub use ::weather::{
    ATTRIBUTION as WEATHER_ATTRIBUTION, ATTRIBUTION_LINK as WEATHER_ATTRIBUTION_LINK, Condition, Thresholds,
};
pub use attribution::{BookedVisit, COUNTED_FOR_DAYS, Counted, worth};
pub use audience::{AudienceContext, Criteria, FieldAge, Fit, LeftOut};
pub use campaign::{Campaign, CampaignState, CampaignText, Ended, Figures, Reach};
pub use capacity::{ANSWERS_WITHIN, Capacity, DayCapacity, Portion, TakeRate, spread, visit_days};
pub use change::CampaignChange;
pub use drafting::{CampaignBrief, LANGUAGES, built_in, check_words, measures_in_fahrenheit};
pub use invitation::{Invitation, NotInvited};
pub use invitee::{Invitee, InviteeState, invited_before};
pub use lifecycle::{Approver, Moved, Open};
pub use place::weather_addresses;
pub use proposal::{Proposal, Proposed};
pub use read_by::{ReadAs, read_as, sms_length};
pub use seen::Shown;
pub use step::CampaignStep;
pub use suggestion::{Suggestion, suggestions};
pub use weather::WeatherRule;
pub use words::{CAMPAIGN_PLACES, CampaignValues, check_text, write};

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
