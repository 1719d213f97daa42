//! Days and hours in customers' words.

mod calendar;
mod complete;
mod grammar;
mod lexicon;
mod read;
mod resolve;
mod say;
mod tokens;
mod wish;

use jiff::civil::DateTime;

pub use read::{is_weekday, read, read_best};
pub use resolve::{Hours, Problem, Resolved};
pub use say::{Clocks, say_date, say_time, say_when};
pub use wish::{Change, Clock, Day, Named, Part, Time, Wish};

/// A language whose words of time are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    En,
    /// Spanish.
    Es,
    /// French.
    Fr,
    /// German.
    De,
    /// Portuguese.
    Pt,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::En, Self::Es, Self::Fr, Self::De, Self::Pt];

    /// By its ISO 639-1 code, with or without a region behind it: `de`, `pt-BR`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let language = code.split(['-', '_']).next()?;
        [("en", Self::En), ("es", Self::Es), ("fr", Self::Fr), ("de", Self::De), ("pt", Self::Pt)]
            .into_iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(language))
            .map(|(_, language)| language)
    }
}

/// What was asked right before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Asked {
    /// Nothing about time.
    #[default]
    Nothing,
    /// When: a number alone answers it, "10" as an hour and "the 10th" as a day.
    When,
}

/// When and where something is said.
#[derive(Debug, Clone, Copy)]
pub struct Today {
    /// The date and time where the business is.
    pub now: DateTime,
    /// `3/4` is the fourth of March, as in the United States, and not the third of April.
    pub month_first: bool,
    /// What was asked right before.
    pub asked: Asked,
}

#[cfg(test)]
mod tests;
