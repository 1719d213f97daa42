//! Storms that were: tables of NOAA's Storm Events, as the search exports them and as the yearly files have them.
//!
//! A row that cannot be read is one error with its line, and the rest is read. Times in the tables are local standard time, whatever the
//! date; magnitudes are inches of hail and knots of wind. Events of a zone have no coordinates. The tables are 75 to 90 days behind.

mod columns;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::Point;
use columns::Columns;

/// A storm that was reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StormEvent {
    /// Its id at NOAA.
    pub id: String,
    /// What it was.
    pub kind: StormKind,
    /// When it began.
    pub begin: Timestamp,
    /// Its day by the place's standard time.
    pub date: Date,
    /// Where it began; `None`: an event of a whole zone.
    pub at: Option<Point>,
    /// County or zone: `MACOUPIN CO.`.
    pub county: String,
    /// State, as the table writes it: `IL`, in the yearly files `ILLINOIS`.
    pub state: String,
    /// Diameter of the hail, in tenths of a millimetre.
    pub hail_tenths_mm: Option<i32>,
    /// Strength of the gust, in tenths of a kilometre an hour. Where the table gives the sustained wind, that: gusts were no weaker.
    pub gust_tenths_kmh: Option<i32>,
    /// Whether the wind was measured; `false`: estimated, or not said.
    pub is_measured: bool,
}

impl StormEvent {
    /// What it was, in the units that insurers of its country read: `hail of 1.75 in`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let inches = self.hail_tenths_mm.map(|tenths| f64::from(tenths) / 254.0);
        let mph = self.gust_tenths_kmh.map(|tenths| f64::from(tenths) / 16.093_44);
        match (self.kind, inches, mph) {
            (StormKind::Hail, Some(inches), _) => format!("hail of {inches:.2} in"),
            (StormKind::Hail, None, _) => "hail".to_owned(),
            (StormKind::Tornado, ..) => "a tornado".to_owned(),
            (StormKind::Rain, ..) => "heavy rain or a flood".to_owned(),
            (_, _, Some(mph)) => format!("wind of {mph:.0} mph"),
            (StormKind::Wind | StormKind::Other, ..) => "wind".to_owned(),
        }
    }
}

/// What a storm was, as far as it damages buildings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StormKind {
    /// Hail.
    Hail,
    /// Wind of a thunderstorm, or without one.
    Wind,
    /// A tornado or funnel.
    Tornado,
    /// Heavy rain or a flood.
    Rain,
    /// What else: snow, heat, drought.
    Other,
}

/// Why a line was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineError {
    /// Which line of the file, from 1.
    pub line: u64,
    /// Why, in words.
    pub why: String,
}

/// What a table says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Storms {
    /// Its events, in its order.
    pub events: Vec<StormEvent>,
    /// What could not be read of it.
    pub errors: Vec<LineError>,
}

/// Reads a table in either form.
///
/// # Errors
/// What is missing in its first line: it is no table of storm events.
pub fn read(table: &[u8]) -> Result<Storms, String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(table);
    let columns = Columns::of(reader.byte_headers().map_err(|_| "the first line cannot be read".to_owned())?)?;
    let mut storms = Storms::default();
    let mut row = csv::ByteRecord::new();
    loop {
        match reader.read_byte_record(&mut row) {
            Ok(true) => {}
            Ok(false) => return Ok(storms),
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                storms.errors.push(LineError { line, why: "the line cannot be read".to_owned() });
                // The reader may not move on from what is broken below the lines.
                if error.is_io_error() {
                    return Ok(storms);
                }
                continue;
            }
        }
        match columns.event(&row) {
            Ok(event) => storms.events.push(event),
            Err(why) => {
                let line = row.position().map_or(0, csv::Position::line);
                storms.errors.push(LineError { line, why });
            }
        }
    }
}

impl StormKind {
    /// Of the name of an event type, today's or an older one.
    fn named(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let has = |part: &str| name.contains(part);
        if has("hail") {
            Self::Hail
        } else if has("wind") && !has("chill") {
            Self::Wind
        } else if has("tornado") || has("funnel") || has("waterspout") {
            Self::Tornado
        } else if has("flood") || has("heavy rain") || has("debris flow") {
            Self::Rain
        } else if has("hurricane") || has("tropical") {
            Self::Wind
        } else {
            Self::Other
        }
    }
}
