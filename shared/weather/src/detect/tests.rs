use jiff::ToSpan as _;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::{Cell, Thresholds, Vtec, industry_defaults};

mod jitter;
mod plain;
mod storms;

pub(super) const TODAY: Date = date(2026, 7, 10);

pub(super) fn denver() -> Point {
    Point::new(39.7392, -104.9903).unwrap()
}

/// A forecast whose days begin with `first`, each made by `day`.
pub(super) fn forecast<T: Copy>(first: Date, values: &[T], day: impl Fn(&mut Day, T)) -> Forecast {
    let made = |(index, value): (usize, &T)| {
        let mut made = Day::unknown(first + i32::try_from(index).unwrap().days());
        day(&mut made, *value);
        made
    };
    Forecast {
        cell: Cell::open_meteo(denver()),
        at: denver(),
        fetched_at: jiff::Timestamp::UNIX_EPOCH,
        zone: "America/Denver".to_owned(),
        days: values.iter().enumerate().map(made).collect(),
    }
}

pub(super) fn highs(values: &[i32]) -> Forecast {
    forecast(TODAY, values, |day, high| day.high_tenths_c = Some(high))
}

pub(super) fn lows(first: Date, values: &[i32]) -> Forecast {
    forecast(first, values, |day, low| day.low_tenths_c = Some(low))
}

pub(super) fn of(industry: &str, condition: Condition) -> Trigger {
    industry_defaults(industry).into_iter().find(|trigger| trigger.condition == condition).unwrap()
}

pub(super) fn heat() -> Trigger {
    of("hvac", Condition::HeatWave)
}

fn found(trigger: &Trigger, forecast: &Forecast) -> Option<WeatherEvent> {
    detect(trigger, forecast, &[], &[], TODAY)
}

#[test]
fn three_days_above_95_f_are_a_heat_wave_three_days_ahead() {
    let event = found(&heat(), &highs(&[300, 300, 300, 351, 380, 351, 300])).unwrap();
    assert_eq!(event.key, "heat-wave@39.7,-105:2026-07-13");
    assert_eq!((event.first, event.last), (date(2026, 7, 13), date(2026, 7, 15)));
    assert_eq!((event.peak, event.is_new), (Some(380), true));
    let too_far = highs(&[300, 300, 300, 300, 351, 380, 351]);
    assert_eq!(found(&heat(), &too_far), None, "four days ahead");
    let at_the_threshold = highs(&[350; 10]);
    assert_eq!(found(&heat(), &at_the_threshold), None, "not above");
    let two_and_two = highs(&[380, 380, 300, 380, 380, 300]);
    assert_eq!(found(&heat(), &two_and_two), None, "not in a row");
}

#[test]
fn a_missing_value_day_or_past_day_counts_for_nothing() {
    let mut without_value = highs(&[380, 380, 380]);
    without_value.days[1].high_tenths_c = None;
    assert_eq!(found(&heat(), &without_value), None);
    let mut without_day = highs(&[380, 380, 380, 300]);
    without_day.days.remove(1);
    assert_eq!(found(&heat(), &without_day), None);
    let past = forecast(date(2026, 7, 9), &[380, 380, 380], |day, high| day.high_tenths_c = Some(high));
    assert_eq!(found(&heat(), &past), None, "one of the three days is over");
    assert_eq!(found(&heat(), &highs(&[])), None);
    let none = Trigger { thresholds: Thresholds::default(), ..heat() };
    assert_eq!(found(&none, &highs(&[380; 10])), None, "a trigger without its threshold waits for nothing");
}

#[test]
fn days_out_of_order_or_twice_change_nothing() {
    let mut twice = highs(&[300, 380, 380, 380]);
    let whole = found(&heat(), &twice);
    twice.days.extend(twice.days.clone());
    twice.days.reverse();
    assert_eq!(found(&heat(), &twice), whole);
}

#[test]
fn a_known_event_keeps_its_key_and_begins_nothing() {
    let begun = found(&heat(), &highs(&[300, 380, 380, 380])).unwrap();
    let known = [KnownEvent::from(&begun)];
    let later = |values: &[i32]| detect(&heat(), &highs(values), &[], &known, TODAY);
    let moved = later(&[300, 300, 300, 380, 380, 380, 380]).unwrap();
    assert_eq!((moved.key.as_str(), moved.is_new), (begun.key.as_str(), false));
    assert_eq!((moved.first, moved.last), (date(2026, 7, 13), date(2026, 7, 16)), "it has not begun: its days move");
    let softer = later(&[300, 336, 336, 336, 300]).unwrap();
    assert_eq!((softer.key, softer.is_new), (begun.key, false), "a degree and a half below, it goes on");
    assert_eq!(later(&[300; 10]), None);
    assert_eq!(found(&heat(), &highs(&[300, 336, 336, 336, 300])), None, "and would not have begun so");
}

