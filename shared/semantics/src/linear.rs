//! A linear classifier: for each label a weight a bucket, and one a dimension of an embedding where the model has one.
//!
//! A model is a few bytes: how rare each bucket is, weights of eight bits with a scale a label, and how far apart scores must be to
//! count as sure.

use crate::embedding::{Embedding, Space};
use crate::features::{Features, features};

const MAGIC: &[u8; 8] = b"LINEAR01";
/// How finely a bucket's rarity is kept.
pub(crate) const RARITY_STEPS: f32 = 16.0;

/// A label and how sure of it the model is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guess<'m> {
    /// The likeliest label.
    pub label: &'m str,
    /// The chance that it is right, from 0 to 1.
    pub confidence: f32,
}

/// Bytes that are no model or no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

impl std::fmt::Display for Malformed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the bytes are not of the expected form")
    }
}

impl std::error::Error for Malformed {}

/// A model that is ready to classify.
#[derive(Debug, Clone, PartialEq)]
pub struct Linear {
    pub(crate) labels: Vec<String>,
    pub(crate) bits: u32,
    /// The space of the embeddings that it reads; `None` where it reads text alone.
    pub(crate) space: Option<Space>,
    /// How rare each bucket is, in [`RARITY_STEPS`].
    pub(crate) rarity: Vec<u8>,
    /// A scale and a bias a label.
    pub(crate) scales: Vec<(f32, f32)>,
    /// By bucket, then dimension; in each, by label.
    pub(crate) weights: Vec<i8>,
    /// By what scores are multiplied before they become chances.
    pub(crate) sharpness: f32,
}

impl Linear {
    /// The labels.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The likeliest label of `text`. `None` where the model reads embeddings and `embedding` is none of its space, and where
    /// nothing of the text was seen in training.
    #[must_use]
    pub fn classify(&self, text: &str, embedding: Option<&Embedding>) -> Option<Guess<'_>> {
        let scores = self.scores(&features(text, self.bits), embedding)?;
        let (best, confidence) = likeliest(&scores, self.sharpness)?;
        Some(Guess { label: self.labels.get(best)?, confidence })
    }

    fn scores(&self, features: &Features, embedding: Option<&Embedding>) -> Option<Vec<f32>> {
        let dense = match &self.space {
            Some(space) => Some(embedding.filter(|embedding| embedding.space() == space)?),
            None => None,
        };
        let point = weighed(features, &self.rarity);
        if point.is_empty() {
            return None;
        }
        let first = self.rarity.len();
        let dense = dense.into_iter().flat_map(|embedding| embedding.values().iter().copied().enumerate());
        let mut scores = vec![0.0; self.labels.len()];
        for (row, value) in point.into_iter().chain(dense.map(|(at, value)| (first + at, value))) {
            let weights = self.weights.get(row * self.labels.len()..).unwrap_or_default();
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += value * f32::from(*weight);
            }
        }
        for (score, (scale, bias)) in scores.iter_mut().zip(&self.scales) {
            *score = *score * scale + bias;
        }
        Some(scores)
    }

    /// The model as bytes, the same for the same model.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        let space = self.space.clone().unwrap_or(Space { model: String::new(), version: 0, dimensions: 0 });
        for number in [self.bits, u32::from(space.version), u32::from(space.dimensions)] {
            bytes.extend(number.to_le_bytes());
        }
        let names = self.labels.iter().chain([&space.model]).map(String::as_str).collect::<Vec<_>>().join("\n");
        bytes.extend(u32::try_from(names.len()).unwrap_or_default().to_le_bytes());
        bytes.extend(names.as_bytes());
        bytes.extend(self.sharpness.to_le_bytes());
        for (scale, bias) in &self.scales {
            bytes.extend(scale.to_le_bytes());
            bytes.extend(bias.to_le_bytes());
        }
        bytes.extend(&self.rarity);
        bytes.extend(self.weights.iter().map(|weight| weight.cast_unsigned()));
        bytes
    }

    /// The model that `bytes` hold.
    ///
    /// # Errors
    /// Where they hold none.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader(bytes);
        if reader.take(MAGIC.len())? != MAGIC {
            return Err(Malformed);
        }
        let (bits, version, dimensions) = (reader.number()?, reader.number()?, reader.number()?);
        let length = usize::try_from(reader.number()?).map_err(|_| Malformed)?;
        let names = std::str::from_utf8(reader.take(length)?).map_err(|_| Malformed)?;
        let (labels, model) = names.rsplit_once('\n').ok_or(Malformed)?;
        let labels: Vec<String> = labels.split('\n').map(str::to_owned).collect();
        let sharpness = reader.float()?;
        let mut scales = Vec::new();
        for _ in &labels {
            scales.push((reader.float()?, reader.float()?));
        }
        let dimensions = u16::try_from(dimensions).map_err(|_| Malformed)?;
        let version = u16::try_from(version).map_err(|_| Malformed)?;
        let space = (dimensions > 0).then(|| Space { model: model.to_owned(), version, dimensions });
        let buckets = 1_usize.checked_shl(bits).filter(|_| bits < 24).ok_or(Malformed)?;
        let rarity = reader.take(buckets)?.to_vec();
        let rows = buckets + usize::from(dimensions);
        let weights = reader.take(rows * labels.len())?.iter().map(|byte| byte.cast_signed()).collect();
        reader.0.is_empty().then_some(Self { labels, bits, space, rarity, scales, weights, sharpness }).ok_or(Malformed)
    }
}

/// What is in a text, weighed by how rare it is; words and pieces of length one each. What was never seen in training is left out.
pub(crate) fn weighed(features: &Features, rarity: &[u8]) -> Vec<(usize, f32)> {
    let mut point = Vec::with_capacity(features.words.len() + features.pieces.len());
    for group in [&features.words, &features.pieces] {
        let start = point.len();
        for (bucket, count) in group {
            let bucket = usize::try_from(*bucket).unwrap_or_default();
            let rarity = f32::from(rarity.get(bucket).copied().unwrap_or_default()) / RARITY_STEPS;
            if rarity > 0.0 {
                point.push((bucket, rarity * f32::from(u16::try_from(*count).unwrap_or(u16::MAX)).sqrt()));
            }
        }
        let group = point.get_mut(start..).unwrap_or_default();
        let length = group.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
        for (_, value) in group {
            *value /= length;
        }
    }
    point
}

/// The highest score's place, and its chance.
pub(crate) fn likeliest(scores: &[f32], sharpness: f32) -> Option<(usize, f32)> {
    let (best, highest) = scores.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
    let all: f32 = scores.iter().map(|score| ((score - highest) * sharpness).exp()).sum();
    Some((best, 1.0 / all))
}

/// Reads bytes from the front.
pub(crate) struct Reader<'b>(pub(crate) &'b [u8]);

impl<'b> Reader<'b> {
    pub(crate) fn take(&mut self, length: usize) -> Result<&'b [u8], Malformed> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Malformed)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(crate) fn number(&mut self) -> Result<u32, Malformed> {
        Ok(u32::from_le_bytes(self.take(4)?.try_into().map_err(|_| Malformed)?))
    }

    pub(crate) fn float(&mut self) -> Result<f32, Malformed> {
        Ok(f32::from_bits(self.number()?))
    }
}
