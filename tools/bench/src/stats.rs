//! Order statistics of measured durations.

use serde::Serialize;
use std::time::Duration;

/// A duration in milliseconds.
pub(crate) fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

/// The `q`-quantile (0 to 1) of `samples` by nearest rank; 0 when there are none.
pub(crate) fn quantile(samples: &[f64], q: f64) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (q * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}

/// The middle of `samples`.
pub(crate) fn median(samples: &[f64]) -> f64 {
    quantile(samples, 0.5)
}

/// What many repetitions of one thing took.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Spread {
    /// Half took less, in milliseconds.
    pub(crate) median_ms: f64,
    /// 99 of 100 took less, in milliseconds.
    pub(crate) p99_ms: f64,
    /// How many repetitions.
    pub(crate) samples: usize,
}

impl Spread {
    /// Of `samples`, in milliseconds.
    pub(crate) fn of(samples: &[f64]) -> Self {
        Self { median_ms: median(samples), p99_ms: quantile(samples, 0.99), samples: samples.len() }
    }

    /// What is left when `floor`'s median is taken off both figures.
    pub(crate) fn above(self, floor: Self) -> Self {
        Self {
            median_ms: (self.median_ms - floor.median_ms).max(0.0),
            p99_ms: (self.p99_ms - floor.median_ms).max(0.0),
            samples: self.samples,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_nearest_rank() {
        let hundred: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(median(&hundred), 50.0);
        assert_eq!(quantile(&hundred, 0.99), 99.0);
        assert_eq!(quantile(&[7.0], 0.99), 7.0);
        assert_eq!(quantile(&[], 0.5), 0.0);
    }
}
