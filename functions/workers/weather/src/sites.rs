//! Where a business is: its addresses as points, and the points as cells.

use connectors::weather::Trouble;
use domain::Failure;
use domain::campaigns::weather_addresses;
use domain::ids::LocationId;
use domain::tenancy::{Location, Tenant};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::time::Instant;
use store::FoundCell;
use weather::{Cell, Point, SAME_PLACE_KM, Sought};

use crate::fetching::limited;
use crate::{FETCHING, WeatherChecks};

/// So many locations of a business are looked at.
const MAX_LOCATIONS: usize = 200;
/// Where the National Weather Service forecasts: the United States and their territories.
const NWS_COUNTRIES: [&str; 6] = ["US", "PR", "GU", "VI", "AS", "MP"];

/// A place of a business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Site {
    /// Which location, where a business has several that are far apart.
    pub(crate) location: Option<LocationId>,
    /// Its town.
    pub(crate) town: Option<String>,
    pub(crate) point: Point,
    pub(crate) cell: Cell,
    /// IANA zone, where its provider has said it.
    pub(crate) zone: Option<String>,
}

/// The places of a business.
pub(crate) enum Sites {
    Known(Vec<Site>),
    /// There are none, for this reason.
    Nowhere(&'static str),
    /// A provider could not be asked about some of them; the others.
    Later(Vec<Site>),
}

/// What asking for a place came to.
pub(crate) enum Found<T> {
    There(T),
    Nowhere,
    Later,
}

impl WeatherChecks {
    /// The places of a business, one for each cell unless they are far apart.
    pub(crate) async fn sites(&self, tenant: &Tenant, begun: Instant, now: Timestamp) -> Result<Sites, Failure> {
        let locations: Vec<Location> = self.store.documents().all(&tenant.id).await?;
        let addresses = weather_addresses(tenant, &locations);
        if addresses.is_empty() {
            return Ok(Sites::Nowhere("no_address"));
        }
        let (mut points, mut sites, mut is_waiting) = (BTreeMap::new(), Vec::new(), false);
        for (location, sought) in addresses.into_iter().take(MAX_LOCATIONS) {
            let line = sought.line();
            if !points.contains_key(&line) {
                let found = match begun.elapsed() > FETCHING {
                    true => Found::Later,
                    false => self.found(&sought, now).await?,
                };
                points.insert(line.clone(), found);
            }
            match points.get(&line) {
                Some(Found::There((point, found))) => sites.push(Site {
                    location,
                    town: sought.town().map(str::to_owned),
                    point: *point,
                    cell: found.cell.clone(),
                    zone: found.zone.clone(),
                }),
                Some(Found::Later) | None => is_waiting = true,
                Some(Found::Nowhere) => {}
            }
        }
        Ok(match (sites.is_empty(), is_waiting) {
            (_, true) => Sites::Later(as_one_area(sites)),
            (true, false) => Sites::Nowhere("address_not_found"),
            (false, false) => Sites::Known(as_one_area(sites)),
        })
    }

    /// The point of an address: as it is known, else as the geocoder says.
    pub(crate) async fn point(&self, sought: &Sought, now: Timestamp) -> Result<Found<Point>, Failure> {
        let known = self.store.weather().point(sought, now).await?;
        let point = match known {
            Some(point) => point,
            None => match limited(self.open_meteo.find(sought)).await {
                Ok(point) => {
                    self.store.weather().keep_point(sought, point, now).await?;
                    point
                }
                Err(trouble) => {
                    tracing::warn!(why = %trouble, "an address was not looked up");
                    return Ok(Found::Later);
                }
            },
        };
        Ok(point.map_or(Found::Nowhere, Found::There))
    }

    /// The same with its cell.
    async fn found(&self, sought: &Sought, now: Timestamp) -> Result<Found<(Point, FoundCell)>, Failure> {
        let point = match self.point(sought, now).await? {
            Found::There(point) => point,
            Found::Nowhere => return Ok(Found::Nowhere),
            Found::Later => return Ok(Found::Later),
        };
        if let Some(found) = self.store.weather().cell(point, now).await? {
            return Ok(Found::There((point, found)));
        }
        let elsewhere = || FoundCell { cell: Cell::open_meteo(point), zone: None, found_at: now };
        let found = if NWS_COUNTRIES.contains(&sought.country()) {
            match limited(self.nws.place(point)).await {
                Ok(place) => FoundCell { cell: place.cell, zone: Some(place.zone), found_at: now },
                // At sea, or on an island that it does not forecast for.
                Err(Trouble::NotFound) => elsewhere(),
                Err(trouble) => {
                    tracing::warn!(why = %trouble, "a point's cell was not looked up");
                    return Ok(Found::Later);
                }
            }
        } else {
            elsewhere()
        };
        self.store.weather().keep_cell(point, &found).await?;
        Ok(Found::There((point, found)))
    }
}

/// Where all are within the reach of the same weather, one site a cell, which stands for the whole business.
fn as_one_area(sites: Vec<Site>) -> Vec<Site> {
    let is_near = |one: &Site, other: &Site| one.point.km_to(other.point) <= SAME_PLACE_KM;
    let is_one = sites.iter().enumerate().all(|(index, one)| sites.iter().skip(index).all(|other| is_near(one, other)));
    if !is_one {
        return sites;
    }
    let mut cells: BTreeMap<Cell, Site> = BTreeMap::new();
    for site in sites {
        cells.entry(site.cell.clone()).or_insert(Site { location: None, ..site });
    }
    cells.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(id: &str, lat: f64, cell: &str) -> Site {
        let location = Some(LocationId::new(id).unwrap());
        let point = Point::new(lat, -105.0).unwrap();
        Site { location, town: None, point, cell: cell.parse().unwrap(), zone: None }
    }

    #[test]
    fn near_locations_are_one_business_and_far_ones_are_each_their_own() {
        let near = as_one_area(vec![
            site("a", 39.7, "nws/BOU/62,60"),
            site("b", 39.71, "nws/BOU/62,60"),
            site("c", 40.0, "nws/BOU/62,74"),
        ]);
        assert_eq!(near.len(), 2);
        assert!(near.iter().all(|site| site.location.is_none()));
        let far = as_one_area(vec![site("a", 39.7, "nws/BOU/62,60"), site("b", 45.0, "nws/BYZ/1,1")]);
        assert!(far.len() == 2 && far.iter().all(|site| site.location.is_some()));
    }
}
