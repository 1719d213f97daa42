use super::{Count, Judge, margin, variance};
use crate::{Cohort, grid::CELLS, publish::LEVEL_EPSILON_MILLI, published::Why};

/// The chance that noise alone lifts a count by its margin.
const DELTA: f64 = 0.001;
const REACH: usize = 400;

/// The chances of -400 to 400 for one draw.
fn laplace(epsilon_milli: u32) -> Vec<f64> {
    let ratio = (-f64::from(epsilon_milli) / 1_000.0).exp();
    let at = |index: usize| (1.0 - ratio) / (1.0 + ratio) * ratio.powi(index.abs_diff(REACH) as i32);
    (0..=2 * REACH).map(at).collect()
}

fn sum_of(one: &[f64], other: &[f64]) -> Vec<f64> {
    let mut both = vec![0.0; 2 * REACH + 1];
    for (index, chance) in one.iter().enumerate() {
        for (further, more) in other.iter().enumerate() {
            if let Some(at) = (index + further).checked_sub(REACH).and_then(|at| both.get_mut(at)) {
                *at += chance * more;
            }
        }
    }
    both
}

fn of_all_cells(epsilon_milli: u32) -> Vec<f64> {
    let one = laplace(epsilon_milli);
    (1..CELLS).fold(one.clone(), |sum, _| sum_of(&sum, &one))
}

/// The chance that noise reaches its margin.
fn chance_of_margin(chances: &[f64], draws_of: &[u32]) -> f64 {
    let variance = draws_of.iter().map(|epsilon| CELLS as f64 * variance(*epsilon)).sum();
    let from = REACH + usize::try_from(margin(variance)).unwrap();
    chances.iter().skip(from).sum()
}

#[test]
fn noise_reaches_a_margin_less_than_once_in_a_thousand() {
    assert_eq!(LEVEL_EPSILON_MILLI, [400, 300, 300]);
    let [industry, smaller] = [400, 300].map(of_all_cells);
    let mut one = (industry.clone(), vec![400]);
    let mut other = (smaller.clone(), vec![300]);
    for _ in 0..4 {
        for (chances, draws_of) in [&one, &other] {
            let chance = chance_of_margin(chances, draws_of);
            assert!(chance <= DELTA && chance > DELTA / 4.0, "{draws_of:?}: {chance}");
        }
        for sum in [&mut one, &mut other] {
            sum.0 = sum_of(&sum.0, &smaller);
            sum.1.push(300);
        }
    }
}

#[test]
fn the_table_of_variances_is_right() {
    for epsilon_milli in [300, 400] {
        let chances = laplace(epsilon_milli);
        let squares = chances.iter().enumerate().map(|(at, chance)| chance * (at.abs_diff(REACH) as f64).powi(2));
        let exact: f64 = squares.sum();
        assert!((0.0..0.01).contains(&(variance(epsilon_milli) - exact)), "{exact}");
    }
}

fn admit(judge: &mut Judge, cohort: &str, exact: i64, noisy: i64) -> Result<(), Why> {
    let cohort: Cohort = cohort.parse().unwrap();
    let one = |count| [count, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let epsilon = if cohort.depth() == 0 { 400 } else { 300 };
    judge.admit(&cohort, Count::new(&one(exact), &one(noisy), epsilon))
}

#[test]
fn both_counts_must_be_enough() {
    // 20 and a margin of 42 for an industry, of 56 for a country.
    for (exact, noisy, verdict) in [(20, 62, Ok(())), (20, 61, Err(Why::TooFew)), (19, 500, Err(Why::TooFew))] {
        assert_eq!(admit(&mut Judge::default(), "hvac", exact, noisy), verdict, "{exact} {noisy}");
    }
    for (exact, noisy, verdict) in [(20, 76, Ok(())), (20, 75, Err(Why::TooFew))] {
        assert_eq!(admit(&mut Judge::default(), "hvac/us", exact, noisy), verdict, "{exact} {noisy}");
    }
}

#[test]
fn what_lies_between_published_cohorts_is_never_few() {
    let mut judge = Judge::default();
    admit(&mut judge, "hvac", 1_000, 1_000).unwrap();
    // Nearly all are in one country: it is withheld, and its regions are held beside the industry.
    assert_eq!(admit(&mut judge, "hvac/us", 990, 985), Err(Why::TooFewOthers));
    assert_eq!(admit(&mut judge, "hvac/us/ca", 300, 310), Ok(()));
    assert_eq!(admit(&mut judge, "hvac/us/co", 300, 290), Ok(()));
    // Each alone would leave hundreds; the three together leave nineteen.
    assert_eq!(admit(&mut judge, "hvac/us/tx", 381, 200), Err(Why::TooFewOthers));
    assert_eq!(admit(&mut judge, "hvac/us/wa", 200, 200), Ok(()));
}

#[test]
fn nothing_comes_out_below_what_did_not() {
    let mut judge = Judge::default();
    assert_eq!(admit(&mut judge, "hvac", 30, 40), Err(Why::TooFew));
    assert_eq!(admit(&mut judge, "hvac/us", 30, 200), Err(Why::NoneLarger));
    assert_eq!(admit(&mut judge, "hvac/us/co", 30, 200), Err(Why::NoneLarger));
}
