//! What a customer asks, as words that an answer has to be about.

use language::{Intent, Intents};

use crate::Query;
use crate::lexicon::{Meaning, Weight, is_stop, listed, meaning, meaning_of, terms_of, weight};
use crate::pairs::Pairs;
use crate::segment::{bit, topics};
use crate::text::{Stems, Term, Token, tokens};

/// How much a word of a message before counts beside one of the question.
const BEFORE: f32 = 0.5;
/// How many messages before are read.
const MAX_BEFORE: usize = 2;
/// How many words of a question are read.
const MAX_WORDS: usize = 60;
/// Of a longer message the last bytes are read: the question is at the end.
const MAX_BYTES: usize = 600;
/// A word of the same meaning is worth this share of the word itself, when chunks are looked for.
const SYNONYM: f32 = 0.5;

/// Words that ask for a place.
const WHERE: [&str; 5] = ["where", "donde", "ou", "wo", "onde"];

/// A question.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) words: Vec<Word>,
    /// What brings chunks up and says nothing of whether they answer: what joined words are made of, and single letters.
    pub(crate) hints: Vec<Vec<Term>>,
    /// Its words that stand side by side.
    pub(crate) pairs: Pairs,
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
        (Self::Duration, Intent::Duration, "duration"),
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
    /// Its stems, in the languages of the index.
    pub(crate) terms: Vec<Term>,
    /// Words of the same meaning in these.
    pub(crate) same: Vec<Term>,
    pub(crate) meaning: Option<Meaning>,
    pub(crate) is_light: bool,
    /// The topics that the question would not have without it, or has by it alone.
    pub(crate) topics: u64,
    /// What its messages counts: one for the question itself.
    pub(crate) share: f32,
}

impl Word {
    /// The terms by which chunks are looked for, each with what finding it is worth.
    pub(crate) fn sought(&self) -> impl Iterator<Item = (Term, f32)> {
        let same = self.same.iter().map(|term| (*term, SYNONYM));
        self.terms.iter().map(|term| (*term, 1.0)).chain(same)
    }
}

