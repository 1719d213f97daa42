//! What is counted from now or from a day: `in two weeks`, `in an hour and a half`, `two days before Christmas`.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use super::period::week_around;
use super::{Parser, Piece};
use crate::calendar::{Said, coming, plus};
use crate::lexicon::Atom;
use crate::resolve::minutes;
use crate::tokens::Kind;
use crate::wish::{Clock, DAY, Time};

/// No more than so many days, weeks or months are counted ahead.
const MAX_COUNT: i32 = 90;
/// No more than so many hours are counted ahead.
const MAX_HOURS: u32 = 48;

impl Parser<'_> {
    /// `in two weeks`, `3 days from now`, `a week from tomorrow`, `3 Fridays from now`, `two days before Christmas`.
    pub(super) fn counted(&self, at: usize) -> Option<(usize, Said)> {
        let opened = self.is_any(at, &[Atom::In, Atom::Within]);
        let start = self.past(at + opened.unwrap_or_default(), &[Atom::About]);
        let after_link = self.past(start, &[Atom::Link]);
        let (start, (length, number)) =
            self.number(start).map(|found| (start, found)).or_else(|| Some((after_link, self.number(after_link)?)))?;
        let count = i32::try_from(number.value).ok().filter(|count| (0..=MAX_COUNT).contains(count))?;
        let noun = start + length;
        let today = self.today.now.date();
        if let Some((more, day)) = self.weekday_name(noun)
            && let Some(last) = self.is(noun + more, Atom::FromNow)
        {
            let date = plus(coming(today, day)?, 7 * (count - 1))?;
            return Some((noun + more + last - at, Said::Date(date)));
        }
        let unit = |atom| matches!(atom, Atom::Days | Atom::Weeks | Atom::Months).then_some(atom);
        let (more, unit) = self.find(noun, unit)?;
        let end = noun + more;
        let step = if unit == Atom::Weeks { 7 } else { 1 };
        if self.is(at, Atom::Within) > self.is(at, Atom::In) && unit != Atom::Months {
            return Some((end - at, Said::NextDays(count * step)));
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
        let base = then.and_then(|(length, sign)| {
            let (end, base) = self.base(self.past(end + length, &[Atom::Link]))?;
            Some((end, base, sign))
        });
        if base.is_none()
            && let Some(last) = self.is(end, Atom::FromNow).or(opened.map(|_| 0))
        {
            let said = match unit {
                Atom::Days => Said::Near(plus(today, count)?),
                Atom::Weeks => Said::InWeeks(count),
                _ => Said::Near(today.checked_add(count.months()).ok()?),
            };
            return Some((end + last - at, said));
        }
        // "A week from tomorrow", "two days after Monday".
        let (last, base, sign) = base?;
        let date = if unit == Atom::Months {
            base.checked_add((sign * count).months()).ok()?
        } else {
            plus(base, sign * count * step)?
        };
        Some((last - at, Said::Near(date)))
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
        let (length, nth) = self.nth(at).filter(|(_, nth)| *nth > 0).unwrap_or((0, 1));
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
        let date = base.nth_weekday(sign * i32::from(nth), day).ok()?;
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
            let from = self.is_any(at + length, &[Atom::FromThen, Atom::From, Atom::StartingOn])?;
            let (end, first) = self.base(self.past(at + length + from, &[Atom::Link]))?;
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
            let is_bare = is_asked && is_number && self.tokens.len() <= MAX_WORDS && number.value <= MAX_BARE;
            let fits = (1..=MAX_NIGHTS).contains(&number.value) && ((nights.is_some() && counts) || is_bare);
            let end = at + length + nights.unwrap_or_default();
            let words = self.tokens.get(at)?.span.start..self.tokens.get(end - 1)?.span.end;
            let count = u8::try_from(number.value).ok().filter(|_| fits)?;
            Some((count, self.text.get(words)?.to_owned()))
        })
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

    /// How long something is, in minutes: `an hour and a half`, `zweieinhalb Stunden`, `45 min`, `2 h`.
    fn length_of_time(&self, at: usize) -> Option<(usize, u32)> {
        if let Some(found) =
            self.find(at, |atom| if let Atom::Lasts(minutes) = atom { Some(minutes.into()) } else { None })
        {
            return Some(found);
        }
        let half_at = |at: usize| {
            let next = self.past(self.past(at, &[Atom::And]), &[Atom::Link]);
            self.is(next, Atom::Half).map(|more| (next + more - at, 30))
        };
        let (length, count, in_word) = match self.number(at) {
            Some((length, number)) => (length, number.value, None),
            None => (1, self.number_and_half(at)?, Some((0, 30))),
        };
        let unit = at + length;
        // "Two and a half hours", "zweieinhalb Stunden", "2.5 hours".
        let half = in_word.or_else(|| half_at(unit)).or_else(|| self.is_point_five(unit).then_some((2, 30)));
        let (between, half) = half.unwrap_or_default();
        let (more, each) = self.hours_or_minutes(unit + between)?;
        let end = unit + between + more;
        let rest = half_at(end).or_else(|| self.minutes_too(end)).filter(|_| each == 60 && half == 0);
        let (behind, late) = rest.unwrap_or_default();
        Some((end + behind - at, count.min(MAX_HOURS * 60) * each + half + late))
    }

    /// `.5`, `,5` right behind figures.
    fn is_point_five(&self, at: usize) -> bool {
        let is_five = self.tokens.get(at + 1).is_some_and(|token| !token.spaced && token.kind == Kind::Number(5, 1));
        self.is_glued(at, &['.', ',']) && is_five
    }

    /// Behind hours: `and 20 minutes`, `30` of `2h30`.
    fn minutes_too(&self, at: usize) -> Option<(usize, u32)> {
        let token = self.tokens.get(at)?;
        if let (Kind::Number(minutes @ 0..60, 2), false) = (&token.kind, token.spaced) {
            return Some((1, *minutes));
        }
        let next = self.past(at, &[Atom::And]);
        let (length, number) = self.number(next).filter(|(_, number)| number.value < 60)?;
        let unit = self.is(next + length, Atom::Minutes)?;
        Some((next + length + unit - at, number.value))
    }

    fn hours_or_minutes(&self, at: usize) -> Option<(usize, u32)> {
        self.find(at, |atom| match atom {
            Atom::Hours | Atom::Oclock => Some(60),
            Atom::Minutes => Some(1),
            _ => None,
        })
    }

    /// `zweieinhalb`, in one word.
    fn number_and_half(&self, at: usize) -> Option<u32> {
        let word = self.word(at).filter(|_| self.lexicon.joins_words)?;
        self.lexicon.beginnings(word).find_map(|(atom, rest)| {
            let Atom::Number(value) = atom else { return None };
            self.lexicon.meanings(rest).any(|atom| atom == Atom::Half).then_some(u32::from(value))
        })
    }

    /// `in two hours`, `in half an hour`, counted from now.
    pub(super) fn in_hours(&self, at: usize) -> Option<(usize, Piece)> {
        // "Après 2 h" is no length.
        let opened =
            self.is(at, Atom::In).filter(|_| self.is(at, Atom::After).is_none() || self.is(at, Atom::Within).is_some());
        let start = self.past(at + opened.unwrap_or_default(), &[Atom::About]);
        let (length, ahead) = self.length_of_time(start)?;
        let mut end = start + length;
        // "Come in 20 minutes to 2".
        if self.is(end, Atom::MinutesTo).is_some_and(|length| self.number(end + length).is_some()) {
            return None;
        }
        let last = self.is(end, Atom::FromNow);
        opened.or(last)?;
        end += last.unwrap_or_default();
        let (date, clock) = self.later_by(ahead)?;
        Some((end - at, Piece::Moment(Said::Date(date), clock)))
    }

    fn later_by(&self, ahead: u32) -> Option<(Date, Clock)> {
        let now = self.today.now;
        let minute = u32::from(minutes(now.time())) + ahead.min(MAX_HOURS * 60);
        let date = plus(now.date(), i32::try_from(minute / u32::from(DAY)).ok()?)?;
        Some((date, Clock::sure(u16::try_from(minute % u32::from(DAY)).ok()?)))
    }

    /// `the next three hours`, `within two hours`: from now to then.
    pub(super) fn coming_hours(&self, at: usize) -> Option<(usize, Piece)> {
        let which = |at: usize| self.is_any(at, &[Atom::Next, Atom::Coming]);
        let opened = self.is(at, Atom::Within).or_else(|| which(at));
        let start = at + opened.unwrap_or_default();
        // "Dans les 3 prochaines heures".
        let counted = || {
            let (length, number) = self.number(start)?;
            let unit = start + length + which(start + length)?;
            let (more, each) = self.hours_or_minutes(unit)?;
            Some((unit + more - start, number.value.min(MAX_HOURS * 60) * each))
        };
        let next_hour = || {
            self.is(at, Atom::Next)?;
            Some((self.is(start, Atom::Hours)?, 60))
        };
        // "3 heures suivantes".
        let following = || {
            let (length, number) = self.number(start).filter(|(_, number)| number.value > 1)?;
            let (more, each) = self.hours_or_minutes(start + length)?;
            let last = self.is_any(start + length + more, &[Atom::Coming, Atom::Following])?;
            Some((length + more + last, number.value.min(MAX_HOURS * 60) * each))
        };
        let opened_length = || opened.and_then(|_| self.length_of_time(start));
        let (length, ahead) = following().or_else(opened_length).or_else(counted).or_else(next_hour)?;
        let now = self.today.now;
        let (date, clock) = self.later_by(ahead)?;
        let until = if date == now.date() { clock } else { Clock::sure(DAY - 1) };
        let time = Time::Between(Clock::sure(minutes(now.time())), until);
        Some((start + length - at, Piece::Both(Said::Date(now.date()), time)))
    }
}
