//! Open-Meteo: forecasts for the whole world, and where places are.
//!
//! The free hosts are for non-commercial use. A deployment that serves businesses has a key, which goes to the `customer-` hosts as part of
//! the address: so an address is in no log and in no error. Its data are under CC BY 4.0, and [`weather::ATTRIBUTION`] is shown where they are.
//! One request for ten days and six variables counts as 1.4 of its calls.
//!
//! Source: open-meteo/open-meteo `openapi/forecast.yml`, and its pages on terms and pricing.

mod daily;
mod places;
#[cfg(test)]
mod tests;

use domain::Failure;
use domain::webhooks::Reach;
use secrecy::{ExposeSecret as _, SecretString};
use weather::{Point, Sought};

use super::{Server, Trouble};

pub use daily::{DailyForecast, read_daily};
pub use places::read_places;

/// Where forecasts are.
pub const FORECAST: &str = "https://api.open-meteo.com/";
/// Where forecasts are for who has a key.
pub const CUSTOMER_FORECAST: &str = "https://customer-api.open-meteo.com/";
/// Where places are found.
pub const GEOCODING: &str = "https://geocoding-api.open-meteo.com/";
/// Where places are found for who has a key.
pub const CUSTOMER_GEOCODING: &str = "https://customer-geocoding-api.open-meteo.com/";

const DAYS: &str = "10";
const VARIABLES: &str =
    "temperature_2m_max,temperature_2m_min,precipitation_sum,snowfall_sum,wind_gusts_10m_max,weather_code";

/// Open-Meteo. Built once.
#[derive(Debug, Clone)]
pub struct OpenMeteo {
    forecast: Server,
    geocoding: Server,
    key: Option<SecretString>,
}

impl OpenMeteo {
    /// At the configured hosts, else at its own: with a key, those for customers. `contact` as of [`Server::new`].
    ///
    /// # Errors
    /// As [`Server::new`].
    pub fn new(
        (forecast, geocoding): (Option<&str>, Option<&str>),
        contact: &str,
        key: Option<SecretString>,
        reach: Reach,
    ) -> Result<Self, Failure> {
        let (own_forecast, own_geocoding) =
            if key.is_some() { (CUSTOMER_FORECAST, CUSTOMER_GEOCODING) } else { (FORECAST, GEOCODING) };
        let forecast = Server::new(forecast.unwrap_or(own_forecast), contact, reach)?;
        let geocoding = Server::new(geocoding.unwrap_or(own_geocoding), contact, reach)?;
        Ok(Self { forecast, geocoding, key })
    }

    /// Ten days from today on, by the calendar of the place.
    ///
    /// # Errors
    /// As it answers.
    pub async fn days(&self, point: Point) -> Result<DailyForecast, Trouble> {
        let (lat, lon) = (point.lat().to_string(), point.lon().to_string());
        let asked = [
            ("latitude", lat.as_str()),
            ("longitude", lon.as_str()),
            ("daily", VARIABLES),
            ("forecast_days", DAYS),
            // Without it days are those of Greenwich.
            ("timezone", "auto"),
        ];
        let body = self.get(&self.forecast, "v1/forecast", &asked).await?;
        read_daily(&body).map_err(Trouble::Unreadable)
    }

    /// The point of an address: of its postal code, else of its town; `None`: neither is known.
    ///
    /// # Errors
    /// As it answers.
    pub async fn find(&self, sought: &Sought) -> Result<Option<Point>, Trouble> {
        for name in sought.names() {
            let asked = [("name", name.as_str()), ("count", "20"), ("language", "en"), ("format", "json")];
            let body = self.get(&self.geocoding, "v1/search", &asked).await?;
            let places = read_places(&body).map_err(Trouble::Unreadable)?;
            if let Some(point) = sought.best(&places) {
                return Ok(Some(point));
            }
        }
        Ok(None)
    }

    async fn get(&self, server: &Server, path: &str, asked: &[(&str, &str)]) -> Result<Vec<u8>, Trouble> {
        let mut url = server.at(path, asked)?;
        if let Some(key) = &self.key {
            url.query_pairs_mut().append_pair("apikey", key.expose_secret());
        }
        server.get(&url, wait).await
    }
}

/// How many seconds the text of a refusal asks us to wait; there is no header for it.
fn wait(body: &[u8]) -> Option<u64> {
    let text = String::from_utf8_lossy(body).to_lowercase();
    let waits = [("one minute", 60), ("next hour", 3_600), ("tomorrow", 86_400), ("concurrent", 5), ("overloaded", 30)];
    waits.into_iter().find(|(words, _)| text.contains(words)).map(|(_, seconds)| seconds)
}
