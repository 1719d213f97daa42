//! Which storm may have caused a damage: evidence for an insurer, and no verdict of ours.
//!
//! Hail damage is looked for among the hail of the 90 days before it was noticed; wind damage among gusts above 60 miles an hour; water damage
//! among heavy rain and floods. Events without coordinates prove nothing of a place and are only counted.

use jiff::civil::Date;

use crate::Point;
use crate::runs::days_from;
use crate::storms::{StormEvent, StormKind};

/// A storm is looked for so many days before the damage was noticed.
pub const HAIL_WITHIN_DAYS: i32 = 90;
/// Wind damages roofs above 60 miles an hour, in tenths of a kilometre an hour.
pub const WIND_ABOVE_TENTHS_KMH: i32 = 966;
/// Ten miles: reports are placed by distance and direction from the nearest town.
pub const NEAR_KM: f64 = 16.1;

/// What was damaged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// Hail.
    Hail,
    /// Wind.
    Wind,
    /// Water.
    Water,
}

/// A storm that fits a damage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The storm.
    pub event: StormEvent,
    /// How far away it was reported, in metres.
    pub distance_m: u32,
    /// How many days before the damage was noticed.
    pub days_before: i32,
}

/// What the table says about a damage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The storms that fit, the nearest first.
    pub findings: Vec<Finding>,
    /// How many storms fit but for their place, which is not given.
    pub without_place: usize,
}

/// The storms that may have caused a `damage` at a point, noticed on a day.
#[must_use]
pub fn correlate(damage: Damage, at: Point, noticed: Date, events: &[StormEvent]) -> Evidence {
    let mut evidence = Evidence::default();
    for event in events {
        let days_before = days_from(event.date, noticed);
        if !(0..=HAIL_WITHIN_DAYS).contains(&days_before) || !fits(damage, event) {
            continue;
        }
        let Some(place) = event.at else {
            evidence.without_place += 1;
            continue;
        };
        let km = at.km_to(place);
        if km <= NEAR_KM {
            evidence.findings.push(Finding { event: event.clone(), distance_m: (km * 1_000.0) as u32, days_before });
        }
    }
    evidence.findings.sort_by_key(|finding| (finding.distance_m, finding.days_before));
    evidence
}

fn fits(damage: Damage, event: &StormEvent) -> bool {
    let is_strong = event.gust_tenths_kmh.is_some_and(|gust| gust > WIND_ABOVE_TENTHS_KMH);
    match damage {
        Damage::Hail => event.kind == StormKind::Hail,
        // A tornado of any class is stronger than that.
        Damage::Wind => is_strong || event.kind == StormKind::Tornado,
        Damage::Water => event.kind == StormKind::Rain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan as _;
    use jiff::civil::date;

    const NOTICED: Date = date(2024, 8, 1);

    fn home() -> Point {
        Point::new(39.74, -104.99).unwrap()
    }

    fn storm(kind: StormKind, days_before: i64, lat: f64, gust: Option<i32>) -> StormEvent {
        let date = NOTICED - days_before.days();
        StormEvent {
            id: format!("{days_before}"),
            kind,
            begin: date.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp(),
            date,
            at: Point::new(lat, -104.99),
            county: "ELM CO.".to_owned(),
            state: "CO".to_owned(),
            hail_tenths_mm: (kind == StormKind::Hail).then_some(445),
            gust_tenths_kmh: gust,
            is_measured: false,
        }
    }

    fn found(damage: Damage, events: &[StormEvent]) -> Vec<String> {
        correlate(damage, home(), NOTICED, events).findings.into_iter().map(|finding| finding.event.id).collect()
    }

    #[test]
    fn hail_counts_within_ninety_days_and_ten_miles() {
        let hail = |days, lat| storm(StormKind::Hail, days, lat, None);
        // A tenth of a degree is 11.1 km.
        let events = [hail(-1, 39.74), hail(0, 39.84), hail(90, 39.74), hail(91, 39.74), hail(5, 39.89)];
        assert_eq!(found(Damage::Hail, &events), ["90", "0"], "the nearest first");
        assert_eq!(found(Damage::Wind, &events), [""; 0]);
    }

    #[test]
    fn wind_counts_above_sixty_miles_an_hour() {
        let wind = |days, gust| storm(StormKind::Wind, days, 39.74, gust);
        let events = [wind(1, Some(966)), wind(2, Some(967)), wind(3, None), storm(StormKind::Tornado, 4, 39.74, None)];
        assert_eq!(found(Damage::Wind, &events), ["2", "4"]);
    }

    #[test]
    fn an_event_without_a_place_is_counted_and_proves_nothing() {
        let zone = StormEvent { at: None, ..storm(StormKind::Rain, 3, 39.74, None) };
        let evidence = correlate(Damage::Water, home(), NOTICED, &[zone]);
        assert_eq!((evidence.findings.len(), evidence.without_place), (0, 1));
    }
}
