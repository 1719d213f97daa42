//! Which chunks are worth reading: BM25 over stems, likeness of vectors, and both together.

use crate::Segment;
use crate::question::Word;

/// Robertson and Zaragoza's constants: how soon a word that is said again counts no more, and how much long chunks are held back.
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// How much vectors count beside words.
const VECTORS: f32 = 0.2;

/// How many chunks there are, and how long they are.
pub(crate) struct Sizes {
    chunks: usize,
    average: f32,
}

impl Sizes {
    pub(crate) fn of(segments: &[Segment]) -> Self {
        let entries = || segments.iter().flat_map(|segment| &segment.entries);
        let (chunks, words) =
            entries().fold((0, 0_u64), |(chunks, words), entry| (chunks + 1, words + u64::from(entry.length)));
        Self { chunks, average: (words as f32 / chunks.max(1) as f32).max(1.0) }
    }

    /// How much a word says that so many chunks have.
    fn weight(&self, having: usize) -> f32 {
        let (all, having) = (self.chunks as f32, having as f32);
        ((all - having + 0.5).max(0.5) / (having + 0.5)).ln_1p()
    }
}

/// What the words of a question find.
pub(crate) struct Lexical {
    /// BM25 of every chunk, in order.
    pub(crate) scores: Vec<f32>,
    /// How rare each word itself is, from 0 (every chunk) to 1; `None` where no chunk has it.
    pub(crate) rarity: Vec<Option<f32>>,
}

pub(crate) fn lexical(words: &[Word], segments: &[Segment], sizes: &Sizes) -> Lexical {
    let lengths: Vec<f32> = segments
        .iter()
        .flat_map(|segment| &segment.entries)
        .map(|entry| K1 * (1.0 - B + B * entry.length as f32 / sizes.average))
        .collect();
    let mut scores = vec![0.0_f32; lengths.len()];
    // How often each chunk has the word at hand, and which chunks have it.
    let mut times = vec![0.0_f32; lengths.len()];
    let mut having: Vec<usize> = Vec::new();
    let mut rarity = Vec::with_capacity(words.len());
    for word in words {
        let sought: Vec<(u32, f32)> = word.sought().collect();
        let mut first = 0;
        for segment in segments {
            for (term, worth) in &sought {
                for (place, count) in segment.postings.of(*term) {
                    if let Some(times) = times.get_mut(first + place) {
                        if *times == 0.0 {
                            having.push(first + place);
                        }
                        *times = times.max(worth * count as f32);
                    }
                }
            }
            first += segment.chunks.len();
        }
        let has_itself = |at: &&usize| times.get(**at).is_some_and(|times| *times >= 1.0);
        let itself = having.iter().filter(has_itself).count();
        rarity.push((itself > 0).then(|| (sizes.weight(itself) / sizes.weight(0)).clamp(0.0, 1.0)));
        let weight = sizes.weight(having.len()) * word.share;
        for at in having.drain(..) {
            if let (Some(score), Some(times), Some(length)) = (scores.get_mut(at), times.get_mut(at), lengths.get(at)) {
                *score += weight * *times * (K1 + 1.0) / (*times + length);
                *times = 0.0;
            }
        }
    }
    Lexical { scores, rarity }
}

/// How alike every chunk is to what is asked, in order.
pub(crate) fn similar(asked: &[i8], segments: &[Segment]) -> Vec<f32> {
    let entries = segments.iter().flat_map(|segment| &segment.entries);
    entries.map(|entry| product(asked, &entry.vector) as f32).collect()
}

fn product(a: &[i8], b: &[i8]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(i16::from(*a) * i16::from(*b))).sum()
}

/// The weighed sum of both, each brought to a mean of zero and a deviation of one.
pub(crate) fn blended(words: Vec<f32>, vectors: Option<Vec<f32>>) -> Vec<f32> {
    let Some(mut vectors) = vectors else { return words };
    let mut words = words;
    standardise(&mut words);
    standardise(&mut vectors);
    words.iter().zip(&vectors).map(|(words, vectors)| words + VECTORS * vectors).collect()
}

fn standardise(scores: &mut [f32]) {
    let count = scores.len().max(1) as f32;
    let mean = scores.iter().sum::<f32>() / count;
    let deviation =
        (scores.iter().map(|score| (score - mean).powi(2)).sum::<f32>() / count).sqrt().max(f32::MIN_POSITIVE);
    for score in scores {
        *score = (*score - mean) / deviation;
    }
}
