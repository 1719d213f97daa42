//! Lengths of hours and minutes, from now: `in an hour and a half`, `in 1/2 hour`, `within two hours`, `in a day and 5 hours`.

use jiff::civil::Date;

use super::counted::MAX_COUNT;
use super::{Parser, Piece};
use crate::calendar::{Said, plus};
use crate::lexicon::Atom;
use crate::resolve::minutes;
use crate::tokens::Kind;
use crate::wish::{Clock, DAY, Time};

/// No more than so many hours are counted ahead.
const MAX_HOURS: u32 = 48;
/// "The next few hours".
const A_FEW_HOURS: u32 = 3;

impl Parser<'_> {
    /// How long something is, in minutes: `an hour and a half`, `zweieinhalb Stunden`, `45 min`, `2 h`.
    fn length_of_time(&self, at: usize) -> Option<(usize, u32)> {
        if let Some(found) =
            self.find(at, |atom| if let Atom::Lasts(minutes) = atom { Some(minutes.into()) } else { None })
        {
            return Some(found);
        }
        let half_at = |at: usize| {
            let next = self.past(self.past(at, &[Atom::And]), &[Atom::Link]);
            self.quarter_or_half(next).map(|(more, minutes)| (next + more - at, u32::from(minutes)))
        };
        if let Some((length, minutes)) = self.fraction(at) {
            let unit = self.past(self.past(at + length, &[Atom::Of]), &[Atom::Article]);
            return Some((unit + self.is_any(unit, &[Atom::Hours, Atom::Oclock])? - at, minutes));
        }
        let (length, count, in_word) = match self.number(at) {
            Some((length, number)) => (length, number.value, self.fraction(at + length)),
            None => (1, self.number_and_half(at)?, Some((0, 30))),
        };
        let unit = self.past(at + length, &[Atom::More]);
        // "Two and a half hours", "zweieinhalb Stunden", "2.5 hours".
        let half = in_word.or_else(|| half_at(unit)).or_else(|| self.is_point_five(unit).then_some((2, 30)));
        let (between, half) = half.unwrap_or_default();
        let (more, each) = self.hours_or_minutes(unit + between)?;
        let end = unit + between + more;
        let rest = half_at(end).or_else(|| self.minutes_too(end)).filter(|_| each == 60 && half == 0);
        let (behind, late) = rest.unwrap_or_default();
        Some((end + behind - at, count.min(MAX_HOURS * 60) * each + half + late))
    }

    /// `1/2`, `3/4` of an hour, in minutes.
    fn fraction(&self, at: usize) -> Option<(usize, u32)> {
        let figure = |at: usize| match self.tokens.get(at)?.kind {
            Kind::Number(value, 1) => Some(value),
            _ => None,
        };
        let minutes = match (figure(at)?, figure(at + 2)?) {
            (1, 4) => 15,
            (1, 2) => 30,
            (3, 4) => 45,
            _ => return None,
        };
        self.is_glued(at + 1, &['/']).then_some((3, minutes))
    }

    /// `2 days and`, before hours: in minutes.
    fn days_before_hours(&self, at: usize) -> Option<(usize, u32)> {
        let (length, number) = self.number(at)?;
        let (more, days) = self.find(at + length, |atom| match atom {
            Atom::Days => Some(1),
            Atom::Weeks => Some(7),
            _ => None,
        })?;
        let next = self.past(at + length + more, &[Atom::And]);
        self.length_of_time(next)?;
        let days = number.value.saturating_mul(days).min(MAX_COUNT.unsigned_abs());
        Some((next - at, days * u32::from(DAY)))
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
        // "Uma hora e vinte".
        let is_spelled = next > at && number.figures == 0 && number.value >= 5 && self.ends_time(next + length);
        let unit = self.is(next + length, Atom::Minutes).or(is_spelled.then_some(0))?;
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
        let (before, days) = self.days_before_hours(start).unwrap_or_default();
        let (length, ahead) = self.length_of_time(start + before)?;
        let mut end = start + before + length;
        // "Come in 20 minutes to 2".
        if self.is(end, Atom::MinutesTo).is_some_and(|length| self.number(end + length).is_some()) {
            return None;
        }
        // "One day 2 hours later": an hour alone is later than what was said before.
        let last = self.is(end, Atom::FromNow).or_else(|| self.is(end, Atom::Later).filter(|_| days > 0));
        opened.or(last)?;
        end += last.unwrap_or_default();
        let (date, clock) = self.later_by(days + ahead.min(MAX_HOURS * 60))?;
        Some((end - at, Piece::Moment(Said::Date(date), clock)))
    }

    pub(super) fn later_by(&self, ahead: u32) -> Option<(Date, Clock)> {
        let now = self.today.now;
        let minute = u32::from(minutes(now.time())) + ahead;
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
            self.is_any(at, &[Atom::Next, Atom::Within])?;
            // "Within the hour".
            let noun = self.past(start, &[Atom::Link]);
            let is_one = self.word(noun).is_some_and(|word| !word.ends_with(['s', 'n']));
            Some((noun + self.is(noun, Atom::Hours)? - start, if is_one { 60 } else { 60 * A_FEW_HOURS }))
        };
        // "3 heures suivantes".
        let following = || {
            let (length, number) = self.number(start).filter(|(_, number)| number.value > 1)?;
            let (more, each) = self.hours_or_minutes(start + length)?;
            let last = self.is_any(start + length + more, &[Atom::Coming, Atom::Following])?;
            Some((length + more + last, number.value.min(MAX_HOURS * 60) * each))
        };
        // "Within a day and 5 hours".
        if opened.is_some()
            && let Some((before, days)) = self.days_before_hours(start)
            && let Some((length, ahead)) = self.length_of_time(start + before)
        {
            let (last, _) = self.later_by(days + ahead.min(MAX_HOURS * 60))?;
            let said = Said::Between(self.today.now.date(), last);
            return Some((start + before + length - at, Piece::Day(said)));
        }
        let opened_length = || opened.and_then(|_| self.length_of_time(start));
        let (length, ahead) = following().or_else(opened_length).or_else(counted).or_else(next_hour)?;
        let now = self.today.now;
        let (date, clock) = self.later_by(ahead.min(MAX_HOURS * 60))?;
        let until = if date == now.date() { clock } else { Clock::sure(DAY - 1) };
        let time = Time::Between(Clock::sure(minutes(now.time())), until);
        Some((start + length - at, Piece::Both(Said::Date(now.date()), time)))
    }
}
