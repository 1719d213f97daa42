//! Shares and means with their intervals of 95 percent.
//!
//! A share has Wilson's score interval (Wilson 1927), the difference of two the hybrid of both (Newcombe 1998, method 10): neither leaves
//! the range that a share can have, and both hold for few counts. Means have the interval of the normal distribution, their difference
//! Welch's.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The quantile of the normal distribution for 95 percent, both sides.
const Z: f64 = 1.959_963_984_540_054;

/// A share of counts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ShareWithInterval)]
pub struct Share {
    /// So many
    #[schema(example = 30)]
    pub count: u64,
    /// of so many.
    #[schema(example = 100)]
    pub of: u64,
    /// In percent; absent where there is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 30.0)]
    pub percent: Option<f64>,
    /// The low end of the interval, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 21.9)]
    pub low: Option<f64>,
    /// The high end of the interval, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 39.58)]
    pub high: Option<f64>,
}

/// A mean.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = MeanWithInterval)]
pub struct Mean {
    /// Of so many.
    #[schema(example = 100)]
    pub of: u64,
    /// The mean; absent where there is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 812.5)]
    pub mean: Option<f64>,
    /// The low end of the interval; absent for less than two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 780.1)]
    pub low: Option<f64>,
    /// The high end of the interval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 844.9)]
    pub high: Option<f64>,
}

/// How much the version that is tried differs from the live one: its share less the other's in percentage points, or its mean less the
/// other's.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = DifferenceWithInterval)]
pub struct Difference {
    /// The difference.
    #[schema(example = 4.2)]
    pub difference: f64,
    /// The low end of the interval.
    #[schema(example = -1.1)]
    pub low: f64,
    /// The high end of the interval.
    #[schema(example = 9.4)]
    pub high: f64,
}

impl Share {
    /// `count` of `of`.
    #[must_use]
    pub fn new(count: u64, of: u64) -> Self {
        let count = count.min(of);
        let interval = wilson(count, of);
        let percent = interval.map(|_| rounded(100.0 * count as f64 / of as f64));
        let (low, high) = interval.map(|(low, high)| (rounded(100.0 * low), rounded(100.0 * high))).unzip();
        Self { count, of, percent, low, high }
    }
}

impl Mean {
    /// Of `of` values with this sum and sum of squares.
    #[must_use]
    pub fn new(of: u64, sum: u64, squares: u64) -> Self {
        let Some((mean, error)) = mean_and_error(of, sum, squares) else {
            return Self { of, mean: None, low: None, high: None };
        };
        let end = |sign: f64| (of > 1).then(|| rounded(mean + sign * Z * error));
        Self { of, mean: Some(rounded(mean)), low: end(-1.0), high: end(1.0) }
    }
}

impl Difference {
    /// Of two shares, in percentage points: the second less the first. `None` where one is of nothing.
    #[must_use]
    pub fn of_shares((count_1, of_1): (u64, u64), (count_2, of_2): (u64, u64)) -> Option<Self> {
        let (count_1, count_2) = (count_1.min(of_1), count_2.min(of_2));
        let ((low_1, high_1), (low_2, high_2)) = (wilson(count_1, of_1)?, wilson(count_2, of_2)?);
        let (first, second) = (count_1 as f64 / of_1 as f64, count_2 as f64 / of_2 as f64);
        let difference = second - first;
        let below = ((second - low_2).powi(2) + (high_1 - first).powi(2)).sqrt();
        let above = ((high_2 - second).powi(2) + (first - low_1).powi(2)).sqrt();
        let [difference, low, high] = [difference, difference - below, difference + above].map(|x| rounded(100.0 * x));
        Some(Self { difference, low, high })
    }

    /// Of two means, each of so many with a sum and a sum of squares: the second less the first. `None` where one is of less than two.
    #[must_use]
    pub fn of_means(first: (u64, u64, u64), second: (u64, u64, u64)) -> Option<Self> {
        if first.0 < 2 || second.0 < 2 {
            return None;
        }
        let (mean_1, error_1) = mean_and_error(first.0, first.1, first.2)?;
        let (mean_2, error_2) = mean_and_error(second.0, second.1, second.2)?;
        let (difference, half) = (mean_2 - mean_1, Z * error_1.hypot(error_2));
        let [difference, low, high] = [difference, difference - half, difference + half].map(rounded);
        Some(Self { difference, low, high })
    }
}

/// Wilson's interval, as shares of one.
fn wilson(count: u64, of: u64) -> Option<(f64, f64)> {
    if of == 0 {
        return None;
    }
    let (n, share) = (of as f64, count as f64 / of as f64);
    let scale = 1.0 + Z * Z / n;
    let centre = (share + Z * Z / (2.0 * n)) / scale;
    let half = Z / scale * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    Some(((centre - half).max(0.0), (centre + half).min(1.0)))
}

/// The mean and its standard error.
fn mean_and_error(of: u64, sum: u64, squares: u64) -> Option<(f64, f64)> {
    if of == 0 {
        return None;
    }
    let n = of as f64;
    let mean = sum as f64 / n;
    let variance = (squares as f64 - n * mean * mean).max(0.0) / (n - 1.0).max(1.0);
    Some((mean, (variance / n).sqrt()))
}

/// To hundredths.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
