//! What worker-weather hands over: weather that a tenant waits for.

use jiff::civil::Date;

use super::{Condition, WeatherRule};
use crate::ids::{CampaignId, LocationId};
use crate::tenancy::Tenant;

/// Weather that fulfils a rule of a tenant's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The rule that it fulfils, whole.
    pub rule: WeatherRule,
    /// What the weather is called for ever, whatever a forecast says later: unique in a tenant. A campaign an event.
    pub event: String,
    /// Which kind of weather.
    pub condition: Condition,
    /// Its first day, as foreseen now, in the zone of the place.
    pub first_day: Date,
    /// Its last day, as foreseen now.
    pub last_day: Date,
    /// The most extreme value foreseen, in the unit of the rule's threshold: tenths of a degree Celsius, of a millimetre of rain, or of a
    /// kilometre an hour. `None`: not given.
    pub peak: Option<i32>,
    /// The largest hail foreseen or reported, in tenths of a millimetre.
    pub hail_tenths_mm: Option<i32>,
    /// At which of the tenant's places, as far as it has several: only its customers are written to. `None`: all.
    pub location: Option<LocationId>,
    /// What the place is called, as customers read it: `Denver`.
    pub place: Option<String>,
}

/// What became of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proposed {
    /// A campaign begins.
    New(CampaignId),
    /// There is one for this weather, in whatever state.
    Known(CampaignId),
    /// There is nothing to write about, for this reason: one short word (`no_services`, `too_late`, `inactive`).
    Nothing(&'static str),
}

impl Proposal {
    /// The campaign's id: the same weather of a tenant, the same campaign.
    #[must_use]
    pub fn campaign_id(&self, tenant: &Tenant) -> CampaignId {
        CampaignId::derive(&tenant.id, &["weather", &self.event])
    }
}
