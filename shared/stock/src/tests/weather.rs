use jiff::civil::{Date, date};
use jiff::{Span, ToSpan as _};
use proptest::prelude::*;

use crate::{DayUse, Effect, Outlook};

const TODAY: Date = date(2026, 8, 31);

fn ago(days: i64) -> Date {
    TODAY.checked_sub(Span::new().days(days)).unwrap()
}

/// Units a day for so many days, and more of them on the days of spells.
fn history(days: i64, plain: i64, on_spells: i64, spells: &[(Date, Date)]) -> Vec<DayUse> {
    let is_in = |date: Date| spells.iter().any(|(first, last)| (*first..=*last).contains(&date));
    let of = |days_ago: i64| {
        let date = ago(days_ago);
        DayUse { date, quantity: if is_in(date) { on_spells } else { plain }, booked_ahead: 0 }
    };
    (1..=days).map(of).collect()
}

fn spells() -> Vec<(Date, Date)> {
    vec![(ago(80), ago(76)), (ago(50), ago(46)), (ago(20), ago(16))]
}

#[test]
fn what_hot_days_used_more_is_learned_from_the_same_weekdays_around_them() {
    let (spells, since) = (spells(), ago(120));
    let plain = Effect::learn(&[&history(120, 4, 4, &spells)], &spells, since, TODAY);
    assert!((plain.used - plain.usual).abs() < 1e-9 && (plain.days, plain.spells) == (15, 3), "{plain:?}");
    let twice = Effect::learn(&[&history(120, 4, 8, &spells)], &spells, since, TODAY);
    assert!((twice.used / twice.usual - 2.0).abs() < 1e-9, "{twice:?}");
    let (factor, days) = twice.factor(1.3);
    assert!(factor > 1.5 && factor < 2.0 && days == 15, "{factor}: what is assumed counts for eight uses");
}

#[test]
fn too_little_is_no_lesson() {
    let (spells, since) = (spells(), ago(120));
    let used = history(120, 4, 40, &spells);
    let one = Effect::learn(&[&used], spells.get(..1).unwrap(), since, TODAY);
    assert_eq!(one.factor(1.3), (1.3, 0), "one spell");
    let unused = Effect::learn(&[], &spells, since, TODAY);
    assert_eq!(unused.factor(1.3), (1.3, 0), "nothing was used");
    // Before use or weather was recorded nothing is known, and the day on which it is worked out is not over.
    let young = Effect::learn(&[&used], &spells, ago(18), TODAY);
    assert_eq!((young.spells, young.days), (1, 3), "{young:?}");
    assert_eq!(Effect::learn(&[&used], &[(TODAY, ago(-5))], since, TODAY), Effect::default());
    // What was booked weeks before did not come because of the weather.
    let planned: Vec<DayUse> = used.iter().map(|day| DayUse { booked_ahead: 14, ..*day }).collect();
    assert_eq!(Effect::learn(&[&planned], &spells, since, TODAY).factor(1.3), (1.3, 0));
}

#[test]
fn one_great_job_on_a_hot_day_is_no_rule() {
    let (spells, since) = (spells(), ago(120));
    let mut used = history(120, 2, 2, &spells);
    used.iter_mut().find(|day| day.date == ago(48)).unwrap().quantity = 2_000;
    let (factor, _) = Effect::learn(&[&used], &spells, since, TODAY).factor(1.0);
    assert!(factor < 1.5, "{factor}");
}

proptest! {
    #[test]
    fn a_factor_lies_between_what_is_assumed_and_what_was_seen(
        used in 0.0..500.0_f64, usual in 0.0..500.0_f64, days in 0..60_u32, spells in 0..8_u32, assumed in 0.3..3.5_f64,
    ) {
        let effect = Effect { used, usual, days, spells };
        let (factor, learned) = effect.factor(assumed);
        prop_assert!((Outlook::FACTORS.0..=Outlook::FACTORS.1).contains(&factor));
        if learned == 0 {
            prop_assert_eq!(factor, assumed);
        } else {
            let seen = (used / usual).clamp(Outlook::FACTORS.0, Outlook::FACTORS.1);
            prop_assert!(factor >= seen.min(assumed) - 1e-9 && factor <= seen.max(assumed) + 1e-9);
            let more = Effect { used: used + 10.0, ..effect }.factor(assumed).0;
            prop_assert!(more >= factor, "more use makes no smaller factor");
        }
    }

    #[test]
    fn learning_is_a_number_whatever_was_used_and_the_same_in_any_order(
        days in prop::collection::vec((0..300_i64, -5..2000_i64, 0..9_u16), 0..80),
        spells in prop::collection::vec((-20..300_i64, 0..12_i64), 0..6),
        assumed in prop::num::f64::ANY,
    ) {
        let of = |(ago_days, quantity, booked_ahead): &(i64, i64, u16)| {
            DayUse { date: ago(*ago_days), quantity: *quantity, booked_ahead: *booked_ahead }
        };
        let mut history: Vec<DayUse> = days.iter().map(of).collect();
        let spells: Vec<(Date, Date)> =
            spells.iter().map(|(begin, length)| (ago(*begin), ago(*begin).checked_add(length.days()).unwrap())).collect();
        let effect = Effect::learn(&[&history], &spells, ago(250), TODAY);
        prop_assert!(effect.used.is_finite() && effect.usual.is_finite() && effect.used >= 0.0);
        let (factor, _) = effect.factor(assumed);
        prop_assert!((Outlook::FACTORS.0..=Outlook::FACTORS.1).contains(&factor));
        history.reverse();
        let again = Effect::learn(&[&history], &spells, ago(250), TODAY);
        prop_assert!((again.used - effect.used).abs() < 1e-6 && again.days == effect.days);
    }
}
