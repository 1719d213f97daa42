//! Ten days around each threshold, held against a plain reading of it. That of heat waves is beside this file's parent.

use super::*;

/// Nine of ten values are known.
fn ten_days(values: std::ops::Range<i32>) -> impl Strategy<Value = Vec<Option<i32>>> {
    proptest::collection::vec(proptest::option::weighted(0.9, values), 0..=10)
}

/// Whether on one of the days until `lead` ahead so many days in a row begin that all are `enough`.
fn plainly(values: &[Option<i32>], (days, lead): (usize, usize), enough: impl Fn(i32) -> bool) -> bool {
    let are_enough = |window: &[Option<i32>]| window.iter().all(|value| value.is_some_and(&enough));
    values.windows(days).take(lead + 1).any(are_enough)
}

/// The first value of an event, as it is foreseen.
fn value_on(date: Date, forecast: &Forecast, value: impl Fn(&Day) -> Option<i32>) -> Option<i32> {
    forecast.days.iter().find(|day| day.date == date).and_then(value)
}

proptest! {
    #[test]
    fn cold_snaps(values in ten_days(-75..-48)) {
        let first = date(2026, 1, 12);
        let forecast = forecast(first, &values, |day, low| day.low_tenths_c = low);
        let event = detect(&of("plumbing", Condition::ColdSnap), &forecast, &[], &[], first);
        prop_assert_eq!(event.is_some(), plainly(&values, (2, 3), |low| low < -67));
        if let Some(event) = event {
            let low = |date| value_on(date, &forecast, |day| day.low_tenths_c);
            prop_assert!(low(event.first).unwrap() < -67 && low(event.last).unwrap() < -52, "{:?}", event);
            prop_assert!(values.contains(&event.peak) && event.peak.unwrap() < -67);
        }
    }

    #[test]
    fn first_freezes(values in ten_days(-5..16)) {
        let first = date(2026, 11, 10);
        let forecast = forecast(first, &values, |day, low| day.low_tenths_c = low);
        let event = detect(&of("hvac", Condition::FirstFreeze), &forecast, &[], &[], first);
        prop_assert_eq!(event.is_some(), plainly(&values, (1, 5), |low| low < 0));
        // The first night below freezing is what it begins with.
        let night = values.iter().position(|low| low.is_some_and(|low| low < 0));
        let begins = event.map(|event| event.first);
        prop_assert_eq!(begins, night.filter(|night| *night <= 5).map(|night| first + i64::try_from(night).unwrap().days()));
    }

    #[test]
    fn gusts(values in ten_days(960..974)) {
        let forecast = forecast(TODAY, &values, |day, gust| day.gust_tenths_kmh = gust);
        let event = found(&of("roofing", Condition::Storm), &forecast);
        prop_assert_eq!(event.is_some(), plainly(&values, (1, 2), |gust| gust > 966));
        if let Some(event) = event {
            prop_assert!(value_on(event.first, &forecast, |day| day.gust_tenths_kmh).unwrap() > 966);
            prop_assert!(event.hail_tenths_mm.is_none() && event.peak.unwrap() > 966);
        }
    }

    #[test]
    fn hail(values in ten_days(248..260)) {
        let forecast = forecast(TODAY, &values, |day, hail| day.hail_tenths_mm = hail);
        let event = found(&of("roofing", Condition::Storm), &forecast);
        prop_assert_eq!(event.is_some(), plainly(&values, (1, 2), |hail| hail >= 254), "an inch counts");
        if let Some(event) = event {
            prop_assert!(value_on(event.first, &forecast, |day| day.hail_tenths_mm).unwrap() >= 254);
            prop_assert!(event.hail_tenths_mm.unwrap() >= 254 && event.peak.is_none());
        }
    }

    #[test]
    fn rain_weeks(
        values in proptest::collection::vec(proptest::option::weighted(0.8, prop_oneof![Just(0), 60..130]), 0..=10),
    ) {
        let forecast = forecast(TODAY, &values, |day, rain| day.rain_tenths_mm = rain);
        let event = found(&of("roofing", Condition::RainWeek), &forecast);
        // From a wet day, at most three ahead, seven days have more than two inches together.
        let falls = |from: usize| values.iter().skip(from).take(7).flatten().sum::<i32>();
        let is_wet = |day: usize| values.get(day).copied().flatten().is_some_and(|rain| rain > 0);
        let expected = (0..=3).find(|day| is_wet(*day) && falls(*day) > 508);
        prop_assert_eq!(event.is_some(), expected.is_some(), "{:?}", event);
        if let Some(event) = event {
            prop_assert!(event.peak.unwrap() > 508 && event.first >= TODAY);
            prop_assert!(value_on(event.first, &forecast, |day| day.rain_tenths_mm).unwrap() > 0);
            prop_assert!(value_on(event.last, &forecast, |day| day.rain_tenths_mm).unwrap() > 0);
        }
    }
}
