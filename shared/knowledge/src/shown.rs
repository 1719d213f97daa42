//! What an answer shows by its form: an amount, a time, a length of time, a telephone number, an address.

use std::sync::LazyLock;

use crate::Chunk;
use crate::answer::Unit;
use crate::lexicon::{Meaning, meaning_of};
use crate::question::Shown;
use crate::reading::{Heard, Known};

/// Meanings that are asked for by name.
pub(crate) struct Keys {
    price: Vec<Option<Meaning>>,
    charge: Option<Meaning>,
    open: Vec<Option<Meaning>>,
    days: Vec<Option<Meaning>>,
    lengths: Vec<Option<Meaning>>,
    address: Vec<Option<Meaning>>,
    pub(crate) pet: Option<Meaning>,
    pub(crate) pets: Vec<Option<Meaning>>,
}

pub(crate) static KEYS: LazyLock<Keys> = LazyLock::new(|| {
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
    pub(crate) fn is_day(&self, meaning: Option<Meaning>) -> bool {
        meaning.is_some() && self.days.contains(&meaning)
    }
}

/// How well a unit shows what is asked for.
pub(crate) fn shows(shown: Shown, chunk: &Chunk, unit: &Unit<'_, '_>) -> f32 {
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
