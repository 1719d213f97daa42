//! How well a chunk answers a question.
//!
//! Every word of the question that says what is asked for has to be in the chunk, or one that means the same: near to each other, in
//! the sentence that answers, beside it, or in its headings. One that is nowhere weighs more than many that are there, because the
//! price of another service is a wrong answer. What an answer shows by its form has to be there too: an amount where a price is
//! asked for.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

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
const ELSEWHERE: f32 = 0.25;
/// What a word is worth that only means the same, is mistyped, is part of a compound, or is a compound of which this is part.
const SYNONYM: f32 = 0.85;
const MISTYPED: f32 = 0.8;
const COMPOUND: f32 = 0.8;
const PART: f32 = 0.45;
/// A word that the question shares a topic with.
const TOPIC: f32 = 0.9;
/// A word that shares a topic, but has a meaning of its own: cats are not dogs.
const NARROWED: f32 = 0.5;
/// What is taken away from a frequent question about something else.
const ELSE: f32 = 0.5;
/// The same where it is about no topic that we know, and the question is, or where nothing of it was asked.
const UNSHARED: f32 = 0.15;
/// What a single word is worth that is mentioned in a sentence of many others, and how much its share in it adds.
const MENTION: f32 = 0.4;
const DENSE: f32 = 1.8;
/// How much the share of words that were asked for helps a sentence against others.
const PLAIN: f32 = 0.06;
/// Another day's hours, and something of the right form that nothing names.
const WEEKDAY: f32 = 0.75;
const UNNAMED: f32 = 0.6;
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
    /// `rarity` is from 0, in every chunk, to 1; `None` in none.
    pub(crate) fn new(word: &'q Word, rarity: Option<f32>) -> Self {
        let weight = if word.is_light { LIGHT } else { 0.5 + 0.5 * rarity.unwrap_or(1.0) };
        Self { word, weight: weight * word.share, is_unknown: rarity.is_none() }
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
struct Known {
    token: Token,
    meaning: Option<Meaning>,
    is_telling: bool,
    worth: Vec<f32>,
}

/// A word of a chunk.
#[derive(Clone, Copy)]
struct Heard<'k> {
    start: usize,
    end: usize,
    known: &'k Known,
}

impl Vocabulary {
    fn place(&mut self, token: Token, words: &[Weighed<'_>], language: &str) -> usize {
        if let Some(place) = self.places.get(&token.lower) {
            return *place;
        }
        let terms = self.stems.terms(&token);
        let worth = words.iter().map(|word| worth(word, &token, terms, meaning(terms.0, language), language)).collect();
        let place = self.words.len();
        self.places.insert(token.lower.clone(), place);
        let is_telling = weight(&token, language) == Weight::Telling;
        self.words.push(Known { meaning: meaning(terms.0, language), is_telling, token, worth });
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

/// A part of a chunk that may be the answer: a sentence, a row, the answer to a frequent question.
struct Unit<'t, 'k> {
    range: Range<usize>,
    words: &'t [Heard<'k>],
    /// What each word of the question is worth in it.
    worth: Vec<f32>,
}

/// A chunk as it is read.
struct Read<'t, 'k> {
    chunk: &'t Chunk,
    topics: u64,
    /// Words before the first unit: the question of a FAQ.
    title: &'t [Heard<'k>],
    text: &'t [Heard<'k>],
    heading: &'t [Heard<'k>],
    /// What each word of the question is worth in the title, headings and name, and anywhere in the text.
    above: Vec<f32>,
    anywhere: Vec<f32>,
    units: Vec<Unit<'t, 'k>>,
}

