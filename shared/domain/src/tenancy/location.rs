//! The places of a business: each a document of its own, because a tenant may have hundreds.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check::{check_zone, country, ensure, text, unique};
use super::price::{DatedPrice, Price, check_dated};
use super::{Hours, Tenant};
use crate::Failure;
use crate::ids::{LocationId, ServiceId};
use crate::messaging::{Email, Phone};

/// The most locations a tenant may have.
pub const MAX_LOCATIONS: usize = 1_000;

/// One place of a business. What it leaves out is as for the whole tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// Its slug.
    pub id: LocationId,
    /// The name customers know: `Lakewood`.
    #[schema(min_length = 1, max_length = 80, example = "Lakewood")]
    pub name: String,
    /// Where it is.
    pub address: PostalAddress,
    /// IANA zone of its hours, where it is not the tenant's.
    #[serde(default)]
    #[schema(example = "America/Denver")]
    pub zone: Option<String>,
    /// Its own number.
    #[serde(default)]
    pub phone: Option<Phone>,
    /// Its own e-mail address.
    #[serde(default)]
    pub email: Option<Email>,
    /// When people are there, where it is not as for the tenant.
    #[serde(default)]
    pub hours: Option<Hours>,
    /// What costs something else here, or is not offered. Other services are as for the tenant.
    #[serde(default)]
    pub prices: Vec<LocationPrice>,
    /// Whether customers may be sent there.
    #[serde(default = "yes")]
    pub active: bool,
}

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostalAddress {
    /// Street and number.
    #[schema(max_length = 200, example = "410 Example Street")]
    pub street: String,
    /// Town.
    #[schema(max_length = 100, example = "Lakewood")]
    pub city: String,
    /// ZIP or postal code, where the country has them.
    #[serde(default)]
    #[schema(max_length = 20, example = "80226")]
    pub postal_code: String,
    /// State or province, where addresses name it.
    #[serde(default)]
    #[schema(max_length = 60, example = "CO")]
    pub state: String,
    /// ISO 3166 country.
    #[schema(pattern = "^[A-Z]{2}$", example = "US")]
    pub country: String,
}

/// What one service costs at one location.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LocationPrice {
    /// Which service of the tenant's.
    pub service: ServiceId,
    /// What it costs here; `None`: as for the tenant.
    #[serde(default)]
    pub price: Option<Price>,
    /// What it costs here on certain dates.
    #[serde(default)]
    pub dated: Vec<DatedPrice>,
    /// Whether it is to be had here.
    #[serde(default = "yes")]
    pub offered: bool,
}

fn yes() -> bool {
    true
}

/// The one of `locations` with that id.
#[must_use]
pub fn known_location<'a>(locations: &'a [Location], id: Option<&LocationId>) -> Option<&'a Location> {
    locations.iter().find(|location| Some(&location.id) == id)
}

impl Tenant {
    /// The address that its customers come to: the location's, else the business's.
    #[must_use]
    pub fn place_of(&self, location: Option<&Location>) -> Option<String> {
        location.map(|location| location.address.line()).or_else(|| self.business.address.clone())
    }

    /// The zone of a location; of none, the tenant's.
    #[must_use]
    pub fn zone_at(&self, location: Option<&Location>) -> TimeZone {
        location.map_or_else(|| self.time_zone(), |location| location.time_zone(self))
    }
}

impl Location {
    /// The zone of its hours: its own, else the tenant's.
    #[must_use]
    pub fn time_zone(&self, tenant: &Tenant) -> TimeZone {
        let own = self.zone.as_deref().and_then(|zone| TimeZone::get(zone).ok());
        own.unwrap_or_else(|| tenant.time_zone())
    }

    /// When people are there: its own hours, else the tenant's.
    #[must_use]
    pub fn hours<'a>(&'a self, tenant: &'a Tenant) -> &'a Hours {
        self.hours.as_ref().unwrap_or(&tenant.hours)
    }

    /// Whether `service` is to be had there. Where customers may not be sent, none is.
    #[must_use]
    pub fn offers(&self, service: &ServiceId) -> bool {
        let price = self.prices.iter().find(|price| price.service == *service);
        self.active && price.is_none_or(|price| price.offered)
    }

    /// Whether it is open at `at`. One that is not active never is.
    #[must_use]
    pub fn is_open_at(&self, tenant: &Tenant, at: Timestamp) -> bool {
        self.active && self.hours(tenant).is_open_at(at, &self.time_zone(tenant))
    }

    /// The earliest open moment that is not before `after`; `None` when it does not open ([`Hours::next_opening`]).
    #[must_use]
    pub fn next_opening(&self, tenant: &Tenant, after: Timestamp) -> Option<Timestamp> {
        let next = || self.hours(tenant).next_opening(after, &self.time_zone(tenant));
        self.active.then(next).flatten()
    }

    /// Checks what the types do not: a known zone, sane hours and prices, services that the tenant has.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field within the location, such as `prices[2].service`.
    pub fn validate(&self, tenant: &Tenant) -> Result<(), Failure> {
        text("name", &self.name, 1..=80)?;
        self.address.validate().map_err(|failure| failure.within("address"))?;
        self.zone.iter().try_for_each(|zone| check_zone(zone))?;
        self.hours.iter().try_for_each(Hours::validate)?;
        for (index, price) in self.prices.iter().enumerate() {
            let known = tenant.services.iter().any(|service| service.id == price.service);
            let unknown = format!("{} is no service of this business", price.service);
            ensure(known, format!("prices[{index}].service"), unknown)?;
            let sound = price.price.iter().try_for_each(|price| price.validate("price"));
            sound
                .and_then(|()| check_dated(&price.dated))
                .map_err(|failure| failure.within(&format!("prices[{index}]")))?;
        }
        unique(
            self.prices.iter().enumerate().map(|(index, price)| (format!("prices[{index}].service"), &price.service)),
        )
    }

    /// Checks all locations of a tenant: each by itself, their number, and that none has another's id or number.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field, such as `locations[3].phone`.
    pub fn validate_all(locations: &[Self], tenant: &Tenant) -> Result<(), Failure> {
        let few = locations.len() <= MAX_LOCATIONS;
        ensure(few, "locations", format!("a business may have at most {MAX_LOCATIONS} locations"))?;
        for (index, location) in locations.iter().enumerate() {
            location.validate(tenant).map_err(|failure| failure.within(&format!("locations[{index}]")))?;
        }
        unique(locations.iter().enumerate().map(|(index, location)| (format!("locations[{index}].id"), &location.id)))?;
        // A number that rings at two places tells no one which one was called; without one, the business's is given.
        let numbers = locations.iter().enumerate();
        unique(
            numbers
                .filter_map(|(index, location)| Some((format!("locations[{index}].phone"), location.phone.as_ref()?))),
        )
    }
}

impl PostalAddress {
    fn validate(&self) -> Result<(), Failure> {
        text("street", &self.street, 1..=200)?;
        text("city", &self.city, 1..=100)?;
        text("postal_code", &self.postal_code, 0..=20)?;
        text("state", &self.state, 0..=60)?;
        country("country", &self.country)
    }

    /// The address in one line.
    #[must_use]
    pub fn line(&self) -> String {
        let region = [&self.state, &self.postal_code].map(|part| part.trim()).join(" ");
        let parts = [self.street.trim(), self.city.trim(), region.trim()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests;
