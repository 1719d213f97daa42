//! Numbers and ordinals, in figures and in words.

use super::Parser;
use crate::lexicon::Atom;
use crate::tokens::Kind;

/// Marks before or after figures that are no time: sums, percentages, numbers of things.
const NO_TIME: [char; 6] = ['$', '€', '£', '%', '#', '+'];

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
            let marked =
                |at: Option<usize>| at.and_then(|at| self.tokens.get(at)).is_some_and(|token| token.is_mark(&NO_TIME));
            let is_sum = marked(at.checked_sub(1))
                || marked(Some(at + 1)).then(|| self.tokens.get(at + 1)).flatten().is_some_and(|next| !next.spaced);
            return (!is_sum && figures <= 4).then_some((1, Number { value, figures }));
        }
        let (length, tens) = self.spelled(at)?;
        let value = |value: u8| Number { value: u32::from(value), figures: 0 };
        if (20..60).contains(&tens) && tens % 10 == 0 {
            let next = self.past(at + length, &[Atom::And]);
            if let Some((more, ones)) = self.spelled(next).filter(|(_, ones)| (1..10).contains(ones)) {
                return Some((next + more - at, value(tens + ones)));
            }
        }
        Some((length, value(tens)))
    }

    fn spelled(&self, at: usize) -> Option<(usize, u8)> {
        self.find(at, |atom| if let Atom::Number(value) = atom { Some(value) } else { None })
    }

    /// `third`, `twenty second`, `3rd`.
    pub(super) fn ordinal(&self, at: usize) -> Option<(usize, i8)> {
        if let Some((length, Number { value, figures: 1..=2 })) = self.number(at) {
            let end = self.tokens.get(at + length).filter(|token| !token.spaced)?;
            self.is(at + length, Atom::OrdinalEnd)?;
            return end.word().and_then(|_| i8::try_from(value).ok()).map(|value| (length + 1, value));
        }
        let ordinal = |at| self.find(at, |atom| if let Atom::Ordinal(value) = atom { Some(value) } else { None });
        if let Some((length, tens)) = self.spelled(at).filter(|(_, tens)| matches!(tens, 20 | 30)) {
            let next = self.past(at + length, &[Atom::And]);
            if let Some((more, ones)) = ordinal(next).filter(|(_, ones)| *ones < 10) {
                return i8::try_from(tens + ones).ok().map(|value| (next + more - at, value));
            }
        }
        ordinal(at).and_then(|(length, value)| Some((length, i8::try_from(value).ok()?)))
    }

    /// A day of a month, as a number or an ordinal.
    pub(super) fn day_number(&self, at: usize) -> Option<(usize, i8)> {
        let plain = || {
            let (length, number) = self.number(at).filter(|(_, number)| number.figures <= 2)?;
            Some((length, i8::try_from(number.value).ok()?))
        };
        self.ordinal(at).or_else(plain).filter(|(_, day)| (1..=31).contains(day))
    }
}
