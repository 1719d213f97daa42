//! The words of chunks, each with what it is worth to each word of a question.

use std::collections::HashMap;

use crate::answer::{Answer, Read};
use crate::lexicon::{Meaning, Weight, listed, meaning, weight};
use crate::question::{Question, Word};
use crate::segment::Segment;
use crate::text::{Stems, Term, Token, tokens};

/// What a word is worth that only means the same, is mistyped, is part of a compound, or is a compound of which this is part.
pub(crate) const SYNONYM: f32 = 0.85;
const MISTYPED: f32 = 0.8;
const COMPOUND: f32 = 0.8;
pub(crate) const PART: f32 = 0.45;
/// Letters of the shortest word that may be mistyped or part of a compound; from the second on two letters may be wrong.
const MIN_LETTERS: usize = 5;
const TWO_WRONG: usize = 8;
/// The weight of a word that says little.
const LIGHT: f32 = 0.15;

/// A word of the question with what it weighs in this index.
pub(crate) struct Weighed<'q> {
    pub(crate) word: &'q Word,
    pub(crate) weight: f32,
    /// No chunk has it: it may be mistyped.
    pub(crate) is_unknown: bool,
}

impl<'q> Weighed<'q> {
    /// `rarity` is from 0, in every chunk, to 1; `None` in none.
    pub(crate) fn new(word: &'q Word, rarity: Option<f32>) -> Self {
        let weight = if word.is_light { LIGHT } else { 0.5 + 0.5 * rarity.unwrap_or(1.0) };
        Self { word, weight: weight * word.share, is_unknown: rarity.is_none() }
    }

    /// Whether a word with these terms is the same.
    fn is(&self, terms: (Term, Option<Term>)) -> bool {
        let is_same = |term: Term| self.word.terms.binary_search(&term).is_ok();
        is_same(terms.0) || terms.1.is_some_and(is_same)
    }
}

/// Reads chunks for one question. Words that were seen before are not stemmed again.
pub(crate) struct Reader<'q> {
    question: &'q Question,
    words: &'q [Weighed<'q>],
    /// By language, then by word.
    known: HashMap<String, Vocabulary>,
}

/// The words of a language that were seen.
struct Vocabulary {
    stems: Stems,
    /// Each with its place among `words`.
    places: HashMap<String, usize>,
    words: Vec<Known>,
}

/// A word with what it is worth to each word of the question.
pub(crate) struct Known {
    pub(crate) token: Token,
    pub(crate) meaning: Option<Meaning>,
    pub(crate) is_telling: bool,
    pub(crate) worth: Vec<f32>,
}

/// A word of a chunk.
#[derive(Clone, Copy)]
pub(crate) struct Heard<'k> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) known: &'k Known,
}

