//! What is counted in days from now or from a day: `in two weeks`, `at least 3 days from now`, `two days before Christmas`.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use super::week::week_around;
use super::{Parser, Piece};
use crate::calendar::{Said, coming, days, in_week, plus, working_days};
use crate::lexicon::Atom;
use crate::wish::Time;

/// No more than so many days, weeks or months are counted ahead.
pub(super) const MAX_COUNT: i32 = 90;

impl Parser<'_> {
    /// `in two weeks`, `3 days from now`, `a week from tomorrow`, `3 Fridays from now`, `two days before Christmas`.
    pub(super) fn counted(&self, at: usize) -> Option<(usize, Said)> {
        self.counted_at_least(at).or_else(|| self.counted_behind(at, self.is_any(at, &[Atom::In, Atom::Within])))
    }

    /// `in more than two weeks`, `at least 10 days from now`: that day or later.
    fn counted_at_least(&self, at: usize) -> Option<(usize, Said)> {
        let opened = self.is(at, Atom::In).unwrap_or_default();
        let start = at + opened;
        let least = self.is(start, Atom::AtLeast)?;
        let (length, said) = self.counted_behind(start + least, (opened > 0).then_some(0))?;
        let first = days(&[said], self.today.now.date())?.dates.first().copied()?;
        Some((opened + least + length, Said::From(first)))
    }

    /// `opened`: how long the word is at `at` that counts from now.
    fn counted_behind(&self, at: usize, opened: Option<usize>) -> Option<(usize, Said)> {
        let start = self.past(at + opened.unwrap_or_default(), &[Atom::About]);
        let after_link = self.past(start, &[Atom::Link]);
        let (start, (length, number)) =
            self.number(start).map(|found| (start, found)).or_else(|| Some((after_link, self.number(after_link)?)))?;
        let count = i32::try_from(number.value).ok().filter(|count| (0..=MAX_COUNT).contains(count))?;
        let noun = self.past(start + length, &[Atom::More]);
        let today = self.today.now.date();
        // "3 Fridays from now", "dentro de dos viernes".
        // "After 4 Thursday" counts none.
        let is_in = opened.is_some() && count > 1 && self.is(at, Atom::After).is_none();
        let counts_from_now = |end: usize| self.is_any(end, &[Atom::FromNow, Atom::Later]).or(is_in.then_some(0));
        if let Some((more, day)) = self.weekday_name(noun)
            && let Some(last) = counts_from_now(noun + more)
        {
            let date = plus(coming(today, day)?, 7 * (count - 1))?;
            return Some((noun + more + last - at, Said::Date(date)));
        }
        let units = [Atom::Days, Atom::Weeks, Atom::Fortnights, Atom::Months, Atom::Years];
        let (more, unit) = self.find(noun, |atom| units.contains(&atom).then_some(atom))?;
        let (unit, count) = match unit {
            Atom::Fortnights => (Atom::Weeks, 2 * count),
            Atom::Years => (Atom::Months, 12 * count),
            _ => (unit, count),
        };
        let is_years = self.is(noun, Atom::Years).is_some();
        let works = self.is(noun, Atom::WorkingDays) == Some(more);
        let count = match count {
            // One and two weeks.
            8 | 15 if unit == Atom::Days && !works && self.lexicon.counts_first_day => count - 1,
            _ => count,
        };
        let end = noun + more;
        let half = self.and_a_half(end).filter(|_| matches!(unit, Atom::Weeks | Atom::Months) && !is_years);
        let (end, half) = half.map_or((end, 0), |end| (end, if unit == Atom::Weeks { 3 } else { 15 }));
        let step = match unit {
            Atom::Weeks => 7,
            Atom::Months => 30,
            _ => 1,
        };
        let last_of = |count| Some((working_days(today, count)? - today).get_days());
        let count_ahead = if works { last_of(count)? } else { count };
        if self.is(at, Atom::Within) > self.is(at, Atom::In) && !is_years {
            let count = count_ahead;
            return Some((end - at, Said::NextDays(count * step + half)));
        }
        // "Los 3 días siguientes", and not "in 2 days, next week".
        let following = self.is_any(end, &[Atom::Next, Atom::Coming, Atom::Following]);
        if let Some(last) = following.filter(|_| count > 1 && unit != Atom::Months && self.period(end).is_none()) {
            return Some((end + last - at, Said::NextDays(count * step)));
        }
        let then = self.find(end, |atom| match atom {
            Atom::FromThen | Atom::From | Atom::After => Some(1),
            Atom::Before => Some(-1),
            _ => None,
        });
        let then = then.or_else(|| self.weeks_on_day(at, end).filter(|_| unit == Atom::Weeks && opened.is_none()));
        let base = then.and_then(|(length, sign)| {
            let (end, base) = self.base(self.past(end + length, &[Atom::Link]))?;
            Some((end, base, sign))
        });
        // "In a year" is too far ahead, and "a year after Christmas" is counted from there.
        if base.is_none()
            && !is_years
            && let Some(last) = self.is(end, Atom::FromNow).or(opened.map(|_| 0))
        {
            // "After 5 days": then or later.
            let is_open = opened.is_some() && self.is(at, Atom::After).is_some();
            let said = match unit {
                Atom::Days if works => Said::Date(plus(today, count_ahead)?),
                Atom::Days => Said::Near(plus(today, count)?),
                Atom::Weeks if half == 0 => Said::InWeeks(count),
                Atom::Weeks => Said::Near(plus(today, 7 * count + half)?),
                _ => Said::Near(plus(today.checked_add(count.months()).ok()?, half)?),
            };
            let said = if is_open { Said::From(*days(&[said], today)?.dates.first()?) } else { said };
            return Some((end + last - at, said));
        }
        // "A week from tomorrow", "two days after Monday".
        let (last, base, sign) = base?;
        let date = if unit == Atom::Months {
            plus(base.checked_add((sign * count).months()).ok()?, sign * half)?
        } else if works {
            working_days(base, sign * count)?
        } else {
            plus(base, sign * (count * step + half))?
        };
        Some((last - at, Said::Near(date)))
    }

    /// Where `and a half` ends, behind weeks or months: "une semaine et demie", and not "in a week and half an hour".
    fn and_a_half(&self, at: usize) -> Option<usize> {
        let next = self.past(at + self.is(at, Atom::And)?, &[Atom::Link]);
        let (length, _) = self.quarter_or_half(next).filter(|(_, minutes)| *minutes == 30)?;
        let end = next + length;
        (!self.counts(end) && self.is_any(end, &[Atom::Past, Atom::MinutesTo]).is_none()).then_some(end)
    }

    /// `in 9 months`, `a year from now`, behind a feast or a month: the day then.
    pub(super) fn length_ahead(&self, at: usize) -> Option<(usize, Date)> {
        let opened = self.is(at, Atom::In);
        let start = at + opened.unwrap_or_default();
        let (length, number) = self.number(start)?;
        let count = i32::try_from(number.value).ok().filter(|count| (1..=MAX_COUNT).contains(count))?;
        let (more, months) = self.find(start + length, |atom| match atom {
            Atom::Months => Some(1),
            Atom::Years => Some(12),
            _ => None,
        })?;
        let end = start + length + more;
        let end = end + self.is(end, Atom::FromNow).or(opened.map(|_| 0))?;
        Some((end - at, self.today.now.date().checked_add((count * months).months()).ok()?))
    }

    /// `a week on Friday`, `two weeks today`: what counts from that day on, and not "once a week on Friday".
    fn weeks_on_day(&self, at: usize, end: usize) -> Option<(usize, i32)> {
        let begins = at.checked_sub(1).is_none_or(|before| self.word(before).is_none())
            || self.preceded_by(at, &[Atom::Link, Atom::GoesOn, Atom::Asks]);
        let length = self.is(end, Atom::OnDay).unwrap_or_default();
        let is_near = |atom| matches!(atom, Atom::Day(0 | 1)).then_some(());
        let is_day =
            if length > 0 { self.weekday_name(end + length).is_some() } else { self.find(end, is_near).is_some() };
        (begins && is_day).then_some((length, 1))
    }

    /// `the Friday closest to Christmas`, `the second closest Monday to 5 October`.
    pub(super) fn nearest(&self, at: usize) -> Option<(usize, Said)> {
        let (length, nth) = self.nth(at).filter(|(_, nth)| *nth > 0).unwrap_or((0, 1));
        let start = at + length;
        let (bound, day) = if let Some(word) = self.is(start, Atom::Nearest) {
            let (name, day) = self.weekday_name(start + word)?;
            let gap = start + word + name;
            (gap + self.is(gap, Atom::To)?, day)
        } else {
            let (name, day) = self.weekday_name(start)?;
            (start + name + self.is(start + name, Atom::Nearest)?, day)
        };
        let (end, base) = self.base(self.past(bound, &[Atom::Link]))?;
        let same_week = in_week(base, day, 0)?;
        let mut around: Vec<Date> = (-3..=3).filter_map(|weeks| plus(same_week, 7 * weeks)).collect();
        around.sort_by_key(|date| ((*date - base).get_days().abs(), *date));
        let date = around.get(usize::try_from(nth - 1).ok()?)?;
        Some((end - at, Said::Date(*date)))
    }

    /// `the day after Thanksgiving`, `la veille de Noël`, `the week before Christmas`.
    pub(super) fn beside(&self, at: usize) -> Option<(usize, Said)> {
        let moved = self.find(at, |atom| if let Atom::MoveDays(days) = atom { Some(i32::from(days)) } else { None });
        if let Some(found) = self.weekday_beside(at) {
            return Some(found);
        }
        let (length, days) = moved.or_else(|| self.unit_beside(at))?;
        let start = self.past(self.past(at + length, &[Atom::Of, Atom::Link]), &[Atom::Link]);
        let (end, base) = self.base(start)?;
        let date = plus(base, days)?;
        Some((end - at, if days.abs() == 7 { week_around(date)? } else { Said::Date(date) }))
    }

    /// `the Friday before Christmas`, `third Tuesday after Easter`, `the weekend after Thanksgiving`.
    fn weekday_beside(&self, at: usize) -> Option<(usize, Said)> {
        let (length, nth) = self.nth(at).filter(|(_, nth)| *nth >= -1).unwrap_or((0, 1));
        let noun = at + length;
        let (more, day, is_weekend) = match self.weekday_name(noun) {
            Some((more, day)) => (more, day, false),
            None => (self.is(noun, Atom::Weekend)?, Weekday::Saturday, true),
        };
        let bound = noun + more;
        let (taken, sign) = self.find(bound, |atom| match atom {
            Atom::After => Some(1),
            Atom::Before => Some(-1),
            _ => None,
        })?;
        let (end, base) = self.base(self.past(self.past(bound + taken, &[Atom::Link]), &[Atom::Link]))?;
        // "The last Monday before Christmas" is that before it.
        let nth = if nth > 0 { i32::from(nth) } else { Some(1).filter(|_| sign < 0)? };
        let date = base.nth_weekday(sign * nth, day).ok()?;
        let said = if is_weekend { Said::Between(date, plus(date, 1)?) } else { Said::Date(date) };
        Some((end - at, said))
    }

    /// `the morning after Christmas`: of the day after it.
    pub(super) fn part_after(&self, at: usize) -> Option<(usize, Piece)> {
        let (length, part) = self.find(at, |atom| if let Atom::Part(part) = atom { Some(part) } else { None })?;
        let after = self.is(at + length, Atom::After)?;
        let (end, base) = self.base(self.past(at + length + after, &[Atom::Link]))?;
        Some((end - at, Piece::Both(Said::Date(plus(base, 1)?), Time::Part(part))))
    }

    /// `day after`, `week before`, where no number counts them: "any day after Monday" is another thing.
    fn unit_beside(&self, at: usize) -> Option<(usize, i32)> {
        let (length, step) = self.find(at, |atom| match atom {
            Atom::Days => Some(1),
            Atom::Weeks => Some(7),
            _ => None,
        })?;
        let (more, sign) = self.find(at + length, |atom| match atom {
            Atom::After => Some(1),
            Atom::Before => Some(-1),
            _ => None,
        })?;
        let is_one = step > 1 || at == 0 || self.preceded_by(at, &[Atom::OnDay]);
        is_one.then_some((length + more, sign * step))
    }

    /// `Friday for two nights`, `from 18 December for 10 days`, `for 3 nights from Friday`.
    pub(super) fn stay(&self, at: usize) -> Option<(usize, Said)> {
        let until = |from, days: i32| Some(Said::Between(from, plus(from, days)?));
        if let Some((length, days)) = self.lasting(at) {
            // "For 3 days, from Monday".
            let gap =
                at + length + usize::from(self.tokens.get(at + length).is_some_and(|token| token.is_mark(&[','])));
            let from = self.is_any(gap, &[Atom::FromThen, Atom::From, Atom::StartingOn])?;
            let (end, first) = self.base(self.past(gap + from, &[Atom::Link]))?;
            return Some((end - at, until(first, days)?));
        }
        let opened = self.is_any(at, &[Atom::From, Atom::StartingOn, Atom::Opens]).unwrap_or_default();
        let (end, first) = self.base(self.past(at + opened, &[Atom::Link]))?;
        let (length, days) = self.lasting(end)?;
        Some((end + length - at, until(first, days)?))
    }

    /// `for 10 days`, `for two nights`: how many days after the first is the last.
    fn lasting(&self, at: usize) -> Option<(usize, i32)> {
        let opened = self.is(at, Atom::Lasting)?;
        let (length, number) = self.number(at + opened)?;
        let count = i32::try_from(number.value).ok().filter(|count| (1..=MAX_COUNT).contains(count))?;
        let (more, days) = self.find(at + opened + length, |atom| match atom {
            Atom::Days => Some(count - 1),
            Atom::Nights => Some(count),
            Atom::Weeks => Some(7 * count - 1),
            _ => None,
        })?;
        Some((opened + length + more, days))
    }

    /// `2 nights`, anywhere; with `is_asked` also `just 3`.
    pub(crate) fn nights(&self, is_asked: bool) -> Option<(u8, String)> {
        const MAX_NIGHTS: u32 = 31;
        /// A number alone that is larger is a day of the month.
        const MAX_BARE: u32 = 10;
        const MAX_WORDS: usize = 3;
        (0..self.tokens.len()).find_map(|at| {
            let (length, number) = self.number(at)?;
            let nights = self.is(at + length, Atom::Nights);
            // "How much a night?"
            let is_number = number.figures > 0 || self.is(at, Atom::Article).is_none();
            let counts = is_number || is_asked;
            // "2 people" says who comes.
            let is_alone = self.tokens.len() <= MAX_WORDS && self.ends_time(at + length);
            let is_bare = is_asked && is_number && is_alone && number.value <= MAX_BARE;
            let fits = (1..=MAX_NIGHTS).contains(&number.value) && ((nights.is_some() && counts) || is_bare);
            let end = at + length + nights.unwrap_or_default();
            let words = self.tokens.get(at)?.span.start..self.tokens.get(end - 1)?.span.end;
            let count = u8::try_from(number.value).ok().filter(|_| fits)?;
            Some((count, self.text.get(words)?.to_owned()))
        })
    }

    /// `the next working day`, `le prochain jour ouvrable`.
    fn next_working_day(&self, at: usize) -> Option<(usize, Said)> {
        let which = self.is_any(at, &[Atom::Next, Atom::Coming])?;
        let end = at + which + self.is(at + which, Atom::WorkingDays)?;
        let last = self.word(end - 1)?;
        let is_plural = last.ends_with('s') || self.lexicon.joins_words && last.ends_with(['e', 'n']);
        Some((end - at, Said::Date(working_days(self.today.now.date(), 1)?))).filter(|_| !is_plural)
    }

    /// `in the coming days`, `les prochaines semaines`, without saying how many.
    fn some_coming_days(&self, at: usize) -> Option<(usize, Said)> {
        const SOME: i32 = 3;
        let which = self.is_any(at, &[Atom::Next, Atom::Coming])?;
        let noun = at + which;
        let word = self.word(noun)?;
        let (length, step) = self.find(noun, |atom| match atom {
            Atom::Days if word.ends_with(['s', 'n', 'e']) => Some(1),
            Atom::Weeks if word.ends_with(['s', 'n']) => Some(7),
            _ => None,
        })?;
        Some((which + length, Said::NextDays(SOME * step)))
    }

    /// `within the week`, `im Laufe der Woche`, `the next fortnight`.
    pub(super) fn within_the_week(&self, at: usize) -> Option<(usize, Said)> {
        if let Some(length) = self.is(at, Atom::WithinWeek) {
            return Some((length, Said::NextDays(7)));
        }
        let which = self.is_any(at, &[Atom::Next, Atom::Coming, Atom::Within])?;
        let length = self.is(at + which, Atom::Fortnights)?;
        Some((which + length, Said::NextDays(14)))
    }

    /// `the next three days`.
    pub(super) fn coming_days(&self, at: usize) -> Option<(usize, Said)> {
        if let Some(found) = self.next_working_day(at).or_else(|| self.some_coming_days(at)) {
            return Some(found);
        }
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
            Atom::Months => Some(30),
            _ => None,
        })?;
        let more = if self.which(next + length + more).is_some() { 0 } else { more };
        // "3 next week" counts no weeks.
        let is_plural = self.word(next + length).is_some_and(|word| word.ends_with(['s', 'n']) || next > at);
        let more = if is_plural { more } else { 0 };
        let count = i32::try_from(number.value).ok()?.saturating_mul(days);
        (more > 0).then_some((next + length + more - at, Said::NextDays(count)))
    }
}
