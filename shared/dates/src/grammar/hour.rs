//! Hours: `3pm`, `15h30`, `half past three`, `halb vier`, `between 3 and 5`, `not before ten`, `in two hours`.

use super::number::Number;
use super::{Parser, Piece, Sure};
use crate::calendar::{Said, plus};
use crate::lexicon::Atom;
use crate::tokens::Kind;
use crate::wish::{Clock, Part, Time, minutes};

const DAY: u16 = 24 * 60;
/// Words for one that are articles first: no hour without a mark of one.
const ARTICLES: [&str; 8] = ["a", "an", "un", "um", "ein", "eine", "einen", "une"];

impl Parser<'_> {
    /// The hour, span of hours or part of a day at `at`.
    pub(super) fn time(&self, at: usize) -> Option<(usize, Piece)> {
        let sure = |(length, time): (usize, Time)| (length, Piece::Time(time, Sure::Yes));
        let clock = || {
            let (length, clock, is_sure) = self.clock(at, false)?;
            Some((length, Piece::Time(Time::At(clock), if is_sure { Sure::Yes } else { Sure::BesideADay })))
        };
        let found = [
            self.between(at).map(sure),
            self.bounded(at).map(sure),
            self.at_hour(at).map(|(length, clock, sure)| (length, Piece::Time(Time::At(clock), sure))),
            self.in_hours(at),
            clock(),
            self.part(at),
        ];
        found.into_iter().flatten().reduce(|best, other| if other.0 > best.0 { other } else { best })
    }

    /// `between 3 and 5`, `from 9 to 11`, `9-11`, `9 to 11`.
    fn between(&self, at: usize) -> Option<(usize, Time)> {
        let opened = self.is_any(at, &[Atom::Between, Atom::From]);
        let start = self.past(at + opened.unwrap_or_default(), &[Atom::Link, Atom::At]);
        let (length, from, first_sure) = self.clock(start, opened.is_some())?;
        let gap = start + length;
        let dash = self.tokens.get(gap).is_some_and(|token| token.is_mark(&['-', '–', '—']));
        let joined = match (opened, dash) {
            (_, true) => 1,
            (Some(_), false) => self.is_any(gap, &[Atom::And, Atom::To])?,
            // "Le 2 à 5h" is a day and an hour.
            (None, false) => self.is(gap, Atom::To).filter(|_| first_sure || self.is(gap, Atom::At).is_none())?,
        };
        let next = self.past(gap + joined, &[Atom::Link, Atom::At]);
        let (more, to, second_sure) = self.clock(next, true)?;
        let is_number_range = opened.is_none() && dash && !first_sure && !second_sure;
        // "6-8" is a span of hours beside a day, and "555-0142" is none.
        let too_large = |clock: Clock| !clock.either && clock.minute % 60 == 0 && clock.minute >= 13 * 60;
        if is_number_range && (too_large(from) || too_large(to) || !self.is_range_of_hours(at, next + more)) {
            return None;
        }
        // "3 to 5 pm": both are.
        let from = match (from.either, to.either) {
            (true, false) if to.minute >= DAY / 2 && from.minute + DAY / 2 < to.minute => {
                Clock::sure(from.minute + DAY / 2)
            }
            (true, false) if from.minute <= to.minute => Clock::sure(from.minute),
            _ => from,
        };
        Some((next + more - at, Time::Between(from, to)))
    }

    /// Two numbers with a hyphen are hours where figures neither precede nor follow.
    fn is_range_of_hours(&self, from: usize, to: usize) -> bool {
        let glued = |at: Option<usize>| {
            at.and_then(|at| self.tokens.get(at)).is_some_and(|token| {
                (token.is_mark(&['-', '/']) && !token.spaced) || matches!(token.kind, Kind::Number(..))
            })
        };
        !glued(from.checked_sub(1)) && !glued(Some(to))
    }

    /// `not before 10`, `after 3`, `until noon`.
    fn bounded(&self, at: usize) -> Option<(usize, Time)> {
        let (length, is_from) = self.find(at, |atom| match atom {
            Atom::From | Atom::After => Some(true),
            Atom::Before => Some(false),
            _ => None,
        })?;
        let negated = at.checked_sub(1).is_some_and(|before| self.is(before, Atom::Not).is_some());
        let start = self.past(at + length, &[Atom::Link, Atom::At, Atom::About]);
        let (more, clock, _) = self.clock(start, true)?;
        Some((start + more - at, if is_from != negated { Time::From(clock) } else { Time::Until(clock) }))
    }

    /// `at 5`, `around 2:45`.
    fn at_hour(&self, at: usize) -> Option<(usize, Clock, Sure)> {
        let (length, is_weak) = self.find(at, |atom| match atom {
            Atom::At | Atom::About => Some(false),
            Atom::AtPerhaps => Some(true),
            _ => None,
        })?;
        let start = self.past(at + length, &[Atom::Link, Atom::At, Atom::About]);
        let (more, clock, is_sure) = self.clock(start, true)?;
        // "For 2 people", "by 5 of us": an hour ends there, or a part of a time follows.
        let end = start + more;
        let ends = is_sure
            || !is_weak
            || self
                .tokens
                .get(end)
                .is_none_or(|token| token.word().is_none() || token.begins_line || self.ends_time(end));
        ends.then_some((end - at, clock, Sure::Yes))
    }

    /// `in two hours`, `in half an hour`, counted from now.
    fn in_hours(&self, at: usize) -> Option<(usize, Piece)> {
        let start = at + self.is(at, Atom::In)?;
        let (length, count, halves) = match self.is(start, Atom::Half) {
            Some(length) => (length, 1, true),
            None => {
                let (length, number) = self.number(start)?;
                (length, number.value, false)
            }
        };
        let unit = start + length;
        let (more, minutes_each) = self.find(unit, |atom| match atom {
            Atom::Hours => Some(60),
            Atom::Minutes => Some(1),
            _ => None,
        })?;
        let ahead = if halves { minutes_each / 2 } else { count.min(48 * 60) * minutes_each };
        let now = self.context.now;
        let minute = u32::from(minutes(now.time())) + ahead;
        let date = plus(now.date(), i32::try_from(minute / u32::from(DAY)).ok()?)?;
        let clock = Clock::sure(u16::try_from(minute % u32::from(DAY)).ok()?);
        Some((unit + more - at, Piece::Moment(Said::Date(date), clock)))
    }

    /// A part of the day; with "this", of today.
    fn part(&self, at: usize) -> Option<(usize, Piece)> {
        self.find(
            at,
            |atom| if let Atom::Part(part) = atom { Some(Piece::Time(Time::Part(part), Sure::Yes)) } else { None },
        )
    }

    /// A time of day, whether it is certainly one, and how many tokens it takes. `expected`: the words before ask for one.
    fn clock(&self, at: usize, expected: bool) -> Option<(usize, Clock, bool)> {
        let (length, clock, sure) = self
            .minutes_of_hour(at)
            .or_else(|| self.hour_and_minutes(at))
            .or_else(|| self.noon(at))
            .or_else(|| self.figures(at, expected))?;
        let end = at + length;
        if let Some((more, is_afternoon)) = self.half_of_day(end) {
            return Some((length + more, with_half(clock, is_afternoon), true));
        }
        if let Some((more, part)) = self.part_behind(end, sure) {
            return Some((length + more, clock.in_part(part), true));
        }
        Some((length, clock, sure))
    }

    fn noon(&self, at: usize) -> Option<(usize, Clock, bool)> {
        self.find(at, |atom| match atom {
            Atom::Noon => Some(12 * 60),
            Atom::Midnight => Some(0),
            _ => None,
        })
        .map(|(length, minute)| (length, Clock::sure(minute), true))
    }

    /// `half past three`, `20 minutes to 2`, `halb vier`, `viertel vor vier`.
    fn minutes_of_hour(&self, at: usize) -> Option<(usize, Clock, bool)> {
        let back = |at: usize, less: u16| {
            let (length, hour) = self.hour(at)?;
            Some((length, moved(hour, -i32::from(less))))
        };
        if let Some(length) = self.is(at, Atom::HalfTo)
            && let Some((more, clock)) = back(at + length, 30)
        {
            return Some((length + more, clock, true));
        }
        if let Some(length) = self.is(at, Atom::ThreeQuartersTo)
            && let Some((more, clock)) = back(at + length, 15)
        {
            return Some((length + more, clock, true));
        }
        let (length, count, spelled) =
            self.quarter_or_half(at).map(|(length, count)| (length, count, true)).or_else(|| {
                let (length, number) = self.number(at).filter(|(_, number)| (1..60).contains(&number.value))?;
                Some((length, u16::try_from(number.value).ok()?, number.figures == 0))
            })?;
        let unit = self.is(at + length, Atom::Minutes);
        let gap = at + length + unit.unwrap_or_default();
        let (more, is_past) = self.find(gap, |atom| match atom {
            Atom::Past => Some(true),
            Atom::MinutesTo => Some(false),
            _ => None,
        })?;
        // "10 to 2" is a span; "ten to two", "20 to 2" and "10 minutes to 2" are times.
        if !is_past && !spelled && unit.is_none() && count <= 12 {
            return None;
        }
        let start = self.past(gap + more, &[Atom::Link]);
        let (last, hour) = self.hour(start).or_else(|| self.noon(start).map(|(length, clock, _)| (length, clock)))?;
        let change = if is_past { i32::from(count) } else { -i32::from(count) };
        Some((start + last - at, moved(hour, change), true))
    }

    fn quarter_or_half(&self, at: usize) -> Option<(usize, u16)> {
        self.find(at, |atom| match atom {
            Atom::Quarter => Some(15),
            Atom::Half => Some(30),
            _ => None,
        })
    }

    /// `tres y media`, `quatre heures moins le quart`, `nine fifteen`, `15 Uhr 30`.
    fn hour_and_minutes(&self, at: usize) -> Option<(usize, Clock, bool)> {
        let numbered = || {
            let (length, number) = self.number(at).filter(|(_, number)| number.value <= 24 && number.figures <= 2)?;
            Some((length, number, clock_of(number, 0)?))
        };
        let noon = self.noon(at).map(|(length, clock, _)| (length, Number { value: 12, figures: 0 }, clock));
        let is_noon = noon.is_some();
        let (length, number, hour) = noon.or_else(numbered)?;
        let marked = self.is(at + length, Atom::Oclock).filter(|_| !self.is_duration(at, length));
        let end = at + length + marked.unwrap_or_default();
        if let Some(joined) = self.is(end, Atom::And) {
            let next = self.past(end + joined, &[Atom::Link]);
            if let Some((more, count)) = self.quarter_or_half(next) {
                return Some((next + more - at, moved(hour, i32::from(count)), true));
            }
            if let Some((more, minutes)) = self
                .number(next)
                .filter(|(_, minutes)| number.figures == 0 && minutes.figures == 0 && (5..60).contains(&minutes.value))
            {
                return Some((next + more - at, moved(hour, i32::try_from(minutes.value).ok()?), true));
            }
        }
        if let Some(less) = self.is(end, Atom::Less) {
            let next = self.past(end + less, &[Atom::Link]);
            let count = self.quarter_or_half(next).or_else(|| {
                let (more, minutes) = self.number(next).filter(|(_, minutes)| (1..60).contains(&minutes.value))?;
                Some((more, u16::try_from(minutes.value).ok()?))
            });
            if let Some((more, count)) = count {
                return Some((next + more - at, moved(hour, -i32::from(count)), true));
            }
        }
        let minutes = self.number(end).filter(|(_, minutes)| minutes.value < 60);
        match (marked, minutes) {
            (Some(_), Some((more, minutes)))
                if minutes.figures == 2 || (minutes.figures == 0 && minutes.value >= 5) =>
            {
                Some((end + more - at, clock_of(number, minutes.value)?, true))
            }
            (Some(_), _) => Some((end - at, hour, true)),
            // In words, "nine fifteen".
            (None, Some((more, minutes)))
                if !is_noon
                    && number.figures == 0
                    && minutes.figures == 0
                    && minutes.value >= 10
                    && number.value <= 12 =>
            {
                Some((end + more - at, clock_of(number, minutes.value)?, true))
            }
            _ => None,
        }
    }

    /// "2 hours" is how long something takes, where the mark of an hour means that as well.
    fn is_duration(&self, at: usize, length: usize) -> bool {
        let end = at + length;
        let Some(unit) = self.is(end, Atom::Hours) else { return false };
        let minutes = self.number(end + unit).is_some_and(|(_, minutes)| minutes.figures == 2);
        let glued = self.tokens.get(end).is_some_and(|token| !token.spaced);
        !minutes
            && !glued
            && self.part_behind(end + unit, true).is_none()
            && !self.preceded_by(
                at,
                &[Atom::At, Atom::About, Atom::From, Atom::After, Atom::Before, Atom::Between, Atom::To],
            )
            && !self.is_dayish_before(at)
    }

    /// A day stands right before: "mardi 15 heures".
    fn is_dayish_before(&self, at: usize) -> bool {
        let is_day = |atom: Atom| matches!(atom, Atom::Weekday(_) | Atom::Day(_) | Atom::Month(_)).then_some(());
        (at.saturating_sub(3)..at)
            .any(|start| self.find(start, is_day).is_some_and(|(length, ())| start + length == at))
    }

    /// `3:15`, `15.30`, `3 30` after "at", `10`.
    fn figures(&self, at: usize, expected: bool) -> Option<(usize, Clock, bool)> {
        let (length, number) = self.number(at)?;
        if matches!(number.figures, 3 | 4) {
            return self.military(at, number, expected);
        }
        if number.figures > 2 || number.value > 24 {
            return None;
        }
        let next = self.tokens.get(at + length);
        let minutes_at = |at: usize| {
            let (length, minutes) = self.number(at)?;
            (length == 1 && minutes.figures == 2 && minutes.value < 60).then_some(minutes.value)
        };
        if next.is_some_and(|token| token.is_mark(&[':']) && !token.spaced)
            && let Some(minutes) = minutes_at(at + 2)
        {
            // Seconds say nothing.
            let end = at + 3;
            if let Some(oclock) = self.is(end, Atom::Oclock) {
                return Some((3 + oclock, clock_of(number, minutes)?, true));
            }
            let seconds = self.tokens.get(at + 3).is_some_and(|token| token.is_mark(&[':']) && !token.spaced)
                && minutes_at(at + 4).is_some();
            return Some((if seconds { 5 } else { 3 }, clock_of(number, minutes)?, true));
        }
        if next.is_some_and(|token| token.is_mark(&['.']) && !token.spaced)
            && let Some(minutes) = minutes_at(at + 2)
            && self.tokens.get(at + 2).is_some_and(|token| !token.spaced)
        {
            let end = at + 3;
            let marked = self.half_of_day(end).is_some() || self.is(end, Atom::Oclock).is_some();
            let is_date = self.lexicon.dates_with_points && (1..=12).contains(&minutes) && !marked && !expected;
            if !is_date {
                let oclock = self.is(end, Atom::Oclock).unwrap_or_default();
                return Some((3 + oclock, clock_of(number, minutes)?, true));
            }
            return None;
        }
        if expected
            && number.figures > 0
            && let Some(minutes) = minutes_at(at + length)
        {
            return Some((2, clock_of(number, minutes)?, true));
        }
        // A bare number: an hour if it can be one.
        let follows_mark = next.is_some_and(|token| {
            token.is_mark(&['/', '.'])
                && !token.spaced
                && matches!(self.tokens.get(at + 2).map(|token| &token.kind), Some(Kind::Number(..)))
        });
        let is_ordinal = self.ordinal(at).is_some_and(|(taken, _)| taken > length);
        let clock = clock_of(number, 0).filter(|_| number.value > 0 && !follows_mark && !is_ordinal)?;
        let marked = self.half_of_day(at + length).is_some() || self.part_behind(at + length, false).is_some();
        let is_article =
            self.tokens.get(at).and_then(|token| token.word()).is_some_and(|word| ARTICLES.contains(&word));
        (!is_article && !self.is_counted(at + length)).then_some((length, clock, marked))
    }

    /// `330 pm`, `at 1030`: figures without a colon, where nothing else can be meant.
    fn military(&self, at: usize, number: Number, expected: bool) -> Option<(usize, Clock, bool)> {
        let (hour, minutes) = (number.value / 100, number.value % 100);
        let is_marked = self.half_of_day(at + 1).is_some()
            || (expected
                && self.tokens.get(at + 1).is_none_or(|token| token.word().is_none() || self.ends_time(at + 1)));
        let followed = self.tokens.get(at + 1).is_some_and(|token| token.is_mark(&['.', '-', '/']) && !token.spaced);
        (is_marked && !followed && hour < 24 && minutes < 60 && minutes % 5 == 0).then_some(())?;
        let shown = Number { value: hour, figures: number.figures - 2 };
        Some((1, clock_of(shown, minutes)?, true))
    }

    /// What follows is counted: "2 weeks", "10 days".
    fn is_counted(&self, at: usize) -> bool {
        self.is_any(at, &[Atom::Days, Atom::Weeks, Atom::Months, Atom::Minutes, Atom::Hours]).is_some()
    }

    /// An hour alone, for "half past".
    fn hour(&self, at: usize) -> Option<(usize, Clock)> {
        let (length, number) =
            self.number(at).filter(|(_, number)| (1..=24).contains(&number.value) && number.figures <= 2)?;
        let oclock = self.is(at + length, Atom::Oclock).unwrap_or_default();
        Some((length + oclock, clock_of(number, 0)?))
    }

    /// `am` or `pm` in whatever language. A single letter stands right at the figures: `9a`.
    fn half_of_day(&self, at: usize) -> Option<(usize, bool)> {
        let token = self.tokens.get(at)?;
        let after_oclock =
            self.is(at, Atom::Oclock).filter(|_| self.hits_of(at + 1, Atom::Pm) || self.hits_of(at + 1, Atom::Am));
        let start = at + after_oclock.unwrap_or_default();
        let pick = |atom: Atom| match atom {
            Atom::Am => Some(false),
            Atom::Pm => Some(true),
            _ => None,
        };
        let own = self.find(start, pick);
        let english = || {
            let hits = self.english.get(start)?.iter();
            hits.filter_map(|hit| Some((hit.length, pick(hit.atom)?))).max_by_key(|(length, _)| *length)
        };
        let (length, is_afternoon) = own.or_else(english)?;
        let single = length == 1 && token.word().is_some_and(|word| word.len() == 1);
        (!single || !token.spaced).then_some((start + length - at, is_afternoon))
    }

    fn hits_of(&self, at: usize, atom: Atom) -> bool {
        self.is(at, atom).is_some()
    }

    /// `in the afternoon`, `de la tarde`, `du soir`, after an hour.
    fn part_behind(&self, at: usize, is_sure: bool) -> Option<(usize, Part)> {
        let part_at = |at: usize| {
            self.find(at, |atom| match atom {
                Atom::Part(part) | Atom::TodaysPart(part) => Some(part),
                _ => None,
            })
        };
        let mut start = at;
        for _ in 0..3 {
            if let Some((length, part)) = part_at(start) {
                // "One morning" is no hour.
                let is_bare = start == at && length == 1 && !is_sure;
                return (!is_bare).then_some((start + length - at, part));
            }
            start = self.past(start, &[Atom::Link, Atom::This]);
        }
        None
    }
}

/// An hour and its minutes. From one to twelve either half of the day may be meant, unless a nought is written before.
fn clock_of(number: Number, minutes: u32) -> Option<Clock> {
    let hour = number.value % 24;
    let minute = u16::try_from(hour * 60 + minutes).ok()?;
    let leading_nought = number.figures == 2 && number.value < 10;
    Some(match number.value {
        // Twelve is noon, unless it is said to be night.
        12 => Clock { minute, either: false },
        1..=11 if !leading_nought => Clock { minute, either: true },
        _ => Clock { minute, either: false },
    })
}

/// So many minutes later.
fn moved(clock: Clock, change: i32) -> Clock {
    let minute = (i32::from(clock.minute) + change).rem_euclid(i32::from(DAY));
    let minute = u16::try_from(minute).unwrap_or(clock.minute);
    Clock { minute, either: clock.either && minute < DAY / 2 }
}

fn with_half(clock: Clock, is_afternoon: bool) -> Clock {
    let hour = clock.minute / 60;
    let minute = match (is_afternoon, hour) {
        (true, 0..=11) => clock.minute + DAY / 2,
        (false, 12) => clock.minute - DAY / 2,
        _ => clock.minute,
    };
    Clock::sure(minute)
}
