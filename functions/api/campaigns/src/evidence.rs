//! Which storms may have caused a damage, by a table of NOAA's Storm Events that comes with the request.

use api::{ApiError, Caller, JsonBody};
use axum::Json;
use domain::Failure;
use domain::failure::Rejection;
use domain::identity::may;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use weather::storms;
use weather::{Damage, Evidence, Finding, Point, correlate};

/// The longest table.
const MAX_BYTES: usize = 200 * 1024;
/// So many storms, and so many lines that cannot be read, are told.
const MAX_TOLD: usize = 100;

/// A damage, and the storms to look among.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "damage": "hail", "noticed": "2024-06-20", "latitude": 39.74, "longitude": -104.99,
    "csv": "EVENT_ID,CZ_NAME_STR,BEGIN_DATE,BEGIN_TIME,EVENT_TYPE,MAGNITUDE,STATE_ABBR,CZ_TIMEZONE,MAGNITUDE_TYPE,BEGIN_LAT,BEGIN_LON\n1,ELM CO.,06/03/2024,1705,Hail,1.75,CO,MST-7, ,39.74,-104.99\n"
}))]
pub(crate) struct StormQuestion {
    /// What was damaged by.
    damage: DamageKind,
    /// The day on which it was noticed.
    noticed: Date,
    /// Degrees north of the house.
    #[schema(minimum = -90, maximum = 90)]
    latitude: f64,
    /// Degrees east of it.
    #[schema(minimum = -180, maximum = 180)]
    longitude: f64,
    /// The table, of at most 200 KB: as the search of NOAA's Storm Events Database exports it for a county, or lines of its yearly files.
    #[schema(max_length = 204_800)]
    csv: String,
}

/// What something was damaged by.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = StormDamage)]
enum DamageKind {
    /// Hail.
    Hail,
    /// Wind.
    Wind,
    /// Water.
    Water,
}

/// What the table says of a damage: evidence, and no verdict.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StormEvidence {
    /// Storms of the 90 days before within ten miles that may have caused it, the nearest first; the first 100.
    storms: Vec<StormFound>,
    /// How many storms fit but for their place, which the table does not give.
    without_place: usize,
    /// How many storms the table has.
    read: usize,
    /// Lines that could not be read; the first 100.
    unreadable: Vec<UnreadableLine>,
}

/// A storm that may have caused a damage.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StormFound {
    /// Its id at NOAA.
    #[schema(example = "1178512")]
    id: String,
    /// In a sentence.
    #[schema(example = "hail of 1.75 in on 2024-06-03 within 3 km")]
    said: String,
    /// Its day, by the place's standard time.
    on: Date,
    /// How many days before the damage was noticed.
    #[schema(example = 17)]
    days_before: i32,
    /// How far away it was reported, in metres.
    #[schema(example = 2_400)]
    distance_m: u32,
    /// Diameter of the hail, in tenths of a millimetre.
    #[schema(example = 444)]
    hail_tenths_mm: Option<i32>,
    /// Strength of the gust, in tenths of a kilometre an hour.
    gust_tenths_kmh: Option<i32>,
    /// County or zone, as the table writes it.
    #[schema(example = "ELM CO.")]
    county: String,
}

/// A line that could not be read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnreadableLine {
    /// Which.
    #[schema(example = 7)]
    line: u64,
    /// Why.
    why: String,
}

/// Find storms for a damage
///
/// Among a table of NOAA's Storm Events that comes with the request: hail for damage by hail; gusts above 60 miles an hour and tornadoes for
/// wind; heavy rain and floods for water; within ten miles, and at most 90 days before it was noticed. What is found is evidence for an
/// insurer, and no verdict. Nothing is stored. The tables are 75 to 90 days behind.
#[utoipa::path(
    post, path = "/v1/campaigns/storm-evidence", tag = "campaigns", operation_id = "findStorms",
    request_body = StormQuestion,
    responses((status = 200, description = "The storms that fit", body = StormEvidence)),
    security(("bearer" = ["campaigns:read"]))
)]
pub(crate) async fn find(
    _: Caller<may::ReadCampaigns>,
    JsonBody(question): JsonBody<StormQuestion>,
) -> Result<Json<StormEvidence>, ApiError> {
    Ok(Json(StormEvidence::of(&question)?))
}

