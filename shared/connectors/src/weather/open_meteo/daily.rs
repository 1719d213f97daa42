//! `/v1/forecast` with daily variables: parallel arrays whose values may be null.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use std::collections::BTreeMap;
use weather::{Day, units};

/// It gives 16 days at most; what is beyond is left out.
const MAX_DAYS: usize = 16;
/// WMO 4677: a thunderstorm, one with hail, one with heavy hail.
const THUNDER: [f64; 3] = [95.0, 96.0, 99.0];
/// Ice of less than 5 mm is no hail (WMO), so that hail is of this at least.
const HAIL_TENTHS_MM: i32 = 50;

/// What it expects of a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DailyForecast {
    /// IANA zone of the days.
    pub zone: String,
    /// The days, in order.
    pub days: Vec<Day>,
}

#[derive(Deserialize)]
struct Answer {
    timezone: String,
    #[serde(default)]
    daily_units: BTreeMap<String, String>,
    daily: Option<Daily>,
}

#[derive(Deserialize)]
struct Daily {
    time: Vec<Date>,
    #[serde(flatten)]
    values: BTreeMap<String, Vec<Option<f64>>>,
}

/// Reads the daily values of one point.
///
/// # Errors
/// What is wrong with all of it: no JSON of a forecast, no daily values, a zone that is none. A value in a unit that is not known is left out.
pub fn read_daily(body: &[u8]) -> Result<DailyForecast, String> {
    let answer: Answer = serde_json::from_slice(body).map_err(|_| "no JSON of a forecast".to_owned())?;
    let daily = answer.daily.ok_or("a forecast without days")?;
    TimeZone::get(&answer.timezone).map_err(|_| "a forecast in a time zone that is none")?;
    let value = |name: &str, index: usize| daily.values.get(name)?.get(index).copied().flatten();
    let tenths = |name: &str, index: usize, (unit, of): (&str, fn(f64) -> f64)| {
        let value = value(name, index)?;
        let named = answer.daily_units.get(name).map_or("", String::as_str);
        let value = match (unit, named) {
            (wanted, named) if wanted == named => of(value),
            ("°C", "°F") => units::celsius(value),
            ("km/h", "mp/h") => units::kmh_of_mph(value),
            ("km/h", "m/s") => value * 3.6,
            ("km/h", "kn") => units::kmh_of_knots(value),
            ("mm" | "cm", "inch") => units::mm_of_inches(value),
            _ => return None,
        };
        units::tenths(value)
    };
    let same = |value: f64| value;
    let day = |(index, date): (usize, &Date)| {
        let code = value("weather_code", index);
        Day {
            date: *date,
            high_tenths_c: tenths("temperature_2m_max", index, ("°C", same)),
            low_tenths_c: tenths("temperature_2m_min", index, ("°C", same)),
            rain_tenths_mm: tenths("precipitation_sum", index, ("mm", same)),
            snow_tenths_mm: tenths("snowfall_sum", index, ("cm", |cm| cm * 10.0)),
            gust_tenths_kmh: tenths("wind_gusts_10m_max", index, ("km/h", same)),
            hail_tenths_mm: code.filter(|code| *code > 95.0 && THUNDER.contains(code)).map(|_| HAIL_TENTHS_MM),
            thunder: code.map(|code| THUNDER.contains(&code)),
        }
    };
    let mut days: Vec<Day> = daily.time.iter().take(MAX_DAYS).enumerate().map(day).collect();
    days.sort_by_key(|day| day.date);
    days.dedup_by_key(|day| day.date);
    Ok(DailyForecast { zone: answer.timezone, days })
}
