//! Days and hours in customers' words: "the day after tomorrow around 2:45", "nicht vor zehn", "el martes por la mañana".
//!
//! [`read`] gives every wish that a text names, with the days that fit it, the hour, and the words themselves. A later wish
//! completes or corrects an earlier one ([`Wish::completed_by`]); with the opening hours it becomes a day and an hour
//! ([`Wish::resolve`]). Everything is read in the business's own time; nothing here knows of time zones.
//!
//! | said on Saturday 28 November 2026 | means |
//! |---|---|
//! | `Thursday`, `this Thursday` | the coming one, 3 December; on a Thursday, that of next week |
//! | `next Thursday` | in English that of next week, elsewhere the coming one |
//! | `Thursday after next` | that of the week after next week |
//! | `Monday the 14th` | the next 14th that is a Monday |
//! | `the 3rd`, `March 12th`, `12/3` | the next such day, today included; `12/3` by the region's order |
//! | `in two weeks` | 14 days on; `Monday in two weeks`, the Monday of that week |
//! | `next week`, `the weekend` | any of its days; weeks begin on Monday |
//! | `3`, `half past three` | the 3 o'clock of the opening hours; without any, from 8 to 11 the morning's, else the afternoon's |
//!
//! What has been ("since Monday", "last week"), greetings, durations, prices, telephone numbers and street addresses are no
//! wishes. A wrong day is worse than none: what is not certain is not read.

mod calendar;
mod grammar;
mod lexicon;
mod tokens;
mod wish;

use jiff::civil::DateTime;

pub use wish::{Clock, Days, Hours, Named, Part, Problem, Shift, Time, Visit, Wish};

/// A language whose words of time are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    /// By its ISO 639-1 code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "en" => Self::En,
            "es" => Self::Es,
            "fr" => Self::Fr,
            "de" => Self::De,
            "pt" => Self::Pt,
            _ => return None,
        })
    }
}

/// What was asked before: a number alone answers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Asked {
    /// Nothing about time.
    #[default]
    Nothing,
    /// When: "10" is an hour, "the 10th" a day.
    When,
}

/// When and where something is said.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// The business's local time.
    pub now: DateTime,
    /// `3/4` is the fourth of March, as in the United States.
    pub month_first: bool,
    /// What was asked before.
    pub asked: Asked,
}

/// Every wish that `text` names, in order. Empty where it names none.
#[must_use]
pub fn read(text: &str, language: Language, context: &Context) -> Vec<Wish> {
    grammar::Parser::new(text, language, context).wishes()
}

/// The one wish of `text`: a day and an hour that stand apart belong together; of two days the later said corrects the other.
#[must_use]
pub fn read_one(text: &str, language: Language, context: &Context) -> Option<Wish> {
    let wishes = read(text, language, context);
    wishes.into_iter().reduce(|first, second| first.joined_with(second, text, context.now))
}

/// Whether a word is the name of a weekday in any language.
#[must_use]
pub fn is_weekday(word: &str) -> bool {
    let tokens = tokens::read(word);
    let is_day = |hit: &lexicon::Hit| matches!(hit.atom, lexicon::Atom::Weekday(_)) && hit.length == tokens.len();
    Language::ALL.into_iter().any(|language| lexicon::of(language).hits(&tokens).iter().flatten().any(is_day))
}

#[cfg(test)]
mod tests;
