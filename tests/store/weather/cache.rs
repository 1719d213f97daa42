//! What is kept of providers' answers: one fetches, what is newer stays, and what is old is asked for again.

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use store::{FoundCell, KeptAlerts, NotedEvent, Taken, Versioned};
use weather::{Cell, Condition, Day, Forecast, Point, Sought, Source, WeatherEvent};

use super::morning;
use crate::stage::Stage;

const TODAY: Date = date(2026, 7, 10);
const LEASE: SignedDuration = SignedDuration::from_secs(45);

fn cell() -> Cell {
    "nws/BOU/62,60".parse().unwrap()
}

fn point() -> Point {
    Point::new(39.7392, -104.9903).unwrap()
}

fn forecast(fetched_at: Timestamp) -> Forecast {
    let day = Day { high_tenths_c: Some(351), ..Day::unknown(TODAY) };
    Forecast { cell: cell(), at: point(), fetched_at, zone: "America/Denver".to_owned(), days: vec![day] }
}

async fn take(stage: &Stage, now: Timestamp) -> Taken<Forecast> {
    stage.store.weather().take(&cell(), LEASE, now).await.unwrap()
}

#[tokio::test]
async fn one_of_many_fetches_and_the_others_find_it() {
    let stage = Stage::new().await;
    let now = morning(0);
    let taken = futures::future::join_all((0..12).map(|_| take(&stage, now))).await;
    let leases: Vec<_> = taken
        .iter()
        .filter_map(|taken| if let Taken::Mine(lease, None) = taken { Some(*lease) } else { None })
        .collect();
    let [_] = leases.as_slice() else { panic!("{taken:?}") };
    assert_eq!(taken.iter().filter(|taken| **taken == Taken::Held(None)).count(), 11);
    stage.store.weather().keep(&cell(), &forecast(now), now).await.unwrap();
    assert_eq!(take(&stage, now).await, Taken::Fresh(forecast(now)));
    let alerts = stage.store.weather().take::<KeptAlerts>(&cell(), LEASE, now).await.unwrap();
    assert!(matches!(alerts, Taken::Mine(..)), "another kind is fetched by itself");
}

#[tokio::test]
async fn a_lease_ends_by_itself_and_one_that_is_given_back_keeps_others_off() {
    let stage = Stage::new().await;
    let now = morning(0);
    assert!(matches!(take(&stage, now).await, Taken::Mine(_, None)));
    assert_eq!(take(&stage, now + SignedDuration::from_secs(44)).await, Taken::Held(None));
    let Taken::Mine(lease, None) = take(&stage, now + LEASE).await else { panic!("it ended") };
    let until = now + SignedDuration::from_mins(10);
    stage.store.weather().give_up::<Forecast>(&cell(), lease, until).await.unwrap();
    assert_eq!(take(&stage, until - SignedDuration::from_secs(1)).await, Taken::Held(None));
    assert!(matches!(take(&stage, until).await, Taken::Mine(_, None)));
    // The one before says it late, and ends nothing.
    stage.store.weather().give_up::<Forecast>(&cell(), lease, now).await.unwrap();
    assert_eq!(take(&stage, until).await, Taken::Held(None));
}

#[tokio::test]
async fn the_last_good_one_stays_with_its_age_until_a_newer_one_is_kept() {
    let stage = Stage::new().await;
    let (yesterday, now) = (morning(-1), morning(0));
    stage.store.weather().keep(&cell(), &forecast(yesterday), yesterday).await.unwrap();
    let Taken::Mine(_, Some(last)) = take(&stage, now).await else { panic!("it is of yesterday") };
    assert_eq!(last.fetched_at, yesterday);
    assert_eq!(take(&stage, now).await, Taken::Held(Some(forecast(yesterday))));
    stage.store.weather().keep(&cell(), &forecast(now), now).await.unwrap();
    // Who was slow brings yesterday's.
    stage.store.weather().keep(&cell(), &forecast(yesterday), now).await.unwrap();
    assert_eq!(take(&stage, now).await, Taken::Fresh(forecast(now)));
    // It is fresh for the morning, wherever it is a day already, and for no longer.
    assert_eq!(take(&stage, now + SignedDuration::from_hours(11)).await, Taken::Fresh(forecast(now)));
    assert!(matches!(take(&stage, now + SignedDuration::from_hours(12)).await, Taken::Mine(_, Some(_))));
}

