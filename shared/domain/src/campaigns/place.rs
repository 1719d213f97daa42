//! Where a business has its weather.

use ::weather::Sought;

use crate::ids::LocationId;
use crate::tenancy::{Location, Tenant};

/// The addresses whose weather a business has, as a geocoder is asked for them: those of its active locations, else its own.
#[must_use]
pub fn weather_addresses(tenant: &Tenant, locations: &[Location]) -> Vec<(Option<LocationId>, Sought)> {
    let of = |location: &Location| {
        let address = &location.address;
        let sought = Sought::new(&address.city, &address.state, &address.postal_code, &address.country)?;
        Some((Some(location.id.clone()), sought))
    };
    let of_locations: Vec<_> = locations.iter().filter(|location| location.active).filter_map(of).collect();
    if !of_locations.is_empty() {
        return of_locations;
    }
    let own = tenant.business.address.as_deref().and_then(|line| Sought::of_line(line, &tenant.region));
    own.map(|sought| (None, sought)).into_iter().collect()
}