impl Question {
    /// `languages`: those of the index.
    pub(crate) fn new(query: &Query<'_>, languages: &[&str]) -> Self {
        let text = end(query.text);
        let asked = topics(text, query.language);
        let mut topics = asked;
        let mut words = words(text, query.language, languages, asked, 1.0);
        let telling = words.iter().filter(|word| is_telling(word)).count();
        let leaves_out = telling == 0 || (telling == 1 && Intents::read(text).has(Intent::FollowUp));
        if leaves_out {
            let share = if telling == 0 { 1.0 } else { BEFORE };
            for before in query.before.iter().rev().take(MAX_BEFORE).map(|before| end(before)) {
                let about = crate::segment::topics(before, query.language);
                let earlier = self::words(before, query.language, languages, about, share);
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
        // "Where are you?" has no word that tells.
        let asks_where = || tokens(text).iter().any(|token| WHERE.contains(&token.folded.as_str()));
        if words.is_empty() && topics == 0 && asks_where() {
            topics = bit(Intent::Place);
        }
        // How long a business has done something is no length of an appointment.
        if topics & bit(Intent::Experience) != 0 {
            topics &= !bit(Intent::Duration);
        }
        // A discount is a share and no amount.
        if topics & bit(Intent::Discount) != 0 {
            topics &= !bit(Intent::Price);
        }
        // The card of a gift card is no card.
        if topics & bit(Intent::Gift) != 0 {
            words.retain(|word| word.meaning.is_none() || word.meaning != meaning_of("card"));
        }
        let shown: Vec<Shown> =
            Shown::ALL.iter().map(|(shown, ..)| *shown).filter(|shown| topics & shown.bit() != 0).collect();
        // What an answer shows by its form does not have to be named by it.
        words.retain(|word| {
            let names = |shown: &Shown| {
                (*shown != Shown::Place && word.topics & shown.bit() != 0 && word.topics.count_ones() == 1)
                    || (word.meaning.is_some() && word.meaning == shown.meaning())
            };
            !shown.iter().any(names)
        });
        let stems = stems(query.language, languages);
        let hints = hints(text, query.language, &stems, &words);
        Self { words, hints, pairs: Pairs::of(text, query.language, &stems), topics, shown }
    }
}

/// The whole words in the last [`MAX_BYTES`] of a text.
fn end(text: &str) -> &str {
    if text.len() <= MAX_BYTES {
        return text;
    }
    let start = (text.len() - MAX_BYTES..text.len()).find(|at| text.is_char_boundary(*at));
    let last = start.and_then(|start| text.get(start..)).unwrap_or_default();
    last.split_once(char::is_whitespace).map_or(last, |(_, words)| words)
}

fn is_telling(word: &Word) -> bool {
    let names = |(shown, ..): &(Shown, Intent, &str)| word.meaning.is_some() && word.meaning == shown.meaning();
    !word.is_light && !Shown::ALL.iter().any(names)
}

/// Stems of the question's language, then of the others.
fn stems(language: &str, languages: &[&str]) -> Vec<Stems> {
    let others = languages.iter().copied().filter(|known| *known != language);
    std::iter::once(language).chain(others).map(Stems::of).collect()
}

/// What a word is found by in all of these languages, in order.
pub(crate) fn terms_in(stems: &[Stems], word: &Token) -> Vec<Term> {
    let both = stems.iter().map(|stems| stems.terms(word));
    let mut terms: Vec<Term> = both.flat_map(|(typed, written)| [Some(typed), written]).flatten().collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

fn hints(text: &str, language: &str, stems: &[Stems], words: &[Word]) -> Vec<Vec<Term>> {
    let mut found: Vec<Vec<Term>> = Vec::new();
    for token in tokens(text) {
        let letter = std::iter::once(&token).filter(|token| token.is_letter());
        for hint in letter.chain(&token.parts).filter(|hint| !is_stop(hint, language)) {
            let terms = terms_in(stems, hint);
            if !found.contains(&terms) && !words.iter().any(|word| word.terms == terms) {
                found.push(terms);
            }
        }
    }
    found
}

fn words(text: &str, language: &str, languages: &[&str], about: u64, share: f32) -> Vec<Word> {
    let stems = stems(language, languages);
    let mut found: Vec<Word> = Vec::new();
    let read = tokens(text);
    let last = read.len().saturating_sub(MAX_WORDS);
    let lists = Stems::of(listed(language));
    let weighed = |token: Token| {
        let weight = weight(&token, lists.terms(&token).0, language);
        (token, weight)
    };
    let all: Vec<(Token, Weight)> = read.into_iter().skip(last).map(weighed).collect();
    let telling = || all.iter().filter(|(_, weight)| *weight == Weight::Telling).map(|(token, _)| token);
    let bare = if about == 0 { 0 } else { about & without(text, language, telling()) };
    let mut before = "";
    for (token, weight) in &all {
        // Long hair is another service, and "how long" none.
        let asks = matches!((before, token.folded.as_str()), ("how", "long") | ("wie", "lange"));
        before = &token.folded;
        let (token, weight) = (token.clone(), if asks { Weight::Light } else { *weight });
        if weight == Weight::Stop {
            continue;
        }
        let terms = terms_in(&stems, &token);
        let meaning = stems.first().and_then(|stems| meaning(stems.terms(&token).0, language));
        if found.iter().any(|known| known.terms == terms) {
            continue;
        }
        let topics = match about {
            0 => 0,
            _ => {
                about
                    & !bare
                    & (!without(text, language, [&token])
                        | without(text, language, telling().filter(|other| **other != token)))
            }
        };
        let same = meaning.map(|meaning| terms_of(meaning, languages)).unwrap_or_default();
        found.push(Word { token, terms, same, meaning, is_light: weight == Weight::Light, topics, share });
    }
    found
}

/// The topics of a text without some of its words.
fn without<'t>(text: &str, language: &str, left_out: impl IntoIterator<Item = &'t Token>) -> u64 {
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for Token { range, .. } in left_out {
        kept.push_str(text.get(at..range.start).unwrap_or_default());
        at = range.end;
    }
    kept.push_str(text.get(at..).unwrap_or_default());
    topics(&kept, language)
}
