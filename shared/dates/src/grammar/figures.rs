//! Dates with a month: `March 12th`, `12 de marzo`, `12/3`, `3.12.`, `2026-12-03`, `from 13 to 15 July`.

use jiff::civil::Date;

use super::Parser;
use crate::Asked;
use crate::calendar::{Said, days, month, month_of, next_date};
use crate::lexicon::Atom;
use crate::tokens::Kind;

impl Parser<'_> {
    /// `2026-12-03`, `12/3`, `3.12.`, `3-12-2026`.
    pub(super) fn in_figures(&self, at: usize) -> Option<(usize, Date)> {
        const MARKS: [char; 3] = ['/', '.', '-'];
        let number = |at: usize, most: usize| match self.tokens.get(at)?.kind {
            Kind::Number(value, figures) if figures <= most => Some((i16::try_from(value).ok()?, figures)),
            _ => None,
        };
        // Not the middle of something longer: a fraction, a version, a sum.
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let is_glued = self.tokens.get(at).is_some_and(|token| !token.spaced);
        // "12/3-12/5" is two dates.
        let is_second = at >= 4 && self.is_dash(at - 1) && self.is_glued(at - 3, &['/', '.']);
        let goes_on = is_glued && !is_second && before.is_some_and(|token| token.is_mark(&MARKS));
        if goes_on || before.is_some_and(|token| token.is_mark(&['$', '€', '£', '#', '+'])) {
            return None;
        }
        let separator_at = |at: usize| match self.tokens.get(at)?.kind {
            Kind::Mark(mark) if MARKS.contains(&mark) => Some(mark),
            _ => None,
        };
        let ((first, figures), separator, (second, _)) = (number(at, 4)?, separator_at(at + 1)?, number(at + 2, 2)?);
        let is_close = self.is_glued(at + 1, &MARKS) && self.tokens.get(at + 2).is_some_and(|token| !token.spaced);
        let third = (separator_at(at + 3) == Some(separator)).then(|| number(at + 4, 4)).flatten();
        let third = third.filter(|_| self.tokens.get(at + 4).is_some_and(|token| !token.spaced || !is_close));
        if !is_close && (separator != '/' || self.tokens.get(at + 1).is_some_and(|token| !token.spaced)) {
            return None;
        }
        let now = self.today.now.date();
        let date = |day: i16, month: i16, year: Option<i16>| {
            let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
            match year {
                Some(year) => Date::new(if year < 100 { 2_000 + year } else { year }, month, day).ok(),
                None => next_date(now, month, day),
            }
        };
        if figures == 4 {
            return (separator != '.').then(|| Some((5, date(third?.0, second, Some(first))?))).flatten();
        }
        let month_first = self.today.month_first && separator != '.';
        let (day, month) = if month_first { (second, first) } else { (first, second) };
        let either = |year: Option<i16>| date(day, month, year).or_else(|| date(month, day, year));
        // "8/1.5" is a fraction.
        let goes_on = self.is_glued(at + 3, &['.', ',', '/']) && self.is_figures(at + 4) && third.is_none();
        let goes_on = goes_on && self.tokens.get(at + 4).is_some_and(|token| !token.spaced);
        // "5/5S" is a name.
        let is_name = self.tokens.get(at + 3).is_some_and(|token| token.word().is_some() && !token.spaced);
        let goes_on = goes_on || (is_name && third.is_none() && !self.half_or_oclock(at + 3));
        let ends_in_unit = self.half_or_oclock(at + 3) || self.is_glued(at + 3, &[':']) || goes_on;
        match (third, separator) {
            (Some((year, 2 | 4)), _) => Some((5, either(Some(year))?)),
            (None, '/') if !ends_in_unit => Some((3, either(None)?)),
            // "15.3." and "15.03": with the point at the end, or where no hour is meant.
            (None, '.') if self.lexicon.dates_with_points && !ends_in_unit => {
                let ends = usize::from(self.is_glued(at + 3, &['.']));
                let (_, figures) = number(at + 2, 2)?;
                let asks_hour = [Atom::At, Atom::About, Atom::From, Atom::After, Atom::Before];
                let said = ends == 1
                    || (figures == 1 && self.preceded_by(at, &[Atom::OnDay]))
                    || (figures == 2 && !self.preceded_by(at, &asks_hour));
                (second <= 12 && said).then(|| Some((3 + ends, date(first, second, None)?))).flatten()
            }
            (None, '-') if self.is_announced(at) || (self.tokens.len() == 3 && self.today.asked == Asked::Nothing) => {
                Some((3, date(day, month, None)?))
            }
            _ => None,
        }
    }

    /// The name of a month.
    pub(super) fn month_name(&self, at: usize) -> Option<(usize, i8)> {
        let (length, month) = self.find(at, |atom| match atom {
            Atom::Month(month) | Atom::MonthOrWord(month) => Some(month),
            _ => None,
        })?;
        let point = self.is_glued(at + length, &['.']) && self.word(at).is_some_and(|word| word.len() <= 5);
        Some((length + usize::from(point && self.is_figures(at + length + 1)), month))
    }

    /// `March 12th`, `12 de marzo`, `le premier mars`, with a year or without one.
    pub(super) fn of_month(&self, at: usize) -> Option<(usize, Said)> {
        // "Sept trente" is half past seven.
        let (end, month, day) = if let Some((length, month)) = self.month_name(at).filter(|_| self.number(at).is_none())
        {
            let mut start = self.past(at + length, &[Atom::Link]);
            let parted = |marks: &[char]| self.tokens.get(start).is_some_and(|token| token.is_mark(marks));
            if parted(&['/', '-']) || (parted(&[',']) && self.ordinal(start + 1).is_some()) {
                start += 1;
            }
            let (more, day) = self.day_number(start)?;
            // "March 3:30" and "May 5pm" name no day.
            if self.is_glued(start + more, &[':']) || self.half_or_oclock(start + more) {
                return None;
            }
            (start + more, month, day)
        } else {
            let (length, day) = self.day_number(at)?;
            let mut start = at + length;
            if let Some(found) = self.month_in_numbers(at, start, day) {
                return Some(found);
            }
            start += usize::from(self.is_glued(start, &['.', '-', '/', ',']));
            start = self.past(start, &[Atom::Days]);
            start = self.past(start, &[Atom::Of]);
            start = self.past(start, &[Atom::MonthWord]);
            let (more, month) = self.month_name(start)?;
            (start + more, month, day)
        };
        let now = self.today.now.date();
        let (length, year) = self.year(end).unwrap_or_default();
        let date = if length > 0 { Date::new(year, month, day).ok() } else { next_date(now, month, day) };
        let point = usize::from(
            length == 0
                && self.lexicon.dates_with_points
                && self.is_glued(end, &['.'])
                && self.tokens.get(end + 1).is_some(),
        );
        Some((end + length + point * usize::from(self.ordinal(end).is_some()) - at, Said::Date(date?)))
    }

    /// `el 21 del 3`, `am 7. vierten`: the month as a number behind the day at `at`.
    fn month_in_numbers(&self, at: usize, end: usize, day: i8) -> Option<(usize, Said)> {
        let (next, month) =
            if self.is_glued(end, &['.']) && self.lexicon.dates_with_points && self.word(end + 1).is_some() {
                let (length, month) = self.ordinal(end + 1)?;
                (end + 1 + length, month)
            } else {
                let of = self.is(end, Atom::OfNumber).filter(|_| self.is_figures(at) && self.is_announced(at))?;
                let (length, number) = self.number(end + of).filter(|(_, number)| number.figures > 0)?;
                (end + of + length, i8::try_from(number.value).ok()?)
            };
        let date = next_date(self.today.now.date(), month, day).filter(|_| !self.half_or_oclock(next))?;
        Some((next - at, Said::Date(date)))
    }

    /// A year after a date: ", 2027", "de 2027", "/2027", "this year".
    pub(super) fn year(&self, at: usize) -> Option<(usize, i16)> {
        let comma = usize::from(self.tokens.get(at).is_some_and(|token| token.is_mark(&[',', '.', '/', '-'])));
        let start = self.past(at + comma, &[Atom::Link, Atom::Of]);
        if let Kind::Number(year @ 1000..=2999, 4) = self.tokens.get(start)?.kind {
            return Some((start + 1 - at, i16::try_from(year).ok()?));
        }
        let word = self.find(start, |atom| match atom {
            Atom::ThisYear => Some(0),
            Atom::NextYear => Some(1),
            _ => None,
        });
        word.map(|(length, ahead)| (start + length - at, self.today.now.year() + ahead))
    }

    /// `from 13 to 15 July`, `August 27th - 29th`, `July 30 to August 2`.
    pub(super) fn dates_between(&self, at: usize) -> Option<(usize, Said)> {
        let opened = self.is_any(at, &[Atom::From, Atom::Between, Atom::Opens]);
        let past_weekday = |at: usize| {
            let at = self.past(self.past(at, &[Atom::Link]), &[Atom::Link]);
            self.weekday_name(at).map_or(at, |(length, _)| self.past(at + length, &[Atom::Link]))
        };
        let start = past_weekday(at + opened.unwrap_or_default());
        let joined = |at: usize| {
            let at = at + usize::from(self.is_glued(at, &['.']));
            let length = self.is_any(at, &[Atom::To, Atom::And]).or(self.is_dash(at).then_some(1))?;
            Some(past_weekday(at + length))
        };
        let date = |said: Said| if let Said::Date(date) = said { Some(date) } else { None };
        if let Some((length, said)) = self.of_month(start).or_else(|| self.named_in_figures(start)) {
            let from = date(said)?;
            let next = joined(start + length)?;
            let (more, to) = match self.of_month(next).or_else(|| self.named_in_figures(next)) {
                Some((more, said)) => (more, date(said)?),
                None => {
                    let (more, day) = self.day_number(next)?;
                    // "El 4 de diciembre a las 9" is a day and an hour.
                    let asks_hour = opened.is_none() && self.is(start + length, Atom::At).is_some();
                    let is_hour = asks_hour || self.is_glued(next + more, &[':']) || self.half_or_oclock(next + more);
                    (more, from.with().day(day).build().ok().filter(|_| !is_hour)?)
                }
            };
            return (from < to).then_some((next + more - at, Said::Between(from, to)));
        }
        let (length, day) = self.day_number(start)?;
        let next = joined(start + length)?;
        let today = self.today.now.date();
        let within = self.day_number(next).and_then(|(more, last)| {
            // "4 to 23 of next month".
            let of = self.past(self.past(next + more, &[Atom::Of]), &[Atom::Link]);
            let (more, ahead) = self.month_from_here(of)?;
            let first = month(today, ahead)?;
            Some((of + more - at, Said::Between(month_of(first, day)?, month_of(first, last)?)))
        });
        if within.is_some() {
            return within;
        }
        if opened.is_some()
            && let Some((more, said)) = self.days_of_month_between(start, next)
        {
            return Some((more - at, said));
        }
        let (more, said) = self.of_month(next)?;
        let to = date(said)?;
        let from = to.with().day(day).build().ok()?;
        (from < to && from >= today).then_some((next + more - at, Said::Between(from, to)))
    }

    /// `between the 13th and the 18th`, `vom 4. bis zum 23.`: articles or ordinals, and no month.
    fn days_of_month_between(&self, start: usize, next: usize) -> Option<(usize, Said)> {
        let ((length, from), (more, to)) = (self.day_number(start)?, self.day_number(next)?);
        let is_day = |at: usize, length: usize| {
            self.ordinal(at).is_some()
                || self.preceded_by(at, &[Atom::OnDay])
                || (self.lexicon.dates_with_points && self.is_glued(at + length, &['.']))
        };
        let end = next + more;
        let is_hour = |at: usize| self.half_or_oclock(at) || self.is_glued(at, &[':']);
        if !is_day(start, length)
            || !is_day(next, more)
            || is_hour(start + length)
            || is_hour(end)
            || self.of_month(next).is_some()
        {
            return None;
        }
        let first = days(&[Said::DayOfMonth(from)], self.today.now.date())?.dates.first().copied()?;
        let last = month_of(first, to).filter(|last| *last > first)?;
        let point = self.lexicon.dates_with_points && self.is_glued(end, &['.']);
        Some((end + usize::from(point), Said::Between(first, last)))
    }

    pub(super) fn named_in_figures(&self, at: usize) -> Option<(usize, Said)> {
        self.in_figures(at).map(|(length, date)| (length, Said::Date(date)))
    }

    /// An hour's mark: "Uhr", "am", "h".
    pub(super) fn half_or_oclock(&self, at: usize) -> bool {
        self.half_of_day(at).is_some() || self.is(at, Atom::Oclock).is_some()
    }
}
