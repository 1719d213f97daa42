//! Which chunks are worth reading: BM25 over stems, likeness of vectors, and both together.

use crate::index::READ;
use crate::question::Question;
use crate::segment::vector;
use crate::text::Term;
use crate::{Index, Query, Ranking, Segment};

/// Robertson and Zaragoza's constants: how soon a word that is said again counts no more, and how much long chunks are held back.
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// How much vectors count beside words.
const VECTORS: f32 = 0.2;

/// The rank of a chunk, the place of its document, and its own in it.
pub(crate) type Place = (f32, usize, usize);

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
    pub(crate) fn weight(&self, having: usize) -> f32 {
        let (all, having) = (self.chunks as f32, having as f32);
        ((all - having + 0.5).max(0.5) / (having + 0.5)).ln_1p()
    }

    /// How much a chunk of so many words holds back what it says again.
    pub(crate) fn hold(&self, length: u32) -> f32 {
        K1 * (1.0 - B + B * length as f32 / self.average)
    }
}

/// How much a word counts that is said so often, in a chunk that holds it back so much.
pub(crate) fn saturated(times: f32, hold: f32) -> f32 {
    times * (K1 + 1.0) / (times + hold)
}

/// What the words of a question find.
#[derive(Default)]
struct Lexical {
    /// BM25 of every chunk, in order.
    scores: Vec<f32>,
    /// How rare each word itself is, from 0 (every chunk) to 1; `None` where no chunk has it. Those of the hints follow.
    rarity: Vec<Option<f32>>,
}

fn lexical(question: &Question, segments: &[Segment], sizes: &Sizes) -> Lexical {
    let entries = segments.iter().flat_map(|segment| &segment.entries);
    let lengths: Vec<f32> = entries.map(|entry| sizes.hold(entry.length)).collect();
    let mut scores = vec![0.0_f32; lengths.len()];
    // How often each chunk has the word at hand, and which chunks have it.
    let mut times = vec![0.0_f32; lengths.len()];
    let mut having: Vec<usize> = Vec::new();
    let mut rarity = Vec::with_capacity(question.words.len());
    let words = question.words.iter().map(|word| (word.sought().collect(), word.share));
    let hints = question.hints.iter().map(|terms| (terms.iter().map(|term| (*term, 1.0)).collect(), 1.0));
    for (sought, share) in words.chain(hints) {
        let sought: Vec<(Term, f32)> = sought;
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
        let weight = sizes.weight(having.len()) * share;
        for at in having.drain(..) {
            if let (Some(score), Some(times), Some(length)) = (scores.get_mut(at), times.get_mut(at), lengths.get(at)) {
                *score += weight * saturated(*times, *length);
                *times = 0.0;
            }
        }
    }
    Lexical { scores, rarity }
}

/// How alike every chunk is to what is asked, in order.
fn similar(asked: &[i8], segments: &[Segment]) -> Vec<f32> {
    let entries = segments.iter().flat_map(|segment| &segment.entries);
    entries.map(|entry| product(asked, &entry.vector) as f32).collect()
}

fn product(a: &[i8], b: &[i8]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(i16::from(*a) * i16::from(*b))).sum()
}

/// The weighed sum of both, each brought to a mean of zero and a deviation of one; and what a point of BM25 is in it.
fn blended(words: Vec<f32>, vectors: Option<Vec<f32>>) -> (Vec<f32>, f32) {
    let Some(mut vectors) = vectors else { return (words, 1.0) };
    let mut words = words;
    let deviation = standardise(&mut words);
    standardise(&mut vectors);
    (words.iter().zip(&vectors).map(|(words, vectors)| words + VECTORS * vectors).collect(), deviation.recip())
}

fn standardise(scores: &mut [f32]) -> f32 {
    let count = scores.len().max(1) as f32;
    let mean = scores.iter().sum::<f32>() / count;
    let deviation =
        (scores.iter().map(|score| (score - mean).powi(2)).sum::<f32>() / count).sqrt().max(f32::MIN_POSITIVE);
    for score in scores {
        *score = (*score - mean) / deviation;
    }
    deviation
}

