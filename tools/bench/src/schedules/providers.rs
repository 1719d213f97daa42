//! The weather services on the loopback interface: they answer at once in the documented forms, and count what they are asked.
//!
//! At every third town it becomes stormy, wet and cold the day after tomorrow; elsewhere nothing happens. A cell of the National Weather
//! Service has as many bytes as a real one, most of them in layers that are not read.

use anyhow::{Context, Result};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::places::{TOWNS, Town};

/// Layers of a real cell that are not read, and the values that each has.
const OTHER_LAYERS: usize = 30;
const VALUES: i64 = 110;

/// Running services. They stop when dropped.
pub(super) struct Providers {
    url: String,
    asked: Asked,
    server: JoinHandle<()>,
}

/// Requests by kind since they were last counted.
type Asked = Arc<Mutex<BTreeMap<&'static str, f64>>>;

impl Providers {
    /// Starts them on a free port.
    pub(super) async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("no free port for the weather services")?;
        let url = format!("http://{}", listener.local_addr()?);
        let asked = Asked::default();
        let routes = Router::new()
            .route("/v1/search", get(search))
            .route("/v1/forecast", get(forecast))
            .route("/points/{point}", get(point))
            .route("/gridpoints/BEN/{cell}", get(cell))
            .route("/alerts", get(alerts))
            .with_state(Arc::clone(&asked));
        // The accept loop ends only with this task; a broken connection shows as a run that is not complete.
        let server = tokio::spawn(async move { drop(axum::serve(listener, routes).await) });
        Ok(Self { url, asked, server })
    }

    /// The variables by which the function finds them.
    pub(super) fn env(&self) -> [(&'static str, String); 4] {
        let [nws, forecast, geocoding] = ["NWS_URL", "OPEN_METEO_URL", "OPEN_METEO_GEOCODING_URL"];
        let url = || self.url.clone();
        [(nws, url()), (forecast, url()), (geocoding, url()), ("LOCAL_WEBHOOKS", "allowed".to_owned())]
    }

    /// What was asked since the last time, by kind.
    pub(super) fn take(&self) -> BTreeMap<&'static str, f64> {
        std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Providers {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn count(asked: &Asked, kind: &'static str) {
    *asked.lock().unwrap_or_else(PoisonError::into_inner).entry(kind).or_default() += 1.0;
}

/// Whether something happens at the `index`-th town.
pub(super) fn is_stormy(index: usize) -> bool {
    index.is_multiple_of(3)
}

/// The town that is nearest to a point.
fn nearest(lat: f64, lon: f64) -> Option<(usize, &'static Town)> {
    let far = |town: &Town| (town.lat - lat).powi(2) + (town.lon - lon).powi(2);
    TOWNS.iter().enumerate().min_by(|(_, one), (_, other)| far(one).total_cmp(&far(other)))
}

fn today(town: &Town) -> Result<Date, StatusCode> {
    let zone = jiff::tz::TimeZone::get(town.zone).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(Timestamp::now().to_zoned(zone).date())
}

async fn search(State(asked): State<Asked>, Query(query): Query<BTreeMap<String, String>>) -> Json<Value> {
    count(&asked, "places");
    let name = query.get("name").map(String::as_str).unwrap_or_default();
    let found: Vec<Value> = TOWNS.iter().filter(|town| town.code == name || town.city == name).map(place).collect();
    let mut answer = json!({"generationtime_ms": 0.1});
    if let (false, Some(fields)) = (found.is_empty(), answer.as_object_mut()) {
        fields.insert("results".to_owned(), found.into());
    }
    Json(answer)
}

fn place(town: &Town) -> Value {
    json!({
        "latitude": town.lat, "longitude": town.lon, "name": town.city, "country_code": town.country, "admin1": town.state,
        "postcodes": [town.code], "population": 500_000,
    })
}

async fn forecast(
    State(asked): State<Asked>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Json<Value>, StatusCode> {
    count(&asked, "Open-Meteo forecasts");
    let degrees = |name: &str| query.get(name).and_then(|text| text.parse::<f64>().ok());
    let near = degrees("latitude").zip(degrees("longitude")).and_then(|(lat, lon)| nearest(lat, lon));
    let (index, town) = near.ok_or(StatusCode::BAD_REQUEST)?;
    let today = today(town)?;
    let days: Vec<String> = (0..10_i64).map(|ahead| today.saturating_add(ahead.days()).to_string()).collect();
    let values = |mild: f64, wild: f64| -> Vec<f64> {
        (0..10).map(|ahead| if ahead > 1 && is_stormy(index) { wild } else { mild }).collect()
    };
    Ok(Json(json!({
        "latitude": town.lat, "longitude": town.lon, "timezone": town.zone,
        "daily_units": {"time": "iso8601", "temperature_2m_max": "°C", "temperature_2m_min": "°C", "precipitation_sum": "mm",
            "snowfall_sum": "cm", "wind_gusts_10m_max": "km/h", "weather_code": "wmo code"},
        "daily": {"time": days, "temperature_2m_max": values(18.0, -2.0), "temperature_2m_min": values(9.0, -12.0),
            "precipitation_sum": values(0.0, 15.0), "snowfall_sum": values(0.0, 0.0),
            "wind_gusts_10m_max": values(25.0, 115.0), "weather_code": values(1.0, 95.0)},
    })))
}

async fn point(State(asked): State<Asked>, Path(point): Path<String>) -> Result<Json<Value>, StatusCode> {
    count(&asked, "points");
    let degrees = point.split_once(',').and_then(|(lat, lon)| Some((lat.parse().ok()?, lon.parse().ok()?)));
    let (index, town) = degrees.and_then(|(lat, lon)| nearest(lat, lon)).ok_or(StatusCode::NOT_FOUND)?;
    Ok(Json(json!({"properties": {"gridId": "BEN", "gridX": index, "gridY": index, "timeZone": town.zone}})))
}

async fn cell(State(asked): State<Asked>, Path(cell): Path<String>) -> Result<impl IntoResponse, StatusCode> {
    count(&asked, "cells");
    let index: usize = cell.split(',').next().and_then(|x| x.parse().ok()).ok_or(StatusCode::NOT_FOUND)?;
    let town = TOWNS.get(index).ok_or(StatusCode::NOT_FOUND)?;
    let today = today(town)?;
    // Intervals that begin in the daytime of all the United States.
    let values = |mild: f64, wild: f64| -> Vec<Value> {
        let one = |ahead: i64| {
            let value = if ahead > 1 && is_stormy(index) { wild } else { mild };
            json!({"validTime": format!("{}T18:00:00+00:00/PT12H", today.saturating_add(ahead.days())), "value": value})
        };
        (0..8).map(one).collect()
    };
    let layer = |unit: &str, values: Vec<Value>| json!({"uom": unit, "values": values});
    let mut layers = Map::new();
    for (name, read) in [
        ("maxTemperature", layer("wmoUnit:degC", values(18.0, -2.0))),
        ("minTemperature", layer("wmoUnit:degC", values(9.0, -12.0))),
        ("quantitativePrecipitation", layer("wmoUnit:mm", values(0.0, 15.0))),
        ("snowfallAmount", layer("wmoUnit:mm", values(0.0, 0.0))),
        ("windGust", layer("wmoUnit:km_h-1", values(25.0, 115.0))),
    ] {
        layers.insert(name.to_owned(), read);
    }
    for other in 0..OTHER_LAYERS {
        let hour =
            |ahead: i64| json!({"validTime": format!("{today}T{:02}:00:00+00:00/PT1H", ahead % 24), "value": ahead});
        layers.insert(format!("other{other}"), layer("wmoUnit:percent", (0..VALUES).map(hour).collect()));
    }
    Ok(Json(json!({ "properties": layers })))
}

async fn alerts(State(asked): State<Asked>) -> Json<Value> {
    count(&asked, "alerts");
    Json(json!({"features": []}))
}
