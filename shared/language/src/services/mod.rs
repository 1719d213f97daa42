//! Which of a business's offers a message names, in everyday words too.
//!
//! A concept is something that businesses of a trade do. The files give, a language each, what an offer of it may be called and,
//! after `;`, what customers say who need it. An offer expresses a concept if its name or keywords do, in any language; a message
//! that means the concept means the offer.

mod data;
mod reading;
mod slips;

use crate::lexicon::Hit;
use crate::words::Words;
use data::TABLE;
use std::collections::BTreeSet;

/// One thing that the business offers, as it calls it.
#[derive(Debug, Clone, Copy)]
pub struct Offer<'t> {
    /// Its name.
    pub name: &'t str,
    /// What else it is called.
    pub keywords: &'t [String],
}

/// The trade is named within so many words behind "looking for", and so many say more of it.
const MAX_WORDS_TO_TRADE: usize = 3;
const MAX_WORDS_OF_SOUGHT: usize = 5;

/// The concepts that are beds for the night.
const BEDS: [&str; 2] = ["hotel.room", "hotel.suite"];

/// Whether people stay for nights at a business of this trade.
#[must_use]
pub fn is_lodging(trade: &str) -> bool {
    TABLE.trades(&Words::new(trade)).contains(&"hotel")
}

impl Offer<'_> {
    /// Whether it is a bed for the night: a room, and not breakfast.
    #[must_use]
    pub fn is_bed(&self) -> bool {
        self.is_any(&BEDS)
    }

    /// Whether it is an evening meal.
    #[must_use]
    pub fn is_dinner(&self) -> bool {
        self.is_any(&["hotel.dinner"])
    }

    fn is_any(&self, concepts: &[&str]) -> bool {
        let keys = TABLE.lexicon.keys();
        let known = Known::new(*self);
        concepts.iter().any(|wanted| known.concepts.iter().any(|concept| keys.get(*concept) == Some(wanted)))
    }
}

/// Whether `text` says what customers of some trade say who need it, and not only what it is called: "my brakes squeal".
#[must_use]
pub fn tells_need(text: &str) -> bool {
    hits(&Words::new(text)).iter().any(|hit| hit.is_second)
}

/// The stems of every phrase of the trades.
pub(crate) fn known_stems() -> BTreeSet<String> {
    TABLE.lexicon.stems()
}

/// Every phrase of the trades in `words`.
pub(crate) fn hits(words: &Words) -> Vec<Hit> {
    TABLE.hits(words)
}

/// What a message says of the business that its writer looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// One like this, near some place: "I need a good dentist near Lakewood".
    Plainly,
    /// One like this that does or has something: "a dentist that takes Delta Dental".
    WithMore,
}

/// What one business offers, made ready for reading messages.
#[derive(Debug)]
pub struct Catalogue {
    offers: Vec<Known>,
    /// Trades akin to the business's own, itself included.
    trades: BTreeSet<&'static str>,
    /// Stems that decide nothing by themselves: of the business's name and trade, and of what every offer is called.
    weak: BTreeSet<String>,
}

/// An offer, read.
#[derive(Debug)]
struct Known {
    /// The stems of its name, then of each keyword.
    terms: Vec<Vec<String>>,
    /// Indexes of concepts that it is called by.
    concepts: BTreeSet<usize>,
    /// Of those that it expresses as customers do who need it: a keyword `toothache`.
    by_need: BTreeSet<usize>,
}

/// The offers that a message names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mentions {
    /// Indexes into the offers, the surest first: all that are named.
    pub offered: Vec<usize>,
    /// Several offers fit equally well and the words do not decide: indexes, to be asked about.
    pub unclear: Vec<usize>,
    /// Indexes of offers that are named as what is not wanted, and not otherwise: "no massage", "without the tape".
    pub refused: Vec<usize>,
    /// It names a thing that has a word of an offer and is another: a pool heater.
    pub sounds_alike: bool,
    /// What is named plainly, belongs to the trade, and is not offered, as the vocabulary calls it in the customer's language.
    pub not_offered: Vec<&'static str>,
    /// Those of them that stand in one list with an offer: "tires and an alignment".
    pub not_offered_beside: Vec<&'static str>,
}

