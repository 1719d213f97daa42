//! A text as a bag of its words, pairs of words and pieces of words, hashed.
//!
//! Whole words tell most; pieces stand by where a word is misspelt, inflected or compounded. Nothing here knows a language.

use language::fold;

/// The shortest and the longest piece of a word, in characters. The space before and after a word counts as one.
const PIECE: std::ops::RangeInclusive<usize> = 2..=5;
/// How many words are read.
const MAX_WORDS: usize = 400;

/// What is in a text: buckets with how often something fell into them, each once, in order. Words and pairs are apart from pieces,
/// because they are weighed apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Features {
    /// Words and pairs of words.
    pub words: Vec<(u32, u32)>,
    /// Pieces of words.
    pub pieces: Vec<(u32, u32)>,
}

/// Reads `text` into `1 << bits` buckets.
#[must_use]
pub fn features(text: &str, bits: u32) -> Features {
    let words = words(text);
    let mut whole = Vec::new();
    let mut pieces = Vec::new();
    let mut before: Option<&String> = None;
    for word in &words {
        whole.push(bucket(&["w", word], bits));
        if let Some(before) = before {
            whole.push(bucket(&["p", before, word], bits));
        }
        before = Some(word);
        let letters: Vec<char> = std::iter::once(' ').chain(word.chars()).chain([' ']).collect();
        let mut piece = String::new();
        for window in PIECE.flat_map(|length| letters.windows(length)) {
            piece.clear();
            piece.extend(window);
            pieces.push(bucket(&["c", &piece], bits));
        }
    }
    Features { words: counted(whole), pieces: counted(pieces) }
}

/// The folded words of `text`, apostrophes left out of them: `don't` is `dont`, as people type it.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text).replace('\'', "");
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(MAX_WORDS).map(str::to_owned).collect()
}

fn counted(mut buckets: Vec<u32>) -> Vec<(u32, u32)> {
    buckets.sort_unstable();
    let mut counted: Vec<(u32, u32)> = Vec::new();
    for bucket in buckets {
        match counted.last_mut() {
            Some((last, count)) if *last == bucket => *count += 1,
            _ => counted.push((bucket, 1)),
        }
    }
    counted
}

/// FNV-1a of the parts, the upper bits folded in.
fn bucket(parts: &[&str], bits: u32) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.iter().flat_map(|part| part.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^= hash >> 32;
    u32::try_from(hash & ((1 << bits) - 1)).unwrap_or_default()
}
