//! How well a chunk answers a question.
//!
//! Every word of the question that says what is asked for has to be in the chunk, or one that means the same: near to each other, in
//! the sentence that answers, beside it, or in its headings. One that is nowhere weighs more than many that are there, because the
//! price of another service is a wrong answer. What an answer shows by its form has to be there too: an amount where a price is
//! asked for.

use std::ops::Range;

use language::Intent;

use crate::lexicon::{Meaning, Weight, meaning, meaning_of, weight};
use crate::question::{Question, Shown, Word};
use crate::segment::{Segment, bit};
use crate::text::{Stems, Term, Token, sentences, tokens};
use crate::{Chunk, ChunkKind};

/// What a word is worth where it stands: in the sentence, the headings, the name of the document, a sentence beside it, elsewhere.
const HEADING: f32 = 0.95;
const NAME: f32 = 0.8;
const BESIDE: f32 = 0.75;
const ELSEWHERE: f32 = 0.4;
/// What a word is worth that only means the same, is mistyped, is part of a compound, or is a compound of which this is part.
const SYNONYM: f32 = 0.85;
const MISTYPED: f32 = 0.8;
const COMPOUND: f32 = 0.8;
const PART: f32 = 0.45;
/// A word that the question shares a topic with.
const TOPIC: f32 = 0.9;
/// Letters of the shortest word that may be mistyped or part of a compound; from the second on two letters may be wrong.
const MIN_LETTERS: usize = 5;
const TWO_WRONG: usize = 8;
/// The weight of a word that says little, and of what is shown.
const LIGHT: f32 = 0.15;
const SHOWN: f32 = 0.8;
/// How much the worst missing word takes away, and what is added where the whole of a frequent question was asked.
const MISSING: f32 = 0.35;
const ASKED: f32 = 0.12;
/// Where the chance is even, and how fast it grows.
const EVEN: f32 = 0.66;
const STEEP: f32 = 10.0;

/// How a chunk answers.
pub(crate) struct Answer {
    pub(crate) score: f32,
    pub(crate) best: Range<usize>,
    pub(crate) highlights: Vec<Range<usize>>,
    /// How much of what the chunk is about was asked for, from 0 to 1: between two that score alike, the plainer one is meant.
    pub(crate) plain: f32,
}

/// A word of the question with what it weighs in this index.
pub(crate) struct Weighed<'q> {
    pub(crate) word: &'q Word,
    pub(crate) weight: f32,
    /// No chunk has it: it may be mistyped.
    pub(crate) is_unknown: bool,
}

impl<'q> Weighed<'q> {
    /// `rarity` is from 0, in every chunk, to 1, in none.
    pub(crate) fn new(word: &'q Word, rarity: f32, is_unknown: bool) -> Self {
        let weight = if word.is_light { LIGHT } else { 0.5 + 0.5 * rarity };
        Self { word, weight: weight * word.share, is_unknown }
    }
}

/// A word of a chunk.
struct Heard {
    token: Token,
    terms: (Term, Option<Term>),
    meaning: Option<Meaning>,
}

fn heard(text: &str, stems: &Stems, language: &str) -> Vec<Heard> {
    let read = |token: Token| {
        let terms = stems.terms(&token);
        Heard { meaning: meaning(terms.0, language), token, terms }
    };
    tokens(text).into_iter().map(read).collect()
}

