//! Days by their names and by counting: `Thursday`, `next Thursday`, `tomorrow`, `in two weeks`, `any day but Tuesday`.

use jiff::civil::{Date, Weekday};

use super::week::feast;
use super::{Parser, Piece};
use crate::calendar::{Period, Said, coming, days, easter, in_week, next_time, nth_weekday, plus};
use crate::lexicon::Atom;
use crate::wish::Time;

impl Parser<'_> {
    /// What is said of a day at `at`: the longest. It is asked often, and read once.
    pub(super) fn day(&self, at: usize) -> Option<(usize, Piece)> {
        if self.says_nothing(at) {
            return None;
        }
        if let Some(Some(known)) = self.days.borrow().get(at) {
            return *known;
        }
        let found = self.day_anew(at);
        if let Some(place) = self.days.borrow_mut().get_mut(at) {
            *place = Some(found);
        }
        found
    }

    fn day_anew(&self, at: usize) -> Option<(usize, Piece)> {
        let found = [
            self.not_a_day(at),
            self.not_this_but_next(at),
            self.in_figures(at).or_else(|| self.in_spaced_figures(at)).map(|(length, date)| (length, Said::Date(date))),
            self.of_month(at),
            self.day_before_or(at),
            self.day_after_or(at),
            self.or_the_next(at),
            self.dates_between(at),
            self.periods_between(at),
            self.ends_between(at),
            self.days_of_named_month(at),
            self.weekdays_between(at),
            self.weekday(at),
            self.relative(at),
            self.stay(at),
            self.counted(at),
            self.beside(at),
            self.period(at),
            self.part_of_year(at),
            self.nth_of_year(at),
            self.first_or_last_of_month(at),
            self.nearest(at),
            self.week_of(at),
            self.day_of_month(at),
            self.after_weekday(at),
            self.coming_days(at),
            self.within_the_week(at),
            self.bounded_day(at),
        ];
        let days = found.into_iter().flatten().map(|(length, said)| (length, Piece::Day(said)));
        let with_part = [
            self.nth_of_month(at),
            self.counted_range(at),
            self.edge_of_day(at),
            self.part_after(at),
            self.bounded_moment(at),
        ]
        .into_iter()
        .flatten();
        let found = self.first_of_two(at).into_iter().chain(days).chain(with_part);
        let best = found.reduce(|best, other| if other.0 > best.0 { other } else { best });
        best.or_else(|| self.joined(at))
    }

    /// `any day`, `not on Monday`, `but Tuesday`, `not the 14th`.
    fn not_a_day(&self, at: usize) -> Option<(usize, Said)> {
        if let Some(length) = self.is(at, Atom::AnyDay) {
            return Some((length, Said::AnyDay));
        }
        let length = self.negation(at)?;
        let start = self.past(self.past(at + length, &[Atom::At, Atom::Link]), &[Atom::Link]);
        if let Some(more) = self.is(start, Atom::Weekend) {
            return Some((start + more - at, Said::WorkingDays));
        }
        if let Some((more, day)) = self.weekday_name(start) {
            return Some((start + more - at, Said::Not(day)));
        }
        let (end, date) = self.base(start)?;
        // "I have not today received it", "instead of the 30 I asked for".
        let is_sum = self.is_figures(start) && end == start + 1 && self.word(end).is_some();
        if date == self.today.now.date() || is_sum {
            return None;
        }
        Some((end - at, Said::NotDate(date)))
    }

    /// `Thursday`, `next Thursday`, `Thursday next week`, `lunes que viene`.
    pub(super) fn weekday(&self, at: usize) -> Option<(usize, Said)> {
        let which = |atom| {
            matches!(atom, Atom::Next | Atom::Following | Atom::This | Atom::Coming | Atom::AfterNext).then_some(atom)
        };
        let before = self.find(at, which).filter(|_| !self.is_after_next(at));
        let start = at + before.map_or(0, |(length, _)| length);
        let start = if before.is_some() { self.past(start, &[Atom::Link]) } else { start };
        let (length, day) = self.weekday_name(start)?;
        let end = start + length;
        if let Some((_, word)) = before {
            return Some((end - at, self.placed(day, word)));
        }
        // Behind it: "Friday after next", "mardi prochain"; with a week, "Tuesday of next week".
        let mut next = end;
        for _ in 0..2 {
            next = self.past(next, &[Atom::Link, Atom::Of]);
        }
        if let Some((more, Said::Period(Period::Week(week)))) = self.period(next) {
            return Some((next + more - at, Said::WeekdayOf(day, week)));
        }
        // "El jueves de la otra semana".
        let other_week = (end + 1..=next).find_map(|start| Some(start + self.is(start, Atom::MoveDays(7))?));
        if let Some(end) = other_week {
            return Some((end - at, Said::WeekdayOf(day, 1)));
        }
        if let Some((more, word)) = self.find(end, which) {
            let noun = self.past(end + more, &[Atom::Link]);
            // "Lunes próximas 3 semanas" is of no Monday, and "segunda que vem às 9" is.
            let is_counted = self.number(noun).is_some_and(|(length, _)| self.counts(noun + length));
            let is_noun = |atom| {
                let is_part = word == Atom::This && matches!(atom, Atom::Part(_));
                let is_unit = matches!(atom, Atom::Weeks | Atom::Months | Atom::Weekend | Atom::Weekday(_));
                (is_part || is_unit).then_some(())
            };
            // "Mardi d'après-midi" is of no other week.
            let is_part = self.find(end, |atom| matches!(atom, Atom::Part(_) | Atom::PartBehind(_)).then_some(()));
            if self.find(noun, is_noun).is_none() && !is_counted && is_part.is_none() {
                return Some((end + more - at, self.placed(day, word)));
            }
        }
        // "Friday in two weeks", "mardi en huit".
        if let Some((more, Said::InWeeks(weeks))) = self.counted(end) {
            // "Friday in two weeks" is counted from the coming one, "Friday two weeks from now" from today.
            let said = if self.is(end, Atom::In).is_some() {
                self.weeks_after(day, weeks)?
            } else {
                Said::WeekdayOf(day, weeks)
            };
            return Some((end + more - at, said));
        }
        // "Lundi en 8" is that of the week after.
        if let Some(more) = self.is(end, Atom::CountsWeeks)
            && let Some((figures, weeks)) = self.number(end + more).and_then(|(figures, number)| match number.value {
                8 => Some((figures, 1)),
                15 => Some((figures, 2)),
                _ => None,
            })
        {
            return Some((end + more + figures - at, self.weeks_after(day, weeks)?));
        }
        if let Some((more, weeks)) = self.weeks_on(end) {
            return Some((end + more - at, self.weeks_after(day, weeks)?));
        }
        Some((end - at, Said::Weekday(day)))
    }

    fn weeks_after(&self, day: Weekday, weeks: i32) -> Option<Said> {
        let today = self.today.now.date();
        let first = if today.weekday() == day { today } else { coming(today, day)? };
        Some(Said::Date(plus(first, 7 * weeks)?))
    }

    pub(super) fn placed(&self, day: Weekday, word: Atom) -> Said {
        let today = self.today.now.date();
        match word {
            Atom::Next if !self.lexicon.next_is_coming => Said::WeekdayOf(day, 1),
            Atom::Following => Said::WeekdayOf(day, 1),
            Atom::Coming | Atom::Next => Said::Weekday(day),
            Atom::AfterNext => {
                // The next but one.
                let second = coming(today, day).and_then(|date| plus(date, 7));
                second.map_or(Said::Weekday(day), Said::Date)
            }
            _ => {
                let this = in_week(today, day, 0).filter(|date| *date >= today);
                this.map_or(Said::Weekday(day), Said::Date)
            }
        }
    }

    /// `today`, `the day after tomorrow`, `mañana en ocho`, a feast with a year or without one.
    pub(super) fn relative(&self, at: usize) -> Option<(usize, Said)> {
        let today = self.today.now.date();
        let is_clause = |length: usize| {
            let stands = |at: usize| self.word(at).is_none() && !self.is_figures(at);
            at.checked_sub(1).is_none_or(stands) && stands(at + length)
        };
        let alone = self.find(at, |atom| if let Atom::DayAlone(ahead) = atom { Some(i32::from(ahead)) } else { None });
        let ahead = self.find(at, |atom| if let Atom::Day(ahead) = atom { Some(i32::from(ahead)) } else { None });
        let ahead = ahead.or(alone.filter(|(length, _)| is_clause(*length)));
        // "No próximo dia útil" is no next day.
        let works = |end: usize| (at..end).any(|at| self.is(at, Atom::WorkingDays).is_some_and(|more| at + more > end));
        let ahead = ahead.filter(|(length, _)| !works(at + length));
        if let Some((length, ahead)) = ahead {
            // "Tomorrow week", and not "today week 50 begins".
            let ends = |end: usize| self.ends_time(end) && !self.is_figures(end);
            let weeks = self.weeks_on(at + length).filter(|(more, _)| *more > 1 || ends(at + length + more));
            let (more, weeks) = weeks.unwrap_or_default();
            return Some((length + more, Said::Date(plus(today, ahead + 7 * weeks)?)));
        }
        if let Some(found) = self.counted_feast(at) {
            return Some(found);
        }
        // "Next Easter" is the coming one.
        let which = self.is_any(at, &[Atom::Next, Atom::Coming, Atom::Following, Atom::This]).unwrap_or_default();
        let (length, feast) = self.find(at + which, feast)?;
        let length = which + length;
        let of_year = |year: i16| match feast {
            Atom::Feast(month, day) => Date::new(year, month, day).ok(),
            Atom::MovingFeast(nth, month, day, after) => nth_weekday(year, nth, month, day, after),
            Atom::EasterFeast(after) => plus(easter(year)?, after.into()),
            _ => None,
        };
        let (more, date) = match (self.year(at + length), self.length_ahead(at + length)) {
            (Some((more, year)), _) => (more, of_year(year)?),
            // "Thanksgiving in 9 months": the one nearest to then.
            (None, Some((more, then))) => {
                let years = (then.year() - 1..=then.year() + 1).filter_map(of_year);
                (more, years.filter(|date| *date >= today).min_by_key(|date| (*date - then).get_days().abs())?)
            }
            (None, None) => (0, next_time(today, of_year)?),
        };
        Some((length + more, Said::Date(date)))
    }

    /// `2. Weihnachtstag`, `dritter Advent`, `first Sunday of Advent`.
    fn counted_feast(&self, at: usize) -> Option<(usize, Said)> {
        let (length, nth) = self.nth(at).filter(|(_, nth)| (1..=4).contains(nth))?;
        let ahead = i32::from(nth) - 1;
        let (more, feast) =
            self.find(at + length, |atom| matches!(atom, Atom::FeastDay(..) | Atom::AdventSunday).then_some(atom))?;
        let of_year = |year: i16| match feast {
            Atom::FeastDay(month, day) => plus(Date::new(year, month, day).ok()?, ahead),
            // The fourth is the last Sunday before Christmas.
            _ => plus(Date::new(year, 12, 25).ok()?.nth_weekday(-1, Weekday::Sunday).ok()?, 7 * (ahead - 3)),
        };
        let date = next_time(self.today.now.date(), of_year)?;
        Some((length + more, Said::Date(date)))
    }

    /// `week` after a day, `en huit`, `in acht Tagen`: so many weeks after the coming one.
    fn weeks_on(&self, at: usize) -> Option<(usize, i32)> {
        let in_days = || {
            let opened = self.is(at, Atom::In)?;
            let (length, number) = self.number(at + opened)?;
            let days = self.is(at + opened + length, Atom::Days)?;
            // Eight and fifteen days are one and two weeks, with the first day in them.
            let weeks = match number.value {
                7 | 8 => 1,
                14 | 15 => 2,
                _ => return None,
            };
            Some((opened + length + days, weeks))
        };
        let found = self.find(at, |atom| if let Atom::WeeksOn(weeks) = atom { Some(weeks.into()) } else { None });
        found.or_else(in_days)
    }

    /// The one day that is named at `at`, and where it ends.
    pub(super) fn base(&self, at: usize) -> Option<(usize, Date)> {
        let named = |at| {
            let date = self.of_month(at).or_else(|| self.named_in_figures(at));
            date.or_else(|| self.relative(at)).or_else(|| self.weekday(at))
        };
        let (length, said) = named(at).or_else(|| self.day_of_month(at))?;
        let day = days(&[said], self.today.now.date())?;
        day.dates.first().map(|date| (at + length, *date)).filter(|_| day.dates.len() == 1)
    }

    /// `Dienstagabend`: a day and a part of it in one word.
    fn joined(&self, at: usize) -> Option<(usize, Piece)> {
        let word = self.word(at).filter(|_| self.lexicon.joins_words)?;
        self.lexicon.beginnings(word).find_map(|(atom, rest)| {
            let Atom::Weekday(day) = atom else { return None };
            let part = |atom| if let Atom::Part(part) = atom { Some(part) } else { None };
            let part = self.lexicon.meanings(rest).find_map(part)?;
            Some((1, Piece::Both(Said::Weekday(day), Time::Part(part))))
        })
    }
}
