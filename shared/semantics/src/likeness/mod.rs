//! Whether two questions ask the same, so that the answer to one answers the other.
//!
//! A wrong yes sends a customer the answer to another question; a wrong no costs a call to a model. So nothing is guessed: two texts
//! ask the same only where every word of them is accounted for. A word is left out where a list says that it tells nothing, and stands
//! for another where a list says that they mean the same (`data/likeness`, five languages); every other word must be in both. Numbers,
//! signs, days and months must be the same in the same order, denials must be in both, and where a word of order is in one of them
//! ("from", "before", "than", "not") or several names are, all words must be in the same order. Beside that their points in the space of
//! the built-in [table](crate::Table) must be near, where it knows the language.
//!
//! What is kept of a text are numbers from which it cannot be read back.

mod lexicon;
mod reading;

use crate::embedding::Embedding;
use std::collections::BTreeSet;

pub use reading::{Known, Reading, is_all_known, read, speaks_of_now};

/// How near two texts must be. The words decide: on one half of Banking77's training set, floors up to this change nothing, and higher ones
/// refuse more that is right than what is wrong; so does the other half (`docs/ai.md`).
pub const NEAR: f32 = 0.5;

/// What a text asks, in one language, as it is compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Meaning {
    /// ISO 639-1.
    pub language: String,
    /// Hashes of the words that count, in order.
    pub words: Vec<u64>,
    /// Of these, numbers, signs, days and months.
    pub literals: Vec<u64>,
    /// Whether another order may be another question.
    pub is_ordered: bool,
    /// The text as a point, in a language that the table knows.
    pub point: Option<Embedding>,
}

impl Meaning {
    /// Whether both ask the same.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        self.has_the_words_of(other) && self.nearness(other).is_none_or(|near| near >= NEAR)
    }

    /// Whether the words of both are the same, as far as they count.
    #[must_use]
    pub fn has_the_words_of(&self, other: &Self) -> bool {
        let set = |words: &[u64]| words.iter().copied().collect::<BTreeSet<u64>>();
        let in_order = !(self.is_ordered || other.is_ordered) || self.words == other.words;
        self.language == other.language
            && self.literals == other.literals
            && in_order
            && set(&self.words) == set(&other.words)
    }

    /// How near they are, from -1 to 1. `None` where one of them is no point, or their spaces differ.
    #[must_use]
    pub fn nearness(&self, other: &Self) -> Option<f32> {
        self.point.as_ref().zip(other.point.as_ref()).and_then(|(one, other)| one.similarity(other))
    }
}
