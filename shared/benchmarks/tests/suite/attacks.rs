//! Attacks by readers of what is published. Each is tried on figures without noise as well, where it works: so what is measured
//! is the defence and not a clumsy attacker. The bounds hold for any reader, these are some.

use benchmarks::{Key, Ledger, Metric, Observed, Period, Publication, publish};

use crate::{
    attack::{World, advantage, average, bound, chance, industry, known, one, release, summaries},
    draws::Draws,
};

const TRIALS: usize = 1_200;

/// Attacks a secret: `world(true)` and `world(false)` differ in it, and `look` is what the reader computes.
fn gain(world: impl Fn(bool) -> World, look: impl Fn(&Publication) -> f64, seed: u64) -> f64 {
    let mut draws = Draws(seed);
    let mut tries = |secret| -> Vec<f64> {
        let world = summaries(&world(secret)).unwrap();
        (0..TRIALS).map(|_| look(&release(&world, &mut draws).unwrap())).collect()
    };
    advantage(&tries(true), &tries(false))
}

/// The mean of all, to the same two digits, as a service without noise would show it.
fn plain_mean(world: &World, from: usize) -> f64 {
    let all: Vec<i64> = world.iter().flat_map(|(_, _, values)| values).copied().collect();
    if all.len() < from { -1.0 } else { all.iter().sum::<i64>() as f64 / all.len() as f64 }
}

/// All others are known, and the business is the best there is.
fn joins(is_in: bool, others: usize) -> World {
    let mut values = known(others);
    values.extend(is_in.then_some(10_000));
    vec![("us", "co", values)]
}

/// The same where its region, its country and its industry all come out.
fn joins_three_levels(is_in: bool) -> World {
    let mut world = joins(is_in, 180);
    world.extend([("us", "tx", known(130)), ("de", "by", known(150))]);
    world
}

/// The sum of all values at each level, of which the others' are known: all levels put together.
fn three_sums(made: &Publication) -> f64 {
    460.0 * average(made, "hvac") + 310.0 * average(made, "hvac/us") + 180.0 * average(made, "hvac/us/co")
}

#[test]
fn joining_and_leaving_is_hardly_seen() {
    assert!(plain_mean(&joins_three_levels(true), 20) > plain_mean(&joins_three_levels(false), 20));
    let gain = gain(joins_three_levels, three_sums, 1);
    assert!(gain <= bound(1.0) + chance(TRIALS / 2), "{gain}");
}

#[test]
fn the_twentieth_is_not_betrayed_by_the_cohort_appearing() {
    assert!(plain_mean(&joins(true, 19), 20) > 0.0 && plain_mean(&joins(false, 19), 20) < 0.0);
    let gain = gain(|is_in| joins(is_in, 19), |made| made.published.len() as f64, 2);
    assert!(gain <= 0.003 + 0.003, "{gain}");
}

/// Nor where cohorts begin to appear: the business decides the coin's bias by what its epsilon allows.
#[test]
fn no_business_decides_whether_a_cohort_appears() {
    let gain = gain(|is_in| joins(is_in, 60), |made| made.published.len() as f64, 3);
    assert!(gain <= bound(0.4) + chance(TRIALS / 2), "{gain}");
}

/// The country less its region is the business and others, all known.
#[test]
fn two_nested_cohorts_do_not_give_away_their_difference() {
    let world = |is_in: bool| -> World {
        let mut rest = known(110);
        rest.extend(is_in.then_some(10_000));
        vec![("us", "co", known(200)), ("us", "tx", rest), ("de", "by", known(120))]
    };
    let difference = |made: &Publication| 310.0 * average(made, "hvac/us") - 200.0 * average(made, "hvac/us/co");
    let gain = gain(world, difference, 4);
    assert!(gain <= bound(1.0) + chance(TRIALS / 2), "{gain}");
}

