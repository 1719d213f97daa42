//! Weather as the National Weather Service and Open-Meteo tell it: made up, the same for a place all day. By the cell it will be hot from the
//! day after tomorrow on, freeze, or stay fine. Any name is a place, in each of some states and countries.

use axum::Json;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde::Deserialize;
use serde_json::{Value, json};

const DAYS: i32 = 10;
/// Where a name is found: country, state, and about where.
const PLACES: [(&str, &str, i32, i32); 14] = [
    ("US", "Colorado", 395, -1_050),
    ("US", "Texas", 295, -985),
    ("US", "California", 340, -1_180),
    ("US", "Arizona", 335, -1_120),
    ("US", "Florida", 280, -815),
    ("US", "New York", 410, -740),
    ("CA", "Ontario", 437, -794),
    ("MX", "Jalisco", 207, -1_033),
    ("GB", "England", 515, -1),
    ("DE", "Berlin", 525, 134),
    ("FR", "Ile-de-France", 489, 23),
    ("ES", "Madrid", 404, -37),
    ("PT", "Lisbon", 387, -91),
    ("BR", "Sao Paulo", -235, -466),
];

#[derive(Clone, Copy)]
enum Sky {
    Hot,
    Freezing,
    Fine,
}

impl Sky {
    fn of(cell: i64) -> Self {
        match cell.rem_euclid(3) {
            0 => Self::Hot,
            1 => Self::Freezing,
            _ => Self::Fine,
        }
    }

    /// The highest and the lowest temperature so many days ahead, in degrees Celsius.
    fn degrees(self, ahead: i32) -> (f64, f64) {
        match self {
            Self::Hot if (2..7).contains(&ahead) => (38.5, 22.0),
            Self::Freezing if ahead >= 3 => (4.0, -3.5),
            _ => (18.0, 8.0),
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct Search {
    name: String,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    latitude: f64,
    longitude: f64,
}

/// `/points/{lat},{lon}`.
pub(crate) async fn point(Path(point): Path<String>) -> Response {
    let Some((lat, lon)) = read(&point) else { return StatusCode::NOT_FOUND.into_response() };
    let zone = if lon < -100.0 { "America/Denver" } else { "America/New_York" };
    let (x, y) = (((lat + 90.0) * 40.0) as u16, ((lon + 180.0) * 40.0) as u16);
    Json(json!({"properties": {"gridId": "SNK", "gridX": x, "gridY": y, "timeZone": zone}})).into_response()
}

/// `/gridpoints/{office}/{x},{y}`.
pub(crate) async fn layers(Path((_office, cell)): Path<(String, String)>) -> Response {
    let Some((x, y)) = read(&cell) else { return StatusCode::NOT_FOUND.into_response() };
    let sky = Sky::of(x as i64 + y as i64);
    let (mut highs, mut lows, mut gusts) = (Vec::new(), Vec::new(), Vec::new());
    for (ahead, day) in days() {
        let (high, low) = sky.degrees(ahead);
        highs.push(json!({"validTime": format!("{day}T14:00:00+00:00/PT10H"), "value": high}));
        lows.push(json!({"validTime": format!("{day}T02:00:00+00:00/PT12H"), "value": low}));
        gusts.push(json!({"validTime": format!("{day}T06:00:00+00:00/P1D"), "value": 30}));
    }
    let layer = |uom: &str, values: Vec<Value>| json!({"uom": uom, "values": values});
    Json(json!({"properties": {"maxTemperature": layer("wmoUnit:degC", highs), "minTemperature": layer("wmoUnit:degC", lows),
        "windGust": layer("wmoUnit:km_h-1", gusts)}}))
    .into_response()
}

/// `/alerts`: none.
pub(crate) async fn alerts() -> Json<Value> {
    Json(json!({"type": "FeatureCollection", "features": []}))
}

/// `/v1/forecast`.
pub(crate) async fn forecast(Query(asked): Query<Asked>) -> Json<Value> {
    let sky = Sky::of((asked.latitude * 10.0) as i64 + (asked.longitude * 10.0) as i64);
    let days: Vec<(i32, Date)> = days().collect();
    let of = |value: &dyn Fn(i32) -> f64| days.iter().map(|(ahead, _)| value(*ahead)).collect::<Vec<f64>>();
    Json(json!({"latitude": asked.latitude, "longitude": asked.longitude, "timezone": "UTC",
        "daily_units": {"temperature_2m_max": "°C", "temperature_2m_min": "°C", "precipitation_sum": "mm", "wind_gusts_10m_max": "km/h"},
        "daily": {"time": days.iter().map(|(_, day)| day.to_string()).collect::<Vec<_>>(),
            "temperature_2m_max": of(&|ahead| sky.degrees(ahead).0), "temperature_2m_min": of(&|ahead| sky.degrees(ahead).1),
            "precipitation_sum": of(&|_| 0.5), "wind_gusts_10m_max": of(&|_| 30.0)}}))
}

/// `/v1/search`.
pub(crate) async fn search(Query(asked): Query<Search>) -> Json<Value> {
    // Towns of different names are not at the same place.
    let hash = asked.name.bytes().fold(7_i32, |hash, byte| hash.wrapping_mul(31).wrapping_add(i32::from(byte)));
    let (north, east) = (hash.rem_euclid(20), hash.div_euclid(20).rem_euclid(20));
    let results = PLACES.map(|(country, state, lat, lon)| {
        json!({"name": asked.name, "country_code": country, "admin1": state, "population": 100_000,
            "latitude": f64::from(lat + north) / 10.0, "longitude": f64::from(lon + east) / 10.0})
    });
    Json(json!({"results": results, "generationtime_ms": 0.1}))
}

fn days() -> impl Iterator<Item = (i32, Date)> {
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    (0..DAYS).map(move |ahead| (ahead, today.saturating_add(ahead.days())))
}

fn read(pair: &str) -> Option<(f64, f64)> {
    let (one, other) = pair.split_once(',')?;
    Some((one.parse().ok()?, other.parse().ok()?))
}
