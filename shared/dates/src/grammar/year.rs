//! Parts of a year: `later this year`, `early 2027`, `by the end of the year`, `Jahresende`, `the third week of next year`.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::Parser;
use super::edge::edge_of;
use crate::calendar::{Edge, Period, Said, plus};
use crate::lexicon::Atom;

impl Parser<'_> {
    /// The rest of this year, its first two months, two in the middle, or the last: `early next year`, `fin 2026`, `Jahresende`.
    pub(super) fn part_of_year(&self, at: usize) -> Option<(usize, Said)> {
        let this_year = self.today.now.year();
        let months = |year: i16, from: i8, to: i8| {
            let (first, last) = (Date::new(year, from, 1).ok()?, Date::new(year, to, 1).ok()?);
            Some(Said::Between(self.begun(first, last.last_of_month())?, last.last_of_month()))
        };
        if let Some(length) = self.is(at, Atom::YearEnd) {
            return Some((length, months(this_year, 12, 12)?));
        }
        if let Some(length) = self.is(at, Atom::NewYear) {
            return Some((length, months(this_year + i16::from(self.today.now.month() > 2), 1, 2)?));
        }
        let edge = |atom| if atom == Atom::RestOf { Some(None) } else { edge_of(atom).map(Some) };
        let (length, edge) = self.find(at, edge)?;
        let of = self.past(at + length, &[Atom::Of, Atom::Link]);
        let start = self.past(of, &[Atom::Link, Atom::This]);
        let plain = || {
            Some((self.find(start, |atom| matches!(atom, Atom::Years | Atom::ThisYear).then_some(()))?.0, this_year))
        };
        let (start, (more, year)) =
            self.year(of).map(|named| (of, named)).or_else(|| Some((start, self.year(start).or_else(plain)?)))?;
        let (from, to) = match edge {
            None => return Some((start + more - at, Said::Until(Date::new(year, 12, 31).ok()?))),
            Some(Edge::Begin) => (1, 2),
            Some(Edge::Middle) => (6, 7),
            Some(Edge::End) => (12, 12),
        };
        // In November "the beginning of the year" is of the next one.
        let is_over = year == this_year && to < self.today.now.month();
        Some((start + more - at, months(year + i16::from(is_over), from, to)?))
    }

    /// `the third week of next year`, `the ninth month of 2027`, `the last week of the year`.
    pub(super) fn nth_of_year(&self, at: usize) -> Option<(usize, Said)> {
        let (length, nth) = self.nth(at).or_else(|| self.ordinal(at))?;
        let units = |atom| matches!(atom, Atom::Days | Atom::Weeks | Atom::Months).then_some(atom);
        let (more, unit) = self.find(at + length, units)?;
        let behind = at + length + more;
        let this_year = || {
            let of = self.is(behind, Atom::Of)?;
            let start = self.past(behind + of, &[Atom::Link]);
            Some((start + self.is(start, Atom::Years)? - behind, self.today.now.year()))
        };
        let named = self.year(behind).or_else(|| self.new_year(behind));
        let (taken, year) = named.or_else(this_year)?;
        let said = self.week_of_year(nth, unit, year)?;
        // In November "the first week of the year" is of the next one.
        let is_over = matches!(said, Said::Between(_, last) | Said::Date(last) if last < self.today.now.date());
        let said = if named.is_none() && is_over { self.week_of_year(nth, unit, year + 1)? } else { said };
        Some((behind + taken - at, said))
    }

    /// `of the new year`: the one that begins next; in January, that which has begun.
    fn new_year(&self, at: usize) -> Option<(usize, i16)> {
        let of = self.is(at, Atom::Of)?;
        let start = self.past(at + of, &[Atom::Link]);
        let length = self.is(start, Atom::Feast(1, 1))?;
        let today = self.today.now.date();
        Some((start + length - at, if today.month() == 1 { today.year() } else { today.year() + 1 }))
    }

    fn week_of_year(&self, nth: i8, unit: Atom, year: i16) -> Option<Said> {
        Some(if unit == Atom::Days {
            let first = Date::new(year, 1, 1).ok()?;
            Said::Date(plus(
                if nth < 0 { first.last_of_year().tomorrow().ok()? } else { first },
                i32::from(nth) - i32::from(nth > 0),
            )?)
        } else if unit == Atom::Weeks {
            // The week of 28 December is the last of its year.
            let last = Date::new(year, 12, 28).ok()?.iso_week_date().week();
            let week = if nth < 0 { last + 1 + nth } else { nth };
            let monday = ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date();
            Said::Between(monday, plus(monday, 6)?)
        } else {
            let month = i32::from(if nth < 0 { 13 + nth } else { nth });
            let ahead = i32::from(year - self.today.now.year()) * 12 + month - i32::from(self.today.now.month());
            Said::Period(Period::Month(ahead))
        })
    }
}
