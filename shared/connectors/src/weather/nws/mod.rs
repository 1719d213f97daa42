//! The National Weather Service: `api.weather.gov`, for the United States and their territories.
//!
//! A point leads to a cell of a grid (`/points`), which moves between offices now and then: a cell that is not found any more is to be
//! asked for again by its point. A cell has raw layers of values with their intervals; where these cannot be had, the forecast's periods
//! of half a day say less. Alerts are asked for with the days that are just over, because a storm of last evening is no longer active.
//!
//! Source: weather-gov/api `openapi.yaml` 1.9.0.

mod alerts;
mod layers;
mod periods;
mod points;
#[cfg(test)]
mod tests;
mod value;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use url::Url;
use weather::{Alert, Day, Point};

use super::{Server, Trouble};

pub use alerts::{Alerts, read_alerts};
pub use layers::{Layers, read_layers};
pub use periods::read_periods;
pub use points::{GridPlace, read_point};

/// Where it is.
pub const BASE: &str = "https://api.weather.gov/";
/// Alerts are asked for from so long ago on.
const ALERTS_FROM: SignedDuration = SignedDuration::from_hours(3 * 24);

/// The National Weather Service. Built once.
#[derive(Debug, Clone)]
pub struct Nws {
    server: Server,
}

impl Nws {
    /// At a server.
    #[must_use]
    pub fn new(server: Server) -> Self {
        Self { server }
    }

    /// The cell that a point is in, and its zone.
    ///
    /// # Errors
    /// [`Trouble::NotFound`] outside the United States or at sea; else as it answers.
    pub async fn place(&self, point: Point) -> Result<GridPlace, Trouble> {
        let body = self.ask(&self.server.at(&format!("points/{point}"), &[])?).await?;
        read_point(&body).map_err(Trouble::Unreadable)
    }

    /// The days of a cell: from its layers, else from the periods of its forecast.
    ///
    /// # Errors
    /// [`Trouble::NotFound`] where the cell has moved; else as it answers.
    pub async fn days(&self, (office, x, y): (&str, u16, u16), zone: &TimeZone) -> Result<Vec<Day>, Trouble> {
        let cell = format!("gridpoints/{office}/{x},{y}");
        let layers = self.ask(&self.server.at(&cell, &[])?).await;
        let read = layers.and_then(|body| read_layers(&body, zone).map_err(Trouble::Unreadable));
        let why = match read {
            Ok(layers) if layers.days.iter().any(|day| !day.is_unknown()) => return Ok(layers.days),
            Ok(_) => Trouble::Unreadable("no layer has values".to_owned()),
            Err(Trouble::NotFound) => return Err(Trouble::NotFound),
            Err(trouble) => trouble,
        };
        let periods = self.ask(&self.server.at(&format!("{cell}/forecast"), &[("units", "si")])?).await?;
        match read_periods(&periods) {
            Ok(days) if !days.is_empty() => Ok(days),
            Ok(_) => Err(why),
            Err(unreadable) => Err(Trouble::Unreadable(unreadable)),
        }
    }

    /// The alerts for a point, of the last days and those to come.
    ///
    /// # Errors
    /// As it answers.
    pub async fn alerts(&self, point: Point, now: Timestamp) -> Result<Vec<Alert>, Trouble> {
        let start = now.saturating_sub(ALERTS_FROM).unwrap_or(now);
        let start = start.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let point = point.to_string();
        let asked = [("point", point.as_str()), ("start", start.as_str()), ("status", "actual"), ("limit", "200")];
        let body = self.ask(&self.server.at("alerts", &asked)?).await?;
        read_alerts(&body).map(|alerts| alerts.alerts).map_err(Trouble::Unreadable)
    }

    async fn ask(&self, url: &Url) -> Result<Vec<u8>, Trouble> {
        self.server.get(url, |_| None).await
    }
}
