//! What a customer asks, as words that an answer has to be about.

use language::{Intent, Intents};

use crate::Query;
use crate::lexicon::{LANGUAGES, Meaning, Weight, meaning, meaning_of, terms_of, weight};
use crate::segment::{bit, topics};
use crate::text::{Stems, Term, Token, tokens};

/// How much a word of a message before counts beside one of the question.
const BEFORE: f32 = 0.5;
/// How many messages before are read.
const MAX_BEFORE: usize = 2;
/// How many words of a question are read.
const MAX_WORDS: usize = 60;
/// A word of the same meaning is worth this share of the word itself, when chunks are looked for.
const SYNONYM: f32 = 0.5;

/// A question.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) words: Vec<Word>,
    /// What it asks about, as bits of [`crate::segment::TOPICS`].
    pub(crate) topics: u64,
    /// Those of its topics that an answer shows by its form: an amount, a time of day, a length of time.
    pub(crate) shown: Vec<Shown>,
}

/// What kind of thing answers a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// An amount of money.
    Price,
    /// Hours of a day.
    Hours,
    /// A length of time.
    Duration,
    /// A telephone number.
    Phone,
    /// A web address.
    Website,
    /// An address.
    Place,
}

impl Shown {
    const ALL: [(Self, Intent, &'static str); 6] = [
        (Self::Price, Intent::Price, "price"),
        (Self::Hours, Intent::Hours, "open"),
        (Self::Duration, Intent::Duration, ""),
        (Self::Phone, Intent::Phone, "phone"),
        (Self::Website, Intent::Website, "website"),
        (Self::Place, Intent::Place, "address"),
    ];

    /// The bit of its topic.
    pub(crate) fn bit(self) -> u64 {
        Self::ALL.iter().find(|(shown, ..)| *shown == self).map_or(0, |(_, intent, _)| bit(*intent))
    }

    /// The words that name it.
    pub(crate) fn meaning(self) -> Option<Meaning> {
        Self::ALL.iter().find(|(shown, ..)| *shown == self).and_then(|(.., key)| meaning_of(key))
    }
}

/// A word of a question that says what is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) token: Token,
    /// Its stems, in every language.
    pub(crate) terms: Vec<Term>,
    pub(crate) meaning: Option<Meaning>,
    pub(crate) is_light: bool,
    /// The topics that the question would not have without it.
    pub(crate) topics: u64,
    /// What its messages counts: one for the question itself.
    pub(crate) share: f32,
}

impl Word {
    /// The terms by which chunks are looked for, each with what finding it is worth.
    pub(crate) fn sought(&self) -> impl Iterator<Item = (Term, f32)> {
        let same = self.meaning.into_iter().flat_map(terms_of).copied();
        self.terms.iter().map(|term| (*term, 1.0)).chain(same.map(|term| (term, SYNONYM)))
    }
}

impl Question {
    pub(crate) fn new(query: &Query<'_>) -> Self {
        let asked = topics(query.text);
        let mut topics = asked;
        let mut words = words(query.text, query.language, asked, 1.0);
        let telling = words.iter().filter(|word| is_telling(word)).count();
        let leaves_out = telling == 0 || (telling == 1 && Intents::read(query.text).has(Intent::FollowUp));
        if leaves_out {
            let share = if telling == 0 { 1.0 } else { BEFORE };
            for before in query.before.iter().rev().take(MAX_BEFORE) {
                let about = crate::segment::topics(before);
                let earlier = self::words(before, query.language, about, share);
                let is_new = |word: &Word| !words.iter().any(|known| known.terms == word.terms);
                let earlier: Vec<Word> = earlier.into_iter().filter(|word| is_telling(word) && is_new(word)).collect();
                if topics == 0 {
                    topics = about;
                }
                if !earlier.is_empty() {
                    words.extend(earlier);
                    break;
                }
            }
        }
        let shown: Vec<Shown> =
            Shown::ALL.iter().map(|(shown, ..)| *shown).filter(|shown| topics & shown.bit() != 0).collect();
        // What an answer shows by its form does not have to be named by it.
        words.retain(|word| {
            let names = |shown: &Shown| {
                (word.topics & shown.bit() != 0 && word.topics.count_ones() == 1)
                    || (word.meaning.is_some() && word.meaning == shown.meaning())
            };
            !shown.iter().any(names)
        });
        Self { words, topics, shown }
    }
}

fn is_telling(word: &Word) -> bool {
    let names = |(shown, ..): &(Shown, Intent, &str)| word.meaning.is_some() && word.meaning == shown.meaning();
    !word.is_light && !Shown::ALL.iter().any(names)
}

fn words(text: &str, language: &str, about: u64, share: f32) -> Vec<Word> {
    let languages = LANGUAGES.into_iter().filter(|known| *known != language);
    let stems: Vec<Stems> = std::iter::once(language).chain(languages).map(Stems::of).collect();
    let mut found: Vec<Word> = Vec::new();
    for token in tokens(text).into_iter().take(MAX_WORDS) {
        let weight = weight(&token, language);
        if weight == Weight::Stop {
            continue;
        }
        let mut terms = Vec::new();
        for (typed, written) in stems.iter().map(|stems| stems.terms(&token)) {
            terms.push(typed);
            terms.extend(written);
        }
        let meaning = terms.first().and_then(|term| meaning(*term, language));
        terms.sort_unstable();
        terms.dedup();
        if found.iter().any(|known| known.terms == terms) {
            continue;
        }
        let topics = if about == 0 { 0 } else { about & !without(text, &token) };
        found.push(Word { token, terms, meaning, is_light: weight == Weight::Light, topics, share });
    }
    found
}

/// The topics of a text without one of its words.
fn without(text: &str, token: &Token) -> u64 {
    let before = text.get(..token.range.start).unwrap_or_default();
    topics(&format!("{before}{}", text.get(token.range.end..).unwrap_or_default()))
}