impl Vocabulary {
    fn place(&mut self, token: Token, words: &[Weighed<'_>], language: &str) -> usize {
        // `wi-fi` is made of other words than `wifi`.
        let name = if token.parts.is_empty() { token.lower.clone() } else { format!("{} ", token.lower) };
        if let Some(place) = self.places.get(&name) {
            return *place;
        }
        let terms = self.stems.terms(&token);
        let meaning = meaning(terms.0, language);
        let mut worth: Vec<f32> = words.iter().map(|word| worth(word, &token, terms, meaning, language)).collect();
        for part in token.parts.iter().map(|part| self.stems.terms(part)) {
            for (worth, _) in worth.iter_mut().zip(words).filter(|(_, word)| word.is(part)) {
                *worth = worth.max(COMPOUND);
            }
        }
        let is_listed = listed(language) == language;
        let term = if is_listed { terms.0 } else { Stems::of(listed(language)).terms(&token).0 };
        let place = self.words.len();
        self.places.insert(name, place);
        let is_telling = weight(&token, term, language) == Weight::Telling;
        self.words.push(Known { meaning, is_telling, token, worth });
        place
    }
}

impl<'q> Reader<'q> {
    pub(crate) fn new(question: &'q Question, words: &'q [Weighed<'q>]) -> Self {
        Self { question, words, known: HashMap::new() }
    }

    /// How the chunk at `at` answers. `None` where it has no words.
    pub(crate) fn answer(&mut self, segment: &Segment, at: usize) -> Option<Answer> {
        let (chunk, entry) = (segment.chunks.get(at)?, segment.entries.get(at)?);
        let vocabulary = match self.known.get_mut(&chunk.language) {
            Some(vocabulary) => vocabulary,
            None => {
                let new = Vocabulary { stems: Stems::of(&chunk.language), places: HashMap::new(), words: Vec::new() };
                self.known.entry(chunk.language.clone()).or_insert(new)
            }
        };
        let mut places = |text: &str| -> Vec<(usize, usize, usize)> {
            let place = |token: Token| {
                let (start, end) = (token.range.start, token.range.end);
                (start, end, vocabulary.place(token, self.words, &chunk.language))
            };
            tokens(text).into_iter().map(place).collect()
        };
        let (text, heading, name) = (places(&chunk.text), places(&chunk.heading), places(&segment.source.name));
        let heard = |places: Vec<(usize, usize, usize)>| -> Vec<Heard<'_>> {
            let heard = |(start, end, place)| Some(Heard { start, end, known: vocabulary.words.get(place)? });
            places.into_iter().filter_map(heard).collect()
        };
        let (text, heading, name) = (heard(text), heard(heading), heard(name));
        let read = Read::new(chunk, entry.topics, &text, &heading, &name, self.words);
        read.answer(self.question, self.words)
    }
}

/// What each word of the question is worth in a part of a text.
pub(crate) fn worths(part: &[Heard<'_>], words: &[Weighed<'_>]) -> Vec<f32> {
    let mut most = vec![0.0_f32; words.len()];
    for heard in part {
        for (most, worth) in most.iter_mut().zip(&heard.known.worth) {
            *most = most.max(*worth);
        }
    }
    // "hair cut" is a haircut.
    for (most, word) in most.iter_mut().zip(words).filter(|(most, _)| **most < 1.0) {
        let asked = &word.word.token;
        let is_joined = |pair: &[Heard<'_>]| match pair {
            [one, two] => asked.folded.strip_prefix(one.known.token.folded.as_str()) == Some(&two.known.token.folded),
            _ => false,
        };
        if !asked.is_number && part.windows(2).any(is_joined) {
            *most = 1.0;
        }
    }
    most
}

fn worth(
    word: &Weighed<'_>,
    token: &Token,
    terms: (Term, Option<Term>),
    meaning: Option<Meaning>,
    language: &str,
) -> f32 {
    if word.is(terms) {
        return 1.0;
    }
    if word.word.token.is_number || token.is_number {
        return 0.0;
    }
    let (asked, said) = (&word.word.token.folded, &token.folded);
    let mut most = 0.0_f32;
    if word.word.meaning.is_some() && word.word.meaning == meaning {
        most = SYNONYM;
    }
    let shortest = asked.chars().count().min(said.chars().count());
    if shortest < MIN_LETTERS {
        return most;
    }
    if word.is_unknown && is_mistyped(asked, said, if shortest >= TWO_WRONG { 2 } else { 1 }) {
        most = most.max(MISTYPED);
    }
    if matches!(language, "de" | "nl" | "sv" | "da" | "no") {
        let has = |whole: &str, part: &str| whole.starts_with(part) || whole.ends_with(part);
        if has(said, asked) {
            most = most.max(COMPOUND);
        } else if has(asked, said) {
            most = most.max(PART);
        }
    }
    most
}

/// Whether at most `wrong` letters are missing, added, exchanged or swapped with their neighbour. The first letter is right.
fn is_mistyped(asked: &str, said: &str, wrong: usize) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (asked.chars().collect(), said.chars().collect());
    if a.first() != b.first() || a.len().abs_diff(b.len()) > wrong {
        return false;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (row, one) in a.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, other) in b.iter().enumerate() {
            let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
            let mut least = (get(&last, column) + usize::from(one != other))
                .min(get(&last, column + 1) + 1)
                .min(get(&next, column) + 1);
            let is_swapped = row > 0 && column > 0 && a.get(row - 1) == Some(other) && b.get(column - 1) == Some(one);
            if is_swapped {
                least = least.min(get(&before_last, column - 1) + 1);
            }
            next.push(least);
        }
        before_last = std::mem::replace(&mut last, next);
    }
    last.last().is_some_and(|distance| *distance <= wrong)
}
