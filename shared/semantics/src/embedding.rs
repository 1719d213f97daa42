//! A text as a point in a space.

use std::fmt;

/// The space that a vector belongs to: which model made it, in which version, with how many dimensions. Vectors of different
/// spaces have nothing to do with each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Space {
    /// The model, such as `minilm-static`.
    pub model: String,
    /// Its version: another one whenever any vector would come out differently.
    pub version: u16,
    /// How many numbers a vector has.
    pub dimensions: u16,
}

impl Space {
    /// Reads what is written by its [`Display`](fmt::Display): model, version and dimensions.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.rsplitn(3, ' ');
        let (dimensions, version) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Self { model: parts.next()?.to_owned(), version, dimensions })
    }
}

impl fmt::Display for Space {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.model, self.version, self.dimensions)
    }
}

/// A text as a point of length one in a [`Space`].
#[derive(Debug, Clone, PartialEq)]
pub struct Embedding {
    space: Space,
    values: Vec<f32>,
}

impl Embedding {
    /// `values` as a point of `space`, brought to length one. `None` where there are not as many as the space has dimensions, where
    /// one is no finite number, or where all are zero.
    #[must_use]
    pub fn new(space: Space, mut values: Vec<f32>) -> Option<Self> {
        let length = values.iter().map(|value| value * value).sum::<f32>().sqrt();
        let fits = values.len() == usize::from(space.dimensions) && length.is_finite() && length > 0.0;
        if !fits {
            return None;
        }
        for value in &mut values {
            *value /= length;
        }
        Some(Self { space, values })
    }

    /// The space.
    #[must_use]
    pub fn space(&self) -> &Space {
        &self.space
    }

    /// The numbers, as many as the space has dimensions.
    #[must_use]
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// How alike the two texts are: the cosine, from -1 to 1. `None` where the spaces differ.
    #[must_use]
    pub fn similarity(&self, other: &Self) -> Option<f32> {
        let is_same = self.space == other.space;
        is_same.then(|| self.values.iter().zip(&other.values).map(|(a, b)| a * b).sum())
    }
}
