//! Weather that a business waits for: detected, noted, and handed over for a campaign.

use domain::Failure;
use domain::campaigns::{Proposal, Proposed, WeatherRule};
use domain::tenancy::Tenant;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::{NotedEvent, Versioned};
use weather::{KnownEvent, STORM_OVER_FOR_DAYS, WeatherEvent, detect};

use crate::sites::Site;
use crate::{Outlook, WeatherChecks};

/// A first freeze is known for its season, and longer.
const KNOWN_FOR_DAYS: i32 = 400;
/// More weather is forgotten, the oldest first.
const MAX_EVENTS: usize = 200;

impl WeatherChecks {
    /// Holds the rules of a business against its outlook; returns how many campaigns begin.
    pub(crate) async fn watch(
        &self,
        tenant: &Tenant,
        rules: &[WeatherRule],
        (sites, outlook): (&[Site], &Outlook),
        now: Timestamp,
    ) -> Result<usize, Failure> {
        let mut noted = self.store.weather().events(&tenant.id).await?;
        let before = noted.value.clone();
        for site in sites {
            let Some(forecast) = outlook.forecasts.get(&site.cell) else { continue };
            let zone = TimeZone::get(&forecast.zone).unwrap_or_else(|_| tenant.time_zone());
            let today = now.to_zoned(zone).date();
            let alerts = outlook.alerts.get(&site.cell).map(Vec::as_slice).unwrap_or_default();
            for rule in rules {
                let here = noted.value.iter().filter(|noted| noted.location == site.location);
                let known: Vec<KnownEvent> = here.map(|noted| KnownEvent::from(&noted.event)).collect();
                if let Some(event) = detect(&rule.trigger(), forecast, alerts, &known, today) {
                    note(&mut noted.value, event, site);
                }
            }
        }
        forget_old(&mut noted.value, now);
        if noted.value != before {
            noted.version = self.store.weather().note_events(&tenant.id, &noted).await?;
        }
        self.propose_all(tenant, rules, noted, now).await
    }

    /// Hands over what was noted and not yet handed over, by this check or one that died.
    async fn propose_all(
        &self,
        tenant: &Tenant,
        rules: &[WeatherRule],
        mut noted: Versioned<Vec<NotedEvent>>,
        now: Timestamp,
    ) -> Result<usize, Failure> {
        let today = now.to_zoned(tenant.time_zone()).date();
        let is_useful = |event: &WeatherEvent| days(event.last, today) <= STORM_OVER_FOR_DAYS;
        let (mut begun, mut is_changed) = (0_usize, false);
        for event in noted.value.iter_mut().filter(|noted| !noted.is_proposed && is_useful(&noted.event)) {
            let Some(rule) = rules.iter().find(|rule| rule.id.as_str() == event.event.trigger) else { continue };
            match self.propose(tenant, &proposal(rule, event), now).await? {
                Proposed::New(campaign) => {
                    tracing::info!(tenant = %tenant.id, %campaign, "weather begins a campaign");
                    (event.is_proposed, is_changed) = (true, true);
                    begun = begun.saturating_add(1);
                }
                Proposed::Known(_) => (event.is_proposed, is_changed) = (true, true),
                // What is missing may be there tomorrow.
                Proposed::Nothing(reason) => {
                    tracing::info!(tenant = %tenant.id, reason, "no campaign for this weather");
                }
            }
        }
        if is_changed {
            self.store.weather().note_events(&tenant.id, &noted).await?;
        }
        Ok(begun)
    }

    /// The one place where weather becomes a campaign.
    async fn propose(&self, tenant: &Tenant, proposal: &Proposal, now: Timestamp) -> Result<Proposed, Failure> {
        self.store.campaigns().propose(tenant, proposal, now).await
    }
}

/// Puts an event with those of its place: a known one gets its days of today and stays what it was.
fn note(noted: &mut Vec<NotedEvent>, event: WeatherEvent, site: &Site) {
    let event = WeatherEvent { is_new: false, ..event };
    let is_it = |noted: &&mut NotedEvent| noted.event.key == event.key && noted.location == site.location;
    match noted.iter_mut().find(is_it) {
        Some(known) => known.event = event,
        None => noted.push(NotedEvent {
            event,
            location: site.location.clone(),
            place: site.town.clone(),
            is_proposed: false,
        }),
    }
}

fn forget_old(noted: &mut Vec<NotedEvent>, now: Timestamp) {
    let today = now.to_zoned(TimeZone::UTC).date();
    noted.retain(|noted| days(noted.event.last, today) <= KNOWN_FOR_DAYS);
    noted.sort_by(|one, other| (one.event.first, &one.event.key).cmp(&(other.event.first, &other.event.key)));
    let too_many = noted.len().saturating_sub(MAX_EVENTS);
    noted.drain(..too_many);
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

fn proposal(rule: &WeatherRule, noted: &NotedEvent) -> Proposal {
    let event = &noted.event;
    let name = match &noted.location {
        Some(location) => format!("{}/{location}", event.key),
        None => event.key.clone(),
    };
    Proposal {
        rule: rule.clone(),
        event: name,
        condition: rule.condition,
        first_day: event.first,
        last_day: event.last,
        peak: event.peak,
        hail_tenths_mm: event.hail_tenths_mm,
        location: noted.location.clone(),
        place: noted.place.clone(),
    }
}