impl<'t, 'k> Read<'t, 'k> {
    fn new(
        chunk: &'t Chunk,
        topics: u64,
        text: &'t [Heard<'k>],
        heading: &'t [Heard<'k>],
        name: &'t [Heard<'k>],
        words: &[Weighed<'_>],
    ) -> Self {
        let is_faq = chunk.kind == ChunkKind::Faq;
        let body = if is_faq { chunk.text.find('\n').map_or(0, |end| end + 1) } else { 0 };
        let ranges = match chunk.kind {
            ChunkKind::Prose => sentences(&chunk.text),
            ChunkKind::Row | ChunkKind::Faq => std::iter::once(body..chunk.text.len()).collect(),
        };
        let between = |range: &Range<usize>| {
            let from = text.partition_point(|heard| heard.start < range.start);
            let to = text.partition_point(|heard| heard.start < range.end);
            text.get(from..to).unwrap_or_default()
        };
        let title = between(&(0..body));
        let (of_title, of_heading, of_name) = (worths(title, words), worths(heading, words), worths(name, words));
        let above = of_title
            .into_iter()
            .zip(of_heading)
            .zip(of_name)
            .map(|((title, heading), name)| title.max(heading * HEADING).max(name * NAME))
            .collect();
        let unit = |range: Range<usize>| {
            let inside = between(&range);
            Unit { worth: worths(inside, words), words: inside, range }
        };
        let units = ranges.into_iter().map(unit).collect();
        Self { chunk, topics, title, text, heading, above, anywhere: worths(text, words), units }
    }

    fn answer(&self, question: &Question, words: &[Weighed<'_>]) -> Option<Answer> {
        let is_faq = self.chunk.kind == ChunkKind::Faq;
        let has_telling = words.iter().any(|word| !word.word.is_light);
        let scores =
            (0..self.units.len()).filter_map(|place| Some((self.unit(place, question, words, has_telling)?, place)));
        // Of sentences that are equally good, the one that says the least else, then the first.
        let rank = |(raw, place): (f32, usize)| {
            let words = self.units.get(place).map_or(&[][..], |unit| unit.words);
            raw + PLAIN * plainness(question, words)
        };
        let (raw, place) = scores.reduce(|best, next| if rank(next) > rank(best) { next } else { best })?;
        let unit = self.units.get(place)?;
        let best = unit.range.clone();
        if !has_telling && question.shown.is_empty() && question.topics & self.topics == 0 {
            return Some(Answer { score: 0.0, best, highlights: Vec::new(), plain: 0.0 });
        }
        let about = match self.chunk.kind {
            ChunkKind::Faq => self.title,
            ChunkKind::Row => row_name(self.chunk, self.text),
            ChunkKind::Prose => unit.words,
        };
        let plain = plainness(question, about);
        let cancels = question.topics & bits(&[Intent::Cancel, Intent::Move]) != 0;
        let asked = question.topics | if cancels { bit(Intent::Policy) } else { 0 };
        let (asked, told) = (asked & exclusive(), self.topics & exclusive());
        let of_faq = match asked & told {
            _ if !is_faq => 0.0,
            0 if told != 0 && (asked != 0 || plain == 0.0) => -ELSE,
            0 if asked != 0 || plain == 0.0 => ASKED * plain - UNSHARED,
            _ => ASKED * plain,
        };
        let score = 1.0 / (1.0 + (-(raw + of_faq - EVEN) * STEEP).exp());
        let is_asked = |heard: &&Heard<'_>| {
            heard.known.worth.iter().zip(words).any(|(worth, word)| !word.word.is_light && *worth > PART)
        };
        let highlights = self.text.iter().filter(is_asked).map(|heard| heard.start..heard.end).collect();
        Some(Answer { score, best, highlights, plain })
    }

    /// How well the unit at `place` answers: the share of what is asked for that it has, less what is worst missing.
    fn unit(&self, place: usize, question: &Question, words: &[Weighed<'_>], has_telling: bool) -> Option<f32> {
        let unit = self.units.get(place)?;
        // A question answers none, but what stands beside it may.
        if self.units.len() > 1 && self.chunk.text.get(unit.range.clone()).is_some_and(|text| text.ends_with('?')) {
            return None;
        }
        let beside: Vec<&Unit<'_, '_>> = [place.checked_sub(1), Some(place + 1)]
            .into_iter()
            .flatten()
            .filter_map(|at| self.units.get(at))
            .filter(|other| !self.is_broken(&unit.range, &other.range))
            .collect();
        // A heading shows no price.
        let about = if self.chunk.kind == ChunkKind::Faq { self.topics } else { self.topics & !evident() };
        let (mut sum, mut all, mut missing) = (0.0, 0.0, 0.0_f32);
        let mut weigh = |weight: f32, covered: f32| {
            sum += weight * covered;
            all += weight;
            missing = missing.max(weight * (1.0 - covered));
        };
        // A single word that is only mentioned in a long sentence says little about it.
        let is_single = question.shown.is_empty() && words.iter().filter(|word| !word.word.is_light).count() == 1;
        let mention = if is_single { (MENTION + DENSE * self.share(unit)).min(1.0) } else { 1.0 };
        for (at, weighed) in words.iter().enumerate() {
            let of = |worth: &[f32]| worth.get(at).copied().unwrap_or_default();
            let near = beside.iter().map(|unit| of(&unit.worth)).fold(0.0, f32::max);
            let said = (of(&unit.worth) * mention).max(near * BESIDE * mention).max(of(&self.anywhere) * ELSEWHERE);
            let word = weighed.word;
            let topic = match word.meaning {
                _ if word.topics & about & narrow() == 0 => 0.0,
                None => TOPIC,
                Some(_) => NARROWED,
            };
            let wider = self.wider(word.meaning).max(weekday(word, question, unit.words));
            weigh(weighed.weight, said.max(of(&self.above)).max(topic).max(wider));
        }
        for shown in &question.shown {
            let near = beside.iter().map(|unit| shows(*shown, self.chunk, unit)).fold(0.0, f32::max);
            let covered = shows(*shown, self.chunk, unit).max(near * BESIDE);
            let names = |heard: &Heard<'_>| heard.known.meaning.is_some() && heard.known.meaning == shown.meaning();
            let is_named = || [self.heading, self.title, unit.words].into_iter().flatten().any(names);
            let is_enough = match shown {
                _ if has_telling => true,
                Shown::Phone | Shown::Website | Shown::Place => true,
                Shown::Hours | Shown::Duration => is_named(),
                Shown::Price => false,
            };
            let covered = if is_enough { covered } else { covered * UNNAMED };
            weigh(SHOWN, if about & shown.bit() == 0 { covered } else { covered.max(TOPIC) });
        }
        // A topic that no word carries by itself.
        let carried = words.iter().fold(0, |bits, word| bits | word.word.topics);
        let shown = question.shown.iter().fold(0, |bits, shown| bits | shown.bit());
        let uncarried = question.topics & !carried & !shown;
        if uncarried != 0 && !has_telling {
            weigh(1.0, if uncarried & about == 0 { 0.0 } else { TOPIC });
        }
        (all > 0.0).then(|| sum / all - MISSING * missing)
    }

    /// Which share of the telling words of a sentence was asked for, where that is most.
    fn share(&self, unit: &Unit<'_, '_>) -> f32 {
        let text = self.chunk.text.get(unit.range.clone()).unwrap_or_default();
        let of = |sentence: Range<usize>| {
            let within = |heard: &&Heard<'_>| sentence.contains(&heard.start.saturating_sub(unit.range.start));
            let telling = unit.words.iter().filter(within).filter(|heard| heard.known.is_telling);
            let (asked, all) = telling.fold((0_u16, 0_u16), |(asked, all), heard| {
                let is_asked = heard.known.worth.iter().any(|worth| *worth > PART);
                (asked.saturating_add(u16::from(is_asked)), all.saturating_add(1))
            });
            f32::from(asked) / f32::from(all.max(1))
        };
        sentences(text).into_iter().map(of).fold(0.0, f32::max)
    }

    /// Whether a line ends between two units: items of a list have nothing to do with each other.
    fn is_broken(&self, one: &Range<usize>, other: &Range<usize>) -> bool {
        let between = one.end.min(other.end)..one.start.max(other.start);
        self.chunk.text.get(between).is_some_and(|between| between.contains('\n'))
    }

    /// What a word is worth where only the wider one is said: a cat is a pet, unless it is dogs that are meant.
    fn wider(&self, meaning: Option<Meaning>) -> f32 {
        let Some(at) = KEYS.pets.iter().position(|pet| meaning.is_some() && *pet == meaning) else { return 0.0 };
        let says = |meaning: Option<Meaning>| self.text.iter().any(|heard| heard.known.meaning == meaning);
        let others = || KEYS.pets.iter().enumerate().any(|(other, pet)| other != at && says(*pet));
        if KEYS.pet.is_some() && says(KEYS.pet) && !others() { SYNONYM } else { 0.0 }
    }
}

