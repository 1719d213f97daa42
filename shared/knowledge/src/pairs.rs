//! Words of a question that stand side by side in a chunk too: "oil change" and not a change of the oil's price.

use crate::lexicon::is_stop;
use crate::question::terms_in;
use crate::rank::{Place, Sizes, saturated};
use crate::segment::TITLE;
use crate::text::{Stems, Term, Token, spans, tokens};
use crate::{Chunk, Segment};

/// How much a pair counts beside its words.
const WEIGHT: f32 = 0.2;

/// Which words of a question stand beside which others, whatever says nothing left out.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pairs {
    words: Vec<Known>,
    /// By the places of the words, the lower one first.
    pairs: Vec<(usize, usize)>,
}

/// A word of the question: what it begins with, which no ending changes, and its terms.
#[derive(Debug, Clone)]
struct Known {
    begins: Vec<u8>,
    terms: Vec<Term>,
}

impl Known {
    fn begins(&self, beginning: &[u8]) -> bool {
        self.begins.eq_ignore_ascii_case(beginning)
    }
}

fn beginning(word: &Token) -> &[u8] {
    let bytes = word.folded.as_bytes();
    bytes.get(..2).unwrap_or(bytes)
}

fn is_passed_over(word: &Token, language: &str) -> bool {
    word.is_letter() || is_stop(word, language)
}

fn pair(one: usize, other: usize) -> (usize, usize) {
    (one.min(other), one.max(other))
}

impl Pairs {
    pub(crate) fn of(text: &str, language: &str, stems: &[Stems]) -> Self {
        let mut found = Self::default();
        let mut last = None;
        for word in tokens(text).iter().flat_map(Token::with_parts).filter(|word| !is_passed_over(word, language)) {
            let terms = terms_in(stems, word);
            let known = found.words.iter().position(|known| known.terms == terms);
            let place = known.unwrap_or(found.words.len());
            if known.is_none() {
                found.words.push(Known { begins: beginning(word).to_vec(), terms });
            }
            if let Some(pair) = last.replace(place).map(|last| pair(last, place))
                && !found.pairs.contains(&pair)
            {
                found.pairs.push(pair);
            }
        }
        found
    }

    /// Raises the ranks of the best candidates by the pairs that they have. A pair is as rare as among these. `point` is what a point
    /// of BM25 is worth.
    pub(crate) fn raise(&self, best: &mut [Place], segments: &[Segment], sizes: &Sizes, point: f32) {
        if self.pairs.is_empty() || point == 0.0 {
            return;
        }
        let at = |(_, segment, at): &Place| {
            let segment: &Segment = segments.get(*segment)?;
            Some((segment.chunks.get(*at)?, segment.entries.get(*at)?.length))
        };
        let counts: Vec<Vec<u32>> =
            best.iter().map(|place| at(place).map_or_else(Vec::new, |(chunk, _)| self.counts(chunk))).collect();
        for nth in 0..self.pairs.len() {
            let times = |counts: &Vec<u32>| counts.get(nth).copied().unwrap_or_default();
            let weight = sizes.weight(counts.iter().filter(|counts| times(counts) > 0).count());
            for (place, counts) in best.iter_mut().zip(&counts).filter(|(_, counts)| times(counts) > 0) {
                let hold = at(place).map_or(0.0, |(_, length)| sizes.hold(length));
                place.0 += WEIGHT * weight * saturated(times(counts) as f32, hold) * point;
            }
        }
    }

    /// How often a chunk has each pair; its headings count as in [`crate::segment::Segment::new`].
    fn counts(&self, chunk: &Chunk) -> Vec<u32> {
        let stems = [Stems::of(&chunk.language)];
        let mut counts = vec![0; self.pairs.len()];
        for (text, times) in [(&chunk.text, 1), (&chunk.heading, TITLE)] {
            let mut last = None;
            for span in spans(text) {
                // Most words are none that is asked for, and stand behind none.
                let begins = span.beginning(text);
                if last.is_none() && begins.is_some_and(|begins| !self.words.iter().any(|word| word.begins(begins))) {
                    continue;
                }
                for word in span.token(text).iter().flat_map(Token::with_parts) {
                    let place = self.place(word, &stems);
                    // What is not asked for comes between, unless it says nothing.
                    if place.is_none() && (last.is_none() || is_passed_over(word, &chunk.language)) {
                        continue;
                    }
                    let before = std::mem::replace(&mut last, place);
                    let pair = before.zip(place).map(|(before, place)| pair(before, place));
                    let nth = pair.and_then(|pair| self.pairs.iter().position(|known| *known == pair));
                    if let Some(count) = nth.and_then(|nth| counts.get_mut(nth)) {
                        *count += times;
                    }
                }
            }
        }
        counts
    }

    fn place(&self, word: &Token, stems: &[Stems]) -> Option<usize> {
        self.words.iter().find(|known| known.begins(beginning(word)))?;
        let terms = terms_in(stems, word);
        self.words.iter().position(|known| terms.iter().any(|term| known.terms.binary_search(term).is_ok()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ChunkKind;

    fn counted(question: &str, heading: &str, text: &str) -> u32 {
        let (heading, text) = (heading.to_owned(), text.to_owned());
        let chunk = Chunk { page: None, heading, kind: ChunkKind::Prose, text, language: "en".to_owned() };
        Pairs::of(question, "en", &[Stems::of("en")]).counts(&chunk).iter().sum()
    }

    #[test]
    fn words_are_a_pair_in_either_order_and_across_what_says_nothing() {
        let question = "How much is an oil change?";
        assert_eq!(counted(question, "", "We do oil changes. Change of the oil: $49."), 2);
        assert_eq!(counted(question, "", "We change the price of oil."), 0);
        assert_eq!(counted(question, "Oil change", "It takes an hour."), TITLE);
        assert_eq!(counted("oil change", "", "oil oil change oil"), 2);
        assert_eq!(counted("T-cell receptors", "", "A receptor of the T cell"), 1);
    }
}