#[test]
fn a_second_wave_after_more_than_five_days_is_another_event() {
    let known = |last| {
        let (first, key) = (date(2026, 7, 1), "heat-wave@39.7,-105:2026-07-01".to_owned());
        [KnownEvent { key, trigger: "heat-wave".to_owned(), at: denver(), first, last }]
    };
    let wave = highs(&[380, 380, 380]);
    assert!(!detect(&heat(), &wave, &[], &known(date(2026, 7, 4)), TODAY).unwrap().is_new, "five days between");
    assert!(detect(&heat(), &wave, &[], &known(date(2026, 7, 3)), TODAY).unwrap().is_new, "six days between");
    let elsewhere = known(date(2026, 7, 9)).map(|known| KnownEvent { at: Point::new(45.5, -122.6).unwrap(), ..known });
    assert!(detect(&heat(), &wave, &[], &elsewhere, TODAY).unwrap().is_new, "of another place");
    let other = known(date(2026, 7, 9)).map(|known| KnownEvent { trigger: "extreme-heat".to_owned(), ..known });
    assert!(detect(&heat(), &wave, &[], &other, TODAY).unwrap().is_new, "of another trigger");
}

#[test]
fn an_event_that_has_begun_keeps_its_first_day() {
    let first = date(2026, 7, 8);
    let key = "heat-wave@39.7,-105:2026-07-08".to_owned();
    let known = [KnownEvent { key, trigger: "heat-wave".to_owned(), at: denver(), first, last: date(2026, 7, 11) }];
    let event = detect(&heat(), &highs(&[380, 380, 380, 380]), &[], &known, TODAY).unwrap();
    assert_eq!((event.first, event.last, event.is_new), (first, date(2026, 7, 13), false));
}

#[test]
fn the_first_freeze_is_one_event_a_season_in_both_hemispheres() {
    let trigger = of("hvac", Condition::FirstFreeze);
    let at = |lat: f64, first: Date, known: &[KnownEvent]| {
        let mut forecast = lows(first, &[20, 20, 20, 20, 20, -1, -30]);
        forecast.at = Point::new(lat, 150.0).unwrap();
        detect(&trigger, &forecast, &[], known, first)
    };
    let north = at(40.0, date(2026, 10, 10), &[]).unwrap();
    assert_eq!((north.key.as_str(), north.first), ("first-freeze@40,150:2026-27", date(2026, 10, 15)));
    assert_eq!(north.peak, Some(-30));
    let known = [KnownEvent::from(&north)];
    assert!(!at(40.0, date(2027, 2, 1), &known).unwrap().is_new, "the same winter");
    assert!(at(40.0, date(2027, 10, 10), &known).unwrap().is_new, "the next winter");
    assert_eq!(at(40.0, date(2027, 3, 20), &[]), None, "a late frost");
    let south = at(-40.0, date(2026, 5, 10), &[]).unwrap();
    assert_eq!(south.key, "first-freeze@-40,150:2026");
    let known = [KnownEvent::from(&south)];
    assert!(!at(-40.0, date(2026, 8, 1), &known).unwrap().is_new);
    assert_eq!(at(-40.0, date(2026, 10, 1), &[]), None, "a late frost of the south");
    assert!(at(-40.0, date(2027, 5, 10), &known).unwrap().is_new);
}

#[test]
fn a_freeze_is_below_32_f_and_five_days_ahead() {
    let trigger = of("plumbing", Condition::FirstFreeze);
    let first = date(2026, 11, 1);
    let on_day = |low, day: usize| {
        let mut values = [50; 10];
        values[day] = low;
        detect(&trigger, &lows(first, &values), &[], &[], first).is_some()
    };
    assert_eq!([(0, 5), (-1, 5), (-1, 6)].map(|(low, day)| on_day(low, day)), [false, true, false]);
}

#[test]
fn a_rain_week_is_the_rain_of_seven_days_together() {
    let trigger = of("roofing", Condition::RainWeek);
    let rain = |values: &[Option<i32>]| {
        let forecast = forecast(TODAY, values, |day, rain| day.rain_tenths_mm = rain);
        detect(&trigger, &forecast, &[], &[], TODAY)
    };
    let event = rain(&[Some(0), Some(200), None, Some(5), Some(309), Some(0), Some(0)]).unwrap();
    assert_eq!((event.first, event.last), (date(2026, 7, 11), date(2026, 7, 14)), "without its dry days");
    assert_eq!(event.peak, Some(514));
    assert_eq!(
        rain(&[Some(0), Some(200), None, Some(5), Some(303), Some(0), Some(0)]),
        None,
        "two inches are not exceeded"
    );
    assert_eq!(rain(&[Some(300), None, None, None, None, None, None, Some(300)]), None, "within eight days");
    assert_eq!(rain(&[None; 10]), None);
    assert_eq!(rain(&[Some(-600), Some(600)]).unwrap().peak, Some(600), "no rain is negative");
}

