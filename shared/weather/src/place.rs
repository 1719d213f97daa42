//! Where the weather is: a point on the map, and the cell of a provider's grid that has one forecast.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

use crate::units;

/// What Open-Meteo's licence wants to be shown wherever its data are; and whose the others are.
pub const ATTRIBUTION: &str = "Weather data by Open-Meteo.com (CC BY 4.0) and the U.S. National Weather Service";
/// Where Open-Meteo and its licence are.
pub const ATTRIBUTION_LINK: &str = "https://open-meteo.com/";

/// The mean radius of the earth (IUGG), in kilometres.
const EARTH_KM: f64 = 6_371.008_8;

/// A point on the map, in ten-thousandths of a degree: about ten metres, and as exact as the weather service takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Point {
    lat_e4: i32,
    lon_e4: i32,
}

/// A cell of a provider's grid. Tenants in one cell share its forecast. Written `nws/BOU/62,60` or `open-meteo/39.75,-105.00`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Cell {
    /// A cell of 2.5 km of the National Weather Service. Cells move between offices and grids.
    Nws {
        /// The forecast office: `BOU`.
        office: String,
        /// Column of its grid.
        x: u16,
        /// Row of its grid.
        y: u16,
    },
    /// A square of a tenth of a degree, by its middle: Open-Meteo has no names for cells.
    OpenMeteo(Point),
}

impl Point {
    /// Of degrees, north and east positive; `None`: no place on earth.
    #[must_use]
    pub fn new(lat: f64, lon: f64) -> Option<Self> {
        let is_on_earth = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
        let e4 = |degrees: f64| units::tenths(degrees * 1_000.0);
        is_on_earth.then_some(())?;
        Some(Self { lat_e4: e4(lat)?, lon_e4: e4(lon)? })
    }

    /// Degrees north.
    #[must_use]
    pub fn lat(self) -> f64 {
        f64::from(self.lat_e4) / 10_000.0
    }

    /// Degrees east.
    #[must_use]
    pub fn lon(self) -> f64 {
        f64::from(self.lon_e4) / 10_000.0
    }

    /// Kilometres between two points along the surface (haversine).
    #[must_use]
    pub fn km_to(self, other: Self) -> f64 {
        let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
        let cosines = self.lat().to_radians().cos() * other.lat().to_radians().cos();
        let square = half(self.lat(), other.lat()) + cosines * half(self.lon(), other.lon());
        2.0 * EARTH_KM * square.clamp(0.0, 1.0).sqrt().asin()
    }

    /// Whether it has its winter around the turn of the year. The equator counts as north.
    #[must_use]
    pub fn is_northern(self) -> bool {
        self.lat_e4 >= 0
    }

    /// The nearest point whose degrees are multiples of a tenth.
    #[must_use]
    pub(crate) fn rounded(self) -> Self {
        let round = |e4: i32| (e4 + 500).div_euclid(1_000) * 1_000;
        Self { lat_e4: round(self.lat_e4), lon_e4: round(self.lon_e4) }
    }
}

/// At most four decimals and no zeros at the end: the weather service redirects any other form.
impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.lat(), self.lon())
    }
}

impl Cell {
    /// The cell of Open-Meteo that a point is in.
    #[must_use]
    pub fn open_meteo(point: Point) -> Self {
        Self::OpenMeteo(point.rounded())
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nws { office, x, y } => write!(f, "nws/{office}/{x},{y}"),
            Self::OpenMeteo(point) => write!(f, "open-meteo/{:.2},{:.2}", point.lat(), point.lon()),
        }
    }
}

impl FromStr for Cell {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = || match text.split_once('/')? {
            ("nws", place) => {
                let (office, grid) = place.split_once('/')?;
                let (x, y) = grid.split_once(',')?;
                let is_office = (1..=4).contains(&office.len()) && office.bytes().all(|b| b.is_ascii_uppercase());
                is_office.then_some(())?;
                Some(Self::Nws { office: office.to_owned(), x: x.parse().ok()?, y: y.parse().ok()? })
            }
            ("open-meteo", place) => {
                let (lat, lon) = place.split_once(',')?;
                Some(Self::open_meteo(Point::new(lat.parse().ok()?, lon.parse().ok()?)?))
            }
            _ => None,
        };
        read().ok_or_else(|| format!("`{}` is no cell of a forecast", text.chars().take(60).collect::<String>()))
    }
}

impl TryFrom<String> for Cell {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Cell> for String {
    fn from(cell: Cell) -> Self {
        cell.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_point_is_written_as_the_weather_service_takes_it() {
        let written = |lat, lon| Point::new(lat, lon).unwrap().to_string();
        assert_eq!(written(39.7392, -104.9903), "39.7392,-104.9903");
        assert_eq!(written(39.739_249_9, -105.0), "39.7392,-105");
        assert_eq!(written(-33.5, 151.25), "-33.5,151.25");
        for (lat, lon) in [(90.1, 0.0), (0.0, -180.5), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
            assert_eq!(Point::new(lat, lon), None);
        }
    }

    #[test]
    fn a_distance_is_that_of_the_map() {
        let point = |lat, lon| Point::new(lat, lon).unwrap();
        let (denver, boulder) = (point(39.7392, -104.9903), point(40.015, -105.2705));
        assert!((denver.km_to(boulder) - 38.9).abs() < 0.3, "{}", denver.km_to(boulder));
        let over_the_date_line = point(0.0, 179.9).km_to(point(0.0, -179.9));
        assert!((over_the_date_line - 22.2).abs() < 0.1, "{over_the_date_line}");
        assert!((point(0.0, 0.0).km_to(point(0.0, 180.0)) - 20_015.1).abs() < 1.0);
    }

    #[test]
    fn a_cell_is_read_as_it_is_written() {
        for text in ["nws/BOU/62,60", "open-meteo/39.70,-105.00", "open-meteo/-33.90,151.20"] {
            assert_eq!(text.parse::<Cell>().unwrap().to_string(), text);
        }
        for bad in ["", "nws", "nws/BOU", "nws/bou/1,2", "nws/BOU/1", "nws/BOU/-1,2", "open-meteo/99,0", "metar/1,2"] {
            assert!(bad.parse::<Cell>().is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_point_is_at_most_eight_kilometres_from_the_middle_of_its_cell(lat in -90.0..90.0, lon in -179.0..179.0) {
            let point = Point::new(lat, lon).unwrap();
            prop_assert!(point.km_to(point.rounded()) < 8.0);
            let cell = Cell::open_meteo(point);
            prop_assert_eq!(cell.to_string().parse::<Cell>().unwrap(), cell);
        }
    }
}
