//! One of several, where what they share is said once: `January 5 or 6`, `this or next week`, `the first or second week of May`,
//! `in two or three days`.

use jiff::civil::Date;

use super::counted::MAX_COUNT;
use super::edge::edge_of;
use super::{Parser, Piece};
use crate::calendar::{Period, Said, days, plus, working_days};
use crate::lexicon::Atom;
use crate::wish::Time;

/// How many tokens stand between a month and the last of its days.
const MAX_LIST: usize = 12;

impl Parser<'_> {
    /// The last of `January 5 or 6`, and each but the first of `January 5, 6 or 7`: the month stands before the first.
    pub(super) fn day_after_or(&self, at: usize) -> Option<(usize, Said)> {
        let (length, day) = self.day_number(at)?;
        let end = at + length;
        let is_hour = |end: usize| self.half_or_oclock(end) || self.is_glued(end, &[':', '/', '-', '.']);
        if at == 0 || is_hour(end) || self.counts(end) || !self.ends_time(end) {
            return None;
        }
        // "January 5, 6 pm" goes on with an hour.
        let goes_on = || {
            let or = self.past_comma(end);
            let next = or + self.is_any(or, &[Atom::Or, Atom::And])?;
            self.day_number(next).filter(|(length, _)| !is_hour(next + length))
        };
        if self.is_comma(at - 1) && goes_on().is_none() {
            return None;
        }
        let parts = |at: usize| {
            self.is_comma(at)
                || self.is_any(at, &[Atom::Or, Atom::And, Atom::OrdinalEnd]).is_some()
                || self.is_figures(at)
        };
        let first = (at.saturating_sub(MAX_LIST)..at - 1).find_map(|start| {
            self.month_name(start)?;
            let (length, said) = self.of_month(start)?;
            let Said::Date(date) = said else { return None };
            (start + length < at && (start + length..at).all(parts)).then_some(date)
        })?;
        Some((length, Said::Date(first.with().day(day).build().ok()?)))
    }

    /// The first of `this or next week`, `early or mid next week`, `the first or second week of May`: what they are of stands behind
    /// the other. `mid to late December` is both and what is between.
    pub(super) fn first_of_two(&self, at: usize) -> Option<(usize, Piece)> {
        let joined = |end: usize| self.is(end, Atom::Or).map(|or| self.past(end + or, &[Atom::Link]));
        if let Some((length, edge)) = self.find(at, edge_of) {
            let to = self.is(at + length, Atom::To);
            let next = joined(at + length).or(to.map(|to| at + length + to))?;
            let (more, Said::PartOf(period, last)) = self.period(next)? else { return None };
            let first = Said::PartOf(period, edge);
            if to.is_none() {
                return Some((length, Piece::Day(first)));
            }
            let date = |said: Said| Some(days(&[said], self.today.now.date())?.dates);
            let (from, to) = (*date(first)?.first()?, *date(Said::PartOf(period, last))?.last()?);
            return (from < to).then_some((next + more - at, Piece::Day(Said::Between(from, to))));
        }
        if let Some((length, nth)) = self.nth(at) {
            let next = joined(at + length)?;
            let (more, _) = self.nth(next)?;
            return self.nth_of(next + more, nth).map(|(_, piece)| (length, piece));
        }
        let (length, ahead) = self.which(at)?;
        let next = joined(at + length)?;
        let (more, _) = self.which(next)?;
        let noun = next + more;
        if let Some((_, day)) = self.weekday_name(noun) {
            let said = if ahead == 0 { self.placed(day, Atom::This) } else { Said::WeekdayOf(day, ahead) };
            return Some((length, Piece::Day(said)));
        }
        let (_, first) = self.find(noun, |atom| match atom {
            Atom::Weeks => Some(Period::Week(ahead)),
            Atom::Weekend => Some(Period::Weekend(ahead)),
            Atom::Months => Some(Period::Month(ahead)),
            _ => None,
        })?;
        Some((length, Piece::Day(Said::Period(first))))
    }

    /// `in two or three days`, `2-3 weeks from now`, `in a week or two`, `within 3 to 5 days`: from the one to the other.
    pub(super) fn counted_range(&self, at: usize) -> Option<(usize, Piece)> {
        let coming = |at: usize| self.is_any(at, &[Atom::Next, Atom::Coming]);
        let within = self.is(at, Atom::Within).max(coming(at));
        let opened = within.max(self.is(at, Atom::In)).filter(|_| self.is(at, Atom::After).is_none());
        let start = self.past(at + opened.unwrap_or_default(), &[Atom::About]);
        let (length, low) = self.number(start)?;
        let units = [Atom::Minutes, Atom::Hours, Atom::Days, Atom::Weeks, Atom::Months];
        let unit = |at: usize| {
            self.find(at, |atom| units.contains(&atom).then_some(atom)).map(|(more, unit)| (at, more, unit))
        };
        // "A week or two": the unit stands behind the first.
        let early = unit(start + length);
        let gap = early.map_or(start + length, |(at, more, _)| at + more);
        let joins = if early.is_some() { &[Atom::Or][..] } else { &[Atom::Or, Atom::To] };
        let dash = (early.is_none() && (self.is_dash(gap) || self.is_comma(gap))).then_some(1);
        let next = gap + self.is_any(gap, joins).or(dash)?;
        let (more, high) = self.number(next)?;
        // "Les deux ou trois prochains jours".
        let behind = coming(next + more);
        let is_within = behind.is_some() || within > self.is(at, Atom::In);
        let opened = opened.or(behind.map(|_| 0));
        let (noun, taken, unit) = early.or_else(|| unit(next + more + behind.unwrap_or_default()))?;
        let end = if early.is_some() { next + more } else { noun + taken };
        let last = self.is(end, Atom::FromNow).or(opened.map(|_| 0))?;
        if early.is_some() && !self.ends_time(end) {
            return None;
        }
        let (low, high) = (i32::try_from(low.value).ok()?, i32::try_from(high.value).ok()?);
        if low >= high || high > MAX_COUNT {
            return None;
        }
        let today = self.today.now.date();
        let works = self.is(noun, Atom::WorkingDays) == Some(taken);
        let date = |count: i32| -> Option<Date> {
            match unit {
                Atom::Weeks => plus(today, 7 * count),
                Atom::Months => plus(today, 30 * count),
                _ if works => working_days(today, count),
                _ => plus(today, count),
            }
        };
        let piece = match unit {
            Atom::Minutes | Atom::Hours => {
                let each = if unit == Atom::Hours { 60 } else { 1 };
                let then = |count: i32| self.later_by(u32::try_from(count).ok()? * each);
                let ((first, from), (last, to)) = (then(low)?, then(high)?);
                (first == last).then_some(Piece::Both(Said::Date(first), Time::Between(from, to)))?
            }
            _ if is_within => Piece::Day(Said::NextDays((date(high)? - today).get_days())),
            _ => Piece::Day(Said::Between(date(low)?, date(high)?)),
        };
        Some((end + last - at, piece))
    }

    pub(super) fn is_comma(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_mark(&[',']))
    }

    pub(super) fn past_comma(&self, at: usize) -> usize {
        at + usize::from(self.is_comma(at))
    }
}