#[test]
fn a_cold_snap_is_days_below_its_threshold() {
    let trigger = of("plumbing", Condition::ColdSnap);
    let snap = |values: &[i32]| detect(&trigger, &lows(TODAY, values), &[], &[], TODAY);
    assert_eq!(snap(&[0, -67, -67, -67]), None);
    let event = snap(&[0, -68, -120, -60, -40]).unwrap();
    assert_eq!((event.last, event.peak), (date(2026, 7, 13), Some(-120)), "the third day is nearly as cold");
}

#[test]
fn a_trigger_of_some_months_begins_in_them_only() {
    let july = Trigger { months: vec![7], ..heat() };
    let june = Trigger { months: vec![6], ..heat() };
    let wave = highs(&[380, 380, 380]);
    assert!(found(&july, &wave).is_some());
    assert_eq!(found(&june, &wave), None);
}

/// The plain reading of a heat wave, to hold the other against.
fn plainly(values: &[Option<i32>], lead: usize) -> bool {
    let full = |window: &[Option<i32>]| window.iter().all(|value| value.is_some_and(|value| value > 350));
    values.windows(3).take(lead + 1).any(full)
}

proptest! {
    #[test]
    fn ten_days_around_the_threshold_are_judged_as_plainly(
        values in proptest::collection::vec(proptest::option::weighted(0.9, 345..356), 0..=10),
    ) {
        let forecast = forecast(TODAY, &values, |day, high| day.high_tenths_c = high);
        let event = found(&heat(), &forecast);
        prop_assert_eq!(event.is_some(), plainly(&values, 3));
        if let Some(event) = event {
            let days: Vec<_> = forecast.days.iter().filter(|day| (event.first..=event.last).contains(&day.date)).collect();
            prop_assert!(days.len() >= 3 && event.first >= TODAY);
            let value_of = |date| forecast.days.iter().find(|day| day.date == date).and_then(|day| day.high_tenths_c);
            prop_assert!(value_of(event.first).unwrap() > 350 && value_of(event.last).unwrap() > 335);
            prop_assert_eq!(event.peak, days.iter().filter_map(|day| day.high_tenths_c).max());
        }
    }

    #[test]
    fn leaving_a_value_out_never_makes_an_event(
        values in proptest::collection::vec(340..360i32, 10),
        condition in proptest::sample::select(vec![Condition::HeatWave, Condition::ColdSnap, Condition::FirstFreeze, Condition::RainWeek]),
        gone in 0..10usize,
    ) {
        let trigger = of(if condition == Condition::RainWeek { "roofing" } else { "hvac" }, condition);
        let first = date(2026, 11, 10);
        let mut forecast = forecast(first, &values, |day, value| {
            day.high_tenths_c = Some(value);
            day.low_tenths_c = Some(if condition == Condition::ColdSnap { 283 - value } else { 350 - value });
            day.rain_tenths_mm = Some((value - 340) * 8);
        });
        let whole = detect(&trigger, &forecast, &[], &[], first);
        forecast.days[gone] = Day::unknown(forecast.days[gone].date);
        let without = detect(&trigger, &forecast, &[], &[], first);
        prop_assert!(whole.is_some() || without.is_none(), "{whole:?} {without:?}");
    }
}

#[test]
fn spells_are_the_days_of_such_weather_whenever_they_are() {
    let heat = industry_defaults("hvac").remove(0);
    let on = |date: Date, high: i32| Day { high_tenths_c: Some(high), ..Day::unknown(date) };
    // Two hot days are no wave; one that is a little softer goes on; a day that is not known ends it.
    let highs = [360, 360, 300, 360, 370, 355, 340, 300];
    let days: Vec<Day> = (0_i64..).zip(highs).map(|(ahead, high)| on(date(2026, 7, 1) + ahead.days(), high)).collect();
    let wave = (date(2026, 7, 4), date(2026, 7, 7));
    assert_eq!(spells(&heat, &days), [wave]);
    let backwards: Vec<Day> = days.iter().rev().copied().collect();
    assert_eq!(spells(&heat, &backwards), [wave], "in any order");
    let gap: Vec<Day> = days.iter().filter(|day| day.date != date(2026, 7, 5)).copied().collect();
    assert_eq!(spells(&heat, &gap), []);
}
