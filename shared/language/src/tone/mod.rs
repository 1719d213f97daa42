//! How a message is said, and what danger it tells of.
//!
//! A hazard is something dangerous that happens; it counts if it is not denied, not over, and not merely asked about. A mood is
//! read from several signs, a weak one alone makes nobody unhappy.

use crate::lexicon::{Hit, Lexicon};
use crate::words::Words;
use std::sync::LazyLock;

const FILES: [&str; 5] = [
    include_str!("en.txt"),
    include_str!("es.txt"),
    include_str!("fr.txt"),
    include_str!("de.txt"),
    include_str!("pt.txt"),
];
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(&FILES));
/// How many words may stand between a denial and what it denies.
const DENIAL_REACH: usize = 3;
/// From so many points on somebody is unhappy: one plain sign, or two weak ones.
const UNHAPPY_POINTS: usize = 2;

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
    /// Today rather than tomorrow: pain, a leak, no hot water.
    Soon,
    /// At this moment: fire, gas, much water, blood, brakes that fail.
    Now,
}

/// How something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tone {
    /// How the writer feels.
    pub mood: Mood,
    /// What danger the message tells of.
    pub danger: Danger,
}

/// The tone of `text`.
#[must_use]
pub fn tone(text: &str) -> Tone {
    let words = Words::new(text);
    let hits = LEXICON.hits(&words, &|_| false);
    let said = Said { words: &words, hits: &hits };
    Tone { mood: said.mood(text), danger: said.danger() }
}

struct Said<'w> {
    words: &'w Words,
    hits: &'w [Hit],
}

impl Said<'_> {
    fn all<'h>(&'h self, key: &'h str) -> impl Iterator<Item = &'h Hit> {
        let entry = LEXICON.keys().iter().position(|known| *known == key);
        let is_excepted = |hit: &Hit| {
            self.hits.iter().any(|other| other.is_second && other.entry == hit.entry && other.overlaps(hit))
        };
        self.hits.iter().filter(move |hit| Some(hit.entry) == entry && !hit.is_second && !is_excepted(hit))
    }

    fn danger(&self) -> Danger {
        let stands = |hit: &Hit| !self.is_denied(hit) && !self.is_elsewhere(hit);
        if self.all("hazard").any(stands) {
            Danger::Now
        } else if self.all("trouble").any(stands) {
            Danger::Soon
        } else {
            Danger::None
        }
    }

    fn mood(&self, text: &str) -> Mood {
        let plain = self.all("unhappy").filter(|hit| !self.is_denied(hit)).count();
        let weak = self.all("upset").filter(|hit| !self.is_denied(hit)).count();
        let points = plain * UNHAPPY_POINTS + weak + usize::from(weak > 0 && is_shouted(text));
        if points >= UNHAPPY_POINTS {
            return Mood::Unhappy;
        }
        let is_happy = weak == 0 && self.all("happy").any(|hit| !self.is_denied(hit));
        if is_happy { Mood::Happy } else { Mood::Neutral }
    }

    fn is_denied(&self, hit: &Hit) -> bool {
        self.all("not").any(|not| {
            let gap = hit.words.start.checked_sub(not.words.end);
            gap.is_some_and(|gap| gap < DENIAL_REACH) && self.is_same_clause(not, hit)
        })
    }

    /// Whether it is over, or only spoken of.
    fn is_elsewhere(&self, hit: &Hit) -> bool {
        self.all("past").chain(self.all("asked")).any(|other| self.is_same_clause(other, hit))
    }

    fn is_same_clause(&self, one: &Hit, other: &Hit) -> bool {
        self.words.clause(one.words.start) == self.words.clause(other.words.start)
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
