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

/// How far chances and what came true lie apart, on average: ten bins of chances, each as heavy as what is in it.
pub(crate) fn calibration_error(pairs: &[(f64, bool)]) -> f64 {
    let mut gaps = [0.0_f64; 10];
    let mut all = 0.0_f64;
    for (chance, came_true) in pairs {
        if let Some(gap) = gaps.get_mut(((chance * 10.0) as usize).min(9)) {
            *gap += chance - f64::from(u8::from(*came_true));
        }
        all += 1.0;
    }
    gaps.iter().map(|gap| gap.abs()).sum::<f64>() / all.max(1.0)
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
    fn the_calibration_error_is_that_of_the_definition() {
        let pairs = [(0.1, false), (0.3, true), (0.3, false), (0.9, true)];
        assert!((calibration_error(&pairs) - (0.1 + 0.4 + 0.1) / 4.0).abs() < 1e-9);
        assert_eq!(calibration_error(&[(1.0, true)]), 0.0);
        assert_eq!(calibration_error(&[]), 0.0);
    }

    #[test]
    fn quantiles_are_nearest_rank() {
        let hundred: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(median(&hundred), 50.0);
        assert_eq!(quantile(&hundred, 0.99), 99.0);
        assert_eq!(quantile(&[7.0], 0.99), 7.0);
        assert_eq!(quantile(&[], 0.5), 0.0);
    }
}