impl StormEvidence {
    fn of(question: &StormQuestion) -> Result<Self, Failure> {
        if question.csv.len() > MAX_BYTES {
            let what =
                format!("csv may have at most {MAX_BYTES} bytes: export one county, and the days around the damage");
            return Err(Failure::Rejected { kind: Rejection::TooLarge, field: Some("csv".to_owned()), message: what });
        }
        let nowhere = || Failure::invalid("latitude", "latitude must be -90 to 90 and longitude -180 to 180 degrees");
        let at = Point::new(question.latitude, question.longitude).ok_or_else(nowhere)?;
        let no_table = |why| Failure::invalid("csv", format!("csv is no table of storm events: {why}"));
        let table = storms::read(question.csv.as_bytes()).map_err(no_table)?;
        let damage = match question.damage {
            DamageKind::Hail => Damage::Hail,
            DamageKind::Wind => Damage::Wind,
            DamageKind::Water => Damage::Water,
        };
        let Evidence { findings, without_place } = correlate(damage, at, question.noticed, &table.events);
        let unreadable = table.errors.into_iter().take(MAX_TOLD);
        Ok(Self {
            storms: findings.into_iter().take(MAX_TOLD).map(StormFound::of).collect(),
            without_place,
            read: table.events.len(),
            unreadable: unreadable.map(|error| UnreadableLine { line: error.line, why: error.why }).collect(),
        })
    }
}

impl StormFound {
    fn of(finding: Finding) -> Self {
        let Finding { event, distance_m, days_before } = finding;
        // Reports are placed by the nearest town: tenths would claim more than is known.
        let km = distance_m.div_ceil(1_000).max(1);
        let said = format!("{} on {} within {km} km", event.in_words(), event.date);
        Self {
            id: event.id,
            said,
            on: event.date,
            days_before,
            distance_m,
            hail_tenths_mm: event.hail_tenths_mm,
            gust_tenths_kmh: event.gust_tenths_kmh,
            county: event.county,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "EVENT_ID,CZ_NAME_STR,BEGIN_DATE,BEGIN_TIME,EVENT_TYPE,MAGNITUDE,STATE_ABBR,CZ_TIMEZONE,MAGNITUDE_TYPE,BEGIN_LAT,BEGIN_LON
1,ELM CO.,06/03/2024,1705,Hail,1.75,CO,MST-7, ,39.76,-104.99
2,ELM CO.,06/03/2024,1705,Thunderstorm Wind,61,CO,MST-7,EG,39.74,-104.99
3,ELM CO.,06/03/2024,1705,Hail,1.00,CO,MST-7, ,41.00,-104.99
4,ELM CO.,06/33/2024,1705,Hail,1.00,CO,MST-7, ,39.74,-104.99
";

    fn asked(damage: DamageKind, latitude: f64, csv: &str) -> Result<StormEvidence, Failure> {
        let noticed = jiff::civil::date(2024, 6, 20);
        StormEvidence::of(&StormQuestion { damage, noticed, latitude, longitude: -104.99, csv: csv.to_owned() })
    }

    #[test]
    fn the_storm_that_fits_is_told_in_a_sentence_and_a_bad_line_stops_none() {
        let hail = asked(DamageKind::Hail, 39.74, TABLE).unwrap();
        let said: Vec<&str> = hail.storms.iter().map(|storm| storm.said.as_str()).collect();
        assert_eq!(said, ["hail of 1.75 in on 2024-06-03 within 3 km"]);
        assert_eq!((hail.read, hail.unreadable.len(), hail.storms[0].days_before), (3, 1, 17));
        let wind = asked(DamageKind::Wind, 39.74, TABLE).unwrap();
        assert_eq!(wind.storms[0].said, "wind of 70 mph on 2024-06-03 within 1 km");
        assert!(asked(DamageKind::Water, 39.74, TABLE).unwrap().storms.is_empty());
    }

    #[test]
    fn what_is_no_table_and_no_place_is_refused_by_name() {
        let field = |result: Result<StormEvidence, Failure>| match result {
            Err(Failure::Rejected { field, .. }) => field.unwrap(),
            other => panic!("{other:?}"),
        };
        assert_eq!(field(asked(DamageKind::Hail, 99.0, TABLE)), "latitude");
        assert_eq!(field(asked(DamageKind::Hail, 39.74, "a,b\n1,2\n")), "csv");
        assert_eq!(field(asked(DamageKind::Hail, 39.74, &" ".repeat(MAX_BYTES + 1))), "csv");
    }
}