/// The topics that an answer shows by its form: a heading alone is none.
fn evident() -> u64 {
    bits(&[Intent::Price, Intent::Hours, Intent::Duration, Intent::Phone, Intent::Website])
}

/// Topics that are no other's: a question about one is not answered by what is said of another.
fn exclusive() -> u64 {
    bits(&[
        Intent::Warranty,
        Intent::Deposit,
        Intent::Payment,
        Intent::Insurance,
        Intent::Insured,
        Intent::Parking,
        Intent::Policy,
        Intent::Pets,
        Intent::Children,
        Intent::Wifi,
        Intent::Access,
        Intent::Gift,
        Intent::Loaner,
        Intent::Discount,
        Intent::JobApplication,
    ])
}

/// Of these, those of which nothing more is asked than the topic: who asks whether PayPal is taken asks for more than payment.
fn narrow() -> u64 {
    exclusive() & !bits(&[Intent::Payment, Intent::Insurance, Intent::Discount])
}

fn bits(topics: &[Intent]) -> u64 {
    topics.iter().fold(0, |bits, topic| bits | bit(*topic))
}

/// What each word of the question is worth in a part of a text.
fn worths(part: &[Heard<'_>], words: &[Weighed<'_>]) -> Vec<f32> {
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
    let is_same = |term: Term| word.word.terms.binary_search(&term).is_ok();
    if is_same(terms.0) || terms.1.is_some_and(is_same) {
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

/// Whoever asks for the hours of a day is answered by those of the others: the day itself is in a span, or it is closed.
fn weekday(word: &Word, question: &Question, unit: &[Heard<'_>]) -> f32 {
    let is_asked = question.shown.contains(&Shown::Hours) && KEYS.is_day(word.meaning);
    if is_asked && unit.iter().any(|heard| KEYS.is_day(heard.known.meaning)) { WEEKDAY } else { 0.0 }
}

/// Meanings that are asked for by name.
struct Keys {
    price: Vec<Option<Meaning>>,
    charge: Option<Meaning>,
    open: Vec<Option<Meaning>>,
    days: Vec<Option<Meaning>>,
    lengths: Vec<Option<Meaning>>,
    address: Vec<Option<Meaning>>,
    pet: Option<Meaning>,
    pets: Vec<Option<Meaning>>,
}

static KEYS: LazyLock<Keys> = LazyLock::new(|| {
    let of = |keys: &[&str]| keys.iter().map(|key| meaning_of(key)).collect();
    Keys {
        price: of(&["price", "free"]),
        charge: meaning_of("price"),
        open: of(&["open"]),
        days: of(&["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "weekend"]),
        lengths: of(&["minute", "hour", "day", "week", "month", "year"]),
        address: of(&["address"]),
        pet: meaning_of("pet"),
        pets: of(&["dog", "cat"]),
    }
});

impl Keys {
    fn is_day(&self, meaning: Option<Meaning>) -> bool {
        meaning.is_some() && self.days.contains(&meaning)
    }
}

/// How well a unit shows what is asked for.
fn shows(shown: Shown, chunk: &Chunk, unit: &Unit<'_, '_>) -> f32 {
    let words = unit.words;
    let means = |keys: &[Option<Meaning>]| {
        words.iter().any(|heard| heard.known.meaning.is_some() && keys.contains(&heard.known.meaning))
    };
    // A number, and one of these at most two words behind it.
    let followed = |fits: &dyn Fn(&Known) -> bool| {
        let behind = |at: usize| words.iter().skip(at + 1).take(2).any(|heard| fits(heard.known));
        words.iter().enumerate().any(|(at, heard)| heard.known.token.is_number && behind(at))
    };
    let is_clock = |known: &Known| CLOCK.contains(&known.token.folded.as_str());
    let is_length = |known: &Known| {
        (known.meaning.is_some() && KEYS.lengths.contains(&known.meaning))
            || LENGTHS.contains(&known.token.folded.as_str())
    };
    let written = || chunk.text.get(unit.range.clone()).unwrap_or_default();
    match shown {
        Shown::Price if (0..words.len()).any(|at| is_amount(words, at, &chunk.text)) => 1.0,
        Shown::Price if means(&KEYS.price) => 0.8,
        Shown::Hours if followed(&is_clock) || has_clock(written()) => 1.0,
        Shown::Hours if means(&KEYS.open) && means(&KEYS.days) => 0.9,
        Shown::Hours if means(&KEYS.open) => 0.8,
        Shown::Hours if means(&KEYS.days) => 0.6,
        Shown::Duration if followed(&is_length) => 1.0,
        Shown::Duration if means(&KEYS.lengths) => 0.8,
        Shown::Phone if has_phone(written()) => 1.0,
        Shown::Website if SITES.iter().any(|part| written().contains(part)) => 1.0,
        Shown::Place if words.iter().any(|heard| STREETS.contains(&heard.known.token.folded.as_str())) => 1.0,
        Shown::Place if means(&KEYS.address) => 0.6,
        _ => 0.0,
    }
}

/// What stands behind an hour, and behind a length of time.
const CLOCK: [&str; 7] = ["am", "pm", "a", "p", "h", "uhr", "horas"];
const LENGTHS: [&str; 4] = ["h", "hrs", "mins", "std"];
const PHONE_DIGITS: usize = 7;
const SITES: [&str; 5] = [".com", ".net", ".org", "www.", "http"];
const STREETS: [&str; 18] = [
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
];
const CURRENCIES: [&str; 12] =
    ["usd", "eur", "gbp", "cad", "dollar", "dollars", "euro", "euros", "bucks", "reais", "pesos", "francs"];
const SIGNS: [char; 5] = ['$', '€', '£', '¥', '₹'];
/// How many words before a number a word for prices may stand.
const PRICED: usize = 3;

/// Whether the word at `at` is money: a number with a sign or a word of a currency beside it, or a word for prices shortly before.
fn is_amount(words: &[Heard<'_>], at: usize, text: &str) -> bool {
    let Some(number) = words.get(at).filter(|heard| heard.known.token.is_number) else { return false };
    let before = text.get(..number.start).unwrap_or_default().trim_end();
    let after = text.get(number.end..).unwrap_or_default().trim_start();
    let is_named = || words.get(at + 1).is_some_and(|next| CURRENCIES.contains(&next.known.token.folded.as_str()));
    let is_priced = || {
        let mut nearby = words.iter().take(at).rev().take(PRICED);
        !after.starts_with('%')
            && nearby.any(|heard| heard.known.meaning.is_some() && heard.known.meaning == KEYS.charge)
    };
    before.ends_with(SIGNS) || after.starts_with(SIGNS) || is_named() || is_priced()
}

/// Whether a time such as 9:30 is in it.
fn has_clock(text: &str) -> bool {
    text.as_bytes().windows(4).any(|four| match four {
        [hour, b':', one, two] => [hour, one, two].into_iter().all(u8::is_ascii_digit),
        _ => false,
    })
}

/// Whether enough digits stand together, with no letter between them.
fn has_phone(text: &str) -> bool {
    let runs = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '+' | '.' | '/')));
    runs.into_iter().any(|run| run.chars().filter(char::is_ascii_digit).count() >= PHONE_DIGITS)
}

/// The words of a row's first cell.
fn row_name<'t, 'k>(chunk: &Chunk, text: &'t [Heard<'k>]) -> &'t [Heard<'k>] {
    let end = chunk.text.find(", ").unwrap_or(chunk.text.len());
    let start = chunk.text.get(..end).and_then(|cell| cell.find(": ")).unwrap_or_default();
    let at = |place: usize| text.partition_point(|heard| heard.start < place);
    text.get(at(start)..at(end)).unwrap_or_default()
}

/// Which share of the telling words of what a chunk is about are in the question.
fn plainness(question: &Question, about: &[Heard<'_>]) -> f32 {
    let names =
        |known: &Known| question.shown.iter().any(|shown| known.meaning.is_some() && known.meaning == shown.meaning());
    let telling = about.iter().filter(|heard| heard.known.is_telling);
    let (asked, all) = telling.fold((0_u16, 0_u16), |(asked, all), heard| {
        let is_asked = names(heard.known) || heard.known.worth.iter().any(|worth| *worth > PART);
        (asked.saturating_add(u16::from(is_asked)), all.saturating_add(1))
    });
    f32::from(asked) / f32::from(all.max(1))
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
