use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use jiff::{Span, ToSpan as _};
use proptest::prelude::*;

use crate::{BookedJob, Count, DayUse, Forecast, Outlook, Outset, Season, Typical, Usage, forecast};

const TODAY: Date = date(2026, 11, 30);

fn ago(days: i64) -> Date {
    TODAY.checked_sub(Span::new().days(days)).unwrap()
}

fn day(days_ago: i64, quantity: i64, booked_ahead: u16) -> DayUse {
    DayUse { date: ago(days_ago), quantity, booked_ahead }
}

fn of(history: &[DayUse], recorded_days: i64, season: &Season) -> Forecast {
    let (usage, since) = (Usage::new(), ago(recorded_days));
    let outset = Outset {
        today: TODAY,
        days: 14,
        item: "filter",
        history,
        recorded_since: since,
        season,
        booked: &[],
        usage: &usage,
        outlook: &[],
    };
    forecast(&outset)
}

/// Two units on every weekday.
fn steady(days: i64, booked_ahead: u16) -> Vec<DayUse> {
    let weekday = |ago_days: &i64| ago(*ago_days).weekday().to_monday_zero_offset() < 5;
    (1..=days).filter(weekday).map(|days_ago| day(days_ago, 2, booked_ahead)).collect()
}

#[test]
fn steady_use_goes_on() {
    let found = of(&steady(182, 0), 182, &Season::none());
    let mean = found.over(14).mean;
    assert!((19.5..=20.5).contains(&mean), "{mean}");
    // 30 November is a Monday: Saturdays and Sundays have next to none.
    assert!(found.days[5].unbooked < 0.2 && found.days[0].unbooked > 1.7, "{:?}", found.days);
    let (low, high) = found.over(14).interval(0.8);
    assert!((11..20).contains(&low) && (21..30).contains(&high), "{low} {high}");
}

#[test]
fn jobs_that_are_booked_are_not_foretold_a_second_time() {
    let season = Season::none();
    // Every job is booked ten days ahead: what comes in the next ten days is in the calendar.
    let found = of(&steady(364, 10), 364, &season);
    assert!(found.over(10).mean < 1.0, "{}", found.over(10).mean);
    // A Thursday, a Friday and a weekend are left.
    let later: f64 = found.days[10..].iter().map(|day| day.unbooked).sum();
    assert!((3.6..4.3).contains(&later), "{later}");

    let typical = Typical { mean: 1.5, variance: 0.5, jobs: 30 };
    let usage = BTreeMap::from([("cleaning".to_owned(), BTreeMap::from([("filter".to_owned(), typical)]))]);
    let booked = [("cleaning", 1), ("cleaning", 1), ("cleaning", 20), ("repair", 2)].map(|(service, days)| BookedJob {
        date: TODAY.checked_add(days.days()).unwrap(),
        service: service.to_owned(),
    });
    let outset = Outset {
        today: TODAY,
        days: 14,
        item: "filter",
        history: &[],
        recorded_since: TODAY,
        season: &season,
        booked: &booked,
        usage: &usage,
        outlook: &[],
    };
    let count = forecast(&outset).over(14);
    assert_eq!((count.mean, count.variance), (3.0, 1.0));
}

#[test]
fn the_weather_moves_what_comes_unbooked() {
    let (history, season, usage) = (steady(182, 0), Season::none(), Usage::new());
    let of = |outlook: &[Outlook]| {
        let outset = Outset {
            today: TODAY,
            days: 14,
            item: "filter",
            history: &history,
            recorded_since: ago(182),
            season: &season,
            booked: &[],
            usage: &usage,
            outlook,
        };
        forecast(&outset)
    };
    let heat = [outlook((2, 4), 1.3)];
    let (plain, hot) = (of(&[]), of(&heat));
    for (ahead, (plain, hot)) in plain.days.iter().zip(&hot.days).enumerate() {
        let factor = if (2..=4).contains(&ahead) { 1.3 } else { 1.0 };
        assert!((hot.unbooked - factor * plain.unbooked).abs() < 1e-9);
        assert!((hot.weather - (hot.unbooked - plain.unbooked)).abs() < 1e-9);
    }
    let absurd = of(&[outlook((0, 13), 1e9)]);
    assert!((absurd.over(14).mean - 4.0 * plain.over(14).mean).abs() < 1e-6);
    // Rain and a storm on one day are one weather: the greater counts, and has the units.
    let both = of(&[outlook((2, 9), 1.2), Outlook { kind: "storm".to_owned(), ..outlook((3, 4), 1.5) }]);
    let by_kind: Vec<(&str, f64)> =
        both.of_weather(14).map(|(outlook, units)| (outlook.kind.as_str(), units)).collect();
    let storm = 0.5 * (plain.days[3].unbooked + plain.days[4].unbooked);
    assert!(by_kind[1].0 == "storm" && (by_kind[1].1 - storm).abs() < 1e-9, "{by_kind:?}");
    let sum: f64 = by_kind.iter().map(|(_, units)| units).sum();
    assert!((sum - (both.over(14).mean - plain.over(14).mean)).abs() < 1e-9);
}

