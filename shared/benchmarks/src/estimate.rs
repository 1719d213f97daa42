//! From noisy counts to figures. Nothing here reads a contribution: what noise protects, arithmetic cannot undo.

use crate::{
    Metric,
    grid::{self, CELLS},
};

/// What is published of a distribution, rounded, in the metric's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Figures {
    pub(crate) average: i64,
    pub(crate) top25: i64,
    pub(crate) top10: i64,
}

/// The figures of noisy counts; none where they add up to nothing.
pub(crate) fn figures(metric: Metric, noisy: &[i64; CELLS]) -> Option<Figures> {
    let shares = shares(noisy)?;
    let top = |percent: f64| {
        let below = if metric.more_is_better() { 1.0 - percent } else { percent };
        rounded(metric, at(metric, &shares, below))
    };
    let average = if metric.averages_by_median() { at(metric, &shares, 0.5) } else { mean(metric, &shares) };
    Some(Figures { average: rounded(metric, average), top25: top(0.25), top10: top(0.1) })
}

/// The shares that are nearest to the noisy counts (least squares) among those that no cell has less than nothing of and that add
/// up to one.
fn shares(noisy: &[i64; CELLS]) -> Option<[f64; CELLS]> {
    let total = noisy.iter().sum::<i64>() as f64;
    if total <= 0.0 {
        return None;
    }
    let mut falling = *noisy;
    falling.sort_unstable_by_key(|count| std::cmp::Reverse(*count));
    // What is taken from every cell is such that those which have more add up to the total.
    let (mut sum, mut taken) = (0.0, 0.0);
    for (index, count) in falling.iter().enumerate() {
        sum += *count as f64;
        let candidate = (sum - total) / (index + 1) as f64;
        if *count as f64 > candidate {
            taken = candidate;
        }
    }
    Some(noisy.map(|count| (count as f64 - taken).max(0.0) / total))
}

fn mean(metric: Metric, shares: &[f64; CELLS]) -> f64 {
    grid::spans(metric).zip(shares).map(|(cell, share)| share * (cell.low + cell.high) as f64 / 2.0).sum()
}

/// The value that a share of all is below, as if a cell's businesses were evenly spread in it.
fn at(metric: Metric, shares: &[f64; CELLS], below: f64) -> f64 {
    let mut sum = 0.0;
    for (cell, share) in grid::spans(metric).zip(shares) {
        if *share > 0.0 && sum + share >= below {
            return cell.low as f64 + (cell.high - cell.low) as f64 * ((below - sum) / share).clamp(0.0, 1.0);
        }
        sum += share;
    }
    metric.bounds().1 as f64
}

/// To two significant digits, a score to 0.05 stars: what noise and cells leave is no more exact.
fn rounded(metric: Metric, value: f64) -> i64 {
    let whole = value.round() as i64;
    let step = match metric {
        Metric::ReviewScore => 5,
        _ => (0..12).map(|power| 10_i64.pow(power)).find(|step| whole / step < 100).unwrap_or(1),
    };
    (whole + step / 2) / step * step
}

#[cfg(test)]
mod tests;
