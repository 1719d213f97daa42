//! How well a chunk answers a question.
//!
//! Every word of the question that says what is asked for has to be in the chunk, or one that means the same: near to each other, in
//! the sentence that answers, beside it, or in its headings. One that is nowhere weighs more than many that are there, because the
//! price of another service is a wrong answer. What an answer shows by its form has to be there too: an amount where a price is
//! asked for.

use std::ops::Range;

use language::Intent;

use crate::lexicon::Meaning;
use crate::question::{Question, Shown, Word};
use crate::reading::{Heard, Known, PART, SYNONYM, Weighed, worths};
use crate::segment::bit;
use crate::shown::{KEYS, shows};
use crate::text::sentences;
use crate::{Chunk, ChunkKind};

/// What a word is worth where it stands: in the sentence, the headings, the name of the document, a sentence beside it, elsewhere.
const HEADING: f32 = 0.95;
const NAME: f32 = 0.8;
const BESIDE: f32 = 0.75;
const ELSEWHERE: f32 = 0.25;
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
/// The weight of what is shown.
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

/// A part of a chunk that may be the answer: a sentence, a row, the answer to a frequent question.
pub(crate) struct Unit<'t, 'k> {
    pub(crate) range: Range<usize>,
    pub(crate) words: &'t [Heard<'k>],
    /// What each word of the question is worth in it.
    worth: Vec<f32>,
}

/// A chunk as it is read.
pub(crate) struct Read<'t, 'k> {
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
    pub(crate) fn new(
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

    pub(crate) fn answer(&self, question: &Question, words: &[Weighed<'_>]) -> Option<Answer> {
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
            let named = shown.meaning();
            let names = |heard: &Heard<'_>| named.is_some() && heard.known.meaning == named;
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
        // A topic that no word carries by itself: with other words it may be what these are about, but years of business are not.
        let telling = words.iter().filter(|word| !word.word.is_light);
        let carried = telling.fold(0, |bits, word| bits | word.word.topics);
        let shown = question.shown.iter().fold(0, |bits, shown| bits | shown.bit());
        let uncarried = question.topics & !carried & !shown;
        if uncarried != 0 && (!has_telling || uncarried & bit(Intent::Experience) != 0) {
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

/// Whoever asks for the hours of a day is answered by those of the others: the day itself is in a span, or it is closed.
fn weekday(word: &Word, question: &Question, unit: &[Heard<'_>]) -> f32 {
    let is_asked = question.shown.contains(&Shown::Hours) && KEYS.is_day(word.meaning);
    if is_asked && unit.iter().any(|heard| KEYS.is_day(heard.known.meaning)) { WEEKDAY } else { 0.0 }
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
    let named: Vec<Option<Meaning>> = question.shown.iter().map(|shown| shown.meaning()).collect();
    let names = |known: &Known| known.meaning.is_some() && named.contains(&known.meaning);
    let telling = about.iter().filter(|heard| heard.known.is_telling);
    let (asked, all) = telling.fold((0_u16, 0_u16), |(asked, all), heard| {
        let is_asked = names(heard.known) || heard.known.worth.iter().any(|worth| *worth > PART);
        (asked.saturating_add(u16::from(is_asked)), all.saturating_add(1))
    });
    f32::from(asked) / f32::from(all.max(1))
}
