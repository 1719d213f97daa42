//! Training: one linear support vector machine a label against the rest, and how sure of itself the model may be.
//!
//! The same examples give the same model, byte for byte.

use crate::embedding::{Embedding, Space};
use crate::features::{Features, features};
use crate::linear::{Linear, RARITY_STEPS, likeliest, weighed};
use crate::separate::{BIAS, Point, product, separate};

/// So many parts are made of the examples; one after the other is held out to learn how sure the model may be.
const PARTS: u32 = 5;
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

/// What a model made of an example that it was not trained on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeldOut {
    /// Whether it found the example's label.
    pub is_right: bool,
    /// The chance that it gave its answer, from 0 to 1.
    pub confidence: f32,
}

/// Trains a model. Labels are in alphabetical order in it.
#[must_use]
pub fn train(examples: &[Example], settings: Settings) -> Linear {
    let Prepared { labels, space, rarity, points, rows } = Prepared::of(examples, settings);
    let scored = scored(&points, labels.len(), rows, settings);
    let sharpness = sharpness(&scored.iter().collect::<Vec<_>>());
    let all: Vec<&Point> = points.iter().collect();
    let separated: Vec<Vec<f32>> = (0..labels.len()).map(|label| separate(&all, label, rows, settings.cost)).collect();
    let (scales, weights) = rounded(&separated, rows);
    Linear { labels, bits: settings.bits, space, rarity, scales, weights, sharpness }
}

/// What [`train`]'s models make of the examples of each part that is held out, by weights and a sharpness that were learned on the
/// others. So it tells whether chances hold; at least two parts have to be held out.
#[must_use]
pub fn hold_out(examples: &[Example], settings: Settings) -> Vec<HeldOut> {
    let Prepared { labels, points, rows, .. } = Prepared::of(examples, settings);
    let scored = scored(&points, labels.len(), rows, settings);
    let mut judged = Vec::with_capacity(scored.len());
    for part in 0..PARTS {
        let (held, others): (Vec<&Scored>, Vec<&Scored>) = scored.iter().partition(|scored| scored.part == part);
        let sharpness = sharpness(&others);
        let guesses = held.iter().filter_map(|held| Some((held, likeliest(&held.scores, sharpness)?)));
        judged.extend(guesses.map(|(held, (best, confidence))| HeldOut { is_right: best == held.label, confidence }));
    }
    judged
}

/// Examples as the trainer sees them.
struct Prepared {
    labels: Vec<String>,
    space: Option<Space>,
    rarity: Vec<u8>,
    points: Vec<Point>,
    /// How many weights a label has, the bias left out.
    rows: usize,
}

impl Prepared {
    fn of(examples: &[Example], settings: Settings) -> Self {
        let mut labels: Vec<String> = examples.iter().map(|example| example.label.clone()).collect();
        labels.sort_unstable();
        labels.dedup();
        let read: Vec<Features> = examples.iter().map(|example| features(&example.text, settings.bits)).collect();
        let rarity = rarity(&read, settings);
        let space = examples.first().and_then(|example| example.embedding.as_ref()).map(|e| e.space().clone());
        let point = |(example, read): (&Example, &Features)| Point {
            values: values(read, &rarity, example.embedding.as_ref(), space.as_ref()),
            label: labels.binary_search(&example.label).unwrap_or_default(),
            part: example.group % PARTS,
        };
        let points = examples.iter().zip(&read).map(point).collect();
        let rows = rarity.len() + space.as_ref().map_or(0, |space| usize::from(space.dimensions));
        Self { labels, space, rarity, points, rows }
    }
}

fn values(read: &Features, rarity: &[u8], embedding: Option<&Embedding>, space: Option<&Space>) -> Vec<(usize, f32)> {
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

/// The scores of an example whose part was not trained on.
struct Scored {
    scores: Vec<f32>,
    label: usize,
    part: u32,
}

fn scored(points: &[Point], labels: usize, rows: usize, settings: Settings) -> Vec<Scored> {
    let mut scored = Vec::new();
    for part in 0..settings.held_out.min(PARTS) {
        let kept: Vec<&Point> = points.iter().filter(|point| point.part != part).collect();
        let separated: Vec<Vec<f32>> = (0..labels).map(|label| separate(&kept, label, rows, settings.cost)).collect();
        let held = points.iter().filter(|point| point.part == part);
        scored.extend(held.map(|point| Scored {
            scores: separated.iter().map(|weights| product(point, weights)).collect(),
            label: point.label,
            part,
        }));
    }
    scored
}

/// By what scores become chances that hold on examples that were not trained on.
fn sharpness(scored: &[&Scored]) -> f32 {
    let surprise = |sharpness: f32| -> f64 {
        let chances = scored.iter().map(|scored| chance(&scored.scores, scored.label, sharpness));
        chances.map(|chance| -f64::from(chance).max(1e-6).ln()).sum()
    };
    SHARPNESS.map(|tenths| f32::from(tenths) / 10.0).min_by(|a, b| surprise(*a).total_cmp(&surprise(*b))).unwrap_or(1.0)
}

/// The chance of `label`.
fn chance(scores: &[f32], label: usize, sharpness: f32) -> f32 {
    let Some((best, chance)) = likeliest(scores, sharpness) else { return 0.0 };
    let behind = scores.get(label).zip(scores.get(best)).map_or(0.0, |(own, best)| own - best);
    chance * (behind * sharpness).exp()
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
