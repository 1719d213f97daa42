//! Training: one linear support vector machine a label against the rest, by dual coordinate descent (Hsieh and others, ICML 2008).
//!
//! Examples are gone through in an order that depends on nothing but their number, with plain arithmetic alone, so the same examples
//! give the same model, byte for byte.

use crate::embedding::{Embedding, Space};
use crate::features::{Features, features};
use crate::linear::{Linear, RARITY_STEPS, likeliest, weighed};

/// The most rounds over all examples.
const MAX_ROUNDS: usize = 60;
/// A round in which nothing was further from the optimum ends the training of a label.
const TOLERANCE: f32 = 0.05;
/// So many parts are made of the examples; one after the other is held out to learn how sure the model may be.
const PARTS: u32 = 5;
/// How much score goes to the bias: as if every text had one feature more, of this size.
const BIAS: f32 = 1.0;
/// Values of a model's sharpness that are tried.
const SHARPNESS: std::ops::Range<u16> = 2..120;

/// A text and what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The text.
    pub text: String,
    /// Its label.
    pub label: String,
    /// Examples that are much alike have one number: they are held out together.
    pub group: u32,
    /// The text as a point; of all examples or of none, and all in one space.
    pub embedding: Option<Embedding>,
}

/// What is set before training.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// The model has `1 << bits` buckets.
    pub bits: u32,
    /// What an example on the wrong side costs.
    pub cost: f32,
    /// A bucket is kept from so many examples on.
    pub least: u32,
    /// How many of the five parts are held out in turn: each costs as much time again.
    pub held_out: u32,
}

/// A text as the trainer sees it, and the place of its label.
struct Point {
    values: Vec<(usize, f32)>,
    label: usize,
    part: u32,
}

/// Trains a model. Labels are in alphabetical order in it.
#[must_use]
pub fn train(examples: &[Example], settings: Settings) -> Linear {
    let mut labels: Vec<String> = examples.iter().map(|example| example.label.clone()).collect();
    labels.sort_unstable();
    labels.dedup();
    let read: Vec<Features> = examples.iter().map(|example| features(&example.text, settings.bits)).collect();
    let rarity = rarity(&read, settings);
    let space = examples.first().and_then(|example| example.embedding.as_ref()).map(|e| e.space().clone());
    let points: Vec<Point> = examples
        .iter()
        .zip(&read)
        .map(|(example, read)| Point {
            values: point(read, &rarity, example.embedding.as_ref(), space.as_ref()),
            label: labels.binary_search(&example.label).unwrap_or_default(),
            part: example.group % PARTS,
        })
        .collect();
    let rows = rarity.len() + space.as_ref().map_or(0, |space| usize::from(space.dimensions));

    let sharpness = sharpness(&points, labels.len(), rows, settings);
    let all: Vec<&Point> = points.iter().collect();
    let separated: Vec<Vec<f32>> = (0..labels.len()).map(|label| separate(&all, label, rows, settings.cost)).collect();
    let (scales, weights) = rounded(&separated, rows);
    Linear { labels, bits: settings.bits, space, rarity, scales, weights, sharpness }
}

fn point(read: &Features, rarity: &[u8], embedding: Option<&Embedding>, space: Option<&Space>) -> Vec<(usize, f32)> {
    let mut values = weighed(read, rarity);
    let dense = embedding.filter(|embedding| Some(embedding.space()) == space).map(Embedding::values);
    values.extend(dense.into_iter().flatten().enumerate().map(|(at, value)| (rarity.len() + at, *value)));
    values
}

/// How rare each bucket is (the smoothed logarithm of one by its share of the examples); zero where too few have it.
fn rarity(read: &[Features], settings: Settings) -> Vec<u8> {
    let mut seen = vec![0_u32; 1 << settings.bits];
    for (bucket, _) in read.iter().flat_map(|read| read.words.iter().chain(&read.pieces)) {
        if let Some(seen) = usize::try_from(*bucket).ok().and_then(|bucket| seen.get_mut(bucket)) {
            *seen += 1;
        }
    }
    let all = read.len() as f64;
    let steps = |seen: u32| (((1.0 + all) / (1.0 + f64::from(seen))).ln() + 1.0) as f32 * RARITY_STEPS;
    seen.into_iter().map(|seen| if seen < settings.least { 0 } else { steps(seen).round() as u8 }).collect()
}

/// By what scores become chances that hold on examples that were not trained on.
fn sharpness(points: &[Point], labels: usize, rows: usize, settings: Settings) -> f32 {
    let mut scored: Vec<(Vec<f32>, usize)> = Vec::new();
    for part in 0..settings.held_out.min(PARTS) {
        let kept: Vec<&Point> = points.iter().filter(|point| point.part != part).collect();
        let separated: Vec<Vec<f32>> = (0..labels).map(|label| separate(&kept, label, rows, settings.cost)).collect();
        let held = points.iter().filter(|point| point.part == part);
        scored
            .extend(held.map(|point| (separated.iter().map(|weights| product(point, weights)).collect(), point.label)));
    }
    let surprise = |sharpness: f32| -> f64 {
        scored.iter().map(|(scores, label)| -f64::from(chance(scores, *label, sharpness)).max(1e-6).ln()).sum()
    };
    SHARPNESS.map(|tenths| f32::from(tenths) / 10.0).min_by(|a, b| surprise(*a).total_cmp(&surprise(*b))).unwrap_or(1.0)
}

/// The chance of `label`.
fn chance(scores: &[f32], label: usize, sharpness: f32) -> f32 {
    let Some((best, chance)) = likeliest(scores, sharpness) else { return 0.0 };
    let behind = scores.get(label).zip(scores.get(best)).map_or(0.0, |(own, best)| own - best);
    chance * (behind * sharpness).exp()
}

/// The weights that tell `label` from all others, the bias last.
fn separate(points: &[&Point], label: usize, rows: usize, cost: f32) -> Vec<f32> {
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

fn product(point: &Point, weights: &[f32]) -> f32 {
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

/// The weights in eight bits, by row and label, and each label's scale and bias.
fn rounded(separated: &[Vec<f32>], rows: usize) -> (Vec<(f32, f32)>, Vec<i8>) {
    let scale = |weights: &Vec<f32>| {
        let largest = weights.iter().take(rows).fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
        (largest / 127.0).max(f32::MIN_POSITIVE)
    };
    let scales: Vec<f32> = separated.iter().map(scale).collect();
    let mut weights = Vec::with_capacity(rows * separated.len());
    for row in 0..rows {
        for (label, scale) in separated.iter().zip(&scales) {
            weights.push((label.get(row).copied().unwrap_or_default() / scale).round() as i8);
        }
    }
    let biases = separated.iter().map(|weights| BIAS * weights.last().copied().unwrap_or_default());
    (scales.into_iter().zip(biases).collect(), weights)
}
