//! A sample of every kind of item of this context: weather.

use jiff::civil::date;
use serde_json::json;
use weather::{Cell, Day, Point};

use super::events::NotedEvent;
use super::fetched::KeptAlerts;
use super::places::FoundCell;
use crate::table::keys;
use crate::table::samples::{AT, Place, Stored, acme, stored};

fn cell() -> Cell {
    "nws/BOU/62,60".parse().unwrap()
}

pub(crate) fn places() -> Vec<Place> {
    let point = Point::new(39.7392, -104.9903).unwrap();
    let platform = keys::platform();
    vec![
        ("weather_events", keys::of(&acme()).weather_events(), "T#acme#WEATHER|EVENTS"),
        ("weather_forecast", platform.weather_of(&cell(), "FORECAST"), "P#WEATHER#nws/BOU/62,60|FORECAST"),
        ("weather_alerts", platform.weather_of(&cell(), "ALERTS"), "P#WEATHER#nws/BOU/62,60|ALERTS"),
        ("weather_day", platform.weather_day(&cell(), date(2026, 7, 10)), "P#WEATHER#nws/BOU/62,60|DAY#2026-07-10"),
        ("weather_place", platform.weather_place(point), "P#WEATHER_PLACE#39.7392,-104.9903|PLACE"),
        ("weather_address", platform.weather_address("5f"), "P#WEATHER_ADDRESS#5f|ADDRESS"),
    ]
}

pub(crate) fn values() -> Vec<Stored> {
    let point = json!({"lat_e4": 397_392, "lon_e4": -1_049_903});
    let alert = json!({"id": "urn:oid:1", "event": "Severe Thunderstorm Warning", "status": "actual", "message": "alert",
        "onset": AT, "ends": AT, "hail_tenths_mm": 254});
    let event = json!({"key": "heat-wave@39.7,-105:2026-07-13", "trigger": "heat-wave", "condition": "heat_wave", "at": point,
        "first": "2026-07-13", "last": "2026-07-15", "peak": 380, "source": "forecast", "is_new": false});
    let noted = json!({"event": event, "location": "lakewood", "place": "Lakewood", "is_proposed": true});
    vec![
        stored::<Alerts>(
            "weather_alerts",
            json!({"fresh_until": 1_795_219_200, "fetched": {"fetched_at": AT, "alerts": [alert]}}),
        ),
        stored::<Day>(
            "weather_day",
            json!({"date": "2026-07-10", "high_tenths_c": 361, "low_tenths_c": 190, "rain_tenths_mm": 12, "snow_tenths_mm": 0,
                "gust_tenths_kmh": 480, "hail_tenths_mm": 50, "thunder": true}),
        ),
        stored::<FoundCell>(
            "weather_place",
            json!({"cell": "nws/BOU/62,60", "zone": "America/Denver", "found_at": AT}),
        ),
        stored::<Events>("weather_events", json!({"events": [noted], "version": 3})),
    ]
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Alerts {
    fresh_until: i64,
    fetched: KeptAlerts,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Events {
    events: Vec<NotedEvent>,
    version: u64,
}
