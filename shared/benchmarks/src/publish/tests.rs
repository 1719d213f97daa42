//! The strongest reader there can be: who knows every other business's values and sees the noisy counts themselves, of all
//! levels. What is published is computed from these counts, so no reader of it does better.

use super::{LEVEL_EPSILON_MILLI, Question, question_bits, with_noise};
use crate::{Cohort, Key, Metric, Period, grid::CELLS};

const TRIALS: u16 = 6_000;

/// What one release may give such a reader: how much oftener "it is in" is said of a business that is than of one that is not.
/// An epsilon of 1 in all bounds it by (e - 1) / (e + 1).
fn bound(epsilon: f64) -> f64 {
    (epsilon / 2.0).tanh()
}

/// The noisy count less the others' count, of the business's cell at each level.
fn seen(trial: u16, is_in: bool) -> [i64; 3] {
    let mut bytes = [3; 32];
    bytes.iter_mut().zip(trial.to_be_bytes()).for_each(|(to, from)| *to = from);
    let key = Key::new(bytes);
    let others = [0, 9, 14, 22, 30, 18, 12, 4, 1, 0, 0, 0];
    let mut counts: [i64; CELLS] = others;
    counts[11] += i64::from(is_in);
    let inputs = key.digest(&[&[u8::from(is_in)]]);
    let question = Question { key: &key, inputs: &inputs };
    let mut cohort = Some(Cohort::region("hvac", "us", "co").unwrap());
    LEVEL_EPSILON_MILLI.map(|epsilon| {
        let at = cohort.clone().unwrap();
        cohort = at.parent();
        let bits = question_bits(&question, &at, Period::of(2026, 7), Metric::QuoteConversion, epsilon);
        with_noise(&counts, bits, epsilon)[11]
    })
}

/// The test that no other beats (Neyman and Pearson): the likelihood of what was seen with the business beside that without.
fn says_in(seen: [i64; 3]) -> bool {
    let evidence: f64 = seen
        .iter()
        .zip(LEVEL_EPSILON_MILLI)
        .map(|(excess, epsilon)| f64::from(epsilon) / 1_000.0 * (excess.abs() - (excess - 1).abs()) as f64)
        .sum();
    evidence > 0.0
}

fn rate(is_in: bool) -> f64 {
    let said = (0..TRIALS).filter(|trial| says_in(seen(*trial, is_in))).count();
    said as f64 / f64::from(TRIALS)
}

#[test]
fn the_best_reader_of_a_release_gains_what_its_epsilon_allows_and_no_more() {
    let gain = rate(true) - rate(false);
    let chance = 3.0 * (0.5 / f64::from(TRIALS)).sqrt();
    assert!(gain <= bound(1.0) + chance, "{gain}");
    // Each level says "in" or "out" rightly with chance 1 / (1 + e^-epsilon), and here any two outweigh the third.
    let [industry, smaller] = [0.4_f64, 0.3].map(|epsilon| 1.0 / (1.0 + (-epsilon).exp()));
    let expected = 2.0 * (smaller * smaller + 2.0 * industry * smaller * (1.0 - smaller)) - 1.0;
    assert!((gain - expected).abs() <= chance, "{gain} for {expected}");
}

/// Frequencies of every outcome, with the business and without, differ by a factor of e^epsilon at most at each level.
#[test]
fn no_count_is_much_likelier_with_a_business_than_without() {
    let (mut with, mut without) = (vec![[0_u32; 41]; 3], vec![[0_u32; 41]; 3]);
    for trial in 0..TRIALS {
        for (is_in, table) in [(true, &mut with), (false, &mut without)] {
            for (level, excess) in seen(trial, is_in).into_iter().enumerate() {
                let at = usize::try_from((excess + 20).clamp(0, 40)).unwrap();
                table[level][at] += 1;
            }
        }
    }
    for (level, epsilon) in LEVEL_EPSILON_MILLI.into_iter().enumerate() {
        for (with, without) in with[level].iter().zip(without[level]) {
            let (with, without) = (f64::from(*with), f64::from(without));
            if with.min(without) >= 100.0 {
                let (error, factor) = ((1.0 / with + 1.0 / without).sqrt(), f64::from(epsilon) / 1_000.0);
                assert!((with / without).ln().abs() <= factor + 4.5 * error, "level {level}: {with} and {without}");
            }
        }
    }
}