#[tokio::test]
async fn cells_are_asked_for_again_after_a_week_and_addresses_that_were_not_found_too() {
    let stage = Stage::new().await;
    let (now, weather) = (morning(0), stage.store.weather());
    let found = FoundCell { cell: cell(), zone: Some("America/Denver".to_owned()), found_at: now };
    weather.keep_cell(point(), &found).await.unwrap();
    assert_eq!(weather.cell(point(), morning(6)).await.unwrap(), Some(found));
    assert_eq!(weather.cell(point(), morning(7)).await.unwrap(), None);
    let sought = |city: &str| Sought::new(city, "CO", "", "US").unwrap();
    weather.keep_point(&sought("found"), Some(point()), now).await.unwrap();
    weather.keep_point(&sought("missing"), None, now).await.unwrap();
    assert_eq!(weather.point(&sought("found"), morning(100)).await.unwrap(), Some(Some(point())));
    assert_eq!(weather.point(&sought("missing"), morning(6)).await.unwrap(), Some(None));
    assert_eq!(weather.point(&sought("missing"), morning(7)).await.unwrap(), None);
    assert_eq!(weather.point(&sought("unknown"), now).await.unwrap(), None);
}

#[tokio::test]
async fn each_morning_is_remembered_as_it_was_expected_and_the_last_word_counts() {
    let stage = Stage::new().await;
    let weather = stage.store.weather();
    let on = |days: i64, high: i32| {
        let day = Day { high_tenths_c: Some(high), ..Day::unknown(date(2026, 7, 10) + days.days()) };
        Forecast { days: vec![day], ..forecast(morning(days)) }
    };
    for (days, high) in [(0, 300), (1, 360), (2, 370), (1, 365)] {
        weather.note_day(&on(days, high)).await.unwrap();
    }
    // The day of a forecast of which nothing is known is not remembered.
    weather.note_day(&Forecast { days: vec![Day::unknown(date(2026, 7, 13))], ..forecast(morning(3)) }).await.unwrap();
    let since = weather.days_since(&cell(), date(2026, 7, 11)).await.unwrap();
    let highs: Vec<_> = since.iter().map(|day| (day.date, day.high_tenths_c)).collect();
    assert_eq!(highs, [(date(2026, 7, 11), Some(365)), (date(2026, 7, 12), Some(370))]);
}

#[tokio::test]
async fn of_two_who_note_at_once_one_has_to_read_again() {
    let stage = Stage::new().await;
    let (weather, tenant) = (stage.store.weather(), &stage.tenant.id);
    let event = WeatherEvent {
        key: "heat-wave@39.7,-105:2026-07-13".to_owned(),
        trigger: "heat-wave".to_owned(),
        condition: Condition::HeatWave,
        at: point(),
        first: date(2026, 7, 13),
        last: date(2026, 7, 15),
        peak: Some(385),
        hail_tenths_mm: None,
        source: Source::Forecast,
        is_new: false,
    };
    let noted = NotedEvent { event, location: None, place: None, is_proposed: false };
    let none = weather.events(tenant).await.unwrap();
    assert_eq!((none.version, none.value.len()), (0, 0));
    let events = Versioned { value: vec![noted], version: 0 };
    assert_eq!(weather.note_events(tenant, &events).await.unwrap(), 1);
    assert!(matches!(weather.note_events(tenant, &events).await, Err(domain::Failure::Retryable(_))));
    assert_eq!(weather.events(tenant).await.unwrap(), Versioned { version: 1, ..events });
}