/// A reader who asks every night, and once more after a business left.
#[test]
fn asking_every_night_of_a_year_gives_two_answers() {
    let mut draws = Draws(5);
    let mut year = |is_in: bool| -> (usize, f64) {
        let (key, mut ledger, mut seen) = (Key::new(draws.bytes()), Ledger::default(), Vec::new());
        for night in 0..365_u16 {
            let month = u8::try_from(night * 12 / 365 + 1).unwrap();
            // It leaves for the nights of March, where it was in.
            let world = joins(is_in && month != 3, 110);
            let period = Period::of(2026, month);
            let made = publish(&industry().unwrap(), period, &summaries(&world).unwrap(), &key, &mut ledger).unwrap();
            let new = made.published.into_iter().filter(|published| !seen.contains(published)).collect::<Vec<_>>();
            seen.extend(new);
        }
        let periods: std::collections::BTreeSet<Period> = seen.iter().map(|published| published.period).collect();
        assert!(ledger.spent_milli(Metric::QuoteConversion, 2026) <= benchmarks::YEARLY_EPSILON_MILLI);
        let per_cohort = seen.iter().filter(|published| published.cohort == seen[0].cohort).count();
        assert_eq!(per_cohort, periods.len());
        (periods.len(), seen.iter().map(|published| published.average as f64).sum::<f64>() / seen.len().max(1) as f64)
    };
    let trials = 40;
    let with: Vec<(usize, f64)> = (0..trials).map(|_| year(true)).collect();
    let without: Vec<(usize, f64)> = (0..trials).map(|_| year(false)).collect();
    assert!(with.iter().chain(&without).all(|(answers, _)| *answers <= 2));
}

/// The same year as [`asking_every_night_of_a_year_gives_two_answers`] by its two answers, often enough to measure; and what
/// noise drawn again each night would have given away.
#[test]
fn the_answers_of_a_year_together_stay_within_its_budget() {
    let worlds = [false, true].map(|is_in| summaries(&joins_three_levels(is_in)).unwrap());
    let mean_of = |is_in: bool, answers: usize, draws: &mut Draws| -> f64 {
        let world = &worlds[usize::from(is_in)];
        let sum: f64 = (0..answers).map(|_| three_sums(&release(world, draws).unwrap())).sum();
        sum / answers as f64
    };
    let measure = |answers: usize, trials: usize, seed: u64| {
        let mut draws = Draws(seed);
        let with: Vec<f64> = (0..trials).map(|_| mean_of(true, answers, &mut draws)).collect();
        let without: Vec<f64> = (0..trials).map(|_| mean_of(false, answers, &mut draws)).collect();
        advantage(&with, &without)
    };
    let two = measure(2, TRIALS, 6);
    assert!(two <= bound(2.0) + chance(TRIALS / 2), "{two}");
    let nightly = measure(365, 60, 7);
    assert!(nightly > 0.5, "{nightly}: the attack must work where noise is drawn each night");
}

#[test]
fn an_inflated_value_counts_like_the_best_possible_one() {
    let made = |value: i64| {
        let mut world = joins(false, 150);
        world[0].2.push(value);
        let ledger = &mut Ledger::default();
        publish(&industry().unwrap(), Period::of(2026, 1), &summaries(&world).unwrap(), &Key::new([4; 32]), ledger)
            .unwrap()
    };
    assert_eq!(made(i64::MAX), made(10_000));
    assert_eq!(made(i64::MIN), made(0));
    let invented =
        benchmarks::Contribution::of(&[(Metric::QuoteConversion, Observed { value: 9_000, observations: 3 })].into());
    assert!(invented.is_empty());
}

/// All but one are the attacker's own, and it looks for the value of that one: poor or excellent. That is two changes of one
/// count each, so the bound is that of twice the epsilon.
#[test]
fn a_crowd_of_invented_businesses_does_not_uncover_the_one_that_is_real() {
    let world = |excellent: bool| -> World {
        let mut values = known(110);
        values.push(if excellent { 10_000 } else { 0 });
        vec![("us", "co", values)]
    };
    let gain = gain(world, |made| average(made, "hvac"), 8);
    assert!(gain <= bound(0.8) + chance(TRIALS / 2), "{gain}");
}

/// What is not defended: businesses that look real to `eligible` move the figures by as much as they are.
#[test]
fn invented_businesses_that_count_move_the_figures() {
    let mut moved = joins(false, 150);
    moved[0].2.extend([10_000; 100]);
    let mut draws = Draws(9);
    let [honest, moved] = [joins(false, 150), moved]
        .map(|world| average(&release(&summaries(&world).unwrap(), &mut draws).unwrap(), "hvac"));
    assert!(moved > honest + 2_500.0, "{honest} {moved}");
    assert!(one(5_000).values().count() == 1);
}
