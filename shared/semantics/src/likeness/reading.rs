//! A text as what it asks: the words that count, those that stand for the same as one, and what is to be compared to the letter.

use super::Meaning;
use super::lexicon::Lexicon;
use crate::table::Table;
use language::Words;
use std::collections::HashSet;

/// Signs that tell something of the number beside them.
const SIGNS: [char; 9] = ['%', '$', '€', '£', '+', '#', '°', '/', '&'];
/// The table knows this language alone.
const OF_THE_TABLE: &str = "en";
/// So many words in capitals are names whose order matters.
const NAMES: usize = 2;
/// The name of the phrases that tell nothing.
const NOTHING: &str = "nothing";
/// A text with more words than this is no question to be compared.
const MAX_WORDS: usize = 40;

/// What was read of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What it asks.
    pub meaning: Meaning,
    /// The words that no list knows, folded: what it is about, and whatever else it tells. Numbers are among them.
    pub open: Vec<String>,
    /// Whether it speaks of today, tomorrow or the moment.
    pub is_of_now: bool,
    /// Whether it names a day or a month.
    pub has_day: bool,
}

/// A word of the text.
struct Word {
    folded: String,
    stem: String,
    /// It begins with a capital where no sentence begins.
    is_capital: bool,
}

/// What a word is.
enum Kind {
    Soft,
    Sign,
    Number,
    Day,
    Denial,
    Order,
    Now,
    Open,
}

/// Reads `text`, which is in `language` (ISO 639-1). `None`: there are no lists of the language, it has more than forty words, or none
/// that counts.
#[must_use]
pub fn read(text: &str, language: &str) -> Option<Reading> {
    let lexicon = Lexicon::of(language)?;
    let words = words(text, language);
    if words.len() > MAX_WORDS {
        return None;
    }
    let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    let names = words.iter().filter(|word| word.is_capital).count();
    let point = (language == OF_THE_TABLE).then(Table::built_in).flatten().and_then(|table| table.embed(text));
    let meaning = Meaning { language: language.to_owned(), words: vec![], literals: vec![], is_ordered: false, point };
    let mut reading = Reading { meaning, open: Vec::new(), is_of_now: false, has_day: false };
    reading.meaning.is_ordered = names >= NAMES;
    let (mut at, mut is_mine) = (0, false);
    while let Some(word) = words.get(at) {
        let rest = folded.get(at..).unwrap_or_default();
        let phrase = lexicon.phrase(rest).filter(|(_, count)| *count > 1 || !word.is_capital);
        if let Some((name, count)) = phrase {
            if name != NOTHING {
                reading.meaning.push(&["=", name], false);
            }
            at += count;
        } else {
            let kind = kind(word, words.get(at + 1), lexicon);
            is_mine |= matches!(kind, Kind::Soft) && lexicon.mine.contains(word.folded.as_str());
            reading.take(word, &kind, lexicon);
            at += 1;
        }
    }
    // "Can I wash it?" is not "Can you wash it?".
    if is_mine && !reading.open.is_empty() {
        reading.meaning.push(&["=", "mine"], false);
    }
    (!reading.meaning.words.is_empty()).then_some(reading)
}

/// What a question may be made of, besides words that tell nothing.
#[derive(Debug, Default)]
pub struct Known<'a> {
    /// Phrases, by the names of their lists (`data/likeness`).
    pub phrases: &'a [&'a str],
    /// Words and stems, folded.
    pub words: HashSet<String>,
    /// Days, and words of the present.
    pub has_days: bool,
}

/// Whether `text`, which is in `language`, is made of nothing but what is `known`. Where there are no lists of its language, it is not.
#[must_use]
pub fn is_all_known(text: &str, language: &str, known: &Known<'_>) -> bool {
    let Some(lexicon) = Lexicon::of(language) else { return false };
    let words = words(text, language);
    let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    let is_named = |word: &Word| known.words.contains(&word.folded) || known.words.contains(&word.stem);
    let is_known = |word: &Word, next: Option<&Word>| match kind(word, next, lexicon) {
        Kind::Soft => true,
        Kind::Day | Kind::Now => known.has_days || is_named(word),
        Kind::Order => known.has_days && lexicon.near.contains(word.folded.as_str()) || is_named(word),
        Kind::Number | Kind::Open => is_named(word),
        Kind::Sign | Kind::Denial => false,
    };
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let phrase = lexicon.phrase(folded.get(at..).unwrap_or_default());
        let count = phrase.map_or(1, |(_, count)| count);
        let is_phrase = phrase.is_some_and(|(name, _)| name == NOTHING || known.phrases.contains(&name));
        // A phrase that asks something else may still be the name of a service.
        let is_name = || match phrase {
            Some(_) => words.iter().skip(at).take(count).all(is_named),
            None => is_known(word, words.get(at + 1)),
        };
        if !is_phrase && !is_name() {
            return false;
        }
        at += count;
    }
    !words.is_empty()
}