fn outlook((from, to): (i64, i64), factor: f64) -> Outlook {
    Outlook { kind: "heat_wave".to_owned(), from: ago(-from), to: ago(-to), factor, days: 0 }
}

#[test]
fn a_season_is_learned_from_years_and_not_from_months() {
    // Ten times as much in July as in the rest of the year, for three years.
    let in_july = |days: &i64| ago(*days).month() == 7;
    let history: Vec<DayUse> = (1..=1100).map(|days| day(days, if in_july(&days) { 10 } else { 1 }, 0)).collect();
    let season = Season::learn(&[&history], ago(1100), TODAY);
    let (july, march) = (season.on(date(2027, 7, 15)), season.on(date(2027, 3, 15)));
    assert!(july > 3.0 && march < 0.8, "{july} {march}");
    assert_eq!(Season::learn(&[&history], ago(300), TODAY), Season::none());
    let one_year = Season::learn(&[&history], ago(370), TODAY).on(date(2027, 7, 15));
    assert!(one_year > 1.5 && one_year < july, "{one_year}");
    // Little was used: it says little.
    let rare = [day(140, 1, 0), day(510, 1, 0)];
    let factor = Season::learn(&[&rare], ago(1100), TODAY).on(ago(140));
    assert!((1.0..1.6).contains(&factor), "{factor}");

    let november = of(&history, 1100, &season).over(14).mean;
    assert!((10.0..18.0).contains(&november), "{november}");
}

#[test]
fn an_item_that_is_no_longer_used_is_no_longer_expected() {
    let every_week = |from: i64, to: i64| -> Vec<DayUse> {
        (from..to).filter(|days| days % 14 == 1).map(|days| day(days, 3, 0)).collect()
    };
    let alive = of(&every_week(1, 728), 728, &Season::none()).over(14);
    let dead = of(&every_week(364, 728), 728, &Season::none()).over(14);
    assert!((2.5..3.5).contains(&alive.mean) && dead.mean < 0.1, "{alive:?} {dead:?}");
    assert!(alive.variance > alive.mean);
}

#[test]
fn one_great_job_does_not_make_a_rate() {
    let mut history = steady(182, 0);
    let before = of(&history, 182, &Season::none()).over(14).mean;
    history.push(day(3, 500, 0));
    let after = of(&history, 182, &Season::none()).over(14).mean;
    assert!(after < before * 2.0, "{before} {after}");
}

#[test]
fn quantiles_are_those_of_the_distributions() {
    // By hand: Poisson(2) is 0.1353, 0.2707, 0.2707, 0.1804, 0.0902, ...
    let poisson = Count { mean: 2.0, variance: 2.0 };
    assert_eq!([0.1, 0.4, 0.6, 0.85, 0.94].map(|level| poisson.quantile(level)), [0, 1, 2, 3, 4]);
    // A geometric of mean 1 is a negative binomial of size 1: half, a quarter, an eighth, ...
    let geometric = Count { mean: 1.0, variance: 2.0 };
    assert_eq!([0.49, 0.51, 0.74, 0.76, 0.9].map(|level| geometric.quantile(level)), [0, 1, 1, 2, 3]);
    let large = Count { mean: 1_000_000.0, variance: 4_000_000.0 };
    assert!((large.quantile(0.975) - 1_000_000).abs() < 20_000, "{}", large.quantile(0.975));
    assert_eq!(Count { mean: 0.0, variance: 0.0 }.quantile(0.99), 0);
    assert_eq!(Count { mean: f64::NAN, variance: f64::NAN }.quantile(0.99), 0);
}

proptest! {
    #[test]
    fn a_forecast_is_a_number_whatever_the_history(
        days in prop::collection::vec((0..900_i64, 0..2000_i64, 0..40_u16), 0..60),
        recorded in -5..900_i64,
    ) {
        let history: Vec<DayUse> = days.iter().map(|(ago, quantity, ahead)| day(*ago, *quantity, *ahead)).collect();
        let season = Season::learn(&[&history], ago(recorded), TODAY);
        let found = of(&history, recorded, &season);
        prop_assert_eq!(found.days.len(), 14);
        let mut before = 0.0;
        for days in 0..40 {
            let count = found.over(days);
            prop_assert!(count.mean >= before && count.mean.is_finite() && count.variance >= 0.0 && count.variance.is_finite());
            before = count.mean;
            let (low, high) = count.interval(0.8);
            prop_assert!(low <= high);
        }
    }

    #[test]
    fn what_is_above_agrees_with_the_quantiles(mean in 0.0..60.0_f64, more in 1.0..6.0_f64, number in -3..90_i64) {
        let table = Count { mean, variance: mean * more }.table();
        // The mean above n, less that above n + 1, is the chance of more than n.
        let chance = table.above(number) - table.above(number + 1);
        prop_assert!((-1e-9..=1.0 + 1e-6).contains(&chance));
        prop_assert!((table.above(0) - mean).abs() < 1e-3 * (1.0 + mean), "{} {}", table.above(0), mean);
        prop_assert!(table.quantile(1.0 - chance - 1e-6) <= number.max(0) + 1);
    }
}
