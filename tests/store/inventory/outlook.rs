//! The weather run's forecast enters the weekly order, and no provider is asked for it.

use domain::campaigns::WeatherRule;
use domain::inventory::{LineReason, MovementKind, ReasonKind};
use domain::tenancy::Tenant;
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use serde_json::json;
use store::{FoundCell, Week};
use weather::{Cell, Condition, Day, Forecast, Point, Sought};

use super::orders::{WEEK, monday};
use super::{acme, furnish, item, line, record};
use crate::stage::{Stage, tenant, trace};

fn cell() -> Cell {
    "nws/BOU/62,60".parse().unwrap()
}

fn point() -> Point {
    Point::new(39.7392, -104.9903).unwrap()
}

/// A business with an address, which waits for storms.
pub fn lakewood() -> Tenant {
    let mut tenant = tenant("acme");
    tenant.business.address = Some("410 Example Street, Lakewood, CO 80226".to_owned());
    tenant
}

/// A forecast of that morning with a storm on Wednesday.
fn forecast(fetched_at: Timestamp) -> Forecast {
    let day = |ahead: i64| {
        let gust = if ahead == 2 { 1_100 } else { 200 };
        Day { gust_tenths_kmh: Some(gust), ..Day::unknown(date(2026, 11, 30) + ahead.days()) }
    };
    let days = (0..7).map(day).collect();
    Forecast { cell: cell(), at: point(), fetched_at, zone: "America/Denver".to_owned(), days }
}

/// A tenant whose one item was used every day of the last weeks, with what the weather run keeps.
async fn stage(fetched_at: Timestamp) -> Stage {
    let stage = Stage::new().await;
    let visits = json!([{"service": "roof-repair", "per_100_visits": 100}]);
    furnish(&stage, &[item("cap", &json!({"per_visits": visits, "safety_stock": 2}))]).await;
    for day in 1..=40_i64 {
        let at = monday() - SignedDuration::from_hours(24 * day);
        let used = line("cap", MovementKind::Use, ("shop", None), 2, ("u", day));
        let used = domain::inventory::Movement { at, recorded_at: monday(), ..used };
        record(&stage.store, &used).await.unwrap();
    }
    let rule: WeatherRule =
        serde_json::from_value(json!({"id": "storm", "name": "Storm", "condition": "storm", "lead_days": 2,
        "thresholds": {"gust_above_tenths_kmh": 966}, "services": ["roof-repair"]}))
        .unwrap();
    stage.store.documents().create(&acme(), &rule, &trace()).await.unwrap();
    kept_forecast(&stage, fetched_at).await;
    stage
}

/// What the weather run keeps.
pub async fn kept_forecast(stage: &Stage, fetched_at: Timestamp) {
    let (weather, sought) = (stage.store.weather(), Sought::new("Lakewood", "CO", "80226", "US").unwrap());
    weather.keep_point(&sought, Some(point()), fetched_at).await.unwrap();
    weather.keep_cell(point(), &FoundCell { cell: cell(), zone: None, found_at: fetched_at }).await.unwrap();
    weather.keep(&cell(), &forecast(fetched_at), fetched_at).await.unwrap();
    weather.note_day(&forecast(fetched_at)).await.unwrap();
}

async fn reasons(stage: &Stage) -> Vec<LineReason> {
    let week = stage.store.inventory().draft_week(&lakewood(), WEEK, "c", monday()).await.unwrap();
    let Week::Drafted(week) = week else { panic!("{week:?}") };
    let order = stage.store.inventory().order(&acme(), week.orders[0]).await.unwrap().value;
    order.lines[0].reasons.clone()
}

#[tokio::test]
async fn a_storm_that_is_forecast_is_ordered_for_and_said_on_the_line() {
    let stage = stage(monday() - SignedDuration::from_hours(2)).await;
    let reasons = reasons(&stage).await;
    let storm = reasons.iter().find(|reason| reason.kind == ReasonKind::Weather).unwrap();
    assert_eq!((storm.weather, storm.percent, storm.seen), (Some(Condition::Storm), Some(50), Some(0)));
    assert_eq!((storm.from, storm.until), (Some(date(2026, 12, 2)), Some(date(2026, 12, 9))));
    assert!(storm.units > 0);
}

#[tokio::test]
async fn an_old_forecast_says_nothing() {
    let stage = stage(monday() - SignedDuration::from_hours(25)).await;
    assert!(reasons(&stage).await.iter().all(|reason| reason.kind != ReasonKind::Weather));
}