impl Index {
    /// The best candidates, and how rare each word of the question is.
    pub(crate) fn ranked(
        &self,
        query: &Query<'_>,
        question: &Question,
        ranking: Ranking,
        limit: usize,
    ) -> (Vec<Place>, Vec<Option<f32>>) {
        let sizes = Sizes::of(&self.segments);
        let by_words = match ranking {
            Ranking::Vector => Lexical::default(),
            Ranking::Lexical | Ranking::Hybrid => lexical(question, &self.segments, &sizes),
        };
        let by_meaning = || vector(self.point(query)?.values()).map(|asked| similar(&asked, &self.segments));
        let (ranks, point) = match ranking {
            Ranking::Lexical => (by_words.scores, 1.0),
            Ranking::Vector => (by_meaning().unwrap_or_default(), 0.0),
            Ranking::Hybrid => blended(by_words.scores, by_meaning()),
        };
        let mut ranks = ranks.into_iter();
        let mut found = Vec::new();
        for (place, segment) in self.segments.iter().enumerate() {
            let source = &segment.source;
            let is_here = source.location.is_none() || source.location.as_deref() == query.location;
            let is_in = query.category.is_none() || source.category.as_deref() == query.category;
            for at in 0..segment.chunks.len() {
                let rank = ranks.next().unwrap_or_default();
                if is_here && is_in {
                    found.push((rank, place, at));
                }
            }
        }
        let best_first = |a: &Place, b: &Place| b.0.total_cmp(&a.0);
        if limit < found.len() && limit > 0 {
            found.select_nth_unstable_by(limit, best_first);
        }
        found.truncate(limit);
        let in_order = |a: &Place, b: &Place| best_first(a, b).then((a.1, a.2).cmp(&(b.1, b.2)));
        found.sort_by(in_order);
        let best = found.len().min(READ);
        if let Some(best) = found.get_mut(..best) {
            question.pairs.raise(best, &self.segments, &sizes, point);
            best.sort_by(in_order);
        }
        (found, by_words.rarity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, Document, Page, Source};

    fn index(texts: &[&str]) -> Index {
        let mut index = Index::default();
        for (at, text) in texts.iter().enumerate() {
            let pages = vec![Page { number: None, blocks: vec![Block::Text((*text).to_owned())] }];
            let source = Source { id: at.to_string(), name: "a".to_owned(), location: None, category: None };
            index.put(Segment::new(source, &Document { pages, ..Document::default() }, None));
        }
        index
    }

    fn query(text: &str) -> Query<'_> {
        Query { text, before: &[], language: "en", location: None, category: None, limit: 3, point: None }
    }

    /// What words bring up, best first.
    fn found<'i>(index: &'i Index, text: &str) -> Vec<&'i str> {
        let found = index.candidates(&query(text), Ranking::Lexical);
        found.into_iter().filter(|found| found.rank > 0.0).map(|found| found.chunk.text.as_str()).collect()
    }

    #[test]
    fn letters_and_what_a_joined_word_is_made_of_bring_chunks_up() {
        let texts = ["Vitamin A for all.", "Vitamin C for all.", "The X\u{2011}ray costs $80."];
        let index = index(&texts);
        assert_eq!(found(&index, "Is there vitamin c?")[0], texts[1]);
        assert_eq!(found(&index, "a new ray"), [texts[2]]);
        assert_eq!(found(&index, "an x-ray"), [texts[2]]);
        let answers = index.search(&query("How much is an xray?"));
        assert_eq!(answers.iter().map(|found| found.chunk.text.as_str()).collect::<Vec<_>>(), [texts[2]]);
    }

    #[test]
    fn of_two_chunks_with_the_same_words_the_one_that_has_them_side_by_side_is_first() {
        let texts = ["We change the price of oil.", "The price of an oil change."];
        assert_eq!(found(&index(&texts), "an oil change, please"), [texts[1], texts[0]]);
        for ranking in [Ranking::Lexical, Ranking::Hybrid] {
            let index = index(&texts);
            let candidates = index.candidates(&query("an oil change, please"), ranking);
            assert_eq!(candidates[0].chunk.text, texts[1], "{ranking:?}");
        }
    }

    #[test]
    fn who_asks_for_instalments_is_told_of_financing_and_not_of_what_is_installed() {
        let financing = "Financing is possible from $500 on, in six monthly payments without interest.";
        let index = index(&[financing, "We install dash cameras."]);
        let answers = |text: &str| -> Vec<&str> {
            index.search(&query(text)).iter().map(|found| found.chunk.text.as_str()).collect()
        };
        assert_eq!(answers("Can I pay in installments?"), [financing]);
        assert_eq!(answers("Do you install dash cameras?"), ["We install dash cameras."]);
        assert!(answers("Do you install solar panels?").is_empty());
    }
}
