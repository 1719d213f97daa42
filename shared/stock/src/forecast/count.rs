//! How likely each number of units is.

use serde::{Deserialize, Serialize};

/// Above this mean numbers are taken in steps, so that a table stays small. What that adds to the spread is below a percent of the
/// mean.
const LARGE: f64 = 20_000.0;
/// The longest table.
const LONGEST: usize = 400_000;
/// What is less likely is left out.
const REST: f64 = 1e-9;

/// A number of units that is not certain: a negative binomial, or a Poisson where it varies as little or less.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Count {
    /// The mean.
    pub mean: f64,
    /// The variance.
    pub variance: f64,
}

/// How likely each number is, worked out once.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    step: i64,
    mean: f64,
    /// The probability of that number of steps or fewer.
    cumulative: Vec<f64>,
    /// The mean of what is above that number of steps.
    above: Vec<f64>,
}

impl Count {
    /// The least number that is enough with probability `level` (0 to 1).
    #[must_use]
    pub fn quantile(&self, level: f64) -> i64 {
        self.table().quantile(level)
    }

    /// The interval that it is in with probability `level`.
    #[must_use]
    pub fn interval(&self, level: f64) -> (i64, i64) {
        let table = self.table();
        (table.quantile((1.0 - level) / 2.0), table.quantile(f64::midpoint(1.0, level)))
    }

    pub(crate) fn table(&self) -> Table {
        let mean = if self.mean.is_finite() { self.mean.max(0.0) } else { 0.0 };
        let step = (mean / LARGE).ceil().max(1.0);
        let cumulative = cumulative(mean / step, self.variance / step / step);
        let mut above = vec![0.0; cumulative.len()];
        let mut rest = 0.0;
        for (above, cumulative) in above.iter_mut().zip(&cumulative).rev() {
            rest += 1.0 - cumulative;
            *above = rest;
        }
        Table { step: step as i64, mean, cumulative, above }
    }
}

/// The probability of 0, of 1 or fewer, of 2 or fewer and so on, until the rest hardly matters.
fn cumulative(mean: f64, variance: f64) -> Vec<f64> {
    let size = mean * mean / (variance - mean);
    let is_poisson = !size.is_finite() || size <= 0.0 || size > 1e6;
    let first = if is_poisson { -mean } else { size * (size / (size + mean)).ln() };
    let odds = mean / (size + mean);
    let mut log = first;
    let mut sum = log.exp();
    let mut all = vec![sum.min(1.0)];
    while 1.0 - sum > REST && all.len() < LONGEST {
        let number = all.len() as f64;
        log += (if is_poisson { mean / number } else { (number - 1.0 + size) / number * odds }).ln();
        if log == f64::NEG_INFINITY || (number > mean && log < -60.0) {
            break;
        }
        sum += log.exp();
        all.push(sum.min(1.0));
    }
    all
}

impl Table {
    pub(crate) fn quantile(&self, level: f64) -> i64 {
        let level = level.clamp(0.0, 1.0 - REST * 10.0);
        let place = self.cumulative.partition_point(|cumulative| *cumulative < level);
        i64::try_from(place.min(self.cumulative.len().saturating_sub(1))).unwrap_or(i64::MAX) * self.step
    }

    /// The mean of what is above `number`: of (count - number) where it is positive.
    pub(crate) fn above(&self, number: i64) -> f64 {
        let Ok(steps) = usize::try_from(number.div_euclid(self.step)) else {
            return self.mean - number as f64;
        };
        self.above.get(steps).copied().unwrap_or_default() * self.step as f64
    }
}
