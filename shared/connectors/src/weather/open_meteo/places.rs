//! `/v1/search`: places by their name or postal code.

use serde::Deserialize;
use serde_json::Value;
use weather::{FoundPlace, Point};

#[derive(Deserialize)]
struct Answer {
    // Left out where there is no place of that name.
    #[serde(default)]
    results: Vec<Value>,
    /// Every answer has it: what lacks it is no search that found nothing.
    #[serde(rename = "generationtime_ms")]
    _took: f64,
}

#[derive(Deserialize)]
struct Found {
    latitude: f64,
    longitude: f64,
    name: String,
    #[serde(default)]
    country_code: String,
    #[serde(default)]
    admin1: String,
    #[serde(default)]
    postcodes: Vec<String>,
    #[serde(default)]
    population: u64,
}

/// Reads the places of an answer, the best known first; none where it has no `results`. A place that cannot be read is left out.
///
/// # Errors
/// No JSON of a search.
pub fn read_places(body: &[u8]) -> Result<Vec<FoundPlace>, String> {
    let answer: Answer = serde_json::from_slice(body).map_err(|_| "no JSON of a search for places".to_owned())?;
    let place = |value| {
        let found: Found = serde_json::from_value(value).ok()?;
        Some(FoundPlace {
            point: Point::new(found.latitude, found.longitude)?,
            name: found.name,
            country: found.country_code,
            state: found.admin1,
            postal_codes: found.postcodes,
            population: found.population,
        })
    };
    Ok(answer.results.into_iter().filter_map(place).collect())
}
