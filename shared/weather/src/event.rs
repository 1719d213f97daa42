//! A stretch of weather that fulfils a trigger, and what is kept of it so that it stays one event.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Condition, Point};

/// How it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A forecast.
    Forecast,
    /// An official alert.
    Alert {
        /// What names its event through all of its messages: the VTEC, else its first message's id.
        id: String,
        /// Its name: `Severe Thunderstorm Warning`.
        event: String,
    },
}

/// Weather that fulfils a trigger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeatherEvent {
    /// What it is called for ever, whatever the forecast says later: unique in a tenant. `heat-wave@39.7,-105:2026-07-14`,
    /// `first-freeze@39.7,-105:2026-27`.
    pub key: String,
    /// Which trigger of the tenant.
    pub trigger: String,
    /// Which kind of weather.
    pub condition: Condition,
    /// Where: a point in the cell whose forecast it is.
    pub at: Point,
    /// Its first day, as foreseen now.
    pub first: Date,
    /// Its last day, as foreseen now.
    pub last: Date,
    /// The most extreme value foreseen, in the unit of the trigger's threshold: temperature in tenths of a degree Celsius, all the rain
    /// in tenths of a millimetre, gust in tenths of a kilometre an hour. `None`: not given, or hail alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peak: Option<i32>,
    /// The largest hail foreseen or reported, in tenths of a millimetre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hail_tenths_mm: Option<i32>,
    /// How it is known.
    pub source: Source,
    /// Whether it is none of the known ones: it may begin a campaign.
    pub is_new: bool,
}

/// An event that has begun a campaign. One more detection of it changes its days and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownEvent {
    /// As of the event.
    pub key: String,
    /// Which trigger of the tenant.
    pub trigger: String,
    /// Where it was detected.
    pub at: Point,
    /// Its first day, as foreseen last.
    pub first: Date,
    /// Its last day, as foreseen last.
    pub last: Date,
}

impl From<&WeatherEvent> for KnownEvent {
    fn from(event: &WeatherEvent) -> Self {
        let WeatherEvent { key, trigger, at, first, last, .. } = event;
        Self { key: key.clone(), trigger: trigger.clone(), at: *at, first: *first, last: *last }
    }
}
