//! One label told from all others by a linear support vector machine with squared hinge loss, by dual coordinate descent (Hsieh and
//! others, ICML 2008).
//!
//! Examples are gone through in an order that depends on nothing but their number, with plain arithmetic alone, so the same examples
//! give the same weights, bit for bit.

/// The most rounds over all examples.
const MAX_ROUNDS: usize = 60;
/// A round in which nothing was further from the optimum ends the training of a label.
const TOLERANCE: f32 = 0.05;
/// How much score goes to the bias: as if every text had one feature more, of this size.
pub(crate) const BIAS: f32 = 1.0;

/// A text as the trainer sees it, and the place of its label.
pub(crate) struct Point {
    /// Rows and what the text has of them.
    pub(crate) values: Vec<(usize, f32)>,
    pub(crate) label: usize,
    /// Which part of the examples it is held out with.
    pub(crate) part: u32,
}

/// The weights that tell `label` from all others, the bias last.
pub(crate) fn separate(points: &[&Point], label: usize, rows: usize, cost: f32) -> Vec<f32> {
    let slack = 1.0 / (2.0 * cost);
    let mut weights = vec![0.0_f32; rows + 1];
    let mut duals = vec![0.0_f32; points.len()];
    let norms: Vec<f32> = points
        .iter()
        .map(|point| point.values.iter().map(|(_, value)| value * value).sum::<f32>() + BIAS * BIAS + slack)
        .collect();
    let mut order: Vec<usize> = (0..points.len()).collect();
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..MAX_ROUNDS {
        shuffle(&mut order, &mut random);
        let mut furthest = 0.0_f32;
        for &at in &order {
            let (Some(point), Some(dual), Some(norm)) = (points.get(at), duals.get_mut(at), norms.get(at)) else {
                continue;
            };
            let side = if point.label == label { 1.0 } else { -1.0 };
            let gradient = side * product(point, &weights) - 1.0 + *dual * slack;
            let projected = if *dual > 0.0 { gradient } else { gradient.min(0.0) };
            furthest = furthest.max(projected.abs());
            if projected != 0.0 {
                let before = *dual;
                *dual = (before - gradient / norm).max(0.0);
                add(point, side * (*dual - before), &mut weights);
            }
        }
        if furthest < TOLERANCE {
            break;
        }
    }
    weights
}

pub(crate) fn product(point: &Point, weights: &[f32]) -> f32 {
    let score: f32 =
        point.values.iter().map(|(row, value)| value * weights.get(*row).copied().unwrap_or_default()).sum();
    score + BIAS * weights.last().copied().unwrap_or_default()
}

fn add(point: &Point, step: f32, weights: &mut [f32]) {
    for (row, value) in &point.values {
        if let Some(weight) = weights.get_mut(*row) {
            *weight += step * value;
        }
    }
    if let Some(bias) = weights.last_mut() {
        *bias += step * BIAS;
    }
}

/// Fisher and Yates, with xorshift.
fn shuffle(order: &mut [usize], random: &mut u64) {
    for last in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        order.swap(last, (*random % (last as u64 + 1)) as usize);
    }
}
