//! A text that is read once, for all who ask what it says of when.

use jiff::civil::Date;

use crate::read::{Source, best};
use crate::wish::Wish;
use crate::{Language, Today};

/// What a text says of when, in the languages that a talk may be in: the customer's and the business's.
///
/// Make one for each message and hand it on: every answer comes from the same reading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// By language, the one given first first.
    by_language: Vec<Spoken>,
}

/// What a text says in one language.
#[derive(Debug, Clone, PartialEq)]
struct Spoken {
    wishes: Vec<Wish>,
    best: Option<Wish>,
}

impl Spoken {
    fn weight(&self) -> u8 {
        self.best.as_ref().map_or(0, Wish::weight)
    }
}

impl Reading {
    /// Reads `text` as each of the languages, which may be the same. One that says a day and an hour leaves the rest unread.
    #[must_use]
    pub fn of(text: &str, languages: &[Language], today: &Today) -> Self {
        let source = Source::new(text, today);
        let mut by_language: Vec<Spoken> = Vec::with_capacity(languages.len());
        for (at, language) in languages.iter().enumerate() {
            if languages.iter().take(at).any(|before| before == language) {
                continue;
            }
            let wishes = source.wishes(*language);
            let best = best(wishes.clone());
            let is_precise = best.as_ref().is_some_and(Wish::is_precise);
            by_language.push(Spoken { wishes, best });
            if is_precise {
                break;
            }
        }
        Self { by_language }
    }

    /// Every wish, in its order, in the language that says most; of equals, the one given first.
    #[must_use]
    pub fn wishes(&self) -> &[Wish] {
        self.spoken().map(|spoken| spoken.wishes.as_slice()).unwrap_or_default()
    }

    /// The wish that says most, as [`read_best`](crate::read_best) has it.
    #[must_use]
    pub fn best(&self) -> Option<&Wish> {
        self.spoken()?.best.as_ref()
    }

    /// The one day that is named, in the first language that names one.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        self.by_language.iter().find_map(|spoken| spoken.best.as_ref()?.date())
    }

    fn spoken(&self) -> Option<&Spoken> {
        let says_more = |best: &'_ Spoken, other: &Spoken| other.weight() > best.weight();
        self.by_language.iter().reduce(|best, other| if says_more(best, other) { other } else { best })
    }
}
