//! Mistyped words: one slip in words of six letters and more, two in long ones. The first letter is taken as right.

use super::Catalogue;
use super::data::TABLE;
use crate::words::Words;

/// Shorter words are too like each other.
const MIN_CHARS: usize = 6;
/// From this length on two slips are forgiven.
const LONG_CHARS: usize = 9;
const MAX_CHARS: usize = 24;
/// So many unknown words of a message are looked at: the work stays bounded.
const MAX_WORDS: usize = 16;

/// Gives words that nobody knows the stem of the one they are most like.
pub(super) fn correct(words: &mut Words, catalogue: &Catalogue) {
    let unknown: Vec<(usize, String)> = (0..words.len())
        .filter_map(|at| Some((at, words.text(at)?, words.stem(at)?)))
        .filter(|(_, text, stem)| {
            (MIN_CHARS..=MAX_CHARS).contains(&text.chars().count())
                && !TABLE.lexicon.knows(text, stem)
                && !TABLE.is_common(stem)
                && !catalogue.stems().any(|known| known == *stem)
        })
        .map(|(at, _, stem)| (at, stem.to_owned()))
        .take(MAX_WORDS)
        .collect();
    for (at, stem) in unknown {
        if let Some(meant) = nearest(&stem, catalogue) {
            words.correct(at, &meant);
        }
    }
}

fn nearest(stem: &str, catalogue: &Catalogue) -> Option<String> {
    let letter = stem.chars().next()?;
    let length = stem.chars().count();
    let most = if length >= LONG_CHARS { 2 } else { 1 };
    let own = catalogue.stems().filter(|known| known.starts_with(letter));
    let near = own.chain(TABLE.beginning_with(letter)).filter(|known| known.len().abs_diff(stem.len()) <= most);
    near.filter(|known| known.len() + 1 >= MIN_CHARS)
        .filter_map(|known| Some((distance(stem, known, most)?, known)))
        .min()
        .map(|(_, known)| known.to_owned())
}

/// How many letters were left out, added, changed or swapped, if at most `most`.
fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let at = |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX / 2);
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let changed = at(&last, j) + usize::from(a != b);
            let mut least = changed.min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let is_swap = i > 0 && j > 0 && one.get(i - 1) == Some(b) && other.get(j - 1) == Some(a);
            if is_swap {
                least = least.min(at(&before, j - 1) + 1);
            }
            row.push(least);
        }
        if row.iter().min().is_some_and(|least| *least > most) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        for (one, other, most, slips) in [
            ("breaks", "brakes", 2, Some(2)),
            ("alignement", "alignment", 1, Some(1)),
            ("whitneing", "whitening", 1, Some(1)),
            ("inspection", "injection", 1, None),
        ] {
            assert_eq!(distance(one, other, most), slips, "{one} {other}");
        }
    }
}
