//! Forecasts of thirty days in a row that jitter around what comes: one event stays one.

use super::*;

/// What a worker does on each of the days: detect, and keep what is known. Returns the keys that began a campaign.
fn thirty_days(
    trigger: &Trigger,
    weather: &dyn Fn(i64, i64) -> Option<i32>,
    set: fn(&mut Day, Option<i32>),
) -> Vec<String> {
    let begin = date(2026, 11, 1);
    let (mut known, mut begun): (Vec<KnownEvent>, Vec<String>) = (Vec::new(), Vec::new());
    for today in 0..30 {
        let values: Vec<Option<i32>> = (0..10).map(|ahead| weather(today, ahead)).collect();
        let now = begin + today.days();
        let forecast = forecast(now, &values, set);
        let Some(event) = detect(trigger, &forecast, &[], &known, now) else { continue };
        match known.iter_mut().find(|known| known.key == event.key) {
            Some(known) => *known = KnownEvent::from(&event),
            None => {
                assert!(event.is_new);
                begun.push(event.key.clone());
                known.push(KnownEvent::from(&event));
            }
        }
    }
    begun
}

/// Noise of a forecast: none today, and the more the further ahead.
fn noise(seed: &[i32], today: i64, ahead: i64) -> i32 {
    let index = usize::try_from(today * 10 + ahead).unwrap() % seed.len();
    seed[index] * i32::try_from(ahead).unwrap() / 9
}

fn seeds() -> impl Strategy<Value = Vec<i32>> {
    proptest::collection::vec(-40..=40i32, 97)
}

proptest! {
    #[test]
    fn a_heat_wave_begins_one_campaign_however_its_forecast_moves(seed in seeds(), from in 8i64..20, length in 4i64..8) {
        let weather = |today: i64, ahead: i64| {
            let is_hot = (from..from + length).contains(&(today + ahead));
            Some(if is_hot { 375 } else { 310 } + noise(&seed, today, ahead))
        };
        let begun = thirty_days(&heat(), &weather, |day, value| day.high_tenths_c = value);
        prop_assert_eq!(begun.len(), 1, "{:?}", begun);
    }

    #[test]
    fn a_month_at_the_threshold_begins_at_most_one(seed in seeds()) {
        // Within a degree and a half of the threshold without end: now above, now below.
        let weather = |today: i64, ahead: i64| Some(350 + noise(&seed, today, ahead).clamp(-14, 14));
        let begun = thirty_days(&heat(), &weather, |day, value| day.high_tenths_c = value);
        prop_assert!(begun.len() <= 1, "{:?}", begun);
    }

    #[test]
    fn a_winter_that_comes_and_goes_has_one_first_freeze(seed in seeds()) {
        let weather = |today: i64, ahead: i64| {
            Some(25 - i32::try_from(today + ahead).unwrap() * 2 + noise(&seed, today, ahead))
        };
        let trigger = of("plumbing", Condition::FirstFreeze);
        let begun = thirty_days(&trigger, &weather, |day, value| day.low_tenths_c = value);
        prop_assert_eq!(begun, vec!["first-freeze@39.7,-105:2026-27".to_owned()]);
    }

    #[test]
    fn a_wet_spell_begins_one_campaign(seed in seeds(), from in 8i64..16) {
        let weather = |today: i64, ahead: i64| {
            let is_wet = (from..from + 5).contains(&(today + ahead));
            Some(if is_wet { 180 } else { 0 } + noise(&seed, today, ahead).max(0) / 8)
        };
        let trigger = of("roofing", Condition::RainWeek);
        let begun = thirty_days(&trigger, &weather, |day, value| day.rain_tenths_mm = value);
        prop_assert_eq!(begun.len(), 1, "{:?}", begun);
    }

    #[test]
    fn values_that_come_and_go_make_no_second_event(seed in seeds(), gone in proptest::collection::vec(any::<bool>(), 53)) {
        let weather = |today: i64, ahead: i64| {
            let is_gone = gone[usize::try_from(today * 7 + ahead).unwrap() % gone.len()];
            let is_hot = (12..19).contains(&(today + ahead));
            (!is_gone).then(|| if is_hot { 380 } else { 310 } + noise(&seed, today, ahead) / 2)
        };
        let begun = thirty_days(&heat(), &weather, |day, value| day.high_tenths_c = value);
        prop_assert!(begun.len() <= 1, "{:?}", begun);
    }
}
