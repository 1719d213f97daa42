//! What a guest says of a stay: when they come, when they go, and for how many nights.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::{Date, DateTime};

use crate::grammar::Parser;
use crate::{Language, LastQuestion, Today, lexicon, tokens};

/// What is known of a stay before a message.
#[derive(Debug, Clone, Copy, Default)]
pub struct StayBefore<'a> {
    /// The day of arrival, or the days that were spoken of: "the weekend of the 12th", "in February". Empty: none.
    pub days: &'a [Date],
    /// It was just asked how long they stay.
    pub is_asked: bool,
    /// They ask what a night costs: "a night" counts none then.
    pub is_price: bool,
}

/// What a message says of a stay. What only names a day, without saying which end of the stay it is, is no part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stay {
    /// The day on which they come.
    pub arrival: Option<Date>,
    /// The day on which they go.
    pub departure: Option<Date>,
    /// How many nights they stay.
    pub nights: Option<u8>,
    /// How many nights more than before: "one night longer".
    pub more: Option<u8>,
    /// It says by a word that they come, or that they go: an hour beside it is of that.
    pub says_arrival: bool,
    /// See `says_arrival`.
    pub says_departure: bool,
    /// From one weekday to another, of which week is not known: "Friday to Sunday", of a stay in March.
    pub is_open: bool,
    /// Their words.
    pub words: String,
    /// Where the days and the nights stand in the text, in bytes.
    pub places: Vec<Range<usize>>,
}

impl Stay {
    /// Whether it says which day is the first or the last, or that they stay longer.
    #[must_use]
    pub fn has_end(&self) -> bool {
        self.arrival.is_some() || self.departure.is_some() || self.more.is_some() || self.is_open
    }
}

/// What `text` says of a stay, in the first of `languages` in which it says when it begins or ends, else in one in which it says both; else
/// how long it is, in any language.
#[must_use]
pub fn stay(text: &str, languages: &[Language], today: &Today, before: &StayBefore<'_>) -> Stay {
    let tokens = tokens::read(text);
    let of = |language: Language| Parser::new(text, &tokens, lexicon::of(language), today, true).stay_said(before);
    let all: Vec<Stay> = languages.iter().map(|language| of(*language)).collect();
    if let Some(stay) = all.iter().find(|stay| stay.has_end()) {
        return stay.clone();
    }
    let others: Vec<Stay> = Language::ALL.into_iter().filter(|other| !languages.contains(other)).map(of).collect();
    let is_whole = |stay: &&Stay| stay.departure.is_some() && stay.arrival.is_some() || stay.is_open;
    if let Some(stay) = others.iter().find(is_whole) {
        return stay.clone();
    }
    let nights = all.iter().chain(&others).find(|stay| stay.nights.is_some());
    let own = all.first().cloned().unwrap_or_default();
    nights.map_or(own.clone(), |stay| Stay { nights: stay.nights, words: stay.words.clone(), ..own })
}

/// Where `text` has numbers that are no time where people stay and eat, in bytes: "for 4" people, "room 12".
#[must_use]
pub fn guests_and_rooms(text: &str) -> Vec<Range<usize>> {
    places(text, &|parser| parser.guests_and_rooms(true))
}

/// Where `text` says which room someone is in, in bytes: "room 12".
#[must_use]
pub fn rooms(text: &str) -> Vec<Range<usize>> {
    places(text, &|parser| parser.guests_and_rooms(false))
}

fn places(text: &str, of: &dyn Fn(&Parser<'_>) -> Vec<Range<usize>>) -> Vec<Range<usize>> {
    // No day is read.
    let today =
        Today { now: DateTime::constant(2026, 1, 1, 0, 0, 0, 0), month_first: false, asked: LastQuestion::Nothing };
    let tokens = tokens::read(text);
    let read = |language| of(&Parser::new(text, &tokens, lexicon::of(language), &today, true));
    let all: BTreeSet<(usize, usize)> =
        Language::ALL.into_iter().flat_map(read).map(|place| (place.start, place.end)).collect();
    all.into_iter().map(|(start, end)| start..end).collect()
}
