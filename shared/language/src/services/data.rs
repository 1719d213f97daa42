//! The vocabularies of the trades, read once.

use super::Sought;
use crate::lexicon::{Hit, Lexicon};
use crate::words::Words;
use std::collections::BTreeSet;
use std::sync::LazyLock;

pub(super) const FILES: [&str; 5] = [
    include_str!("en.txt"),
    include_str!("es.txt"),
    include_str!("fr.txt"),
    include_str!("de.txt"),
    include_str!("pt.txt"),
];
pub(super) static TABLE: LazyLock<Table> = LazyLock::new(Table::read);

/// Trades whose customers may ask for each other's work: "do you do windshields?" at a tinting shop.
const FAMILIES: [&[&str]; 9] = [
    &["auto", "tires", "tint", "detail"],
    &["roof", "hvac", "plumbing", "electric", "cleaning", "garden", "pest", "moving"],
    &["dental", "medical", "physio"],
    &["hair", "beauty"],
    &["pets"],
    &["hotel"],
    &["photo"],
    &["estate"],
    &["legal"],
];
/// Entries that are no concepts.
const COMMON: &str = "common";
/// Between the things of a list.
const JOIN: &str = "join";
const REFUSAL: &str = "refusal";
/// Next to what is refused, where the first is near it; and right behind it.
const REFUSAL_NEXT: &str = "refusal_next";
const REFUSAL_BEHIND: &str = "refusal_behind";
/// Things that have a word of an offer and are another: a pool heater.
const ELSEWHERE: &str = "elsewhere";

/// That somebody looks for a business; what may stand behind what it is, and behind which stands what it must do or have.
const SEEK: &str = "seek";
const SEEK_NEXT: &str = "seek_next";
const SEEK_MORE: &str = "seek_more";

/// Where what is refused stands.
pub(super) enum Refusal {
    /// A few words behind.
    Near,
    /// The next words.
    Next,
    /// Right before.
    Behind,
}

/// The vocabularies.
pub(super) struct Table {
    pub(super) lexicon: Lexicon,
    common: BTreeSet<String>,
    joins: BTreeSet<String>,
}

impl Table {
    fn read() -> Self {
        let lexicon = Lexicon::read(&FILES);
        let common = lexicon.stems_of(COMMON);
        let joins = lexicon.stems_of(JOIN);
        Self { lexicon, common, joins }
    }

    fn key(&self, hit: &Hit) -> &'static str {
        self.lexicon.keys().get(hit.entry).copied().unwrap_or_default()
    }

    /// Every phrase in `words`, common words aside.
    pub(super) fn hits(&self, words: &Words) -> Vec<Hit> {
        self.lexicon.hits(words, &[])
    }

    /// The trade of a concept; `None` for other entries.
    pub(super) fn trade(&self, hit: &Hit) -> Option<&'static str> {
        self.key(hit).split_once('.').map(|(trade, _)| trade)
    }

    /// Where the phrase says that something is not wanted: what.
    pub(super) fn refusal(&self, hit: &Hit) -> Option<Refusal> {
        match self.key(hit) {
            REFUSAL => Some(Refusal::Near),
            REFUSAL_NEXT => Some(Refusal::Next),
            REFUSAL_BEHIND => Some(Refusal::Behind),
            _ => None,
        }
    }

    /// Whether the phrase says that a business is looked for.
    pub(super) fn is_seeking(&self, hit: &Hit) -> bool {
        self.key(hit) == SEEK
    }

    /// What a phrase behind the business that is looked for makes of it.
    pub(super) fn of_sought(&self, hit: &Hit) -> Option<Sought> {
        match self.key(hit) {
            SEEK_NEXT => Some(Sought::Plainly),
            SEEK_MORE => Some(Sought::WithMore),
            _ => None,
        }
    }

    pub(super) fn is_elsewhere(&self, hit: &Hit) -> bool {
        self.key(hit) == ELSEWHERE
    }

    /// The concepts that the fullest phrases in `words` express: by what they are called or, `is_second`, by what customers say.
    pub(super) fn concepts(&self, words: &Words, is_second: bool) -> BTreeSet<usize> {
        let hits = self.hits(words);
        let concepts: Vec<&Hit> = hits.iter().filter(|hit| self.trade(hit).is_some()).collect();
        let is_part =
            |hit: &&&Hit| concepts.iter().any(|other| other.words.len() > hit.words.len() && other.overlaps(hit));
        concepts.iter().filter(|hit| hit.is_second == is_second && !is_part(hit)).map(|hit| hit.entry).collect()
    }

    /// The trades that free text names.
    pub(super) fn trades(&self, words: &Words) -> Vec<&'static str> {
        let hits = self.hits(words);
        let known = |key: &'static str| FAMILIES.iter().flat_map(|family| family.iter()).find(|trade| **trade == key);
        hits.iter().filter_map(|hit| known(self.key(hit)).copied()).collect()
    }

    /// The stems that name these trades.
    pub(super) fn trade_words(&self, trades: &[&'static str]) -> Vec<String> {
        trades.iter().flat_map(|trade| self.lexicon.stems_of(trade)).collect()
    }

    /// Whether a stem is of no trade: "the", "repair", "new".
    pub(super) fn is_common(&self, stem: &str) -> bool {
        stem.chars().count() < 3 || self.common.contains(stem)
    }

    /// Whether a stem stands between the things of a list: "and", "plus".
    pub(super) fn joins(&self, stem: &str) -> bool {
        self.joins.contains(stem)
    }

    pub(super) fn beginning_with(&self, letter: char) -> impl Iterator<Item = &str> {
        self.lexicon.stems_beginning(letter)
    }
}

/// The trades of the same families.
pub(super) fn akin(trades: &[&'static str]) -> BTreeSet<&'static str> {
    FAMILIES
        .iter()
        .filter(|family| family.iter().any(|trade| trades.contains(trade)))
        .copied()
        .flatten()
        .copied()
        .collect()
}
