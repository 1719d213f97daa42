//! "2 hours": how long something takes, and no hour of the day.

use super::Parser;
use super::number::Number;
use crate::LastQuestion;
use crate::lexicon::Atom;
use crate::tokens::Kind;

impl Parser<'_> {
    /// "2 hours" is how long something takes, where the mark of an hour means that as well.
    pub(super) fn is_duration(&self, at: usize, length: usize) -> bool {
        let before = [
            Atom::At,
            Atom::About,
            Atom::From,
            Atom::After,
            Atom::Before,
            Atom::Between,
            Atom::To,
            Atom::And,
            Atom::Or,
            Atom::Opens,
            Atom::ItIs,
        ];
        // "16 horas", and nothing else.
        let is_late = self.number(at).is_some_and(|(_, number)| (13..24).contains(&number.value));
        if is_late && at == 0 && self.tokens.len() == length + 1 {
            return false;
        }
        // "19 heures 30".
        let next = self.past(at + length + 1, &[Atom::And]);
        if is_late && matches!(self.tokens.get(next).map(|token| &token.kind), Some(Kind::Number(_, 2))) {
            return false;
        }
        // "24 hours" are a day.
        if self.today.asked == LastQuestion::When && at == 0 && self.tokens.len() <= length + 2 {
            return false;
        }
        let is_day = self.number(at).is_some_and(|(_, number)| number.value == 24);
        is_day && self.is(at + length, Atom::Hours).is_some()
            || self.is(at + length, Atom::Hours).is_some()
                && !at.checked_sub(1).is_some_and(|before| self.is_dash(before))
                && !self.preceded_by(at, &before)
                && !self.preceded_by(at.saturating_sub(1), &before)
                && !self.is_day_before(at)
                && self.part_behind(at + length + 1, true).is_none()
                && !self.is_time_behind(at + length + 1)
    }

    /// "2 heures de route", "1h30 de viagem": how far it is, from the number at `at` to `end`.
    pub(super) fn is_distance(&self, at: usize, end: usize) -> bool {
        // "15 Uhr" is no length.
        let unit = |at: usize| {
            let h = || (self.word(at) == Some("h")).then_some(1);
            self.is_any(at, &[Atom::Hours, Atom::Minutes]).or_else(h)
        };
        let behind = end + unit(end).unwrap_or_default();
        (at..behind).any(|at| unit(at).is_some()) && self.is(behind, Atom::Distance).is_some()
    }

    /// Minutes, a day or a part of today stand there: "sept heures et dix", "8 heures ce soir".
    pub(super) fn is_time_behind(&self, at: usize) -> bool {
        let next = self.past(at, &[Atom::And, Atom::Less]);
        let minutes = self.quarter_or_half(self.past(next, &[Atom::Link])).is_some()
            || (next > at && self.number(next).is_some_and(|(_, number)| number.figures == 0));
        let is_minute = |number: Number| number.figures == 0 && (5..60).contains(&number.value);
        minutes
            || self.number(at).is_some_and(|(length, number)| is_minute(number) && !self.counts(at + length))
            || self.weekday_name(at).is_some()
            || self.find(at, |atom| matches!(atom, Atom::TodaysPart(_) | Atom::Day(_)).then_some(())).is_some()
    }

    /// A day stands right before: "mardi 15 heures".
    pub(super) fn is_day_before(&self, at: usize) -> bool {
        let is_day = |atom| {
            let is_part = matches!(atom, Atom::Part(_) | Atom::TodaysPart(_));
            (is_part || matches!(atom, Atom::Weekday(_) | Atom::Day(_) | Atom::Month(_) | Atom::MonthOrWord(_)))
                .then_some(())
        };
        (at.saturating_sub(3)..at).any(|start| {
            let gap = |end: usize| {
                end == at || (end + 1 == at && self.tokens.get(end).is_some_and(|token| token.is_mark(&[','])))
            };
            self.find(start, is_day).is_some_and(|(length, ())| gap(start + length))
        })
    }
}
