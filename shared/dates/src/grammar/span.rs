//! Hours in their phrases: `at 5`, `between 3 and 5`, `not before ten`, `in two hours`, `tonight`.

use super::{Parser, Piece};
use crate::LastQuestion;
use crate::calendar::{Said, plus};
use crate::lexicon::Atom;
use crate::resolve::minutes;
use crate::wish::{Clock, HALF, Part, Time};

impl Parser<'_> {
    /// The hour, span of hours or part of a day at `at`: the longest.
    pub(super) fn time(&self, at: usize) -> Option<(usize, Piece)> {
        let time = |(length, time): (usize, Time)| (length, Piece::Time(time));
        let clock = || {
            let (length, clock, is_sure) = self.clock(at, false)?;
            Some((length, if is_sure { Piece::Time(Time::At(clock)) } else { Piece::PerhapsHour(clock) }))
        };
        let found = [
            self.hours_between(at).map(time),
            self.hours_around_day(at),
            self.part(at),
            self.hours_from_now(at),
            self.bounded_hour(at).map(time),
            self.at_hour(at),
            self.in_hours(at),
            self.coming_hours(at),
            clock(),
            self.not_then(at),
        ];
        found.into_iter().flatten().reduce(|best, other| if other.0 > best.0 { other } else { best })
    }

    /// `not in the morning` leaves the rest of the day; `not at 5` says nothing of when, and neither does `not 5` as an answer to that.
    fn not_then(&self, at: usize) -> Option<(usize, Piece)> {
        let length = self.negation(at)?;
        let mut start = at + length;
        // "Not tomorrow", "not this week"; weekdays are taken out by themselves.
        let other_day =
            |at: usize| self.day(at).filter(|(_, piece)| !matches!(piece, Piece::Day(Said::Weekday(_) | Said::Not(_))));
        for _ in 0..3 {
            if let Some((more, _)) = other_day(start) {
                return Some((start + more - at, Piece::Unfit));
            }
            if self.at_hour(start).is_some() || self.part(start).is_some() {
                break;
            }
            start = self.past(start, &[Atom::Link]);
        }
        // "No 3" may be three.
        let is_no = length == 1 && self.word(at).is_some_and(|word| ["no", "nao", "nee"].contains(&word));
        let bare = || {
            let (more, clock, is_sure) = self.clock(start, false).filter(|_| !is_no)?;
            let is_hour = is_sure || self.today.asked == LastQuestion::When && self.ends_time(start + more);
            is_hour.then_some((more, Piece::Time(Time::At(clock))))
        };
        let (more, piece) = self.at_hour(start).or_else(|| self.part(start)).or_else(bare)?;
        let rest = match piece {
            Piece::Time(Time::Part(Part::Morning)) => Piece::Time(Time::From(Clock::sure(HALF))),
            Piece::Time(Time::Part(Part::Afternoon)) => Piece::Time(Time::Part(Part::Morning)),
            Piece::Time(Time::Part(Part::Evening | Part::Night)) => Piece::Time(Time::Until(Clock::sure(17 * 60))),
            _ => Piece::Unfit,
        };
        Some((start + more - at, rest))
    }

    /// `between 3 and 5`, `from 9 to 11`, `9-11`, `9 to 11`.
    pub(super) fn hours_between(&self, at: usize) -> Option<(usize, Time)> {
        let opened = self.is_any(at, &[Atom::Between, Atom::From, Atom::Opens]);
        let start = self.past(self.past(at + opened.unwrap_or_default(), &[Atom::About]), &[Atom::Link, Atom::At]);
        let (length, from, first_sure) = self.clock(start, opened.is_some())?;
        // "2ish to 4ish".
        let gap = self.past(start + length, &[Atom::About]);
        let dash = self.is_dash(gap);
        let joined = match (opened, dash) {
            (_, true) => 1,
            (Some(_), false) if self.tokens.get(gap).is_some_and(|token| token.is_mark(&['&'])) => 1,
            (Some(_), false) => self.is_any(gap, &[Atom::And, Atom::To])?,
            // "Le 2 à 5h" is a day and an hour.
            (None, false) => self.is(gap, Atom::To)?,
        };
        let next = self.past(self.past(gap + joined, &[Atom::Link, Atom::At]), &[Atom::Link, Atom::At]);
        let (more, to, second_sure) = self.clock(next, opened.is_some() || first_sure)?;
        let ish = usize::from(gap > start + length) * self.is(next + more, Atom::About).unwrap_or_default();
        let end = next + more + ish;
        let is_day = || {
            self.preceded_by(start, &[Atom::OnDay])
                || self.may_be_day(start)
                || (self.is(gap, Atom::At).is_some() && !second_sure && from.either)
        };
        if opened.is_none() && !dash && !first_sure && is_day() {
            return None;
        }
        // "El 3-12".
        if dash && !first_sure && self.lexicon.day_comes_first && self.in_figures(start).is_some() {
            return None;
        }
        // "De dos a cuatro personas".
        if self.is(at, Atom::Opens).is_some() && !first_sure && !second_sure && !self.ends_time(end) {
            return None;
        }
        let is_bare = opened.is_none() && !first_sure && !second_sure;
        // "6-8" is a span of hours beside a day or alone, "15 to 16" beside a day, and "4-6 people" is none.
        let is_late = from.minute < to.minute && !self.may_be_day(start) && !(start == 0 && end == self.tokens.len());
        let is_other = |clock: Clock| !clock.either && clock.minute != HALF && !is_late;
        let digits_beside = |at: Option<usize>| {
            at.is_some_and(|at| self.is_figures(at) || self.is_glued(at, &['-', '/', '.']) && self.is_figures(at + 1))
        };
        let beside = digits_beside(start.checked_sub(1)) || digits_beside(Some(end));
        if is_bare && (is_other(from) || is_other(to) || beside || !self.ends_time(end) || !self.is_beside_day(at, end))
        {
            return None;
        }
        Some((end - at, Time::Between(beginning(from, to), to)))
    }

    /// Whether a number may be the day of a weekday or month before it: "vendredi 13", "décembre 15".
    fn may_be_day(&self, at: usize) -> bool {
        let is_month = || at.checked_sub(1).is_some_and(|before| self.month_name(before).is_some());
        self.lexicon.number_after_weekday_is_day && (self.weekday_before(at).is_some() || is_month())
    }

    /// `between 2 tomorrow and 4`: the day stands behind the first hour.
    fn hours_around_day(&self, at: usize) -> Option<(usize, Piece)> {
        let opened = self.is_any(at, &[Atom::Between, Atom::From, Atom::Opens])?;
        let start = self.past(self.past(at + opened, &[Atom::About]), &[Atom::Link, Atom::At]);
        let (length, from, _) = self.clock(start, true)?;
        let day = self.past(start + length, &[Atom::Link, Atom::Of]);
        let (more, Piece::Day(said)) = self.day(day)? else { return None };
        let gap = day + more;
        let joined = self.is_any(gap, &[Atom::And, Atom::To])?;
        let next = self.past(self.past(gap + joined, &[Atom::Link, Atom::At]), &[Atom::Link, Atom::At]);
        let (last, to, is_sure) = self.clock(next, true)?;
        let end = next + last;
        // "From 4 pm today to 5 pm tomorrow" is over days.
        let is_over_days = self.day(self.past(end, &[Atom::Of, Atom::Link])).is_some();
        let ends = (is_sure || self.ends_time(end)) && !is_over_days;
        ends.then_some((end - at, Piece::Both(said, Time::Between(beginning(from, to), to))))
    }

    /// Whether a day, a part of one or nothing at all is beside what stands from `from` to `to`.
    fn is_beside_day(&self, from: usize, to: usize) -> bool {
        let next = self.past(self.past(to, &[Atom::Link]), &[Atom::Link]);
        let before = (from.saturating_sub(4)..from).any(|start| {
            let end = self.day(start).or_else(|| self.part(start)).map_or(0, |(length, _)| start + length);
            end > 0 && end <= from && self.after_links(end) >= from
        });
        before || self.day(next).is_some() || (from == 0 && to == self.tokens.len())
    }

    /// `not before 10`, `after 3`, `until noon`.
    pub(super) fn bounded_hour(&self, at: usize) -> Option<(usize, Time)> {
        let (length, is_from) = self.find(at, |atom| match atom {
            Atom::From | Atom::After | Atom::StartingOn => Some(true),
            Atom::Before | Atom::Until => Some(false),
            _ => None,
        })?;
        // "Not before", and "but not before".
        let denies = |before: usize| self.is(before, Atom::Not).is_some_and(|length| before + length == at);
        // "Impossible before 5", "I can't before 5".
        let negated = (at.saturating_sub(2)..at).any(denies) || self.preceded_by(at, &[Atom::Unfit]);
        let start = self.past(self.past(at + length, &[Atom::Link, Atom::At, Atom::About]), &[Atom::Link]);
        let (more, clock, is_sure) = self.clock(start, true)?;
        let end = start + more;
        let goes_on = self.is(end, Atom::To).is_some_and(|length| self.is_figures(end + length));
        if !is_sure && (!self.ends_time(end) || goes_on) {
            return None;
        }
        Some((end - at, if is_from == negated { Time::Until(clock) } else { Time::From(clock) }))
    }

    /// `between now and 5`, `d'ici midi`, with no day beside it: today, from now to then.
    fn hours_from_now(&self, at: usize) -> Option<(usize, Piece)> {
        let opened = self.is(at, Atom::FromNowTo).filter(|_| !self.is_day_before(at))?;
        let start = self.past(self.past(at + opened, &[Atom::Link, Atom::At, Atom::About]), &[Atom::Link]);
        let (more, clock, is_sure) = self.clock(start, true).filter(|_| self.of_month(start).is_none())?;
        let end = start + more;
        let has_day = self.day(self.past(end, &[Atom::Link, Atom::Of])).is_some();
        let now = minutes(self.today.now.time());
        let halves = if clock.either { 2 } else { 1 };
        let to = [clock.minute, clock.minute + HALF].into_iter().take(halves).find(|minute| *minute > now)?;
        let time = Time::Between(Clock::sure(now), Clock::sure(to));
        let said = Said::Date(self.today.now.date());
        (!has_day && (is_sure || self.ends_time(end))).then_some((end - at, Piece::Both(said, time)))
    }

    /// `at 5`, `around 2:45`, `for 3`.
    pub(super) fn at_hour(&self, at: usize) -> Option<(usize, Piece)> {
        let (length, (is_weak, is_about)) = self.find(at, |atom| match atom {
            Atom::At => Some((false, false)),
            // "How about 5?"
            Atom::About => Some((false, !self.is_covered(at))),
            Atom::AtPerhaps => Some((true, false)),
            _ => None,
        })?;
        let start = self.past(self.past(at + length, &[Atom::Link, Atom::At, Atom::About]), &[Atom::Link]);
        // "Para el día 21" is no hour.
        let is_day = is_weak && self.day(start).is_some();
        if is_day || (at + length..=start).any(|at| self.is(at, Atom::DayWord).is_some()) {
            return None;
        }
        // "A 13 de julho".
        if self.of_month(start).is_some() {
            return None;
        }
        let (more, clock, is_sure) = self.clock(start, true)?;
        let end = start + more;
        // "About 1030" is an hour, and "about 1500" may be anything.
        let is_quarter = clock.minute % 60 != 0 && clock.minute % 15 == 0;
        let is_large = self.number(start).is_some_and(|(_, number)| number.figures > 2) && !is_quarter;
        let is_spelled = !self.is_figures(start);
        let is_one = is_about && self.number(start).is_some_and(|(_, number)| number.figures == 0 && number.value == 1);
        if !is_sure && (is_one || is_spelled && !self.ends_time(end) || is_large && (is_weak || is_about)) {
            return None;
        }
        if is_about
            && !is_sure
            && self.word(end).is_some()
            && self.day(end).is_none()
            && self.part(end).is_none()
            && self.is_any(end, &[Atom::Link, Atom::Or, Atom::OnDay]).is_none()
        {
            return None;
        }
        // "At 12 houses", "about 5 people", "for 2": a number that counts something, or may.
        let ends = self.ends_time(end);
        let is_noun = self.word(end).is_some_and(|word| word.ends_with('s') || is_weak || is_about);
        if !is_sure && (self.counts(end) || (!ends && is_noun)) {
            return None;
        }
        Some((
            end - at,
            match (is_about, is_sure || !is_weak) {
                (true, _) => Piece::About(Some(clock)),
                (false, true) => Piece::Time(Time::At(clock)),
                (false, false) => Piece::PerhapsHour(clock),
            },
        ))
    }

    /// A date or a day of the month ends right before `at`.
    fn is_date_before(&self, at: usize) -> bool {
        (at.saturating_sub(4)..at).any(|start| {
            let date = self.of_month(start).or_else(|| self.day_of_month(start));
            date.is_some_and(|(length, _)| start + length == at)
        })
    }

    /// `the rest of the day`: from now on.
    fn rest_of_today(&self, at: usize) -> Option<(usize, Piece)> {
        let rest = self.is(at, Atom::RestOf)?;
        let start = self.past(at + rest, &[Atom::This]);
        let today_at = |at: usize| self.is_any(at, &[Atom::Days, Atom::Day(0)]).map(|length| at + length);
        let end = today_at(start).or_else(|| today_at(self.past(start, &[Atom::Link])))?;
        let now = self.today.now;
        let from = Time::From(Clock::sure(minutes(now.time())));
        Some((end - at, Piece::Both(Said::Date(now.date()), from)))
    }

    /// A part of the day; with "this", of today.
    pub(super) fn part(&self, at: usize) -> Option<(usize, Piece)> {
        // "Friday, 2 nights" is no evening.
        if at.checked_sub(1).is_some_and(|before| self.counts_nights(before, at)) {
            return None;
        }
        let edge = self.edge_of_todays_part(at);
        edge.or_else(|| {
            self.find(at, |atom| match atom {
                Atom::Part(part) | Atom::PartBehind(part) => Some(Piece::Time(Time::Part(part))),
                Atom::TodaysPart(part) => Some(Piece::OfToday(Time::Part(part))),
                Atom::AfterDinner => Some(Piece::Time(Time::From(Clock::sure(20 * 60)))),
                Atom::Daytime => Some(Piece::Time(Time::Between(Clock::sure(8 * 60), Clock::sure(18 * 60)))),
                Atom::BeforeWork => Some(Piece::Time(Time::Until(Clock::sure(9 * 60)))),
                // "Monday am", "Feb 5 AM".
                Atom::Am
                    if self.is_day_before(at) && (self.word(at) == Some("am") || self.word(at + 1) == Some("m")) =>
                {
                    Some(Piece::Time(Time::Part(Part::Morning)))
                }
                Atom::Am if self.is_half_apart(at) && self.is_date_before(at) => {
                    Some(Piece::Time(Time::Part(Part::Morning)))
                }
                _ => None,
            })
        })
        .or_else(|| self.edge_of_part(at))
        .or_else(|| self.rest_of_today(at))
        .or_else(|| self.todays_part(at))
        .or_else(|| {
            // "Next morning".
            let next = self.is(at, Atom::Next)?;
            let (length, part) =
                self.find(at + next, |atom| if let Atom::Part(part) = atom { Some(part) } else { None })?;
            Some((next + length, Piece::Both(Said::Date(plus(self.today.now.date(), 1)?), Time::Part(part))))
        })
    }
}

/// Where a span of hours begins, by its end: "3 to 5 pm" is of the afternoon.
fn beginning(from: Clock, to: Clock) -> Clock {
    match (from.either, to.either) {
        (true, false) if to.minute > HALF && from.minute + HALF < to.minute => Clock::sure(from.minute + HALF),
        (true, false) if from.minute < to.minute => Clock::sure(from.minute),
        _ => from,
    }
}
