//! `/points`: which cell a point is in.

use serde::Deserialize;
use serde_json::Value;
use weather::Cell;

use super::value::number;

/// The cell of a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridPlace {
    /// Its cell.
    pub cell: Cell,
    /// IANA zone.
    pub zone: String,
}

#[derive(Deserialize)]
struct Feature {
    properties: Option<Properties>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Properties {
    grid_id: Option<String>,
    grid_x: Option<Value>,
    grid_y: Option<Value>,
    time_zone: Option<String>,
}

/// Reads an answer of `/points`, as GeoJSON or flat.
///
/// # Errors
/// What is missing of it.
pub fn read_point(body: &[u8]) -> Result<GridPlace, String> {
    let unreadable = |_| "no JSON of a point".to_owned();
    let point = match serde_json::from_slice::<Feature>(body).map_err(unreadable)?.properties {
        Some(properties) => properties,
        None => serde_json::from_slice(body).map_err(unreadable)?,
    };
    let grid = |value: Option<Value>| {
        let number = value.as_ref().and_then(number).filter(|number| number.fract() == 0.0);
        number.filter(|number| (0.0..=65_535.0).contains(number)).map(|number| number as u16)
    };
    let cell = point.grid_id.zip(grid(point.grid_x)).zip(grid(point.grid_y));
    let ((office, x), y) = cell.ok_or("a point without a cell")?;
    // Read again: an office is four capitals at most, whatever stands there.
    let cell: Cell = format!("nws/{office}/{x},{y}").parse().map_err(|_| "a point whose cell has no name")?;
    let zone = point.time_zone.filter(|zone| jiff::tz::TimeZone::get(zone).is_ok());
    Ok(GridPlace { cell, zone: zone.ok_or("a point without a time zone")? })
}
