//! How likely each number of units is.

use serde::{Deserialize, Serialize};

/// Above this mean each single number no longer matters: where they vary little it is taken as normal, else in steps.
const LARGE: f64 = 400.0;
/// As normal where the standard deviation is at most this part of the mean: the skew is small then.
const NARROW: f64 = 0.25;
/// A normal table has so many steps in a standard deviation, and so many deviations on each side.
const FINE: f64 = 32.0;
const WIDE: f64 = 6.0;
/// The longest table.
const LONGEST: usize = 20_000;
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
    step: f64,
    /// The number of the first step.
    first: f64,
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
        let level = within(level);
        // What is likelier than the level is not asked for.
        self.until(level).quantile(level)
    }

    /// The interval that it is in with probability `level`.
    #[must_use]
    pub fn interval(&self, level: f64) -> (i64, i64) {
        let table = self.table();
        (table.quantile((1.0 - level) / 2.0), table.quantile(f64::midpoint(1.0, level)))
    }

    pub(crate) fn table(&self) -> Table {
        let mut table = self.until(1.0 - REST);
        let mut rest = 0.0;
        let mut above = vec![0.0; table.cumulative.len()];
        for (above, cumulative) in above.iter_mut().zip(&table.cumulative).rev() {
            rest += 1.0 - cumulative;
            *above = rest;
        }
        table.above = above;
        table
    }

    /// The table up to the number that is enough with probability `level`, without what is above.
    fn until(&self, level: f64) -> Table {
        let mean = if self.mean.is_finite() { self.mean.max(0.0) } else { 0.0 };
        let deviation = self.variance.max(mean).sqrt();
        if mean > LARGE && deviation <= mean * NARROW {
            let (step, first) = (deviation / FINE, mean - WIDE * deviation);
            return Table { step, first, mean, cumulative: normal(), above: Vec::new() };
        }
        let step = (mean / LARGE).ceil().max(1.0);
        let cumulative = cumulative(mean / step, self.variance / step / step, level);
        Table { step, first: 0.0, mean, cumulative, above: Vec::new() }
    }
}

fn within(level: f64) -> f64 {
    level.clamp(0.0, 1.0 - REST * 10.0)
}

/// The probability of a normal number up to each step: the density added up, which is exact far beyond what matters here.
fn normal() -> Vec<f64> {
    let steps = (2.0 * WIDE * FINE) as usize;
    let mut sum = 0.0;
    let density = (0..=steps).map(|step| {
        let deviations = step as f64 / FINE - WIDE;
        (-deviations * deviations / 2.0).exp() / FINE / std::f64::consts::TAU.sqrt()
    });
    // Half of a step's density is below it.
    density
        .map(|density| {
            sum += density;
            (sum - density / 2.0).clamp(0.0, 1.0)
        })
        .collect()
}

/// The probability of 0, of 1 or fewer, of 2 or fewer and so on, until `level` is reached.
fn cumulative(mean: f64, variance: f64, level: f64) -> Vec<f64> {
    let size = mean * mean / (variance - mean);
    let is_poisson = !size.is_finite() || size <= 0.0 || size > 1e6;
    let first = if is_poisson { -mean } else { size * (size / (size + mean)).ln() };
    let odds = mean / (size + mean);
    let mut log = first;
    let mut sum = log.exp();
    let mut all = vec![sum.min(1.0)];
    while sum < level && all.len() < LONGEST {
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
    /// Only what [`Table::above`] needs.
    pub(crate) fn for_lacking(self) -> Self {
        Self { cumulative: Vec::new(), ..self }
    }

    pub(crate) fn quantile(&self, level: f64) -> i64 {
        let level = within(level);
        let place = self.cumulative.partition_point(|cumulative| *cumulative < level);
        let place = place.min(self.cumulative.len().saturating_sub(1));
        (self.first + place as f64 * self.step).ceil() as i64
    }

    /// The mean of what is above `number`: of (count - number) where it is positive.
    pub(crate) fn above(&self, number: i64) -> f64 {
        let steps = ((number as f64 - self.first) / self.step).floor();
        if steps < 0.0 {
            return self.mean - number as f64;
        }
        self.above.get(steps as usize).copied().unwrap_or_default() * self.step
    }
}
