//! How a message is said, and what danger it tells of.
//!
//! A hazard is something dangerous that happens; it counts if it is not denied, not over, and not merely asked about. A mood is
//! read from several signs, a weak one alone makes nobody unhappy.

mod together;

use crate::lexicon::{Hit, Lexicon, denied, without_exceptions};
use crate::words::Words;
use std::collections::BTreeSet;
use std::sync::LazyLock;

const FILES: [&str; 5] = [
    concat!(include_str!("en.txt"), include_str!("together/en.txt")),
    concat!(include_str!("es.txt"), include_str!("together/es.txt")),
    concat!(include_str!("fr.txt"), include_str!("together/fr.txt")),
    concat!(include_str!("de.txt"), include_str!("together/de.txt")),
    concat!(include_str!("pt.txt"), include_str!("together/pt.txt")),
];
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(&FILES));
/// How many words may stand between a denial and what it denies.
const DENIAL_REACH: usize = 3;
/// From so many points on somebody is unhappy: one plain sign, or three weak ones.
const UNHAPPY_POINTS: usize = 3;

/// How the writer feels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// A promise was broken, something went wrong, or the words are harsh.
    Unhappy,
    /// Neither.
    Neutral,
    /// Pleased.
    Happy,
}

/// Whether somebody or something may come to harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Danger {
    /// No.
    None,
    /// Today rather than tomorrow: pain, a leak, no heat, no hot water, a hot or cold house with a baby in it, or the writer is in
    /// haste.
    Soon,
    /// At this moment: fire, gas, much water, blood, brakes that fail; no heat for somebody frail.
    Now,
}

/// What a guest who is in the house waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InHouse {
    /// Help: locked out, robbed, the toilet overflows, no hot water in the room.
    Mishap,
    /// Something that is brought: towels.
    Errand,
}

/// How something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tone {
    /// How the writer feels.
    pub mood: Mood,
    /// What danger the message tells of.
    pub danger: Danger,
    /// Something is not as it should be: it does not work, is dirty, loud, or missing.
    pub is_faulty: bool,
    /// Several signs together tell of danger at this moment, whatever one word leaves in doubt.
    pub is_sure: bool,
    /// Where people stay for nights: what they wait for in the house.
    pub in_house: Option<InHouse>,
}

/// The tone of `text`.
#[must_use]
pub fn tone(text: &str) -> Tone {
    let words = Words::new(text);
    let hits = LEXICON.hits(&words, &[]);
    let said = Said { words: &words, hits: without_exceptions(&hits) };
    // What "won't stop" goes on.
    let goes_on = |denial: &&Hit| said.all("unending").any(|hit| hit.overlaps(denial));
    let denied = denied(said.all("not").filter(|denial| !goes_on(denial)), &words, DENIAL_REACH);
    let stands = |hit: &&Hit| denied.get(hit.words.start) != Some(&true);
    let is_faulty = said.all("fault").any(|hit| stands(&hit));
    let tells = |signs: &[&[&str]]| signs.iter().any(|all| all.iter().all(|key| said.all(key).any(|hit| stands(&hit))));
    let in_house = match (tells(&together::MISHAP), tells(&together::ERRAND)) {
        (_, true) => Some(InHouse::Errand),
        (true, false) => Some(InHouse::Mishap),
        (false, false) => None,
    };
    let is_ours = tells(&together::UNHAPPY);
    let (danger, is_sure) = said.danger(stands);
    Tone { mood: said.mood(text, is_ours, stands), danger, is_faulty, is_sure, in_house }
}

/// Every phrase of tone in `words`.
pub(crate) fn hits(words: &Words) -> Vec<Hit> {
    LEXICON.hits(words, &[])
}

struct Said<'w> {
    words: &'w Words,
    hits: Vec<&'w Hit>,
}

impl<'w> Said<'w> {
    fn all(&self, key: &str) -> impl Iterator<Item = &'w Hit> {
        let entry = LEXICON.keys().iter().position(|known| *known == key);
        self.hits.iter().copied().filter(move |hit| Some(hit.entry) == entry)
    }

    /// The danger, and whether several signs together tell of it.
    fn danger(&self, stands: impl Fn(&&'w Hit) -> bool) -> (Danger, bool) {
        // What is over, or only spoken of, is no danger.
        let elsewhere: BTreeSet<Option<u16>> =
            self.all("past").chain(self.all("asked")).map(|hit| self.clause(hit)).collect();
        let is_here = |hit: &&'w Hit| stands(hit) && !elsewhere.contains(&self.clause(hit));
        let tells = |key: &str| self.all(key).any(|hit| is_here(&hit));
        let is_frail = tells("frail");
        let is_sure = together::DANGER.iter().any(|all| all.iter().all(|key| tells(key)));
        let danger = if is_sure || tells("hazard") || (tells("no_heat") && is_frail) || self.tells_of_attack(is_here) {
            Danger::Now
        } else if tells("trouble") || tells("no_heat") || (tells("climate") && is_frail) {
            Danger::Soon
        } else {
            Danger::None
        };
        (danger, is_sure)
    }

    /// Numb, lame, or unable to hold water is an everyday complaint; two of them together, or one that came suddenly, is none.
    fn tells_of_attack(&self, is_here: impl Fn(&&'w Hit) -> bool) -> bool {
        let signs: Vec<&Hit> = self.all("sign").filter(&is_here).collect();
        let is_sudden = !signs.is_empty() && self.all("sudden").next().is_some();
        is_sudden || signs.iter().any(|one| signs.iter().any(|other| !one.overlaps(other)))
    }

    fn mood(&self, text: &str, is_ours: bool, stands: impl Fn(&&'w Hit) -> bool) -> Mood {
        // "The tint you put on is bubbling": what the business did has a fault.
        let plain = self.all("unhappy").filter(&stands).count() + usize::from(is_ours);
        // A word that several languages share is one sign.
        let weak: BTreeSet<usize> = self.all("upset").filter(&stands).map(|hit| hit.words.start).collect();
        let weak = weak.len();
        let points = plain * UNHAPPY_POINTS + weak + usize::from(weak > 0 && is_shouted(text));
        if points >= UNHAPPY_POINTS {
            return Mood::Unhappy;
        }
        let is_happy = weak == 0 && self.all("happy").any(|hit| stands(&hit));
        if is_happy { Mood::Happy } else { Mood::Neutral }
    }

    fn clause(&self, hit: &Hit) -> Option<u16> {
        self.words.clause(hit.words.start)
    }
}

/// Capitals throughout, or a row of exclamation marks.
fn is_shouted(text: &str) -> bool {
    const MIN_LETTERS: usize = 12;
    let letters = || text.chars().filter(|c| c.is_alphabetic()).take(crate::MAX_CHARS);
    let is_capital = letters().count() >= MIN_LETTERS && !letters().any(char::is_lowercase);
    is_capital || text.contains("!!")
}

#[cfg(test)]
mod tests;