impl Catalogue {
    /// `trade` is free text ("hvac", "Auto Repair", "Zahnarzt"), `business` the name.
    pub fn new<'t>(trade: &str, business: &str, offers: impl IntoIterator<Item = Offer<'t>>) -> Self {
        let (trade, business) = (Words::new(trade), Words::new(business));
        let own = TABLE.trades(&trade);
        let own = if own.is_empty() { TABLE.trades(&business) } else { own };
        let named = [&trade, &business].into_iter().flat_map(stems).filter(|stem| stem.chars().count() > 1);
        let weak = named.chain(TABLE.trade_words(&own)).collect();
        Self { offers: offers.into_iter().map(Known::new).collect(), trades: data::akin(&own), weak }
    }

    /// The offers that `text` names.
    #[must_use]
    pub fn read(&self, text: &str) -> Mentions {
        let mut words = Words::new(text);
        slips::correct(&mut words, self);
        reading::read(self, &words)
    }

    /// Whether every word of `term` names the business or its trade, and so none of its offers.
    #[must_use]
    pub fn is_of_the_trade(&self, term: &str) -> bool {
        stems(&Words::new(term)).all(|stem| self.weak.contains(&stem))
    }

    /// Whether `text` says that a business like this one is looked for.
    #[must_use]
    pub fn sought(&self, text: &str) -> Option<Sought> {
        let words = Words::new(text);
        let hits = TABLE.hits(&words);
        let is_weak = |at: usize| words.stem(at).is_some_and(|stem| self.weak.contains(stem));
        let at = |at: usize| hits.iter().find_map(|hit| TABLE.of_sought(hit).filter(|_| hit.words.start == at));
        // "A shop near me", and "a shop that opens early".
        let behind = |first: usize| match (words.len() - first, at(first)) {
            (0, _) => Some(Sought::Plainly),
            (_, Some(Sought::Plainly)) if at(first + 1) == Some(Sought::WithMore) => Some(Sought::WithMore),
            (left, said) => said.filter(|said| *said == Sought::WithMore || left <= MAX_WORDS_OF_SOUGHT),
        };
        hits.iter().filter(|hit| TABLE.is_seeking(hit)).find_map(|hit| {
            let mut reach = hit.words.end..words.len().min(hit.words.end + MAX_WORDS_TO_TRADE);
            let named = reach.find(|at| is_weak(*at))?;
            behind((named..words.len()).find(|at| !is_weak(*at)).unwrap_or(words.len()))
        })
    }

    /// Whether a word says nothing about which offer is meant.
    fn is_weak(&self, stem: &str) -> bool {
        self.weak.contains(stem) || TABLE.is_common(stem)
    }
}

impl Known {
    fn new(offer: Offer<'_>) -> Self {
        let texts = std::iter::once(offer.name).chain(offer.keywords.iter().map(String::as_str));
        let read: Vec<Words> = texts.map(Words::new).collect();
        let called = |is_second| read.iter().flat_map(move |words| TABLE.concepts(words, is_second));
        let concepts: BTreeSet<usize> = called(false).collect();
        let by_need = called(true).filter(|concept| !concepts.contains(concept)).collect();
        let terms = read.iter().map(|words| stems(words).collect()).filter(|term: &Vec<String>| !term.is_empty());
        Self { terms: terms.collect(), concepts, by_need }
    }
}

fn stems(words: &Words) -> impl Iterator<Item = String> + '_ {
    (0..words.len()).filter_map(|at| words.stem(at)).map(str::to_owned)
}

#[cfg(test)]
mod tests;
