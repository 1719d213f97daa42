//! Numbers and ordinals, in figures and in words.

use super::Parser;
use crate::lexicon::Atom;
use crate::tokens::Kind;

/// Marks before or after figures that are no time: sums, percentages, numbers of things.
const NO_TIME: [char; 7] = ['$', '€', '£', '%', '#', '+', '°'];

/// A number as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) value: u32,
    /// How many figures; 0: in words.
    pub(super) figures: usize,
}

impl Parser<'_> {
    /// The number at `at`, and how many tokens it takes.
    pub(super) fn number(&self, at: usize) -> Option<(usize, Number)> {
        let token = self.tokens.get(at)?;
        if let Kind::Number(value, figures) = token.kind {
            let before =
                at.checked_sub(1).and_then(|at| self.tokens.get(at)).is_some_and(|token| token.is_mark(&NO_TIME));
            let behind = self.tokens.get(at + 1).is_some_and(|token| token.is_mark(&NO_TIME));
            return (!before && !behind && figures <= 4).then_some((1, Number { value, figures }));
        }
        let in_words = |value: u8| Number { value: u32::from(value), figures: 0 };
        let Some((length, tens)) = self.spelled(at) else {
            return self
                .joined_number(at, |atom| if let Atom::Number(value) = atom { Some(value) } else { None })
                .map(|value| (1, in_words(value)));
        };
        if (20..60).contains(&tens) && tens % 10 == 0 {
            let next = self.past(at + length, &[Atom::And]);
            if let Some((more, ones)) = self.spelled(next).filter(|(_, ones)| (1..10).contains(ones)) {
                return Some((next + more - at, in_words(tens + ones)));
            }
        }
        Some((length, in_words(tens)))
    }

    fn spelled(&self, at: usize) -> Option<(usize, u8)> {
        self.find(at, |atom| match atom {
            Atom::Number(value) => Some(value),
            Atom::Article => Some(1),
            _ => None,
        })
    }

    /// `fünfundvierzig`: ones, "and", and what `tens` takes, in one word.
    fn joined_number(&self, at: usize, tens: impl Fn(Atom) -> Option<u8>) -> Option<u8> {
        let word = self.word(at).filter(|_| self.lexicon.joins_words)?;
        self.lexicon.beginnings(word).find_map(|(atom, rest)| {
            let ones = match atom {
                Atom::Number(ones @ 1..=9) => ones,
                Atom::Article => 1,
                _ => return None,
            };
            let rest = self.lexicon.beginnings(rest).find_map(|(and, rest)| (and == Atom::And).then_some(rest))?;
            self.lexicon.meanings(rest).find_map(&tens).filter(|tens| tens % 10 == 0).map(|tens| tens + ones)
        })
    }

    /// `third`, `twenty second`, `3rd`.
    pub(super) fn ordinal(&self, at: usize) -> Option<(usize, i8)> {
        if let Some((length, Number { value, figures: 1..=2 })) = self.number(at) {
            // "1º", "1.º".
            let end = at + length + usize::from(self.is_glued(at + length, &['.']));
            self.tokens.get(end).filter(|token| !token.spaced)?;
            self.is(end, Atom::OrdinalEnd)?;
            return i8::try_from(value).ok().map(|value| (end + 1 - at, value));
        }
        let pick = |atom: Atom| if let Atom::Ordinal(value) = atom { Some(value) } else { None };
        if let Some((length, tens)) = self.spelled(at).filter(|(_, tens)| matches!(tens, 20 | 30)) {
            let next = self.past(at + length, &[Atom::And]);
            if let Some((more, ones)) = self.find(next, pick).filter(|(_, ones)| *ones < 10) {
                return i8::try_from(tens + ones).ok().map(|value| (next + more - at, value));
            }
        }
        // "Vigésimo segundo".
        if let Some((length, tens)) = self.find(at, pick).filter(|(_, tens)| matches!(tens, 20 | 30))
            && let Some((more, ones)) = self.find(at + length, pick).filter(|(_, ones)| *ones < 10)
        {
            return i8::try_from(tens + ones).ok().map(|value| (length + more, value));
        }
        let found = self.find(at, pick).or_else(|| self.joined_number(at, pick).map(|value| (1, value)));
        found.and_then(|(length, value)| Some((length, i8::try_from(value).ok()?)))
    }

    /// A day of a month, as a number or an ordinal, and whether it is certainly an ordinal.
    pub(super) fn day_number(&self, at: usize) -> Option<(usize, i8)> {
        let plain = || {
            let (length, number) = self.number(at).filter(|(_, number)| number.figures <= 2)?;
            // "El quince" is a day, and "the five" and "this one" are none.
            if number.figures == 0 && (!self.lexicon.number_after_weekday_is_day || number.value == 1) {
                return None;
            }
            Some((length, i8::try_from(number.value).ok()?))
        };
        self.ordinal(at).or_else(plain).filter(|(_, day)| (1..=31).contains(day))
    }
}
