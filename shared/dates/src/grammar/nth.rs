//! The n-th of a month: `the first Monday evening of May`, `last weekend of January`, `the last day of the month`.

use jiff::civil::Weekday;

use super::period::Ahead;
use super::{Parser, Piece};
use crate::calendar::{Edge, Period, Said, month, month_of, plus, working_days};
use crate::lexicon::Atom;
use crate::tokens::Kind;
use crate::wish::{Part, Time};

/// What is counted within a month.
#[derive(Debug, Clone, Copy)]
enum Unit {
    Day,
    WorkingDay,
    Week,
    Weekend,
    Half,
    Weekday(Weekday),
}

/// What is counted, when on such a day, and in which month, where one word says both.
type Counted = (Unit, Option<Time>, Option<Ahead>);

impl Parser<'_> {
    /// `the first Monday of May`, `last Friday afternoon of the month`, `the second week of January`.
    pub(super) fn nth_of_month(&self, at: usize) -> Option<(usize, Piece)> {
        let (length, nth) = self.nth(at)?;
        let (end, piece) = self.nth_of(at + length, nth)?;
        Some((end - at, piece))
    }

    /// What is counted at `noun`, the n-th of it, and where it ends.
    pub(super) fn nth_of(&self, noun: usize, nth: i8) -> Option<(usize, Piece)> {
        let (more, (unit, part, within)) = self.counted_in_month(noun)?;
        let behind = noun + more;
        // "The second half of next week".
        let start = self.past(self.past(behind, &[Atom::Of, Atom::Link]), &[Atom::Link]);
        if let (Unit::Half, Some((more, week @ Period::Week(_)))) = (unit, self.week_or_month(start, true)) {
            let edge = if nth == 1 { Edge::Begin } else { Edge::End };
            return Some((start + more, Piece::Day(Said::PartOf(week, edge))));
        }
        let (end, ahead) = match within {
            Some(ahead) => (behind, ahead),
            None => self.of_which_month(behind)?,
        };
        let said = self.next_nth(nth, unit, ahead)?;
        Some((end, part.map_or(Piece::Day(said), |time| Piece::Both(said, time))))
    }

    /// `first`, `2nd`, -1 for `last`, -2 for `second last` and `second to last`.
    pub(super) fn nth(&self, at: usize) -> Option<(usize, i8)> {
        if let Some(length) = self.is(at, Atom::Last) {
            return Some((length, -1));
        }
        // "Am 1. Montag".
        let with_point = || match self.tokens.get(at)?.kind {
            Kind::Number(nth @ 1..=5, 1) if self.lexicon.dates_with_points && self.is_glued(at + 1, &['.']) => {
                Some((2, i8::try_from(nth).ok()?))
            }
            _ => None,
        };
        let in_words = self.find(at, |atom| if let Atom::Nth(nth) = atom { Some(nth) } else { None });
        let in_words = in_words.or_else(with_point);
        let (length, nth) = in_words.or_else(|| self.ordinal(at)).filter(|(_, nth)| (-5..=5).contains(nth))?;
        let last = self.past(at + length, &[Atom::To]);
        match self.is(last, Atom::Last).filter(|_| nth > 1) {
            Some(more) => Some((last + more - at, -nth)),
            None => Some((length, nth)),
        }
    }

    /// `the first two weeks of January`, `the last 3 days of the month`.
    pub(super) fn first_or_last_of_month(&self, at: usize) -> Option<(usize, Said)> {
        let edge = |at: usize| self.nth(at).filter(|(_, nth)| nth.abs() == 1);
        let count = |at: usize| self.number(at).filter(|(_, number)| (2..=15).contains(&number.value));
        // "Les trois premiers jours": the number stands before.
        let (noun, nth, number) = if let Some((length, nth)) = edge(at) {
            let (more, number) = count(at + length)?;
            (at + length + more, nth, number)
        } else {
            let (length, number) = count(at)?;
            let (more, nth) = edge(at + length)?;
            (at + length + more, nth, number)
        };
        let (taken, step) = self.find(noun, |atom| match atom {
            Atom::Days => Some(1),
            Atom::Weeks => Some(7),
            _ => None,
        })?;
        let (end, ahead) = self.of_which_month(noun + taken)?;
        let first = month(self.today.now.date(), ahead)?;
        let days = i32::try_from(number.value).ok()? * step - 1;
        let said = if nth > 0 {
            Said::Between(first, plus(first, days)?)
        } else {
            Said::Between(plus(first.last_of_month(), -days)?, first.last_of_month())
        };
        Some((end - at, said))
    }

    fn counted_in_month(&self, at: usize) -> Option<(usize, Counted)> {
        // "The third Wed. of next month": an ordinal stands before it.
        let short = || {
            let (length, day) = self.find(at, |atom| {
                if let Atom::WeekdayOrWord(day) | Atom::WeekdayShort(day) = atom { Some(day) } else { None }
            })?;
            Some((length + usize::from(self.is_glued(at + length, &['.'])), day))
        };
        if let Some((length, day)) = self.weekday_name(at).or_else(short) {
            // "The first Monday from 1 to 3 pm of next month".
            let hours = || self.hours_between(at + length);
            let part = self.find(at + length, part_of_day).map(|(more, part)| (more, Time::Part(part))).or_else(hours);
            return Some((
                length + part.map_or(0, |(more, _)| more),
                (Unit::Weekday(day), part.map(|(_, part)| part), None),
            ));
        }
        let unit = self.find(at, |atom| match atom {
            Atom::Days => Some(Unit::Day),
            Atom::Weeks => Some(Unit::Week),
            Atom::Weekend => Some(Unit::Weekend),
            Atom::HalfMonth => Some(Unit::Half),
            _ => None,
        });
        let works = self.is(at, Atom::WorkingDays).map(|length| (length, Unit::WorkingDay));
        works.or(unit).map(|(length, unit)| (length, (unit, None, None))).or_else(|| self.in_one_word(at))
    }

    /// `Montagabend`, `Januarwoche`, `Januarhälfte`.
    fn in_one_word(&self, at: usize) -> Option<(usize, Counted)> {
        let word = self.word(at).filter(|_| self.lexicon.joins_words)?;
        let counted = self.lexicon.beginnings(word).find_map(|(atom, rest)| match atom {
            Atom::Weekday(day) => {
                let part = self.lexicon.meanings(rest).find_map(part_of_day)?;
                Some((Unit::Weekday(day), Some(Time::Part(part)), None))
            }
            Atom::Month(month) => {
                let unit = |atom| match atom {
                    Atom::Weeks => Some(Unit::Week),
                    Atom::HalfMonth => Some(Unit::Half),
                    _ => None,
                };
                Some((self.lexicon.meanings(rest).find_map(unit)?, None, Some(self.months_until(month))))
            }
            _ => None,
        })?;
        Some((1, counted))
    }

    /// `of May`, `of the month`, `next month`: where it ends, and how many months ahead that is.
    fn of_which_month(&self, behind: usize) -> Option<(usize, Ahead)> {
        let start = self.past(self.past(behind, &[Atom::Of, Atom::Link]), &[Atom::Link, Atom::MonthWord]);
        if start > behind
            && let Some((more, month)) = self.month_name(start)
        {
            return Some((start + more, self.months_until(month)));
        }
        let (more, ahead) = self.month_from_here(start)?;
        (start > behind || self.which(start).is_some()).then_some((start + more, ahead))
    }

    fn months_until(&self, month: i8) -> Ahead {
        (i32::from(month) - i32::from(self.today.now.month())).rem_euclid(12)
    }

    /// In that month, or where it is over, in the next one: the next of that name, or the one after this.
    fn next_nth(&self, nth: i8, unit: Unit, ahead: Ahead) -> Option<Said> {
        let today = self.today.now.date();
        let is_ahead = |said: &Said| match said {
            Said::Date(date) | Said::Between(_, date) => *date >= today,
            _ => false,
        };
        let of = |ahead| self.nth_in(nth, unit, ahead).filter(is_ahead);
        of(ahead).or_else(|| of(ahead + 1).filter(|_| ahead == 0))
    }

    fn nth_in(&self, nth: i8, unit: Unit, ahead: Ahead) -> Option<Said> {
        let first = month(self.today.now.date(), ahead)?;
        let weekday = |day| first.nth_weekday_of_month(nth, day).ok();
        let (days, count) = (i32::from(first.days_in_month()), i32::from(nth));
        let from = if nth < 0 { days + 7 * count } else { 7 * (count - 1) };
        Some(match unit {
            Unit::WorkingDay if nth < 0 => Said::Date(working_days(plus(first, days)?, count)?),
            Unit::WorkingDay => Said::Date(working_days(plus(first, -1)?, count)?),
            Unit::Day if nth < 0 => Said::Date(plus(first, days + count)?),
            Unit::Day => Said::Date(month_of(first, nth)?),
            Unit::Week => Said::Between(plus(first, from)?, plus(first, from + 6)?),
            Unit::Half if nth == 1 => Said::Between(first, month_of(first, 14)?),
            Unit::Half => Said::Between(month_of(first, 15)?, first.last_of_month()),
            Unit::Weekend => Said::Between(weekday(Weekday::Saturday)?, plus(weekday(Weekday::Saturday)?, 1)?),
            Unit::Weekday(day) => Said::Date(weekday(day)?),
        })
    }
}

fn part_of_day(atom: Atom) -> Option<Part> {
    if let Atom::Part(part) = atom { Some(part) } else { None }
}
