//! How long the way is from one visit to the next, where staff go to their customers.
//!
//! [`way`] is the one place that knows: free times, bookings and the day itself ask it. A visit whose place is known stands in
//! every day within half of [`LONGEST_WAY`] of it, so that two visits with a way between them always share a day and its
//! version: `docs/decisions/046-a-visit-stands-in-every-day-its-way-may-reach.md`.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use weather::{Point, Sought};

use super::starts::{Stretch, VisitLength};

/// Roads are so much longer than the straight line.
const DETOUR: f64 = 1.4;
const KM_PER_HOUR: f64 = 40.0;
/// Getting in, parking and ringing the bell: also within one postal code, of which often only the middle is known.
const SHORTEST_WAY: SignedDuration = SignedDuration::from_mins(5);
/// The longest way that is kept free. A stored visit stands in the days that it reaches with it: it cannot be another.
pub(super) const LONGEST_WAY: SignedDuration = SignedDuration::from_hours(4);

/// A place on the map, in degrees, to about ten metres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Degrees", into = "Degrees")]
pub struct Place(Point);

/// A place on the map.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = VisitPlace)]
pub(super) struct Degrees {
    /// Degrees north.
    #[schema(minimum = -90, maximum = 90, example = 39.7392)]
    latitude: f64,
    /// Degrees east.
    #[schema(minimum = -180, maximum = 180, example = -104.9903)]
    longitude: f64,
}

/// Where a visit is, from its beginning to its end without buffers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stay {
    /// Where.
    pub place: Place,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub to: Timestamp,
}

/// Where a customer is: their place, else what of their address is to be looked up; neither, where nothing is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whereabouts {
    /// The place, where it is known.
    pub place: Option<Place>,
    /// What the geocoder was not asked for yet.
    pub sought: Option<Sought>,
}

/// What a resource is booked for, or busy with elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Taken {
    pub(super) at: Stretch,
    stay: Option<Stay>,
}

/// How long the way is from one place to another; none, where it is longer than any that staff go between two visits.
#[must_use]
pub fn way(from: Place, to: Place) -> SignedDuration {
    let minutes = (from.0.km_to(to.0) * DETOUR / KM_PER_HOUR * 60.0).ceil();
    let way = SignedDuration::try_from_secs_f64(minutes * 60.0).unwrap_or(SignedDuration::MAX);
    // A place that is further is a mistake, or was typed to keep others from booking.
    if way > LONGEST_WAY { SignedDuration::ZERO } else { way.max(SHORTEST_WAY) }
}

impl Place {
    /// Of degrees; `None`: no place on earth.
    #[must_use]
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        Point::new(latitude, longitude).map(Self)
    }

    /// Of degrees as a talk notes a place that was sent: `39.73920, -104.99030`.
    #[must_use]
    pub fn of_text(text: &str) -> Option<Self> {
        let (latitude, longitude) = text.split_once(',')?;
        Self::new(latitude.trim().parse().ok()?, longitude.trim().parse().ok()?)
    }
}

impl Whereabouts {
    /// Of an address: its postal code and town are to be looked up.
    #[must_use]
    pub fn of_address(address: &str, region: &str) -> Self {
        Self { place: None, sought: Sought::of_line(address, region) }
    }

    /// Of what was noted in a talk: degrees are that very place.
    #[must_use]
    pub fn of_talk(noted: &str, region: &str) -> Self {
        Place::of_text(noted).map_or_else(|| Self::of_address(noted, region), Self::from)
    }

    /// The same with what the geocoder answered (`Some(None)`: it knows no such place); `None`: it was not asked.
    #[must_use]
    pub fn answered(self, answer: Option<Option<Point>>) -> Self {
        match answer {
            Some(point) => Self { place: point.map(Place), sought: None },
            None => self,
        }
    }
}

impl From<Place> for Whereabouts {
    fn from(place: Place) -> Self {
        Self { place: Some(place), sought: None }
    }
}

impl From<Point> for Place {
    fn from(point: Point) -> Self {
        Self(point)
    }
}

impl From<Place> for Degrees {
    fn from(Place(point): Place) -> Self {
        Self { latitude: point.lat(), longitude: point.lon() }
    }
}

impl TryFrom<Degrees> for Place {
    type Error = &'static str;

    fn try_from(degrees: Degrees) -> Result<Self, Self::Error> {
        Self::new(degrees.latitude, degrees.longitude)
            .ok_or("latitude must be -90 to 90 and longitude -180 to 180 degrees")
    }
}

impl Taken {
    pub(super) fn new(from: Timestamp, to: Timestamp, stay: Option<Stay>) -> Self {
        Self { at: Stretch::new(from, to), stay }
    }

    /// How long the way is between it and a visit at `place`, in seconds.
    pub(super) fn way(&self, place: Option<Place>) -> Option<i64> {
        Some(way(self.stay?.place, place?).as_secs())
    }

    /// The stretch that a visit at `place` must keep clear of with its buffers, so that the way is free too.
    pub(super) fn kept_clear(&self, place: Option<Place>, visit: VisitLength) -> Stretch {
        let (Some(stay), Some(way)) = (self.stay, self.way(place)) else { return self.at };
        let stay = Stretch::new(stay.from, stay.to);
        // The buffers are part of the way: what is longer counts.
        Stretch {
            from: self.at.from.min(stay.from - way + visit.after),
            to: self.at.to.max(stay.to + way - visit.before),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json};

    fn place(latitude: f64, longitude: f64) -> Place {
        Place::new(latitude, longitude).unwrap()
    }

    #[test]
    fn the_way_is_the_straight_line_and_a_detour_as_far_as_staff_go() {
        let (denver, boulder) = (place(39.7392, -104.9903), place(40.015, -105.2705));
        // 38.9 km as the crow flies.
        assert_eq!(way(denver, boulder), SignedDuration::from_mins(82));
        assert_eq!(way(boulder, denver), way(denver, boulder));
        assert_eq!(way(denver, denver), SHORTEST_WAY);
        assert_eq!(way(denver, place(-33.9, 151.2)), SignedDuration::ZERO, "no one drives there between two visits");
    }

    #[test]
    fn a_place_is_written_in_degrees_and_read_from_what_a_talk_notes() {
        let denver = place(39.7392, -104.9903);
        assert_eq!(json!(denver), json!({"latitude": 39.7392, "longitude": -104.9903}));
        assert_eq!(from_value::<Place>(json!(denver)).unwrap(), denver);
        assert!(from_value::<Place>(json!({"latitude": 91, "longitude": 0})).is_err());
        assert_eq!(Place::of_text("39.73920, -104.99030"), Some(denver));
        assert_eq!(Place::of_text("12 Alder Street, Denver"), None);
    }
}