pub(crate) fn answer(question: &Question, words: &[Weighed<'_>], segment: &Segment, at: usize) -> Option<Answer> {
    let (chunk, entry) = (segment.chunks.get(at)?, segment.entries.get(at)?);
    let stems = Stems::of(&chunk.language);
    let is_faq = chunk.kind == ChunkKind::Faq;
    let body = if is_faq { chunk.text.find('\n').map_or(0, |end| end + 1) } else { 0 };
    let units = match chunk.kind {
        ChunkKind::Prose => sentences(&chunk.text),
        ChunkKind::Row | ChunkKind::Faq => vec![body..chunk.text.len()],
    };
    let text = heard(&chunk.text, &stems, &chunk.language);
    let heading = heard(&chunk.heading, &stems, &chunk.language);
    let name = heard(&segment.source.name, &stems, &chunk.language);
    let titled: Vec<&Heard> = text.iter().filter(|heard| heard.token.range.start < body).collect();

    // For each word, what it is worth at each token.
    let worth: Vec<Vec<f32>> = words.iter().map(|word| worths(word, &text, &chunk.language)).collect();
    let above: Vec<f32> = words
        .iter()
        .map(|word| {
            let most = |heard: &[Heard]| worths(word, heard, &chunk.language).into_iter().fold(0.0, f32::max);
            (most(&heading) * HEADING).max(most(&name) * NAME)
        })
        .collect();
    let asked_about = if is_faq { entry.topics } else { entry.topics & !evident() };

    let has_telling = words.iter().any(|word| !word.word.is_light);
    let mut best: Option<(f32, Range<usize>)> = None;
    for (place, unit) in units.iter().enumerate() {
        let beside = |other: usize| other.abs_diff(place) == 1;
        let place_of = |start: usize| units.iter().position(|unit| unit.contains(&start));
        let factor = |heard: &Heard| match place_of(heard.token.range.start) {
            _ if heard.token.range.start < body => 1.0,
            Some(other) if other == place => 1.0,
            Some(other) if beside(other) => BESIDE,
            _ => ELSEWHERE,
        };
        let factors: Vec<f32> = text.iter().map(factor).collect();
        let mut sum = 0.0;
        let mut all = 0.0;
        let mut missing = 0.0_f32;
        let mut weigh = |weight: f32, covered: f32| {
            sum += weight * covered;
            all += weight;
            missing = missing.max(weight * (1.0 - covered));
        };
        for ((word, worth), above) in words.iter().zip(&worth).zip(&above) {
            let said = worth.iter().zip(&factors).map(|(worth, factor)| worth * factor).fold(*above, f32::max);
            let is_topic = word.word.topics != 0 && word.word.topics & asked_about == word.word.topics;
            let same_topic = if is_topic { TOPIC } else { 0.0 };
            let weekday = weekday(word, question, &text, unit);
            weigh(word.weight, said.max(same_topic).max(weekday));
        }
        for shown in &question.shown {
            let covered = shows(*shown, chunk, &text, unit, &units, place);
            let is_named = || {
                let named = shown.meaning();
                let names = |heard: &Heard| named.is_some() && heard.meaning == named;
                heading.iter().any(names)
                    || text.iter().any(|heard| {
                        names(heard) && (unit.contains(&heard.token.range.start) || heard.token.range.start < body)
                    })
            };
            let is_about = asked_about & shown.bit() != 0;
            let covered = match covered {
                _ if is_about => covered.max(TOPIC),
                covered if has_telling || (is_named() && *shown != Shown::Price) => covered,
                covered => covered * 0.6,
            };
            weigh(SHOWN, covered);
        }
        // A topic that no single word carries.
        let carried = words.iter().fold(0, |bits, word| bits | word.word.topics);
        let uncarried = question.topics & !carried & !evident();
        if uncarried != 0 {
            weigh(1.0, if uncarried & asked_about != 0 { TOPIC } else { 0.0 });
        }
        if all > 0.0 {
            let score = sum / all - MISSING * missing;
            if best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, unit.clone()));
            }
        }
    }
    let (raw, best) = best?;
    let is_only_light = !has_telling && question.shown.is_empty() && question.topics & entry.topics == 0;
    if is_only_light {
        return Some(Answer { score: 0.0, best, highlights: Vec::new(), plain: 0.0 });
    }
    let about: Vec<&Heard> = match chunk.kind {
        ChunkKind::Faq => titled,
        ChunkKind::Row => row_name(chunk, &text),
        ChunkKind::Prose => heading.iter().collect(),
    };
    let plain = plainness(words, question, &about, &chunk.language);
    let bonus = if is_faq { ASKED * plain } else { 0.0 };
    let score = 1.0 / (1.0 + (-(raw + bonus - EVEN) * STEEP).exp());
    let highlights = text
        .iter()
        .enumerate()
        .filter(|(at, _)| {
            worth
                .iter()
                .zip(words)
                .any(|(worth, word)| !word.word.is_light && worth.get(*at).is_some_and(|worth| *worth > PART))
        })
        .map(|(_, heard)| heard.token.range.clone())
        .collect();
    Some(Answer { score, best, highlights, plain })
}

