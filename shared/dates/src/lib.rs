//! Days and hours in customers' words: "the day after tomorrow around 2:45", "nicht vor zehn", "el martes por la mañana".
//!
//! [`read`] gives every [`Wish`] that a text names: the days that fit, the hour, and the words themselves. A message that
//! several ask of is read once, as a [`Reading`]. A later wish completes or corrects an earlier one ([`Wish::completed_by`]);
//! with the opening hours it becomes a day and an hour ([`Wish::resolve`]). Everything is read in the business's own time:
//! nothing here knows of time zones, asks a clock, or does any I/O.
//!
//! ```
//! use dates::{LastQuestion, Hours, Language, Today, read_best};
//! use jiff::civil::{Date, Time, date, time};
//!
//! struct Shop;
//! impl Hours for Shop {
//!     fn open_on(&self, _: Date) -> Vec<(Time, Time)> {
//!         vec![(time(9, 0, 0, 0), time(18, 0, 0, 0))]
//!     }
//! }
//!
//! let now = date(2026, 11, 25).at(9, 0, 0, 0);
//! let today = Today { now, month_first: true, asked: LastQuestion::Nothing };
//! let first = read_best("Could you come next Thursday?", Language::En, &today).unwrap();
//! let later = read_best("at half past three", Language::En, &today).unwrap();
//! let met = first.completed_by(&later, now).resolve(&Shop, now);
//! assert_eq!((met.date, met.time), (Some(date(2026, 12, 3)), Some(time(15, 30, 0, 0))));
//! ```
//!
//! # What is meant
//!
//! As a receptionist would take it; where people differ, as the corpora that others annotated mostly have it.
//!
//! | said on Wednesday 25 November 2026 | means |
//! |---|---|
//! | `Thursday`, `this Thursday` | the coming one, 26 November |
//! | `Wednesday` | today's own name: that of next week, 2 December; `this Wednesday` is today |
//! | `next Friday`, `el próximo viernes` | that of next week, 4 December; in French and German the coming one, 27 November |
//! | `Friday after next` | the one after the coming one, 4 December |
//! | `Friday next week` | 4 December: weeks begin on Monday |
//! | `Friday in two weeks` | two weeks after the coming one; `Friday two weeks from now`, that of the week in two weeks |
//! | `Monday the 14th` | the next 14th that is a Monday, else the next 14th, marked as a conflict |
//! | `the 3rd`, `March 12th`, `12/3` | the next such day, today included; `12/3` in the order of the region |
//! | `Monday or Tuesday`, `next week`, `in December` | all their days, from today on: one of them is wanted |
//! | `late Friday`, `the end of tomorrow` | that day, in the afternoon |
//! | `the week before Christmas`, `Christmas week` | the calendar week before, and that of the feast |
//! | `KW 49`, `week 49` | the week of the year, next time |
//! | `a week on Friday`, `Friday fortnight` | one and two weeks after the coming one |
//! | `the Monday closest to Christmas` | 28 December |
//! | `the second to last day of December` | 30 December |
//! | `the third week of next year` | the week of the year, 18 to 24 January 2027 |
//! | `in the coming days` | the next three; `weeks`: three weeks |
//! | `this coming weekend` | that of this week, until it has begun |
//! | `the beginning of the week`, said after Tuesday | that of next week |
//! | `Friday or later` | fourteen days from then on |
//! | `Feb 5 AM`, `the 14th am` | that morning; `Feb 5am` is no date |
//! | `from 20 November to 3 December` | a span that has begun: from today on |
//! | `from Monday at 9 to Tuesday at 5` | Monday, from 9; Tuesday, until 5, is another choice |
//! | `from Monday to the end of December` | all days from the one to the other |
//! | `in 3 business days`, `in 3 Werktagen` | 30 November: Saturdays and Sundays are not counted |
//! | `dans quinze jours`, `dentro de 15 días` | in two weeks, 9 December: the first day is counted too |
//! | `after 5 days` | fourteen days from 30 November on |
//! | `in the new year`, `after next week` | January and February; fourteen days from 7 December on |
//! | `between now and 5`, `midweek` | today from 9:00 to 17:00; Wednesday or Thursday |
//! | `within the week`, `dans la semaine` | the next seven days |
//! | `not this Friday but the next` | 4 December |
//! | `the week of the 6th`, a Sunday | that day and the six after it |
//! | `before Friday at noon` | Friday, until noon; `before Friday` is from today to Thursday |
//! | `later this year`, `the end of the year` | in December; `the rest of the year` is from today on |
//! | `for two nights from Friday` | the days from the first to the last |
//! | `in two or three days`, `the next 2-3 days` | 27 and 28 November; 26 to 28 November |
//! | `this week or next`, `this or next week` | both weeks |
//! | `Monday the 7th or Tuesday the 8th`, `January 5 or 6` | the two dates |
//! | `by Friday 5 pm`, `after Monday morning` | Friday, until 17:00; Monday, from 12:00 |
//! | `from January`, `by January` | one of its days; until 31 December |
//! | `early next year` | January and February; the middle is June and July |
//! | `morning or afternoon` | from the beginning of the one to the end of the other |
//! | `any day but Tuesday at 6`, `not the 14th` | any other; an hour that was said of that day before is taken back with it |
//! | `17 12`, `el 5-12` | where the day comes first, a date: after an article or a weekday, or with nothing else |
//! | `before Friday`, `by Friday` | from today to Thursday, to Friday |
//! | `from Monday on`, `any day but Tuesday` | the next fourteen days that fit |
//! | `from the 30th to the 2nd`, `de 30 a 2` | a span over the end of the month |
//! | `Easter in 4 months`, `March in a year` | the one nearest to then |
//! | `after 3`, then `until 5` | between the two |
//! | `at 3`, `half past three` | either half of the day, until the opening hours decide; `15:00`, `3 pm`, `noon` are certain |
//! | `halb vier`, `half three`, `las cuatro menos cuarto` | 3:30, 3:30, 3:45 |
//! | `in an hour` | that time, about |
//! | `02/2027`, `February 2027` | one of the days of that month |
//! | `in 3 days on Friday` | the Friday nearest to it: people miscount days |
//! | `I have a wedding on Saturday, is Thursday ok?` | Thursday, 26 November |
//! | `Friday at 9? No, make it 10` | Friday at 10 |
//! | `this morning`, said in the afternoon | nothing: it is over |
//!
//! # What is no wish
//!
//! What has been ("since Monday", "last week", "we had that storm Monday"), how old or how long ("20 years old", "it takes 2 hours"), how many, greetings, sums,
//! telephone numbers, addresses, how far it is ("2 hours' drive"), when they can be called ("call me after 6"), and words that look like days ("may I", "second hand"). A wrong day is worse than none: what
//! is not certain is not read. A number alone is an hour only beside a day, or right after the question when
//! ([`LastQuestion::When`]).
//!
//! # Languages
//!
//! A language is one file of words in `lexicon/`, with a few switches where its grammar differs, and its names in `say.rs`.
//! The words of the language given are read first; where they leave a day or an hour open, the words of the others may complete
//! it ("tomorrow a las 3"). Names of days and months of six letters and more are known with a slip in them, those of nine with
//! two, and so are longer words of time ("afternon").

mod calendar;
mod complete;
mod grammar;
mod lexicon;
mod read;
mod reading;
mod reckon;
mod resolve;
#[cfg(test)]
mod say;
mod stay;
mod tokens;
mod wish;

use jiff::civil::DateTime;

pub use calendar::OPEN_DAYS;
pub use read::{is_weekday, nights, read, read_best};
pub use reading::Reading;
pub use resolve::{Hours, Problem, Resolved};
pub use stay::{Stay, StayBefore, guests_and_rooms, rooms, stay};
pub use wish::{Change, Choice, Clock, Day, Named, Part, Time, Wish};

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
pub enum LastQuestion {
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
    pub asked: LastQuestion,
}

#[cfg(test)]
mod tests;
