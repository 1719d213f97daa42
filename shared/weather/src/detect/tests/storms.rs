//! Storms, from forecasts and from alerts.

use super::*;

fn storm() -> Trigger {
    of("roofing", Condition::Storm)
}

fn calm() -> Forecast {
    forecast(TODAY, &[100; 10], |day, gust| day.gust_tenths_kmh = Some(gust))
}

/// A severe thunderstorm warning of the afternoon of `TODAY`, in Denver.
fn warning() -> Alert {
    Alert {
        id: "urn:oid:2.49.0.1.840.0.1".to_owned(),
        event: "Severe Thunderstorm Warning".to_owned(),
        status: AlertStatus::Actual,
        message: MessageType::Alert,
        vtec: Vtec::read("/O.NEW.KBOU.SV.W.0012.260710T2000Z-260710T2100Z/"),
        first_message: None,
        onset: "2026-07-10T20:00:00Z".parse().unwrap(),
        ends: "2026-07-10T21:00:00Z".parse().unwrap(),
        hail_tenths_mm: Some(254),
        gust_tenths_kmh: Some(966),
    }
}

fn on(today: Date, alerts: &[Alert], known: &[KnownEvent]) -> Option<WeatherEvent> {
    let forecast = forecast(today, &[100; 10], |day, gust| day.gust_tenths_kmh = Some(gust));
    detect(&storm(), &forecast, alerts, known, today)
}

#[test]
fn gusts_above_sixty_miles_an_hour_or_hail_of_an_inch_are_a_storm() {
    let day = |gust, hail| {
        let mut forecast = calm();
        forecast.days[2].gust_tenths_kmh = gust;
        forecast.days[2].hail_tenths_mm = hail;
        found(&storm(), &forecast)
    };
    assert_eq!(day(Some(966), Some(253)), None);
    assert_eq!(day(None, None), None);
    let gusty = day(Some(967), None).unwrap();
    assert_eq!((gusty.key.as_str(), gusty.peak), ("storm@39.7,-105:2026-07-12", Some(967)));
    let hail = day(None, Some(254)).unwrap();
    assert_eq!((hail.peak, hail.hail_tenths_mm, hail.source), (None, Some(254), Source::Forecast));
}

#[test]
fn an_alert_with_hail_is_a_storm_and_its_updates_are_the_same_one() {
    let event = on(TODAY, &[warning()], &[]).unwrap();
    assert_eq!(event.key, "storm@39.7,-105:KBOU.SV.W.0012.2026");
    assert_eq!((event.first, event.last, event.hail_tenths_mm), (TODAY, TODAY, Some(254)));
    let known = [KnownEvent::from(&event)];
    let update = Alert {
        id: "urn:oid:2.49.0.1.840.0.2".to_owned(),
        message: MessageType::Update,
        vtec: Vtec::read("/O.CON.KBOU.SV.W.0012.000000T0000Z-260710T2130Z/"),
        hail_tenths_mm: Some(445),
        ..warning()
    };
    let again = on(TODAY, &[warning(), update], &known).unwrap();
    assert_eq!((again.key, again.is_new, again.hail_tenths_mm), (event.key, false, Some(445)));
}

#[test]
fn only_what_is_meant_counts() {
    let unreal = Alert { status: AlertStatus::Unreal, ..warning() };
    let cancel = Alert { message: MessageType::Cancel, ..warning() };
    let small = Alert { hail_tenths_mm: Some(190), ..warning() };
    let silent = || Alert { hail_tenths_mm: None, gust_tenths_kmh: None, ..warning() };
    let other = Alert { vtec: Vtec::read("/O.NEW.KBOU.FA.W.0012.x/"), ..silent() };
    let unnamed = Alert { vtec: None, ..silent() };
    for alert in [unreal, cancel, small, other, unnamed] {
        assert_eq!(on(TODAY, std::slice::from_ref(&alert), &[]), None, "{alert:?}");
    }
    assert!(on(TODAY, &[silent()], &[]).is_some(), "a warning of a severe thunderstorm says enough by its kind");
    let without_vtec = Alert { vtec: None, first_message: Some("first".to_owned()), ..warning() };
    assert_eq!(on(TODAY, &[without_vtec], &[]).unwrap().key, "storm@39.7,-105:first");
}

#[test]
fn a_storm_counts_for_two_days_after_it() {
    let after = |days: i64| on(TODAY + days.days(), &[warning()], &[]);
    assert_eq!([0, 1, 2, 3].map(|days| after(days).is_some()), [true, true, true, false]);
    assert_eq!(after(2).unwrap().first, TODAY);
}

#[test]
fn what_is_called_off_before_it_begins_was_no_storm() {
    let cancel = Alert { message: MessageType::Cancel, ..warning() };
    let both = [warning(), cancel];
    assert_eq!(on(TODAY - 1.day(), &both, &[]), None);
    assert!(on(TODAY, &both, &[]).is_some(), "cancelled once it was over");
}

#[test]
fn a_storm_that_was_forecast_and_came_is_one_event() {
    let mut forecast = calm();
    forecast.days[0].gust_tenths_kmh = Some(1_000);
    let foreseen = found(&storm(), &forecast).unwrap();
    let came = on(TODAY, &[warning()], &[KnownEvent::from(&foreseen)]).unwrap();
    assert_eq!((came.key, came.is_new), (foreseen.key, false));
    assert!(matches!(came.source, Source::Alert { .. }));
}

#[test]
fn an_alert_is_dated_by_the_clock_of_the_place() {
    let evening = Alert {
        onset: "2026-07-11T03:00:00Z".parse().unwrap(),
        ends: "2026-07-11T05:59:00Z".parse().unwrap(),
        ..warning()
    };
    let event = on(TODAY, &[evening], &[]).unwrap();
    assert_eq!((event.first, event.last), (TODAY, TODAY));
}
