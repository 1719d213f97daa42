//! Days: `Thursday`, `the 15th`, `March 12th`, `12/3`, `in two weeks`, `next week`, `any day but Tuesday`.

use jiff::civil::{Date, Weekday};

use super::{Parser, Piece, Sure};
use crate::calendar::{Edge, Said, moving, next_date, plus};
use crate::lexicon::Atom;
use crate::tokens::Kind;
use crate::wish::Time;

/// Which week or month, beside a noun.
type Ahead = i32;

impl Parser<'_> {
    /// What is said of a day at `at`.
    pub(super) fn day(&self, at: usize) -> Option<(usize, Piece)> {
        let found = [
            self.not_a_day(at),
            self.in_figures(at).map(|(length, date)| (length, Said::Date(date))),
            self.of_month(at),
            self.dates_between(at),
            self.nth_weekday(at),
            self.weekday(at),
            self.relative(at),
            self.counted(at),
            self.span(at),
            self.day_of_month(at),
            self.after_weekday(at),
            self.coming_days(at),
        ];
        let best = found.into_iter().flatten().reduce(|best, other| if other.0 > best.0 { other } else { best });
        best.map(|(length, said)| (length, Piece::Day(said))).or_else(|| self.todays_part(at))
    }

    /// `tonight`; the day follows from it.
    fn todays_part(&self, at: usize) -> Option<(usize, Piece)> {
        self.find(at, |atom| if let Atom::TodaysPart(part) = atom { Some(part) } else { None })
            .map(|(length, part)| (length, Piece::Time(Time::Part(part), Sure::Yes)))
    }

    /// `any day but Tuesday`, `not on Monday`.
    fn not_a_day(&self, at: usize) -> Option<(usize, Said)> {
        if let Some(length) = self.is(at, Atom::AnyDay) {
            return Some((length, Said::AnyDay));
        }
        let length = self.is_any(at, &[Atom::Not, Atom::But])?;
        let start = self.past(at + length, &[Atom::Link]);
        let (more, day) = self.weekday_name(start)?;
        Some((start + more - at, Said::Not(day)))
    }

    /// The name of a weekday. `sat` and `sun` are words too, unless something of a time is beside them.
    fn weekday_name(&self, at: usize) -> Option<(usize, Weekday)> {
        let (length, (day, is_word)) = self.find(at, |atom| match atom {
            Atom::Weekday(day) => Some((day, false)),
            Atom::WeekdayOrWord(day) => Some((day, true)),
            _ => None,
        })?;
        let next = at + length;
        let point = usize::from(
            self.tokens.get(next).is_some_and(|token| token.is_mark(&['.']) && !token.spaced && is_short(self, at)),
        );
        if is_word {
            let beside = self.preceded_by(at, &[Atom::Link, Atom::Next, Atom::This, Atom::Or, Atom::And, Atom::At]);
            let ends = self.tokens.get(next).is_none_or(|token| token.word().is_none());
            let in_time = self.number(next).is_some()
                || self.is_any(next, &[Atom::At, Atom::Or, Atom::And]).is_some()
                || self.find(next, |atom| matches!(atom, Atom::Part(_) | Atom::Month(_)).then_some(())).is_some();
            if !(beside && (ends || in_time)) && !ends && !in_time {
                return None;
            }
        }
        Some((length + point, day))
    }

    /// `Thursday`, `next Thursday`, `Thursday next week`, `lunes que viene`.
    fn weekday(&self, at: usize) -> Option<(usize, Said)> {
        let before = self
            .find(at, |atom| matches!(atom, Atom::Next | Atom::This | Atom::Coming | Atom::AfterNext).then_some(atom));
        let start = at + before.map_or(0, |(length, _)| length);
        let start = if before.is_some() { self.past(start, &[Atom::Link]) } else { start };
        let (length, day) = self.weekday_name(start)?;
        let end = start + length;
        if let Some((_, word)) = before {
            return Some((end - at, self.placed(day, word)));
        }
        // Behind it: "Friday after next", "mardi prochain", and, with a week, "Tuesday of next week".
        let next = self.past(end, &[Atom::Link, Atom::Of]);
        if let Some((more, Said::Week(week))) = self.span(next) {
            return Some((next + more - at, Said::WeekdayOf(day, week)));
        }
        let behind = self.find(end, |atom| matches!(atom, Atom::Next | Atom::AfterNext).then_some(atom));
        if let Some((more, word)) = behind {
            let is_of_week = self
                .is_any(self.past(end + more, &[Atom::Link]), &[Atom::Weeks, Atom::Months, Atom::Weekend])
                .is_some();
            if !is_of_week {
                return Some((end + more - at, self.placed(day, word)));
            }
        }
        Some((end - at, Said::Weekday(day)))
    }

    fn placed(&self, day: Weekday, word: Atom) -> Said {
        match word {
            Atom::Coming => Said::Weekday(day),
            Atom::Next if self.lexicon.next_is_coming => Said::Weekday(day),
            Atom::Next => Said::WeekdayOf(day, 1),
            Atom::AfterNext => Said::WeekdayOf(day, 2),
            _ => Said::ThisWeekday(day),
        }
    }

    /// `today`, `the day after tomorrow`, a feast.
    fn relative(&self, at: usize) -> Option<(usize, Said)> {
        let today = self.context.now.date();
        let (length, date) = self.find(at, |atom| match atom {
            Atom::Day(ahead) => plus(today, ahead.into()).filter(|_| !self.is_part_of_day_before(at)),
            Atom::Feast(month, day) => next_date(today, month, day),
            Atom::MovingFeast(nth, month, day, after) => moving(today, nth, month, day, after),
            _ => None,
        })?;
        // "This afternoon" is today's.
        Some((length, Said::Date(date)))
    }

    /// "Dienstag morgen" is Tuesday's morning: a word for tomorrow that is a part of the day too, right after a day.
    fn is_part_of_day_before(&self, at: usize) -> bool {
        let is_part = self.find(at, |atom| matches!(atom, Atom::Part(_)).then_some(())).is_some();
        let is_day = |atom: Atom| matches!(atom, Atom::Weekday(_) | Atom::Day(_)).then_some(());
        is_part && at.checked_sub(1).is_some_and(|before| self.find(before, is_day).is_some())
    }

    /// `in two weeks`, `3 days from now`, `a week from tomorrow`, `3 Fridays from now`.
    fn counted(&self, at: usize) -> Option<(usize, Said)> {
        let opened = self.is(at, Atom::In);
        let start = self.past(at + opened.unwrap_or_default(), &[Atom::Link]);
        let (length, number) = self.number(start)?;
        let count = i32::try_from(number.value).ok().filter(|count| (0..=90).contains(count))?;
        let noun = start + length;
        if let Some((more, day)) = self.weekday_name(noun)
            && let Some(last) = self.is(noun + more, Atom::FromNow)
        {
            return Some((noun + more + last - at, Said::NthComing(day, count)));
        }
        let (more, unit) =
            self.find(noun, |atom| matches!(atom, Atom::Days | Atom::Weeks | Atom::Months).then_some(atom))?;
        let end = noun + more;
        let today = self.context.now.date();
        let days = |base: Date, count: i32| plus(base, count).map(Said::Date);
        if let Some(last) = self.is(end, Atom::FromNow).or(opened.map(|_| 0)) {
            let said = match unit {
                Atom::Days => days(today, count)?,
                Atom::Weeks => Said::InWeeks(count),
                _ => Said::Date(today.checked_add(jiff::Span::new().months(count)).ok()?),
            };
            return Some((end + last - at, said));
        }
        // "A week from tomorrow", "two days after Monday".
        let gap = end + self.is_any(end, &[Atom::FromThen, Atom::From, Atom::After])?;
        let base_at = self.past(gap, &[Atom::Link]);
        let base = self.of_month(base_at).or_else(|| self.relative(base_at)).or_else(|| self.weekday(base_at));
        let (last, base) = base?;
        let base = *crate::calendar::days(&[base], today)?.dates.first()?;
        let step = if unit == Atom::Weeks { 7 } else { 1 };
        Some((base_at + last - at, days(base, count * step).filter(|_| unit != Atom::Months)?))
    }

    /// `next week`, `the weekend`, `end of next week`, `this month`, `next March`.
    fn span(&self, at: usize) -> Option<(usize, Said)> {
        if let Some(length) = self.is(at, Atom::Weekdays) {
            return Some((length, Said::WorkingDays));
        }
        let edge = self.find(at, |atom| match atom {
            Atom::Begin => Some(Edge::Begin),
            Atom::Middle => Some(Edge::Middle),
            Atom::End => Some(Edge::End),
            _ => None,
        });
        let start = edge.map_or(at, |(length, _)| self.past(self.past(at + length, &[Atom::Of]), &[Atom::Link]));
        let (length, ahead, noun) = self.week_or_month(start, edge.is_some())?;
        let edge = edge.map(|(_, edge)| edge);
        let said = match (noun, edge) {
            (Atom::Weeks, None) => Said::Week(ahead),
            (Atom::Weeks, Some(edge)) => Said::WeekEdge(ahead, edge),
            (Atom::Months, None) => Said::MonthAhead(ahead),
            (Atom::Months, Some(edge)) => Said::MonthEdge(ahead, edge),
            (Atom::Month(number), None) => Said::Month(number),
            (Atom::Month(number), Some(edge)) => {
                let today = self.context.now.date();
                let ahead = (i32::from(number) - i32::from(today.month())).rem_euclid(12);
                Said::MonthEdge(ahead, edge)
            }
            _ => Said::Weekend(ahead),
        };
        Some((start + length - at, said))
    }

    /// `next week`, `week after next`, `semana que viene`, `the weekend`, `in March`.
    fn week_or_month(&self, at: usize, has_edge: bool) -> Option<(usize, Ahead, Atom)> {
        let noun_at = |at: usize| {
            self.find(at, |atom| matches!(atom, Atom::Weeks | Atom::Months | Atom::Weekend).then_some(atom))
        };
        let word_at = |at: usize| {
            self.find(at, |atom| match atom {
                Atom::This => Some(0),
                Atom::Next | Atom::Coming => Some(1),
                Atom::AfterNext => Some(2),
                _ => None,
            })
        };
        if let Some((length, ahead)) = word_at(at) {
            let start = self.past(at + length, &[Atom::Link]);
            if let Some((more, noun)) = noun_at(start) {
                return Some((start + more - at, ahead, noun));
            }
        }
        if let Some((length, noun)) = noun_at(at) {
            if let Some((more, ahead)) = word_at(at + length) {
                return Some((length + more, ahead, noun));
            }
            // "The weekend" is this one; "a week" is none.
            let plain = noun == Atom::Weekend || has_edge;
            return plain.then_some((length, 0, noun));
        }
        // A month alone: "in March", "next March", and not "march" or "may".
        let named = self.find(at, |atom| match atom {
            Atom::Month(month) => Some((month, false)),
            Atom::MonthOrWord(month) => Some((month, true)),
            _ => None,
        });
        let (length, (month, is_word)) = named?;
        let announced = has_edge
            || at
                .checked_sub(1)
                .is_some_and(|before| self.is_any(before, &[Atom::In, Atom::Next, Atom::This]).is_some());
        (announced || (!is_word && self.tokens.len() <= 3)).then_some((length, 0, Atom::Month(month)))
    }

    /// `March 12th`, `12 de marzo`, `le premier mars`, with a year or without one.
    fn of_month(&self, at: usize) -> Option<(usize, Said)> {
        let today = self.context.now.date();
        let month_at = |at: usize| {
            self.find(at, |atom| match atom {
                Atom::Month(month) | Atom::MonthOrWord(month) => Some(month),
                _ => None,
            })
        };
        let after_point = |at: usize, end: usize| {
            end + usize::from(
                self.tokens
                    .get(end)
                    .is_some_and(|token| token.is_mark(&['.']) && !token.spaced && self.tokens.get(end + 1).is_some())
                    && at < end,
            )
        };
        let (end, month, day) = if let Some((length, month)) = month_at(at) {
            let mut start = self.past(after_point(at, at + length), &[Atom::Link]);
            let parted = |marks: &[char]| self.tokens.get(start).is_some_and(|token| token.is_mark(marks));
            if parted(&['/']) || (parted(&[',']) && self.ordinal(start + 1).is_some()) {
                start += 1;
            }
            let (more, day) = self.day_number(start)?;
            // "March 3:30" and "May 5pm" name no day.
            let end = start + more;
            let is_hour = self.tokens.get(end).is_some_and(|token| token.is_mark(&[':']) && !token.spaced)
                || self.is_any(end, &[Atom::Am, Atom::Pm]).is_some_and(|_| {
                    self.tokens
                        .get(end)
                        .is_some_and(|token| !token.spaced || token.word().is_some_and(|word| word.len() > 1))
                });
            if is_hour {
                return None;
            }
            (end, month, day)
        } else {
            // "Dia 20 de junho".
            let first = self.past(at, &[Atom::Days]);
            let (length, day) = self.day_number(first)?;
            let mut start = after_point(first, first + length);
            start = self.past(start, &[Atom::Days]);
            start = self.past(start, &[Atom::Of, Atom::Link]);
            let (more, month) = month_at(start)?;
            (start + more, month, day)
        };
        let (length, date) = self.with_year(end, |year| match year {
            Some(year) => Date::new(year, month, day).ok(),
            None => next_date(today, month, day),
        })?;
        Some((end + length - at, Said::Date(date)))
    }

    /// `from 13 to 15 July`, `August 27th - 29th`.
    fn dates_between(&self, at: usize) -> Option<(usize, Said)> {
        let today = self.context.now.date();
        let joined = |at: usize| {
            let dash = self.tokens.get(at).is_some_and(|token| token.is_mark(&['-', '–']));
            self.is_any(at, &[Atom::To, Atom::And])
                .or(dash.then_some(1))
                .map(|length| self.past(at + length, &[Atom::Link]))
        };
        let date = |said: Said| if let Said::Date(date) = said { Some(date) } else { None };
        if let Some((length, said)) = self.of_month(at) {
            let from = date(said)?;
            let next = joined(at + length)?;
            let (more, to) = match self.of_month(next) {
                Some((more, said)) => (more, date(said)?),
                None => {
                    let (more, day) = self.day_number(next).filter(|_| self.clock_like(next).is_none())?;
                    (more, from.with().day(day).build().ok()?)
                }
            };
            return (from < to).then_some((next + more - at, Said::Between(from, to)));
        }
        let start = self.past(self.past(at, &[Atom::From, Atom::Between]), &[Atom::Link]);
        let (length, day) = self.day_number(start)?;
        let next = joined(start + length)?;
        let (more, said) = self.of_month(next)?;
        let to = date(said)?;
        let from = to.with().day(day).build().ok()?;
        (from < to && from >= today).then_some((next + more - at, Said::Between(from, to)))
    }

    /// Whether a time of day is written at `at`: `3:30`, `3pm`.
    fn clock_like(&self, at: usize) -> Option<usize> {
        let next = at + 1;
        let colon = self.tokens.get(next).is_some_and(|token| token.is_mark(&[':']) && !token.spaced);
        (colon || self.half_or_oclock(next)).then_some(next)
    }

    /// A year after a date: ", 2027", "de 2027".
    fn with_year(&self, at: usize, date: impl Fn(Option<i16>) -> Option<Date>) -> Option<(usize, Date)> {
        let comma = usize::from(self.tokens.get(at).is_some_and(|token| token.is_mark(&[',', '.'])));
        let start = self.past(at + comma, &[Atom::Link, Atom::Of]);
        if let Some(Kind::Number(year @ 2000..=2100, 4)) = self.tokens.get(start).map(|token| token.kind.clone()) {
            return Some((start + 1 - at, date(i16::try_from(year).ok())?));
        }
        Some((0, date(None)?))
    }

    /// `2026-12-03`, `12/3`, `3.12.`, `3-12-2026`.
    fn in_figures(&self, at: usize) -> Option<(usize, Date)> {
        let number = |at: usize, most: usize| match self.tokens.get(at)?.kind {
            Kind::Number(value, figures) if figures <= most => i16::try_from(value).ok(),
            _ => None,
        };
        let mark = |at: usize| match &self.tokens.get(at)?.kind {
            Kind::Mark(mark) if !self.tokens.get(at)?.spaced => Some(*mark),
            _ => None,
        };
        let glued = |at: usize| self.tokens.get(at).is_some_and(|token| !token.spaced);
        // Not the middle of something longer: a telephone number, a fraction.
        if at > 0 && glued(at) && self.tokens.get(at - 1).is_some_and(|token| token.is_mark(&['-', '/', '.', '+', '$']))
        {
            return None;
        }
        let (first, separator, second) = (number(at, 4)?, mark(at + 1)?, number(at + 2, 2)?);
        if !glued(at + 2) || !matches!(separator, '/' | '.' | '-') {
            return None;
        }
        let third = (mark(at + 3) == Some(separator) && glued(at + 4)).then(|| number(at + 4, 4)).flatten();
        let today = self.context.now.date();
        let date = |day: i16, month: i16, year: Option<i16>| {
            let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
            match year {
                Some(year) => Date::new(if year < 100 { 2_000 + year } else { year }, month, day).ok(),
                None => next_date(today, month, day),
            }
        };
        if self.tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Number(_, 4))) {
            return (separator == '-').then(|| Some((5, date(third?, second, Some(first))?))).flatten();
        }
        let (day, month) = if self.context.month_first && separator != '.' { (second, first) } else { (first, second) };
        match (third, separator) {
            (Some(year), _) => Some((5, date(day, month, Some(year)).or_else(|| date(month, day, Some(year)))?)),
            // Always open.
            (None, '/') if (first, second) == (24, 7) => None,
            (None, '/') => Some((3, date(day, month, None).or_else(|| date(month, day, None))?)),
            // "15.3." and "15.03": with the point at the end, or where points are written so and it can be no time.
            (None, '.') if self.lexicon.dates_with_points => {
                let ends = self.tokens.get(at + 3).is_some_and(|token| token.is_mark(&['.']) && !token.spaced);
                let is_time = self.half_or_oclock(at + 3);
                ((ends || !is_time) && second <= 12)
                    .then(|| Some((3 + usize::from(ends), date(first, second, None)?)))
                    .flatten()
            }
            _ => None,
        }
    }

    fn half_or_oclock(&self, at: usize) -> bool {
        self.is_any(at, &[Atom::Oclock, Atom::Am, Atom::Pm]).is_some()
    }

    /// `first Tuesday of October`, `last Friday of the month`.
    fn nth_weekday(&self, at: usize) -> Option<(usize, Said)> {
        let last = self.is(at, Atom::Last);
        let (length, nth) =
            last.map(|length| (length, -1)).or_else(|| self.ordinal(at).filter(|(_, nth)| *nth <= 5))?;
        let (more, day) = self.weekday_name(at + length)?;
        let start = self.past(self.past(at + length + more, &[Atom::Of, Atom::Link]), &[Atom::Link]);
        if start == at + length + more {
            return None;
        }
        let month = self.find(start, |atom| match atom {
            Atom::Month(month) | Atom::MonthOrWord(month) => Some(month),
            _ => None,
        });
        if let Some((last, month)) = month {
            return Some((start + last - at, Said::NthOfMonth(nth, day, month)));
        }
        let (last_length, ahead) = self.month_from_here(start)?;
        let said = if nth == -1 {
            Said::LastOfMonth(day, ahead)
        } else {
            let first = self.context.now.date().first_of_month().checked_add(jiff::Span::new().months(ahead)).ok()?;
            Said::Date(first.nth_weekday_of_month(nth, day).ok()?)
        };
        Some((start + last_length - at, said))
    }

    /// `next month`, `this month`, `the month`, after "of".
    fn month_from_here(&self, at: usize) -> Option<(usize, Ahead)> {
        let word = self.find(at, |atom| match atom {
            Atom::This => Some(0),
            Atom::Next => Some(1),
            _ => None,
        });
        let start = self.past(at + word.map_or(0, |(length, _)| length), &[Atom::Link]);
        let noun = self.is(start, Atom::Months)?;
        let behind = self.find(start + noun, |atom| (atom == Atom::Next).then_some(1));
        let (more, ahead) = behind.unwrap_or((0, word.map_or(0, |(_, ahead)| ahead)));
        Some((start + noun + more - at, ahead))
    }

    /// `the 15th`, `dia 15`, `20th of next month`, `on the first of the month`.
    fn day_of_month(&self, at: usize) -> Option<(usize, Said)> {
        let dayish = self.is(at, Atom::Days);
        let start = at + dayish.unwrap_or_default();
        let (length, day) = self.day_number(start)?;
        let is_ordinal = self.ordinal(start).is_some();
        let end = start + length;
        let noun = self.past(end, &[Atom::Days]);
        let of = self.past(self.past(noun, &[Atom::Of]), &[Atom::Link]);
        if of > noun
            && let Some((more, ahead)) = self.month_from_here(of)
        {
            let is_next = self.tokens.len() > of && ahead == 0 && self.is(of, Atom::This).is_none();
            let said = if is_next { Said::DayOfMonth(day) } else { Said::DayOfMonthAhead(day, ahead) };
            return Some((of + more - at, said));
        }
        let next_is_thing = self.tokens.get(end).is_some_and(|token| token.word().is_some())
            && self.link(end).is_none()
            && self.piece_is_time(end);
        // "The 15th", "dia 15", "den 15.", and "el 15": an ordinal, or a number after an article, and no hour.
        let announced = self.tokens.get(at.wrapping_sub(1)).and_then(|token| token.word()).is_some_and(is_article);
        let is_hour = self.half_or_oclock(end)
            || self.tokens.get(end).is_some_and(|token| token.is_mark(&[':', '-', '/']) && !token.spaced);
        let point = self.lexicon.dates_with_points
            && self.tokens.get(end).is_some_and(|token| token.is_mark(&['.']) && !token.spaced);
        // "The 2nd floor" is no day.
        let counts_thing = is_ordinal
            && self.tokens.get(end).is_some_and(|token| token.word().is_some() && !token.begins_line)
            && !self.ends_time(end);
        let fits = (is_ordinal && !self.is_listed(start) && !counts_thing)
            || dayish.is_some()
            || (announced && !next_is_thing && !counts_thing)
            || (point && announced);
        (fits && !is_hour && !self.is_counted_noun(end))
            .then_some((end + usize::from(point && announced) - at, Said::DayOfMonth(day)))
    }

    /// "Monday 21": a number after a weekday that is no hour.
    fn after_weekday(&self, at: usize) -> Option<(usize, Said)> {
        let (length, number) =
            self.number(at).filter(|(_, number)| number.figures == 2 && (13..=31).contains(&number.value))?;
        let is_after = (at.saturating_sub(2)..at)
            .any(|start| self.weekday_name(start).is_some_and(|(taken, _)| start + taken == at));
        let next = self.tokens.get(at + length);
        let is_hour = self.half_or_oclock(at + length)
            || next.is_some_and(|token| {
                token.is_mark(&[':', '.', '-']) && !token.spaced && self.number(at + length + 1).is_some()
            });
        let ends = next.is_none_or(|token| token.word().is_none() || self.ends_time(at + length));
        (is_after && !is_hour && ends)
            .then(|| Some((length, Said::DayOfMonth(i8::try_from(number.value).ok()?))))
            .flatten()
    }

    /// `the next three days`.
    fn coming_days(&self, at: usize) -> Option<(usize, Said)> {
        let next = at + self.is_any(at, &[Atom::Next, Atom::Coming])?;
        let (length, number) = self.number(next).filter(|(_, number)| (2..=14).contains(&number.value))?;
        let (more, days) = self.find(next + length, |atom| match atom {
            Atom::Days => Some(1),
            Atom::Weeks => Some(7),
            _ => None,
        })?;
        let count = i8::try_from(number.value).ok()?.checked_mul(days)?;
        Some((next + length + more - at, Said::NextDays(count)))
    }

    /// Whether what stands at `at` is no part of a time.
    fn piece_is_time(&self, at: usize) -> bool {
        self.find(at, |atom| (!matches!(atom, Atom::Street | Atom::Been)).then_some(())).is_none()
    }

    /// "First" and "second" in words, without an article, order things: "first I want…".
    fn is_listed(&self, at: usize) -> bool {
        let is_word = self.tokens.get(at).is_some_and(|token| token.word().is_some());
        let announced = self.tokens.get(at.wrapping_sub(1)).and_then(|token| token.word()).is_some_and(is_article);
        let weekday = (at.saturating_sub(3)..at).any(|start| self.weekday_name(start).is_some());
        let followed =
            self.tokens.get(at + 1).is_some_and(|token| token.word().is_some()) && self.piece_is_time(at + 1);
        is_word && (!(announced || weekday) || followed)
    }

    fn is_counted_noun(&self, at: usize) -> bool {
        self.is_any(at, &[Atom::Weeks, Atom::Months, Atom::Minutes, Atom::Hours, Atom::Street]).is_some()
    }
}

/// Whether the word at `at` is an abbreviation, behind which a point may stand.
fn is_short(parser: &Parser<'_>, at: usize) -> bool {
    parser.tokens.get(at).and_then(|token| token.word()).is_some_and(|word| word.len() <= 5)
}

/// The article before a day of the month, in any of the languages.
fn is_article(word: &str) -> bool {
    ["the", "el", "le", "den", "der", "am", "o", "no", "al", "du", "dem", "on"].contains(&word)
}
