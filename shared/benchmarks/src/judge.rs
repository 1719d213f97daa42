//! Which cohorts of the grid come out.
//!
//! A cohort is published where it has twenty businesses, and where the next larger published cohort has twenty besides, after all
//! others that are published within it: so every difference of published cohorts is about twenty. Both are judged by noisy counts
//! with a margin first. By exact counts alone, a cohort that appears would tell that its twentieth business has come. With the
//! margin, a cohort of exactly twenty comes out with a chance of at most one in a thousand, and where it becomes likely no single
//! business decides it.

use std::collections::BTreeMap;

use crate::{Cohort, grid::CELLS, published::Why};

/// The fewest businesses in a published cohort, and the fewest of its parent that are not in it.
pub const MIN_TENANTS: i64 = 20;
/// The most that one business may weigh in a cohort, in percent. Each counts once, so it weighs a twentieth at most: large
/// businesses are clipped to one vote. To refuse a cohort for one that dominates it would tell that there is one.
pub const MAX_SHARE_PERCENT: i64 = 25;
const _: () = assert!(100 <= MAX_SHARE_PERCENT * MIN_TENANTS);

/// How many standard deviations of the noise a margin is: for the sums of twelve and more draws that are compared here, noise
/// reaches it with a chance of less than 0.001 (the tests compute the chances).
const DEVIATIONS: f64 = 3.4;

/// A cohort's businesses, as they are and as they are answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Count {
    pub(crate) exact: i64,
    pub(crate) noisy: i64,
    /// Of the noise.
    variance: f64,
}

impl Count {
    pub(crate) fn new(cells: &[i64; CELLS], noisy: &[i64; CELLS], epsilon_milli: u32) -> Self {
        let variance = CELLS as f64 * variance(epsilon_milli);
        Self { exact: cells.iter().sum(), noisy: noisy.iter().sum(), variance }
    }

    fn without(self, other: Self) -> Self {
        Self {
            exact: self.exact - other.exact,
            noisy: self.noisy - other.noisy,
            variance: self.variance + other.variance,
        }
    }

    fn is_enough(self) -> bool {
        self.noisy >= MIN_TENANTS + margin(self.variance) && self.exact >= MIN_TENANTS
    }
}

/// The variance of one draw of noise: 2r / (1 - r)^2 with r = exp(-epsilon), rounded up for the two that are drawn. By a table,
/// since powers come out differently on different processors.
const fn variance(epsilon_milli: u32) -> f64 {
    if epsilon_milli == 400 { 12.34 } else { 22.06 }
}

fn margin(variance: f64) -> i64 {
    (DEVIATIONS * variance.sqrt()).ceil() as i64
}

/// What is published so far of a metric.
#[derive(Debug, Default)]
pub(crate) struct Judge {
    /// By cohort, what of it is in no published cohort within it; none where it was withheld.
    rests: BTreeMap<Cohort, Option<Count>>,
}

impl Judge {
    /// Whether a cohort comes out, after all larger ones were asked about.
    pub(crate) fn admit(&mut self, cohort: &Cohort, count: Count) -> Result<(), Why> {
        let verdict = self.verdict(cohort, count);
        self.rests.insert(cohort.clone(), verdict.is_ok().then_some(count));
        verdict
    }

    fn verdict(&mut self, cohort: &Cohort, count: Count) -> Result<(), Why> {
        let larger = || cohort.fallbacks().skip(1);
        let published = larger().find(|cohort| self.rests.get(cohort).is_some_and(Option::is_some));
        let asked = larger().any(|cohort| self.rests.contains_key(&cohort));
        match published.and_then(|cohort| self.rests.get_mut(&cohort)?.as_mut()) {
            None if asked => Err(Why::NoneLarger),
            _ if !count.is_enough() => Err(Why::TooFew),
            None => Ok(()),
            Some(rest) => {
                let left = rest.without(count);
                if !left.is_enough() {
                    return Err(Why::TooFewOthers);
                }
                *rest = left;
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests;
