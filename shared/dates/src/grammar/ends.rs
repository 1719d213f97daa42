//! Spans whose ends are said in two ways: `from Monday to the end of the month`, `from Monday at 9 to Tuesday at 5`.

use std::ops::Range;

use jiff::civil::Date;

use super::{Parser, Piece};
use crate::calendar::{Said, days, plus};
use crate::lexicon::Atom;
use crate::tokens::tidy;
use crate::wish::{Clock, Day, Named, Time, Wish};

/// How many tokens the first end takes at most, with the word before it.
const MAX_END: usize = 10;
/// A span from hour to hour is of so many days at most.
const MAX_DAYS: i32 = 7;
/// What may open a span.
const OPENING: [Atom; 4] = [Atom::Between, Atom::From, Atom::Opens, Atom::StartingOn];

/// An hour of a day, and where it ends.
struct Moment {
    end: usize,
    date: Date,
    clock: Clock,
    /// Named by its weekday alone.
    is_weekday: bool,
}

impl Parser<'_> {
    /// `from Monday to the end of the month`, `entre le 20 décembre et mi-janvier`: a day at one end and a period at the other.
    pub(super) fn ends_between(&self, at: usize) -> Option<(usize, Said)> {
        let (start, opened) = self.opened_span(at)?;
        let (end, first, is_day) = self.end_at(start)?;
        let next = self.joined_end(end, opened)?;
        // "Quinta às dez" is an hour.
        if !opened && self.at_hour(end).is_some() {
            return None;
        }
        let (end, last, is_last_day) = self.end_at(next)?;
        let (from, to) = (*first.first()?, *last.last()?);
        if is_day != is_last_day && self.is_move(at, end) {
            // "Move it from Monday to next week": to there.
            return Some((end - at, Said::Between((*last.first()?).max(self.today.now.date()), to)));
        }
        // Two days and two periods are read elsewhere.
        let fits = is_day != is_last_day && from < to && self.at_hour(end).is_none();
        fits.then_some((end - at, Said::Between(from, to)))
    }

    /// Where the first end of a span begins, and whether a word opens it; `None` where nothing that could join two ends is near.
    fn opened_span(&self, at: usize) -> Option<(usize, bool)> {
        let joins = |at: usize| self.is_any(at, &[Atom::To, Atom::And]).is_some() || self.is_dash(at);
        if !(at + 1..=at + MAX_END).any(joins) {
            return None;
        }
        let opened = self.is_any(at, &OPENING);
        let start = self.past(at + opened.unwrap_or_default(), &[Atom::Link]);
        Some((self.past(start, &[Atom::Link]), opened.is_some()))
    }

    /// Where the second end begins, behind the first.
    fn joined_end(&self, end: usize, opened: bool) -> Option<usize> {
        let end = end + usize::from(self.tokens.get(end).is_some_and(|token| token.is_mark(&[','])));
        let joins = if opened { &[Atom::To, Atom::And][..] } else { &[Atom::To] };
        let joined = self.is_any(end, joins).or(self.is_dash(end).then_some(1))?;
        let next = self.past(end + joined, &[Atom::Link, Atom::OnDay]);
        Some(self.past(next, &[Atom::Link]))
    }

    /// A day or a period at `at`: where it ends, its days, and whether it is one day by its name.
    fn end_at(&self, at: usize) -> Option<(usize, Vec<Date>, bool)> {
        let day = self.base(at).map(|(end, date)| (end, vec![date], true));
        // "Dez" is ten, too.
        let is_name = self.number(at).is_none();
        let month = || {
            let (length, period) = self.month_alone(at, true).filter(|_| is_name)?;
            Some((length, Said::Period(period)))
        };
        let period = self.part_of_year(at).or_else(|| self.period(at)).or_else(month);
        let period = period.and_then(|(length, said)| {
            let dates = days(&[said], self.today.now.date())?.dates;
            Some((at + length, dates, false))
        });
        match (day, period) {
            (Some(day), Some(period)) => Some(if period.0 > day.0 { period } else { day }),
            (day, period) => day.or(period),
        }
    }

    /// A span from an hour of one day to an hour of another, and how many tokens it takes: a wish for each of its days. The
    /// first stands for all, until they say which; none where it does not fit them.
    pub(super) fn over_days(&self, at: usize) -> Option<(usize, Vec<Wish>)> {
        if self.says_nothing(at) {
            return None;
        }
        let (start, opened) = self.opened_span(at)?;
        let first = self.moment(start)?;
        let next = self.joined_end(first.end, opened)?;
        let last = self.moment(next)?;
        let mut to = last.date;
        if to <= first.date && last.is_weekday {
            to = plus(to, 7)?;
        }
        if first.date >= to || (to - first.date).get_days() > MAX_DAYS {
            return None;
        }
        let (from, until) = (self.bytes_of(at, first.end)?, self.bytes_of(next, last.end)?);
        if self.is_move(at, last.end) {
            return Some((last.end - at, vec![self.wish_on(to, Some(Time::At(last.clock)), until)?]));
        }
        if self.has_been(at, last.end) || self.is_unfit(last.end) {
            self.refused.borrow_mut().push(from.start..until.end);
            return Some((last.end - at, Vec::new()));
        }
        let mut wishes = vec![self.wish_on(first.date, Some(Time::From(first.clock)), from)?];
        let mut date = first.date.tomorrow().ok()?;
        while date < to {
            wishes.push(self.wish_on(date, None, until.clone())?);
            date = date.tomorrow().ok()?;
        }
        wishes.push(self.wish_on(to, Some(Time::Until(last.clock)), until)?);
        for wish in wishes.iter_mut().skip(1) {
            wish.alternative = true;
        }
        Some((last.end - at, wishes))
    }

    /// `Monday at 9`, `4 pm today`.
    fn moment(&self, at: usize) -> Option<Moment> {
        let day_first = || {
            let (end, date) = self.base(at)?;
            let hour = end + usize::from(self.tokens.get(end).is_some_and(|token| token.is_mark(&[','])));
            let (more, clock) = self.hour_of_moment(hour)?;
            let is_weekday = self.weekday_name(at).is_some_and(|(length, _)| at + length == end);
            Some(Moment { end: hour + more, date, clock, is_weekday })
        };
        let hour_first = || {
            let (length, clock) = self.hour_of_moment(at)?;
            let day = self.past(self.past(at + length, &[Atom::Of, Atom::Link]), &[Atom::Link]);
            let (end, date) = self.base(day)?;
            let is_weekday = self.weekday_name(day).is_some_and(|(length, _)| day + length == end);
            Some(Moment { end, date, clock, is_weekday })
        };
        day_first().or_else(hour_first)
    }

    /// An hour that is certainly one: "lunes 9" is a date, and "Monday 9" may be.
    pub(super) fn hour_of_moment(&self, at: usize) -> Option<(usize, Clock)> {
        match self.at_hour(at) {
            Some((length, Piece::Time(Time::At(clock)))) => Some((length, clock)),
            _ => self.clock(at, false).filter(|(_, _, is_sure)| *is_sure).map(|(length, clock, _)| (length, clock)),
        }
    }

    fn bytes_of(&self, from: usize, to: usize) -> Option<Range<usize>> {
        Some(self.tokens.get(from)?.span.start..self.tokens.get(to.checked_sub(1)?)?.span.end)
    }

    fn wish_on(&self, date: Date, time: Option<Time>, span: Range<usize>) -> Option<Wish> {
        let day = Some(Day { dates: vec![date], named: Named::Date, conflict: false });
        Some(Wish { words: tidy(self.text.get(span.clone())?), span, day, time, ..Wish::default() })
    }
}
