//! `/gridpoints`: layers of values, each for an interval, laid over the days of the place.
//!
//! The highest temperature of a day is that of the interval that begins on it, the lowest that of the night that ends on it. Rain and snow
//! of an interval are shared out over the days that it lies in, by time; the strongest gust counts for each of them.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use weather::Day;

use super::value::{Measure, interval, measured, number, unit};

/// No forecast has more days; what is beyond is left out.
const MAX_DAYS: usize = 16;

/// The days that layers say something of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layers {
    /// The days, in order.
    pub days: Vec<Day>,
    /// How many values could not be read: an interval or a unit that is not known. A value that is null is none of them.
    pub left_out: usize,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Properties {
    max_temperature: Option<Layer>,
    min_temperature: Option<Layer>,
    quantitative_precipitation: Option<Layer>,
    snowfall_amount: Option<Layer>,
    wind_gust: Option<Layer>,
    weather: Option<Layer>,
}

#[derive(Deserialize)]
struct Layer {
    #[serde(default)]
    uom: Option<String>,
    /// An observation has a value under the same name, and none of these.
    values: Option<Vec<Entry>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    #[serde(default)]
    valid_time: Value,
    #[serde(default)]
    value: Value,
}

/// Reads the raw layers of a cell as days in `zone`.
///
/// # Errors
/// What is wrong with all of it: no JSON of a cell, or none of its layers. A value that cannot be read is left out and counted.
pub fn read_layers(body: &[u8], zone: &TimeZone) -> Result<Layers, String> {
    let cell: Feature = serde_json::from_slice(body).map_err(|_| "no JSON of a cell's layers".to_owned())?;
    let Properties {
        max_temperature,
        min_temperature,
        quantitative_precipitation,
        snowfall_amount,
        wind_gust,
        weather,
    } = cell.properties;
    let layers =
        [&max_temperature, &min_temperature, &quantitative_precipitation, &snowfall_amount, &wind_gust, &weather];
    if layers.iter().all(|layer| layer.as_ref().is_none_or(|layer| layer.values.is_none())) {
        return Err("a cell without layers".to_owned());
    }
    let mut days = Days { zone, days: BTreeMap::new(), left_out: 0 };
    for (begin, _, high) in days.values(max_temperature, Measure::Temperature) {
        let day = days.of(&begin);
        day.high_tenths_c = day.high_tenths_c.max(Some(high));
    }
    for (_, end, low) in days.values(min_temperature, Measure::Temperature) {
        let day = days.of(&end);
        day.low_tenths_c = Some(day.low_tenths_c.map_or(low, |other| other.min(low)));
    }
    for (begin, end, rain) in days.values(quantitative_precipitation, Measure::Depth) {
        days.share(&begin, &end, rain, |day| &mut day.rain_tenths_mm);
    }
    for (begin, end, snow) in days.values(snowfall_amount, Measure::Depth) {
        days.share(&begin, &end, snow, |day| &mut day.snow_tenths_mm);
    }
    for (begin, end, gust) in days.values(wind_gust, Measure::Speed) {
        for (date, _) in parts(&begin, &end) {
            let day = days.on(date);
            day.gust_tenths_kmh = day.gust_tenths_kmh.max(Some(gust));
        }
    }
    days.thunder(weather);
    Ok(Layers { days: days.days.into_values().take(MAX_DAYS).collect(), left_out: days.left_out })
}

struct Days<'z> {
    zone: &'z TimeZone,
    days: BTreeMap<Date, Day>,
    left_out: usize,
}

impl Days<'_> {
    fn on(&mut self, date: Date) -> &mut Day {
        self.days.entry(date).or_insert_with(|| Day::unknown(date))
    }

    fn of(&mut self, moment: &Zoned) -> &mut Day {
        self.on(moment.date())
    }

    fn when(&self, entry: &Entry) -> Option<(Zoned, Zoned)> {
        let local = |moment: Timestamp| moment.to_zoned(self.zone.clone());
        let (begin, end) = interval(entry.valid_time.as_str()?)?;
        Some((local(begin), local(end)))
    }

    /// The values of a layer that are there and can be read, in our tenths.
    fn values(&mut self, layer: Option<Layer>, measure: Measure) -> Vec<(Zoned, Zoned, i32)> {
        let Some(Layer { uom, values: Some(values) }) = layer else { return Vec::new() };
        let unit = uom.as_deref().map_or("", unit);
        let mut read = Vec::new();
        for entry in values.iter().filter(|entry| !is_null(&entry.value)) {
            let value = number(&entry.value).and_then(|value| measured(value, unit, measure));
            match (self.when(entry), value) {
                (Some((begin, end)), Some(value)) => read.push((begin, end, value)),
                _ => self.left_out += 1,
            }
        }
        read
    }

    fn share(&mut self, begin: &Zoned, end: &Zoned, amount: i32, of: fn(&mut Day) -> &mut Option<i32>) {
        let all = end.duration_since(begin).as_secs().max(1);
        for (date, seconds) in parts(begin, end) {
            let part = i64::from(amount.max(0)).saturating_mul(seconds) / all;
            let sum = of(self.on(date));
            *sum = Some(sum.unwrap_or(0).saturating_add(i32::try_from(part).unwrap_or(i32::MAX)));
        }
    }

    /// Whether thunder is among the weather of a day. A day of which the layer says nothing is not known.
    fn thunder(&mut self, layer: Option<Layer>) {
        for entry in layer.and_then(|layer| layer.values).unwrap_or_default() {
            let (Some((begin, end)), Some(kinds)) = (self.when(&entry), entry.value.as_array()) else {
                self.left_out += 1;
                continue;
            };
            let thunders =
                kinds.iter().any(|kind| kind.get("weather").and_then(Value::as_str) == Some("thunderstorms"));
            for (date, _) in parts(&begin, &end) {
                let day = self.on(date);
                day.thunder = Some(day.thunder == Some(true) || thunders);
            }
        }
    }
}

fn is_null(value: &Value) -> bool {
    value.is_null() || value.get("value").is_some_and(Value::is_null)
}

/// The days that an interval lies in, each with how many seconds of it.
fn parts(begin: &Zoned, end: &Zoned) -> Vec<(Date, i64)> {
    let mut parts = Vec::new();
    let mut from = begin.clone();
    // An interval is of 31 days at most.
    while from < *end && parts.len() < 40 {
        let date = from.date();
        let next = date.tomorrow().and_then(|next| next.to_zoned(from.time_zone().clone()));
        let until = next.map_or_else(|_| end.clone(), |next| next.min(end.clone()));
        parts.push((date, until.duration_since(&from).as_secs()));
        from = until;
    }
    parts
}
