//! What a business waits for: a condition, its thresholds, and how far ahead it acts.

use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// Water freezes: 32 F.
pub const FREEZE_TENTHS_C: i32 = 0;
/// No forecast goes further.
pub const MAX_DAYS: u8 = 10;
/// The most services that one trigger offers.
pub const MAX_SERVICES: usize = 20;

/// A kind of weather that campaigns begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = WeatherCondition)]
pub enum Condition {
    /// Days in a row whose highest temperature is above a threshold.
    HeatWave,
    /// Days in a row whose lowest temperature is below a threshold.
    ColdSnap,
    /// Gusts or hail, forecast or warned of.
    Storm,
    /// Much rain within some days.
    RainWeek,
    /// The first frost of a cold season, once a season.
    FirstFreeze,
}

impl Condition {
    /// All there are.
    pub const ALL: [Self; 5] = [Self::HeatWave, Self::ColdSnap, Self::Storm, Self::RainWeek, Self::FirstFreeze];

    /// The name used in JSON, keys and logs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HeatWave => "heat_wave",
            Self::ColdSnap => "cold_snap",
            Self::Storm => "storm",
            Self::RainWeek => "rain_week",
            Self::FirstFreeze => "first_freeze",
        }
    }

    /// Whether its work is done after the weather: what a storm broke is looked at when it is over.
    #[must_use]
    pub fn is_served_after(self) -> bool {
        self == Self::Storm
    }
}

/// What has to be exceeded. Each condition reads its own and passes over the others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WeatherThresholds)]
pub struct Thresholds {
    /// Heat wave: the highest temperature is above this, in tenths of a degree Celsius. 95 F is 350.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = -600, maximum = 600, example = 350)]
    pub high_above_tenths_c: Option<i32>,
    /// Cold snap and first freeze: the lowest temperature is below this, in tenths of a degree Celsius. 32 F is 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = -600, maximum = 600, example = 0)]
    pub low_below_tenths_c: Option<i32>,
    /// Rain week: the rain of all its days together is above this, in tenths of a millimetre. 2 inches are 508.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 20_000, example = 508)]
    pub rain_above_tenths_mm: Option<i32>,
    /// Storm: gusts are above this, in tenths of a kilometre an hour. 60 miles an hour are 966.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 5_000, example = 966)]
    pub gust_above_tenths_kmh: Option<i32>,
    /// Storm: hail is of at least this diameter, in tenths of a millimetre. One inch is 254.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 3_000, example = 254)]
    pub hail_from_tenths_mm: Option<i32>,
}

/// What a business waits for. Data: industries have defaults ([`crate::industry_defaults`]), and every tenant its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// Its slug, which its events keep in their keys.
    #[schema(example = "heat-wave")]
    pub id: String,
    /// Which kind of weather.
    pub condition: Condition,
    /// What has to be exceeded.
    #[serde(default)]
    pub thresholds: Thresholds,
    /// Heat wave and cold snap: so many days in a row. Rain week: within so many days. The others need one day.
    #[schema(minimum = 1, maximum = 10, example = 3)]
    pub days: u8,
    /// A campaign begins when the first day is this many days ahead or fewer.
    #[schema(maximum = 10, example = 3)]
    pub lead_days: u8,
    /// Which services are offered, by their slugs; those that the tenant does not have are passed over.
    #[serde(default)]
    #[schema(max_items = 20, example = json!(["tune-up"]))]
    pub services: Vec<String>,
    /// The months (1 to 12) in which the first day may be; none: every month.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 12)]
    pub months: Vec<u8>,
}

/// Why a trigger cannot be waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// Where: `thresholds.high_above_tenths_c`.
    pub field: String,
    /// Why, in words that say what would be right.
    pub why: String,
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.why)
    }
}

impl Invalid {
    fn unless(is_right: bool, field: &str, why: impl Into<String>) -> Result<(), Self> {
        if is_right { Ok(()) } else { Err(Self { field: field.to_owned(), why: why.into() }) }
    }
}

impl Trigger {
    /// Refuses what could never be fulfilled, or would be at all times.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), Invalid> {
        let days = (1..=MAX_DAYS).contains(&self.days);
        Invalid::unless(days, "days", "days must be 1 to 10: no forecast goes further")?;
        let lead = self.lead_days <= MAX_DAYS;
        Invalid::unless(lead, "lead_days", "lead_days must be 0 to 10: no forecast goes further")?;
        let services = self.services.len() <= MAX_SERVICES;
        Invalid::unless(services, "services", format!("there may be at most {MAX_SERVICES} services"))?;
        let are_months = self.months.len() <= 12 && self.months.iter().all(|month| (1..=12).contains(month));
        let why = "months are the numbers 1 to 12, each once; leave it out for the whole year";
        Invalid::unless(are_months, "months", why)?;
        let of = |invalid: Invalid| Invalid { field: format!("thresholds.{}", invalid.field), ..invalid };
        self.thresholds.check(self.condition).map_err(of)
    }
}

impl Thresholds {
    /// Refuses values that no weather has, and those that lack what `condition` reads.
    fn check(&self, condition: Condition) -> Result<(), Invalid> {
        for (value, least, most, field, unit) in [
            (self.high_above_tenths_c, -600, 600, "high_above_tenths_c", "tenths of a degree Celsius"),
            (self.low_below_tenths_c, -600, 600, "low_below_tenths_c", "tenths of a degree Celsius"),
            (self.rain_above_tenths_mm, 1, 20_000, "rain_above_tenths_mm", "tenths of a millimetre"),
            (self.gust_above_tenths_kmh, 1, 5_000, "gust_above_tenths_kmh", "tenths of a kilometre an hour"),
            (self.hail_from_tenths_mm, 1, 3_000, "hail_from_tenths_mm", "tenths of a millimetre"),
        ] {
            let is_weather = value.is_none_or(|value| (least..=most).contains(&value));
            Invalid::unless(is_weather, field, format!("{field} must be {least} to {most}, in {unit}"))?;
        }
        let (has_its_own, field) = match condition {
            Condition::HeatWave => (self.high_above_tenths_c.is_some(), "high_above_tenths_c"),
            Condition::ColdSnap | Condition::FirstFreeze => (self.low_below_tenths_c.is_some(), "low_below_tenths_c"),
            Condition::RainWeek => (self.rain_above_tenths_mm.is_some(), "rain_above_tenths_mm"),
            Condition::Storm => {
                let has_one = self.gust_above_tenths_kmh.is_some() || self.hail_from_tenths_mm.is_some();
                (has_one, "gust_above_tenths_kmh")
            }
        };
        Invalid::unless(has_its_own, field, format!("{} needs {field}", condition.as_str()))
    }
}