/// The topics that an answer shows by its form: a heading alone is none.
fn evident() -> u64 {
    [Intent::Price, Intent::Hours, Intent::Duration, Intent::Phone, Intent::Website]
        .into_iter()
        .fold(0, |bits, topic| bits | bit(topic))
}

/// What a word of the question is worth at each word of a text.
fn worths(word: &Weighed<'_>, text: &[Heard], language: &str) -> Vec<f32> {
    let folded = &word.word.token.folded;
    let mut found: Vec<f32> = text.iter().map(|heard| worth(word, heard, language)).collect();
    // "hair cut" is a haircut.
    for (at, pair) in text.windows(2).enumerate() {
        let [one, two] = pair else { continue };
        let joined = folded.strip_prefix(one.token.folded.as_str()).is_some_and(|rest| rest == two.token.folded);
        if joined && !word.word.token.is_number {
            for worth in found.iter_mut().skip(at).take(2) {
                *worth = 1.0;
            }
        }
    }
    found
}

fn worth(word: &Weighed<'_>, heard: &Heard, language: &str) -> f32 {
    let is_same = |term: Term| word.word.terms.binary_search(&term).is_ok();
    if is_same(heard.terms.0) || heard.terms.1.is_some_and(is_same) {
        return 1.0;
    }
    if word.word.token.is_number || heard.token.is_number {
        return 0.0;
    }
    let (asked, said) = (&word.word.token.folded, &heard.token.folded);
    let mut most = 0.0_f32;
    if word.word.meaning.is_some() && word.word.meaning == heard.meaning {
        most = SYNONYM;
    }
    let (long, short) = (asked.chars().count(), said.chars().count());
    let shortest = long.min(short);
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

/// Whoever asks for the hours of a day is answered by those of the others: the day itself is in a span, or it is closed.
fn weekday(word: &Weighed<'_>, question: &Question, text: &[Heard], unit: &Range<usize>) -> f32 {
    let is_day = |meaning: Option<Meaning>| meaning.is_some() && DAYS.iter().any(|day| meaning_of(day) == meaning);
    let is_asked = question.shown.contains(&Shown::Hours) && is_day(word.word.meaning);
    let is_told = || text.iter().any(|heard| unit.contains(&heard.token.range.start) && is_day(heard.meaning));
    if is_asked && is_told() { 0.85 } else { 0.0 }
}

const DAYS: [&str; 8] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "weekend"];

/// How well a sentence, with the one beside it, shows what is asked for.
fn shows(
    shown: Shown,
    chunk: &Chunk,
    text: &[Heard],
    unit: &Range<usize>,
    units: &[Range<usize>],
    place: usize,
) -> f32 {
    let in_unit = |unit: &Range<usize>| shows_in(shown, chunk, text, unit);
    let own = in_unit(unit);
    let beside = [place.checked_sub(1), Some(place + 1)];
    let near = beside.into_iter().flatten().filter_map(|other| units.get(other)).map(in_unit).fold(0.0, f32::max);
    own.max(near * BESIDE)
}

