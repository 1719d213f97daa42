//! Where a table has what, and a row of it as an event.

use csv::ByteRecord;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use super::{StormEvent, StormKind};
use crate::Point;
use crate::units::{kmh_of_knots, mm_of_inches, tenths};

/// Hours from UTC of the zones that have no number with them. Daylight time is met in old rows.
const ZONES: [(&str, i8); 13] = [
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
    ("AKST", -9),
    ("AST", -4),
    ("HST", -10),
    ("SST", -11),
    ("GST", 10),
];

/// The columns that are read.
#[derive(Debug)]
pub(super) struct Columns {
    count: usize,
    id: usize,
    day: DayColumns,
    time: usize,
    zone: usize,
    kind: usize,
    magnitude: usize,
    magnitude_type: usize,
    county: usize,
    state: usize,
    lat: usize,
    lon: usize,
}

#[derive(Debug)]
enum DayColumns {
    /// Of the search's export: `05/31/2024` or `4/2/2000`.
    Date(usize),
    /// Of the yearly files: `202405` and `31`.
    MonthAndDay(usize, usize),
}

impl Columns {
    pub(super) fn of(header: &ByteRecord) -> Result<Self, String> {
        let name =
            |field: &[u8]| String::from_utf8_lossy(field).trim_matches(['\u{feff}', ' ', '"']).to_ascii_uppercase();
        let names: Vec<String> = header.iter().map(name).collect();
        let find = |names_of_it: &[&str]| {
            let place = names.iter().position(|name| names_of_it.contains(&name.as_str()));
            place.ok_or_else(|| format!("there is no column {}", names_of_it.join(" or ")))
        };
        let day = match find(&["BEGIN_DATE"]) {
            Ok(place) => DayColumns::Date(place),
            Err(_) => DayColumns::MonthAndDay(find(&["BEGIN_YEARMONTH"])?, find(&["BEGIN_DAY"])?),
        };
        Ok(Self {
            count: names.len(),
            id: find(&["EVENT_ID"])?,
            day,
            time: find(&["BEGIN_TIME"])?,
            zone: find(&["CZ_TIMEZONE"])?,
            kind: find(&["EVENT_TYPE"])?,
            magnitude: find(&["MAGNITUDE"])?,
            magnitude_type: find(&["MAGNITUDE_TYPE"])?,
            county: find(&["CZ_NAME_STR", "CZ_NAME"])?,
            state: find(&["STATE_ABBR", "STATE"])?,
            lat: find(&["BEGIN_LAT"])?,
            lon: find(&["BEGIN_LON"])?,
        })
    }

    /// A row as an event; else why it is none.
    pub(super) fn event(&self, row: &ByteRecord) -> Result<StormEvent, String> {
        if row.len() != self.count {
            return Err(format!("the line has {} fields and the table {} columns", row.len(), self.count));
        }
        let text = |place: usize| String::from_utf8_lossy(row.get(place).unwrap_or_default()).trim().to_owned();
        let id = text(self.id);
        if id.is_empty() || id.len() > 32 || !id.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err("EVENT_ID is no number".to_owned());
        }
        let date = self.date(&text)?;
        let moment = date.to_datetime(time(&text(self.time))?);
        let begin =
            offset(&text(self.zone))?.to_timestamp(moment).map_err(|_| "the date is out of range".to_owned())?;
        let kind = StormKind::named(&text(self.kind));
        let magnitude = number(&text(self.magnitude), "MAGNITUDE")?.filter(|magnitude| *magnitude > 0.0);
        let of = |kind_of_it, unit: fn(f64) -> f64| {
            magnitude.filter(|_| kind == kind_of_it).and_then(|magnitude| tenths(unit(magnitude)))
        };
        Ok(StormEvent {
            id,
            kind,
            begin,
            date,
            at: place(&text(self.lat), &text(self.lon))?,
            county: text(self.county),
            state: text(self.state),
            hail_tenths_mm: of(StormKind::Hail, mm_of_inches),
            gust_tenths_kmh: of(StormKind::Wind, kmh_of_knots),
            is_measured: text(self.magnitude_type).starts_with('M'),
        })
    }

    fn date(&self, text: &impl Fn(usize) -> String) -> Result<Date, String> {
        let read = || {
            let (year, month, day) = match self.day {
                DayColumns::Date(place) => {
                    let date = text(place);
                    let mut parts = date.split('/');
                    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
                    parts.next().is_none().then_some(())?;
                    (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
                }
                DayColumns::MonthAndDay(month, day) => {
                    let month = text(month).parse::<i32>().ok()?;
                    ((month / 100).try_into().ok()?, (month % 100).try_into().ok()?, text(day).parse().ok()?)
                }
            };
            // Storm Events begin in 1950.
            Date::new(year, month, day).ok().filter(|date| date.year() >= 1950)
        };
        read().ok_or_else(|| "the date cannot be read".to_owned())
    }
}

/// `659` is 06:59.
fn time(text: &str) -> Result<Time, String> {
    let read = || {
        let number = text.parse::<u16>().ok()?;
        Time::new((number / 100).try_into().ok()?, (number % 100).try_into().ok()?, 0, 0).ok()
    };
    read().ok_or_else(|| "BEGIN_TIME is no time".to_owned())
}

/// Of `MST-7`, `GST10` or `EST`.
fn offset(zone: &str) -> Result<Offset, String> {
    let zone = zone.to_ascii_uppercase();
    let name = zone.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '+');
    let hours = match zone.strip_prefix(name).unwrap_or_default() {
        "" => ZONES.iter().find(|(known, _)| *known == name).map(|(_, hours)| *hours),
        number => number.parse().ok(),
    };
    let offset = hours.and_then(|hours| Offset::from_hours(hours).ok());
    offset.ok_or_else(|| "CZ_TIMEZONE is no zone that is known".to_owned())
}

/// `None` where the field is blank.
fn number(text: &str, column: &str) -> Result<Option<f64>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
    number.map(Some).ok_or_else(|| format!("{column} is no number"))
}

fn place(lat: &str, lon: &str) -> Result<Option<Point>, String> {
    match (number(lat, "BEGIN_LAT")?, number(lon, "BEGIN_LON")?) {
        (Some(lat), Some(lon)) => {
            let point = Point::new(lat, lon).ok_or_else(|| "the coordinates are no place on earth".to_owned())?;
            Ok(Some(point).filter(|_| lat != 0.0 || lon != 0.0))
        }
        _ => Ok(None),
    }
}
