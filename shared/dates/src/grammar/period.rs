//! Weeks and months, and days within them: `next week`, `end of the month`, `the 15th`, `the first Monday of May`.

use jiff::civil::Weekday;

use super::Parser;
use crate::calendar::{Edge, Period, Said, month, nth_weekday, plus};
use crate::lexicon::Atom;

/// How many weeks or months ahead.
type Ahead = i32;

impl Parser<'_> {
    /// `next week`, `the weekend`, `end of next week`, `this month`, `next March`, `weekdays`.
    pub(super) fn period(&self, at: usize) -> Option<(usize, Said)> {
        if let Some(length) = self.is(at, Atom::Weekdays) {
            return Some((length, Said::WorkingDays));
        }
        if let Some(rest) = self.is(at, Atom::RestOf) {
            let start = self.past(at + rest, &[Atom::Link]);
            let (length, period) = self.week_or_month(start, true)?;
            return Some((start + length - at, Said::Period(period)));
        }
        // "Fin de semana" is no end of a week.
        if self.is(at, Atom::Weekend).is_some() {
            return self.week_or_month(at, false).map(|(length, period)| (length, Said::Period(period)));
        }
        let edge = self.find(at, |atom| match atom {
            Atom::Begin => Some(Edge::Begin),
            Atom::Middle => Some(Edge::Middle),
            Atom::End => Some(Edge::End),
            _ => None,
        });
        let start = edge.map_or(at, |(length, _)| self.past(self.past(at + length, &[Atom::Of]), &[Atom::Link]));
        let (length, period) = self.week_or_month(start, edge.is_some())?;
        let said = edge.map_or(Said::Period(period), |(_, edge)| Said::PartOf(period, edge));
        Some((start + length - at, said))
    }

    /// `the week of the 18th`, `the week beginning February 4`.
    pub(super) fn week_of(&self, at: usize) -> Option<(usize, Said)> {
        let (length, noun) = self.find(at, |atom| matches!(atom, Atom::Weeks | Atom::Weekend).then_some(atom))?;
        let of = self.is_any(at + length, &[Atom::Of, Atom::StartingOn, Atom::From])?;
        let start = self.past(at + length + of, &[Atom::Link]);
        let (end, date) = self.base(start)?;
        let monday = plus(date, -i32::from(date.weekday().to_monday_zero_offset()))?;
        let first = if noun == Atom::Weekend { 5 } else { 0 };
        Some((end - at, Said::Between(plus(monday, first)?, plus(monday, 6)?)))
    }

    /// `next week`, `week after next`, `semana que viene`, `the weekend`, `in March`.
    fn week_or_month(&self, at: usize, has_edge: bool) -> Option<(usize, Period)> {
        let noun_at = |at: usize| {
            self.find(at, |atom| matches!(atom, Atom::Weeks | Atom::Months | Atom::Weekend).then_some(atom))
        };
        let of = |noun: Atom, ahead: Ahead| match noun {
            Atom::Weeks => Period::Week(ahead),
            Atom::Months => Period::Month(ahead),
            _ => Period::Weekend(ahead),
        };
        if let Some((length, ahead)) = self.which(at) {
            let start = self.past(at + length, &[Atom::Link]);
            if let Some((more, noun)) = noun_at(start) {
                return Some((start + more - at, of(noun, ahead)));
            }
        }
        if let Some((length, noun)) = noun_at(at) {
            let behind = self.past(at + length, &[Atom::Link]);
            if let Some((more, ahead)) = self
                .which(at + length)
                .or_else(|| self.which(behind).map(|(more, ahead)| (more + behind - at - length, ahead)))
            {
                return Some((length + more, of(noun, ahead)));
            }
            // "The weekend" is this one; "a week" is none.
            let plain = noun == Atom::Weekend || has_edge;
            return plain.then_some((length, of(noun, 0)));
        }
        let (start, which) = match self.which(at) {
            Some((length, ahead)) => (at + length, Some(ahead)),
            None => (at, None),
        };
        self.month_alone(start, has_edge || which.is_some()).map(|(length, period)| (start + length - at, period))
    }

    /// `the first week of May`, `the last week of the month`.
    pub(super) fn nth_week(&self, at: usize) -> Option<(usize, Said)> {
        let last = self.is(at, Atom::Last);
        let (length, nth) = match last {
            Some(length) => (length, 4),
            None => self.ordinal(at).filter(|(_, nth)| (1..=4).contains(nth))?,
        };
        let weeks = self.is(at + length, Atom::Weeks)?;
        let of = at + length + weeks;
        let start = self.past(of, &[Atom::Of, Atom::Link]);
        if start == of {
            return None;
        }
        let today = self.today.now.date();
        let (more, ahead) = match self.month_name(start) {
            Some((more, number)) => (more, (i32::from(number) - i32::from(today.month())).rem_euclid(12)),
            None => self.month_from_here(start)?,
        };
        let first = month(today, ahead)?;
        let from = if last.is_some() { i32::from(first.days_in_month()) - 7 } else { 7 * (i32::from(nth) - 1) };
        Some((start + more - at, Said::Between(plus(first, from)?, plus(first, from + 6)?)))
    }

    fn which(&self, at: usize) -> Option<(usize, Ahead)> {
        self.find(at, |atom| match atom {
            Atom::This => Some(0),
            Atom::Next | Atom::Coming => Some(1),
            Atom::AfterNext => Some(2),
            _ => None,
        })
    }

    /// A month alone: "in March", "next March", and not "march" or "may".
    fn month_alone(&self, at: usize, announced: bool) -> Option<(usize, Period)> {
        let (length, (number, is_word)) = self.find(at, |atom| match atom {
            Atom::Month(month) => Some((month, false)),
            Atom::MonthOrWord(month) => Some((month, true)),
            _ => None,
        })?;
        // "Dez" is ten, too.
        let announced = announced
            || self.number(at).is_none()
                && self.preceded_by(
                    at,
                    &[Atom::In, Atom::InMonth, Atom::StartingOn, Atom::After, Atom::Before, Atom::Until],
                );
        if announced && let Some((more, year)) = self.year(at + length) {
            let today = self.today.now.date();
            let ahead = i32::from(year - today.year()) * 12 + i32::from(number) - i32::from(today.month());
            // One that is over refuses the whole time.
            let ahead = if ahead < 0 { -1 } else { ahead };
            return Some((length + more, Period::Month(ahead)));
        }
        let alone = self.tokens.len() == 1 && self.number(at).is_none()
            || (!is_word && self.number(at).is_none() && self.tokens.len() <= 3);
        let month = i32::from(number) - i32::from(self.today.now.month());
        (announced || alone).then_some((length, Period::Month(month.rem_euclid(12))))
    }

    /// `the first Monday of May`, `last Friday of the month`.
    pub(super) fn nth_weekday(&self, at: usize) -> Option<(usize, Said)> {
        let last = self.is(at, Atom::Last);
        let (length, nth) =
            last.map(|length| (length, -1)).or_else(|| self.ordinal(at).filter(|(_, nth)| *nth <= 5))?;
        let (more, day) = self.weekday_name(at + length)?;
        let behind = at + length + more;
        let start = self.past(self.past(behind, &[Atom::Of, Atom::Link]), &[Atom::Link]);
        if start == behind {
            return None;
        }
        let today = self.today.now.date();
        if let Some((last, month)) = self.month_name(start) {
            return Some((start + last - at, Said::Date(nth_weekday(today, nth, month, day, 0)?)));
        }
        let (last_length, ahead) = self.month_from_here(start)?;
        Some((start + last_length - at, self.nth_of_month(nth, day, ahead)?))
    }

    fn nth_of_month(&self, nth: i8, day: Weekday, ahead: Ahead) -> Option<Said> {
        let today = self.today.now.date();
        let of = |ahead| month(today, ahead)?.nth_weekday_of_month(nth, day).ok();
        of(ahead).filter(|date| *date >= today).or_else(|| of(ahead + 1)).map(Said::Date)
    }

    /// `next month`, `this month`, `the month`, after "of".
    pub(super) fn month_from_here(&self, at: usize) -> Option<(usize, Ahead)> {
        let word = self.which(at);
        let start = self.past(at + word.map_or(0, |(length, _)| length), &[Atom::Link]);
        let noun = self.is(start, Atom::Months)?;
        let (more, ahead) = self.which(start + noun).unwrap_or((0, word.map_or(0, |(_, ahead)| ahead)));
        Some((start + noun + more - at, ahead))
    }

    /// `the 15th`, `dia 15`, `20th of next month`, `on the first of the month`.
    pub(super) fn day_of_month(&self, at: usize) -> Option<(usize, Said)> {
        let dayish = self.is(at, Atom::DayWord);
        let start = at + dayish.unwrap_or_default();
        let (length, day) = self.day_number(start)?;
        let is_ordinal = self.ordinal(start).is_some();
        let end = start + length;
        let of = self.past(self.past(end, &[Atom::Days]), &[Atom::Of]);
        let of = self.past(of, &[Atom::Link]);
        if let Some((more, ahead)) = self.month_from_here(of).filter(|_| of > end) {
            let first = month(self.today.now.date(), ahead)?;
            let said = match first.with().day(day).build() {
                Ok(date) if date >= self.today.now.date() => Said::Date(date),
                _ => Said::DayOfMonth(day),
            };
            return Some((of + more - at, said));
        }
        let is_hour = self.half_or_oclock(end)
            || (self.is_glued(end, &[':', '-', '/', '.']) && self.is_figures(end + 1))
            || self.part_behind(end, false).is_some();
        let announced = self.is_announced(at);
        if self.is_part_of_name(start) {
            return None;
        }
        let point = self.lexicon.dates_with_points && self.is_glued(end, &['.']);
        // A word alone orders things: "first I want…", "the second one".
        let behind = end + usize::from(point);
        let ends = self.ends_time(behind);
        let is_named = self.word(end).is_none() || self.is_any(end, &[Atom::At, Atom::About, Atom::Between]).is_some();
        let is_listed = !(self.is_figures(start) || announced && is_named);
        let fits = dayish.is_some()
            || (ends && (is_ordinal && !is_listed || announced && self.is_figures(start)))
            || (announced && self.word(behind).is_none());
        (fits && !is_hour && !self.counts(end))
            .then_some((end + usize::from(point && announced) - at, Said::DayOfMonth(day)))
    }

    /// Figures right behind letters are no number: "MP3", "CE1"; "15h30" and "Feb13" are.
    pub(super) fn is_part_of_name(&self, at: usize) -> bool {
        let is_close = self.is_figures(at) && self.tokens.get(at).is_some_and(|token| !token.spaced);
        let known = |before: usize| {
            self.is(before, Atom::Oclock).is_some()
                || self.month_name(before).is_some()
                || self.weekday_name(before).is_some()
        };
        is_close && at.checked_sub(1).is_some_and(|before| self.word(before).is_some() && !known(before))
    }

    /// An article stands before, or a weekday: "the 15", "el 15", "am 15.".
    pub(super) fn is_announced(&self, at: usize) -> bool {
        let weekday = |start: usize| self.weekday_name(start).is_some_and(|(taken, _)| start + taken == at);
        self.preceded_by(at, &[Atom::OnDay])
            || (self.preceded_by(at, &[Atom::Link])
                && (at.saturating_sub(4)..at).any(|start| self.weekday_name(start).is_some())
                && self.ordinal(at).is_some())
            || (at.saturating_sub(3)..at).any(weekday) && self.ordinal(at).is_some()
    }

    /// "Monday 21": a number after a weekday that is no hour.
    pub(super) fn after_weekday(&self, at: usize) -> Option<(usize, Said)> {
        let (length, number) = self.number(at).filter(|(_, number)| {
            (number.figures > 0 || self.lexicon.number_after_weekday_is_day) && (1..=31).contains(&number.value)
        })?;
        let weekday = (at.saturating_sub(3)..at)
            .find_map(|start| {
                self.weekday_name(start).filter(|(taken, _)| {
                    start + taken == at
                        || (start + taken + 1 == at
                            && self.tokens.get(at - 1).is_some_and(|token| token.is_mark(&[','])))
                })
            })
            .map(|(_, day)| day)?;
        let day = i8::try_from(number.value).ok()?;
        let coming = crate::calendar::coming(self.today.now.date(), weekday);
        let is_day =
            day > 12 || self.lexicon.number_after_weekday_is_day || coming.is_some_and(|date| date.day() == day);
        let end = at + length;
        let is_hour = self.half_or_oclock(end)
            || (self.is_glued(end, &[':', '.', '-']) && self.is_figures(end + 1))
            || self.is_dash(end)
            || self.part_behind(end, false).is_some()
            || (day <= 24
                && self.is(end, Atom::At).is_none()
                && self.is(end, Atom::To).is_some_and(|length| self.number(end + length).is_some()));
        (is_day && !is_hour && self.ends_time(end)).then_some((length, Said::DayOfMonth(day)))
    }

    /// `the next three days`.
    pub(super) fn coming_days(&self, at: usize) -> Option<(usize, Said)> {
        let which = |at: usize| self.is_any(at, &[Atom::Next, Atom::Coming]);
        let fits = |at: usize| self.number(at).filter(|(_, number)| (2..=14).contains(&number.value));
        let (next, length, number) = match (which(at), fits(at)) {
            (Some(which), _) => fits(at + which).map(|(length, number)| (at + which, length, number))?,
            // "3 prochains jours".
            (None, Some((length, number))) => (at, length + which(at + length)?, number),
            (None, None) => return None,
        };
        let (more, days) = self.find(next + length, |atom| match atom {
            Atom::Days => Some(1),
            Atom::Weeks => Some(7),
            _ => None,
        })?;
        let more = if self.which(next + length + more).is_some() { 0 } else { more };
        // "3 next week" counts no weeks.
        let is_plural = self.word(next + length).is_some_and(|word| word.ends_with(['s', 'n']) || next > at);
        let more = if is_plural { more } else { 0 };
        let count = i32::try_from(number.value).ok()?.saturating_mul(days);
        (more > 0).then_some((next + length + more - at, Said::NextDays(count)))
    }

    /// What follows is counted: "2 weeks", "10 days", "5 minutes".
    pub(super) fn counts(&self, at: usize) -> bool {
        let units = [Atom::Days, Atom::Weeks, Atom::Months, Atom::Minutes, Atom::Hours, Atom::Years];
        // "Two upcoming weeks", and not "at 5 next week".
        let counts_coming = || {
            let which = self.is_any(at, &[Atom::Next, Atom::Coming])?;
            self.is_any(at + which, &[Atom::Days, Atom::Weeks])?;
            self.word(at + which).filter(|word| word.ends_with(['s', 'n']))
        };
        self.is_any(at, &units).is_some() || counts_coming().is_some()
    }
}
