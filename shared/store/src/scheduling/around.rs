//! What is around visits: the places they are at, how their customers came, and the weather as the weather run has kept it.

use domain::campaigns::weather_addresses;
use domain::ids::LocationId;
use domain::journeys::no_show::Surroundings;
use domain::scheduling::Booking;
use domain::tenancy::{Location, Tenant};
use domain::{ContactId, Failure};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use weather::{Day, Sought};

use super::no_show::FORESEEN;
use crate::Appointments;

/// Days by the place of visits.
type Weather = BTreeMap<Option<LocationId>, Vec<Day>>;

impl Appointments<'_> {
    /// The tenant's locations, where one of these visits is at one.
    pub(super) async fn locations_of(
        self,
        tenant: &Tenant,
        mut visits: impl Iterator<Item = &Booking>,
    ) -> Result<Vec<Location>, Failure> {
        match visits.any(|booking| booking.location.is_some()) {
            true => Ok(self.store.tenants().locations(&tenant.id).await?.to_vec()),
            false => Ok(Vec::new()),
        }
    }

    /// The weather of the next two days at `places`. No provider is asked.
    pub(super) async fn coming_at(
        self,
        tenant: &Tenant,
        locations: &[Location],
        places: BTreeSet<Option<LocationId>>,
        now: Timestamp,
    ) -> Result<Weather, Failure> {
        let last = (now + FORESEEN).to_zoned(tenant.time_zone()).date();
        let mut weather = Weather::new();
        for (place, sought) in sought(tenant, locations, places) {
            let days = self.store.weather().coming_at(&sought, now).await?;
            weather.insert(place, days.iter().filter(|day| day.date <= last).copied().collect());
        }
        Ok(weather)
    }

    /// What was around visits that are over.
    pub(super) async fn past_of(
        self,
        tenant: &Tenant,
        visits: &[Booking],
        now: Timestamp,
    ) -> Result<Surroundings, Failure> {
        let mut around = Surroundings::of(tenant);
        let contacts: BTreeSet<ContactId> = visits.iter().map(|booking| booking.contact).collect();
        let contacts: Vec<ContactId> = contacts.into_iter().collect();
        for some in contacts.chunks(100) {
            let leads = self.store.leads().latest(&tenant.id, some.iter().copied()).await?;
            around.channels.extend(leads.into_iter().map(|(contact, lead)| (contact, lead.source)));
        }
        let Some(first) = visits.iter().map(|booking| booking.starts_at).min() else { return Ok(around) };
        let since = first.to_zoned(tenant.time_zone()).date();
        let locations = self.locations_of(tenant, visits.iter()).await?;
        let places = visits.iter().map(|booking| booking.location.clone()).collect();
        for (place, sought) in sought(tenant, &locations, places) {
            if let Some(cell) = self.store.weather().cell_of(&sought, now).await? {
                around.weather.insert(place, self.store.weather().days_since(&cell, since).await?);
            }
        }
        Ok(around)
    }
}

/// The addresses whose weather visits at `places` have; the business's first one where theirs is not known.
fn sought(
    tenant: &Tenant,
    locations: &[Location],
    places: BTreeSet<Option<LocationId>>,
) -> impl Iterator<Item = (Option<LocationId>, Sought)> {
    let addresses = weather_addresses(tenant, locations);
    places.into_iter().filter_map(move |place| {
        let there = addresses.iter().find(|(location, _)| *location == place).or(addresses.first());
        there.map(|(_, sought)| (place, sought.clone()))
    })
}
