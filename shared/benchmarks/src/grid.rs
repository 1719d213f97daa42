//! The public grid of a metric: where a value lies, and the finer parts that a sketch counts in.

use crate::Metric;

/// Cells of each metric's grid.
pub(crate) const CELLS: usize = 12;
/// Parts of each cell that a large sketch counts in.
const PARTS: i64 = 8;

/// A cell or part: from its lower edge up to its upper one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) low: i64,
    pub(crate) high: i64,
}

/// The cells of a metric, in order.
pub(crate) fn spans(metric: Metric) -> impl Iterator<Item = Span> {
    let edges = metric.edges();
    edges.iter().zip(edges.iter().skip(1)).map(|(low, high)| Span { low: *low, high: *high })
}

/// The cell (0 to 11) that a value is in, clipped before.
pub(crate) fn cell(metric: Metric, value: i64) -> usize {
    let below = metric.edges().iter().skip(1).take_while(|edge| **edge <= value).count();
    below.min(CELLS - 1)
}

/// The part (0 to 95) that a value is in, clipped before: eight of equal width in each cell.
pub(crate) fn part(metric: Metric, value: i64) -> u16 {
    let value = metric.clip(value);
    let cell = cell(metric, value);
    let Some(Span { low, high }) = spans(metric).nth(cell) else { return 0 };
    let within = ((value - low) * PARTS / (high - low)).min(PARTS - 1);
    u16::try_from(cell).unwrap_or(0) * 8 + u16::try_from(within).unwrap_or(0)
}

/// The middle of a part, rounded down.
pub(crate) fn middle(metric: Metric, part: u16) -> i64 {
    let Some(Span { low, high }) = spans(metric).nth(usize::from(part / 8)) else { return metric.bounds().1 };
    low + (high - low) * (2 * i64::from(part % 8) + 1) / (2 * PARTS)
}
