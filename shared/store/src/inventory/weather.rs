//! The weather around a business, for what its items will be used for: as the weather run has kept it. No provider is asked.

use domain::campaigns::{WeatherRule, weather_addresses};
use domain::ids::PlaceId;
use domain::inventory::KnownWeather;
use domain::tenancy::{Location, Tenant};
use domain::{Failure, TenantId};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::{Inventory, suggested_rules};

impl Inventory<'_> {
    /// The weather where deliveries go, else at the first place of the business that has an address; none where the business waits for no
    /// weather, since then nothing is fetched for it.
    ///
    /// # Errors
    /// As the table answers.
    pub(super) async fn weather(
        self,
        tenant: &Tenant,
        deliver_to: Option<&PlaceId>,
        (today, now): (Date, Timestamp),
    ) -> Result<KnownWeather, Failure> {
        let rules = self.rules(&tenant.id).await?;
        if rules.is_empty() {
            return Ok(KnownWeather::default());
        }
        let suggested = suggested_rules(tenant).into_iter();
        let is_other = |rule: &WeatherRule| rules.iter().all(|own| own.condition != rule.condition);
        let suggested: Vec<WeatherRule> = suggested.filter(is_other).collect();
        let locations: Vec<Location> = self.store.documents().all(&tenant.id).await?;
        let addresses = weather_addresses(tenant, &locations);
        let is_there = |location: &str| deliver_to.is_some_and(|place| place.as_str() == location);
        let there = addresses.iter().find(|(location, _)| location.as_ref().is_some_and(|id| is_there(id.as_str())));
        let Some((_, sought)) = there.or(addresses.first()) else { return Ok(KnownWeather::default()) };
        let weather = self.store.weather();
        let Some(cell) = weather.cell_of(sought, now).await? else { return Ok(KnownWeather::default()) };
        let since = today.checked_sub(2.years()).unwrap_or(today);
        let (coming, past) = tokio::try_join!(weather.coming(&cell, now), weather.days_since(&cell, since))?;
        let coming = coming.into_iter().filter(|day| day.date >= today);
        let days = past.into_iter().filter(|day| day.date < today).chain(coming).collect();
        Ok(KnownWeather { days, rules: rules.into_iter().chain(suggested).collect() })
    }

    /// The rules that are waited for, by their slugs.
    async fn rules(self, tenant: &TenantId) -> Result<Vec<WeatherRule>, Failure> {
        let rules: Vec<WeatherRule> = self.store.documents().all(tenant).await?;
        Ok(rules.into_iter().filter(|rule| rule.active).collect())
    }
}
