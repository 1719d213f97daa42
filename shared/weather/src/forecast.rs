//! What a provider expects of the days to come.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Cell, Point};

/// The forecast of a cell: shared by every tenant in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// Whose it is.
    pub cell: Cell,
    /// A point in the cell.
    pub at: Point,
    /// When it was fetched.
    pub fetched_at: Timestamp,
    /// IANA zone of its days.
    pub zone: String,
    /// Its days in order, each date once. There may be fewer than ten, and dates may be missing.
    pub days: Vec<Day>,
}

/// One day of the place's calendar. What was not given is `None`, never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Which day, in the zone of the forecast.
    pub date: Date,
    /// The highest temperature, in tenths of a degree Celsius.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high_tenths_c: Option<i32>,
    /// The lowest temperature, in tenths of a degree Celsius.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low_tenths_c: Option<i32>,
    /// Rain and melted snow, in tenths of a millimetre. Of the first day only what is still to come may be given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rain_tenths_mm: Option<i32>,
    /// Fresh snow, in tenths of a millimetre of depth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snow_tenths_mm: Option<i32>,
    /// The strongest gust, in tenths of a kilometre an hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gust_tenths_kmh: Option<i32>,
    /// Hail of at least this diameter, in tenths of a millimetre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hail_tenths_mm: Option<i32>,
    /// Whether thunder is expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thunder: Option<bool>,
}

impl Day {
    /// A day of which nothing is known.
    #[must_use]
    pub fn unknown(date: Date) -> Self {
        Self {
            date,
            high_tenths_c: None,
            low_tenths_c: None,
            rain_tenths_mm: None,
            snow_tenths_mm: None,
            gust_tenths_kmh: None,
            hail_tenths_mm: None,
            thunder: None,
        }
    }

    /// Whether nothing is known of it.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        *self == Self::unknown(self.date)
    }
}
