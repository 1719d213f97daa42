//! Parts of a year: `later this year`, `by the end of the year`, `Jahresende`, `the third week of next year`.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::Parser;
use crate::calendar::{Period, Said, plus};
use crate::lexicon::Atom;

impl Parser<'_> {
    /// The rest of this year, or its last month.
    pub(super) fn part_of_year(&self, at: usize) -> Option<(usize, Said)> {
        let year = self.today.now.year();
        let last = Date::new(year, 12, 31).ok()?;
        let december = Said::Between(last.first_of_month(), last);
        if let Some(length) = self.is(at, Atom::YearEnd) {
            return Some((length, december));
        }
        let (length, is_end) = self.find(at, |atom| match atom {
            Atom::End => Some(true),
            Atom::RestOf => Some(false),
            _ => None,
        })?;
        let start = self.past(self.past(at + length, &[Atom::Of, Atom::Link]), &[Atom::Link, Atom::This]);
        let (more, ()) = self.find(start, |atom| matches!(atom, Atom::Years | Atom::ThisYear).then_some(()))?;
        Some((start + more - at, if is_end { december } else { Said::Until(last) }))
    }

    /// `the third week of next year`, `the ninth month of 2027`, `the last week of the year`.
    pub(super) fn nth_of_year(&self, at: usize) -> Option<(usize, Said)> {
        let (length, nth) = self.nth(at).or_else(|| self.ordinal(at))?;
        let (more, unit) = self.find(at + length, |atom| matches!(atom, Atom::Weeks | Atom::Months).then_some(atom))?;
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
        let is_over = matches!(said, Said::Between(_, last) if last < self.today.now.date());
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
        Some(if unit == Atom::Weeks {
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
