//! Logistic regression that is held to a prior: one weight after the other goes to where it fits best, until none moves.
//!
//! The same visits give the same weights, bit for bit. A column that is empty in all of them keeps its prior.

/// No weight goes farther than this in one round.
const LONGEST_STEP: f64 = 1.0;
/// A round in which no weight moves by more is the last.
const SETTLED: f64 = 1e-4;
const MAX_ROUNDS: usize = 200;

/// What a weight is held to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pull {
    /// Where it begins, and stays where nothing is known.
    pub to: f64,
    /// How strongly: as much as so many visits that say it beyond doubt, times four.
    pub strength: f64,
}

/// The weights with which `columns` tell best which visits were `missed`, each pulled to its prior. A visit counts as much
/// as `counts` says; without it, all alike. All columns are as long as `missed`.
#[must_use]
pub fn fit(columns: &[Vec<f64>], missed: &[bool], counts: Option<&[f64]>, prior: &[Pull]) -> Vec<f64> {
    let counts = counts.map_or_else(|| vec![1.0; missed.len()], <[f64]>::to_vec);
    let mut weights: Vec<f64> = prior.iter().map(|prior| prior.to).collect();
    let mut sums = vec![0.0; missed.len()];
    for (column, weight) in columns.iter().zip(&weights) {
        add(&mut sums, column, *weight);
    }
    for _ in 0..MAX_ROUNDS {
        let mut farthest: f64 = 0.0;
        for ((weight, column), prior) in weights.iter_mut().zip(columns).zip(prior) {
            let (mut slope, mut curve) = (-prior.strength * (*weight - prior.to), prior.strength);
            for (((value, sum), missed), count) in column.iter().zip(&sums).zip(missed).zip(&counts) {
                if *value != 0.0 {
                    let chance = logistic(*sum);
                    slope += count * value * (f64::from(u8::from(*missed)) - chance);
                    curve += count * value * value * chance * (1.0 - chance);
                }
            }
            if curve > 0.0 {
                let step = (slope / curve).clamp(-LONGEST_STEP, LONGEST_STEP);
                *weight += step;
                add(&mut sums, column, step);
                farthest = farthest.max(step.abs());
            }
        }
        if farthest < SETTLED {
            break;
        }
    }
    weights
}

fn add(sums: &mut [f64], column: &[f64], weight: f64) {
    for (sum, value) in sums.iter_mut().zip(column) {
        *sum += weight * value;
    }
}

/// The chance of which `sum` is the log-odds.
#[must_use]
pub(super) fn logistic(sum: f64) -> f64 {
    1.0 / (1.0 + (-sum).exp())
}
