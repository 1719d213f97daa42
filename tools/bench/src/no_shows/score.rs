//! How good chances are.

use super::rows::Row;
use crate::stats::calibration_error;

/// What is judged.
pub(super) struct Score {
    /// Over how many visits.
    pub(super) visits: usize,
    /// How often a missed visit has the higher chance of two, ties counting half.
    pub(super) auc: f64,
    /// How far chances and what happened lie apart, on average, in ten bins of chances.
    pub(super) calibration_error: f64,
    /// The mean logarithmic loss.
    pub(super) loss: f64,
}

impl Score {
    pub(super) fn of(chances: &[f64], rows: &[&Row]) -> Self {
        let mut pairs: Vec<(f64, bool)> = chances.iter().copied().zip(rows.iter().map(|row| row.missed)).collect();
        pairs.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        Self { visits: pairs.len(), auc: auc(&pairs), calibration_error: calibration_error(&pairs), loss: loss(&pairs) }
    }
}

fn one(missed: bool) -> f64 {
    f64::from(u8::from(missed))
}

/// `pairs` are in the order of their chances.
fn auc(pairs: &[(f64, bool)]) -> f64 {
    let (mut kept, mut missed, mut won) = (0.0, 0.0, 0.0);
    for ties in pairs.chunk_by(|(a, _), (b, _)| a.total_cmp(b).is_eq()) {
        let of_them: f64 = ties.iter().map(|(_, missed)| one(*missed)).sum();
        let others: f64 = ties.iter().map(|(_, missed)| 1.0 - one(*missed)).sum();
        won += of_them * (kept + others / 2.0);
        (kept, missed) = (kept + others, missed + of_them);
    }
    won / (kept * missed)
}

fn loss(pairs: &[(f64, bool)]) -> f64 {
    let of = |(chance, missed): &(f64, bool)| -(if *missed { *chance } else { 1.0 - chance }).max(1e-12).ln();
    pairs.iter().map(of).sum::<f64>() / count(pairs)
}

fn count(pairs: &[(f64, bool)]) -> f64 {
    pairs.iter().map(|_| 1.0).sum::<f64>().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_those_of_the_definitions() {
        let pairs = [(0.1, false), (0.3, true), (0.3, false), (0.9, true)];
        assert!((auc(&pairs) - 0.875).abs() < 1e-9, "one tie among four pairs");
        let expected = -(0.9_f64.ln() + 0.3_f64.ln() + 0.7_f64.ln() + 0.9_f64.ln()) / 4.0;
        assert!((loss(&pairs) - expected).abs() < 1e-9);
    }
}
