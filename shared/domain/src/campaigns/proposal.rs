//! What worker-weather hands over: weather that a tenant waits for.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

use super::{Campaign, CampaignState, Condition, Reach, WeatherRule, visit_days};
use crate::events::EventKind;
use crate::ids::{CampaignId, LocationId, ServiceId};
use crate::tenancy::{Tenant, start_of_day};

/// So long into the last day of visits someone may still be invited who comes on it.
const LAST_HOUR: SignedDuration = SignedDuration::from_hours(12);

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

    /// The campaign that it begins, and what is told later: that it is too late, where no one says yes. `zone` is that of the place.
    ///
    /// # Errors
    /// Why there is nothing to write about, in one short word.
    pub fn begin(
        &self,
        tenant: &Tenant,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Result<(Campaign, (Timestamp, EventKind)), &'static str> {
        if !self.rule.active {
            return Err("inactive");
        }
        let offered = |id: &&ServiceId| tenant.services.iter().any(|service| service.id == **id);
        let services: Vec<ServiceId> = self.rule.services.iter().filter(offered).cloned().collect();
        if services.is_empty() {
            return Err("no_services");
        }
        let is_booked =
            |id: &ServiceId| tenant.services.iter().any(|service| service.id == *id && service.booking.is_some());
        if !services.iter().any(is_booked) {
            // Without a calendar there is no telling how many can be served.
            return Err("no_calendar");
        }
        let today = now.to_zoned(zone.clone()).date();
        let days = visit_days(self.condition, (self.first_day, self.last_day), today);
        let last = days.last().ok_or("too_late")?;
        let useful_until = start_of_day(*last, zone).checked_add(LAST_HOUR).map_err(|_| "too_late")?;
        if now >= useful_until {
            return Err("too_late");
        }
        let campaign = self.campaign(tenant, services, useful_until, now);
        let due = EventKind::CampaignDayDue { campaign: campaign.id, day: *last };
        Ok((campaign, (useful_until, due)))
    }

    /// The campaign, offering `services`, of use until `useful_until`.
    fn campaign(&self, tenant: &Tenant, services: Vec<ServiceId>, useful_until: Timestamp, now: Timestamp) -> Campaign {
        let rule = &self.rule;
        Campaign {
            id: self.campaign_id(tenant),
            name: rule.name.clone(),
            rule: rule.id.clone(),
            event: self.event.clone(),
            condition: self.condition,
            first_day: self.first_day,
            last_day: self.last_day,
            peak: self.peak,
            hail_tenths_mm: self.hail_tenths_mm,
            place: self.place.clone(),
            location: self.location.clone(),
            services,
            audience: rule.audience.clone(),
            reach: Reach::default(),
            keep_free_percent: rule.keep_free_percent,
            take_rate_permille: 0,
            capacity: Vec::new(),
            spread: Vec::new(),
            most_a_day: None,
            suggestions: Vec::new(),
            texts: BTreeMap::new(),
            template: rule.template.clone(),
            edited: false,
            state: CampaignState::Drafting,
            automatic: rule.automatic,
            decided_by: None,
            decided_at: None,
            ended: None,
            created_at: now,
            updated_at: now,
            useful_until,
        }
    }
}