fn shows_in(shown: Shown, chunk: &Chunk, text: &[Heard], unit: &Range<usize>) -> f32 {
    let inside: Vec<&Heard> = text.iter().filter(|heard| unit.contains(&heard.token.range.start)).collect();
    let means = |keys: &[&str]| {
        let meanings: Vec<Option<Meaning>> = keys.iter().map(|key| meaning_of(key)).collect();
        inside.iter().any(|heard| heard.meaning.is_some() && meanings.contains(&heard.meaning))
    };
    let written = chunk.text.get(unit.clone()).unwrap_or_default();
    let followed = |keys: &[&str], words: &[&str]| {
        let meanings: Vec<Option<Meaning>> = keys.iter().map(|key| meaning_of(key)).collect();
        let fits = |heard: &&Heard| {
            (heard.meaning.is_some() && meanings.contains(&heard.meaning))
                || words.contains(&heard.token.folded.as_str())
        };
        inside
            .iter()
            .enumerate()
            .any(|(at, heard)| heard.token.is_number && inside.iter().skip(at + 1).take(2).any(fits))
    };
    match shown {
        Shown::Price if inside.iter().any(|heard| heard.token.is_number && is_amount(heard, &inside, &chunk.text)) => {
            1.0
        }
        Shown::Price if means(&["price", "free"]) => 0.8,
        Shown::Hours if followed(&[], &["am", "pm", "a", "p", "h", "uhr", "horas"]) || has_clock(written) => 1.0,
        Shown::Hours if means(&["open"]) => 0.8,
        Shown::Hours if means(&DAYS) => 0.6,
        Shown::Duration if followed(&["minute", "hour", "day", "week", "month", "year"], &["h", "mins", "hrs"]) => 1.0,
        Shown::Duration if means(&["minute", "hour", "day", "week", "month"]) => 0.8,
        Shown::Phone if written.chars().filter(char::is_ascii_digit).count() >= 7 => 1.0,
        Shown::Website if [".com", ".net", ".org", "www.", "http"].iter().any(|part| written.contains(part)) => 1.0,
        Shown::Place
            if means(&["address"]) || inside.iter().any(|heard| STREETS.contains(&heard.token.folded.as_str())) =>
        {
            1.0
        }
        _ => 0.0,
    }
}

const STREETS: [&str; 19] = [
    "street",
    "st",
    "avenue",
    "ave",
    "road",
    "rd",
    "boulevard",
    "blvd",
    "lane",
    "suite",
    "calle",
    "avenida",
    "plaza",
    "rue",
    "strasse",
    "str",
    "platz",
    "rua",
    "area",
];

/// Whether a number is money: a sign or a word of a currency beside it, or a word for prices shortly before.
fn is_amount(number: &Heard, inside: &[&Heard], text: &str) -> bool {
    let Range { start, end } = number.token.range;
    let signs = ['$', '€', '£', '¥', '₹'];
    let before = text.get(..start).unwrap_or_default().trim_end();
    let after = text.get(end..).unwrap_or_default().trim_start();
    let is_signed = before.ends_with(signs) || after.starts_with(signs);
    let at = inside.iter().position(|heard| heard.token.range.start == start).unwrap_or_default();
    let next = inside.get(at + 1).map_or("", |heard| heard.token.folded.as_str());
    let price = meaning_of("price");
    let is_priced =
        || inside.iter().take(at).rev().take(3).any(|heard| heard.meaning.is_some() && heard.meaning == price);
    is_signed || CURRENCIES.contains(&next) || (is_priced() && !after.starts_with('%'))
}

const CURRENCIES: [&str; 12] =
    ["usd", "eur", "gbp", "cad", "dollar", "dollars", "euro", "euros", "bucks", "reais", "pesos", "francs"];

/// Whether a time such as 9:30 is in it.
fn has_clock(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(4).any(|four| match four {
        [hour, b':', one, two] => hour.is_ascii_digit() && one.is_ascii_digit() && two.is_ascii_digit(),
        _ => false,
    })
}

/// The words of a row's first cell.
fn row_name<'h>(chunk: &Chunk, text: &'h [Heard]) -> Vec<&'h Heard> {
    let end = chunk.text.find(", ").unwrap_or(chunk.text.len());
    let start = chunk.text.get(..end).and_then(|cell| cell.find(": ")).unwrap_or_default();
    text.iter().filter(|heard| (start..end).contains(&heard.token.range.start)).collect()
}

/// Which share of the telling words of what a chunk is about are in the question.
fn plainness(words: &[Weighed<'_>], question: &Question, about: &[&Heard], language: &str) -> f32 {
    let is_told = |heard: &&&Heard| weight(&heard.token, language) == Weight::Telling;
    let shown =
        |heard: &Heard| question.shown.iter().any(|shown| heard.meaning.is_some() && heard.meaning == shown.meaning());
    let telling: Vec<&&Heard> = about.iter().filter(is_told).collect();
    let asked = |heard: &&&&Heard| shown(heard) || words.iter().any(|word| worth(word, heard, language) > PART);
    if telling.is_empty() {
        return 0.0;
    }
    telling.iter().filter(asked).count() as f32 / telling.len() as f32
}