/// Whether `text` speaks of today, tomorrow or the moment. Where there are no lists of its language, it may.
#[must_use]
pub fn speaks_of_now(text: &str, language: &str) -> bool {
    Lexicon::of(language).is_none_or(|lexicon| Words::new(text).iter().any(|word| lexicon.now.contains(word)))
}

impl Reading {
    fn take(&mut self, word: &Word, kind: &Kind, lexicon: &Lexicon) {
        let meaning = &mut self.meaning;
        match kind {
            Kind::Soft => return,
            Kind::Sign => return meaning.push(&["#", &word.folded], true),
            Kind::Number => {
                let digits = lexicon.numbers.get(word.folded.as_str()).copied().unwrap_or(&word.folded);
                meaning.push(&["#", digits], true);
            }
            Kind::Day => {
                self.has_day = true;
                return meaning.push(&["#", &word.stem], true);
            }
            Kind::Denial => {
                meaning.is_ordered = true;
                return meaning.push(&["=", "not"], false);
            }
            Kind::Order => {
                meaning.is_ordered = true;
                return meaning.push(&["~", &word.folded], false);
            }
            Kind::Now => {
                self.is_of_now = true;
                return meaning.push(&["~", &word.folded], false);
            }
            Kind::Open => meaning.push(&["~", &word.stem], false),
        }
        self.open.push(word.folded.clone());
    }
}

impl Meaning {
    /// Adds a word unless it stands there just before.
    fn push(&mut self, parts: &[&str], is_literal: bool) {
        let hash = hash(parts);
        if is_literal {
            self.literals.push(hash);
        }
        if self.words.last() != Some(&hash) {
            self.words.push(hash);
        }
    }
}

fn kind(word: &Word, next: Option<&Word>, lexicon: &Lexicon) -> Kind {
    let folded = word.folded.as_str();
    let is_number = |word: &Word| {
        word.folded.contains(|c: char| c.is_numeric()) || lexicon.numbers.contains_key(word.folded.as_str())
    };
    let is_literal = |word: &Word| is_number(word) || lexicon.days.contains(word.folded.as_str()) || is_sign(word);
    match folded {
        _ if is_sign(word) => Kind::Sign,
        _ if is_number(word) => Kind::Number,
        _ if lexicon.days.contains(folded) => Kind::Day,
        _ if lexicon.deny.contains(folded) => Kind::Denial,
        _ if lexicon.order.contains(folded) => Kind::Order,
        _ if lexicon.now.contains(folded) => Kind::Now,
        // Will, May and Ana's are names.
        _ if word.is_capital => Kind::Open,
        _ if lexicon.near.contains(folded) && next.is_some_and(is_literal) => Kind::Order,
        _ if lexicon.soft.contains(folded) => Kind::Soft,
        _ => Kind::Open,
    }
}

fn is_sign(word: &Word) -> bool {
    word.folded.chars().all(|c| SIGNS.contains(&c))
}

/// The words and signs of a text, in order.
fn words(text: &str, language: &str) -> Vec<Word> {
    let tells_names = language != "de" && text.chars().any(char::is_lowercase);
    let mut words = Vec::new();
    let mut begins = true;
    for chunk in text.split_whitespace() {
        let first = chunk.chars().find(|c| c.is_alphanumeric());
        let is_alone = chunk.chars().filter(|c| c.is_alphabetic()).count() == 1 || chunk.starts_with("I'");
        let is_capital = tells_names && !begins && !is_alone && first.is_some_and(char::is_uppercase);
        let mut run = String::new();
        for c in chunk.chars() {
            if SIGNS.contains(&c) {
                read_run(&run, is_capital, &mut words);
                run.clear();
                words.push(Word { folded: c.to_string(), stem: c.to_string(), is_capital: false });
            } else {
                run.push(c);
            }
        }
        read_run(&run, is_capital, &mut words);
        begins = chunk.ends_with(['.', '!', '?', ':', '…']);
    }
    words
}

fn read_run(run: &str, is_capital: bool, words: &mut Vec<Word>) {
    let read = Words::new(run);
    words.extend(read.stems().map(|(word, stem)| Word { folded: word.to_owned(), stem: stem.to_owned(), is_capital }));
}

/// FNV-1a of the parts.
fn hash(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
