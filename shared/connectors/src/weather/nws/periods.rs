//! `/gridpoints/.../forecast`: periods of half a day. They say less than the layers: no amounts of rain, and gusts now and then.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use weather::Day;

use super::value::{Measure, last_number, local, measured, number, unit};

/// A week has 14 periods, by the hour 156.
const MAX_PERIODS: usize = 400;

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
}

#[derive(Deserialize)]
struct Properties {
    periods: Vec<Period>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Period {
    #[serde(default)]
    start_time: Value,
    #[serde(default)]
    end_time: Value,
    #[serde(default)]
    is_daytime: Option<bool>,
    #[serde(default)]
    temperature: Value,
    #[serde(default)]
    temperature_unit: Option<String>,
    #[serde(default)]
    wind_speed: Value,
    #[serde(default)]
    wind_gust: Value,
}

/// Reads the periods of a forecast as days; none where there are no periods. The days are those of the offsets in it.
///
/// # Errors
/// What is wrong with all of it: no JSON of a forecast. A value that cannot be read is left out.
pub fn read_periods(body: &[u8]) -> Result<Vec<Day>, String> {
    let forecast: Feature = serde_json::from_slice(body).map_err(|_| "no JSON of a forecast".to_owned())?;
    let mut days = BTreeMap::new();
    for period in forecast.properties.periods.iter().take(MAX_PERIODS) {
        let (Some(begin), Some(is_day)) = (local(&period.start_time), period.is_daytime) else { continue };
        // The lowest temperature of a night comes towards its end.
        let date = if is_day { begin.date() } else { local(&period.end_time).unwrap_or(begin).date() };
        let day: &mut Day = days.entry(date).or_insert_with(|| Day::unknown(date));
        let temperature = period.temperature();
        if is_day {
            day.high_tenths_c = day.high_tenths_c.max(temperature);
        } else if let Some(low) = temperature {
            day.low_tenths_c = Some(day.low_tenths_c.map_or(low, |other| other.min(low)));
        }
        // Gusts are no weaker than the wind.
        let wind = speed(&period.wind_gust).max(speed(&period.wind_speed));
        day.gust_tenths_kmh = day.gust_tenths_kmh.max(wind);
    }
    Ok(days.into_values().filter(|day| !day.is_unknown()).collect())
}

impl Period {
    fn temperature(&self) -> Option<i32> {
        let code = self.temperature.get("unitCode").and_then(Value::as_str);
        let unit = unit(code.or(self.temperature_unit.as_deref())?);
        measured(number(&self.temperature)?, unit, Measure::Temperature)
    }
}

/// Of `10 to 15 mph`, or of an object with a unit.
fn speed(value: &Value) -> Option<i32> {
    if let Some(text) = value.as_str() {
        let (number, unit) = last_number(text)?;
        return measured(number, unit, Measure::Speed);
    }
    let code = value.get("unitCode").and_then(Value::as_str)?;
    let most = value.get("maxValue").and_then(number);
    measured(most.or_else(|| number(value))?, unit(code), Measure::Speed)
}
