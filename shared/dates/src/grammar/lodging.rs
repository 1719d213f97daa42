//! The ends of a stay: `arriving on the 10th and leaving on the 12th`, `17 to 20`, `a week from the 10th`, `one night more`.

mod length;

use std::ops::Range;

use jiff::civil::{Date, Weekday};

use super::{Parser, Piece};
use crate::calendar::{Said, days};
use crate::lexicon::{Atom, ends_sentence};
use crate::reckon::{coming, day_of_month, month_of, plus};
use crate::stay::{Stay, StayBefore};
use crate::tokens::tidy;

/// What was spoken of is one week or weekend, and no month, where it has so many days at most.
const MAX_WEEK: usize = 10;
/// A number of nights is no larger.
const MAX_NIGHTS: i32 = 31;
/// An hour is no larger: `17 to 20` may be hours, and `22 to 27` are days.
const MAX_HOUR: i8 = 12;
/// How people are called who are counted, by how the words begin, in five languages.
const PEOPLE: [&str; 14] = [
    "pe", "adult", "guest", "kid", "child", "gast", "gaste", "erwachs", "kind", "invitad", "huesped", "hospede",
    "enfant", "nin",
];

/// Which end of a stay a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Arrival,
    Departure,
}

/// A day that is named.
#[derive(Debug, Clone, Copy)]
struct Named {
    said: Said,
    end: Option<End>,
    /// "From the 10th".
    is_from: bool,
    /// "Chegada a 10": an hour, unless the other end is told too.
    is_weak: bool,
    from: usize,
    to: usize,
}

/// The days of a stay from one to the other: `22 to 27`, `Friday to Sunday`.
#[derive(Debug, Clone, Copy)]
struct Both {
    first: Said,
    last: Said,
    from: usize,
    to: usize,
}

impl Parser<'_> {
    /// See [`crate::stay`].
    pub(crate) fn stay_said(&self, before: &StayBefore<'_>) -> Stay {
        let mut stay = Stay::default();
        let (mut named, mut both, mut around): (Vec<Named>, Option<Both>, Vec<Date>) = (Vec::new(), None, Vec::new());
        let (mut at, mut end) = (0, None);
        while let Some(token) = self.tokens.get(at) {
            if let Some((length, word)) = self.end_word(at) {
                match word {
                    End::Arrival => stay.says_arrival = true,
                    End::Departure => stay.says_departure = true,
                }
                // "On the 10th we arrive".
                let open =
                    named.last_mut().filter(|day: &&mut Named| day.end.is_none() && self.is_one_clause(day.to, at));
                match open.filter(|_| !self.has_day_ahead(at + length)) {
                    Some(day) => day.end = Some(word),
                    None => end = Some(word),
                }
                at += length;
            } else if let Some(length) = self.hours_of_arrival(at).filter(|_| end.is_some()) {
                at += length;
                end = None;
            } else if let Some(days) = self.day_to_day(at, end) {
                at = days.to;
                (both, end) = (Some(days), None);
            } else if let Some(day) = self.named_day(at, end) {
                at = day.to;
                end = None;
                match named.last_mut() {
                    // "Monday the 14th".
                    Some(last) if matches!(last.said, Said::Weekday(_)) && self.after_links(last.to) >= day.from => {
                        (last.said, last.to) = (day.said, day.to);
                        last.end = last.end.or(day.end);
                    }
                    _ => named.push(day),
                }
            } else if let Some(length) = self.nights_or_weeks(at) {
                // "A week from the 10th" is no day.
                at += length;
            } else if let Some((length, days)) = self.days_spoken_of(at) {
                around = days;
                at += length;
            } else {
                let is_point = self.is_point(at) && !token.spaced;
                if ends_sentence(token) && !is_point {
                    end = None;
                }
                at += 1;
            }
        }
        let length = self.length_of_stay(before, &named);
        stay.nights = length.as_ref().map(|(_, nights)| *nights);
        stay.more = self.nights_more();
        if stay.more.is_some() {
            stay.nights = None;
        }
        let spoken = |day: &Named| days(&[day.said], self.today.now.date()).map(|day| day.dates).unwrap_or_default();
        if around.is_empty() && both.is_some() {
            around = named.first().map(spoken).unwrap_or_default();
        }
        let around = if around.is_empty() { before.days } else { &around };
        if let Some(range) = both {
            (stay.arrival, stay.departure) = self.placed_ends(&range, around);
            stay.is_open = stay.arrival.is_none();
        } else {
            self.place_ends(&mut stay, &named, around, before);
        }
        let places = named.iter().map(|day| day.from..day.to).chain(both.map(|both| both.from..both.to));
        let places: Vec<Range<usize>> = places.chain(length.map(|(place, _)| place)).collect();
        let (from, to) = (places.iter().map(|place| place.start).min(), places.iter().map(|place| place.end).max());
        let words = from.zip(to).and_then(|(from, to)| self.text.get(self.bytes_from(from, to)?));
        stay.words = words.map(tidy).unwrap_or_default();
        stay.places = places.iter().filter_map(|place| self.bytes_from(place.start, place.end)).collect();
        stay
    }

    pub(super) fn bytes_from(&self, from: usize, to: usize) -> Option<Range<usize>> {
        Some(self.tokens.get(from)?.span.start..self.tokens.get(to.checked_sub(1)?)?.span.end)
    }

    /// `arriving`, `check out`, `reisen` … `ab`.
    pub(super) fn end_word(&self, at: usize) -> Option<(usize, End)> {
        let found = self.find(at, |atom| match atom {
            Atom::Arrives => Some(End::Arrival),
            Atom::Leaves => Some(End::Departure),
            _ => None,
        });
        // "À partir du 10" begins a time, and "this coming Friday" is one.
        let is_other = self.preceded_by(at, &[Atom::This]);
        let begins = (at.saturating_sub(2)..=at)
            .any(|start| self.is_any(start, &[Atom::From, Atom::StartingOn]).is_some_and(|length| start + length > at));
        if found.is_some() {
            return found.filter(|_| !is_other && !begins);
        }
        let end = match self.word(at).filter(|_| self.lexicon.joins_words)? {
            "an" => End::Arrival,
            "ab" => End::Departure,
            _ => return None,
        };
        let ends =
            self.tokens.get(at + 1).is_none_or(|token| token.word().is_none()) || self.is(at + 1, Atom::And).is_some();
        let travels = (at.saturating_sub(12)..at).any(|before| {
            self.is(before, Atom::Travels).is_some() || self.word(before).is_some_and(|word| word.starts_with("komm"))
        });
        (ends && travels && !self.is_figures(at + 1)).then_some((1, end))
    }

    /// Whether no comma, "and" or end of a sentence stands between.
    fn is_one_clause(&self, from: usize, to: usize) -> bool {
        let parts = |at: usize| {
            self.is(at, Atom::And).is_some()
                || self
                    .tokens
                    .get(at)
                    .is_some_and(|token| ends_sentence(token) || token.is_mark(&[',']) || token.begins_line)
        };
        !(from..to).any(parts)
    }

    /// Whether a day follows in the same clause: "room Friday leaving Sunday".
    fn has_day_ahead(&self, from: usize) -> bool {
        let ahead = (from..from + 6).find(|at| self.named_day(*at, None).is_some() || self.end_word(*at).is_some());
        ahead.is_some_and(|at| self.is_one_clause(from, at) && self.end_word(at).is_none())
    }

    /// One day, and which end of the stay it is.
    fn named_day(&self, at: usize, end: Option<End>) -> Option<Named> {
        let named = [
            self.of_month(at),
            self.named_in_figures(at),
            self.relative(at),
            self.weekday(at),
            self.day_of_month(at),
            self.after_weekday(at),
        ];
        let found = named.into_iter().flatten().reduce(|best, other| if other.0 > best.0 { other } else { best });
        let bare = || {
            let (length, day) = self.day_number(at).filter(|_| end.is_some() && self.is_figures(at))?;
            let stands = self.ends_time(at + length) && !self.counts(at + length) && !self.half_or_oclock(at + length);
            let goes_on = self.is_figures(at + length)
                || self.is_glued(at + length, &[':', '/', '.', '-']) && self.is_figures(at + length + 1);
            // "Arriving at 10" is an hour.
            let is_hour = self.preceded_by(at, &[Atom::At, Atom::About])
                && self.is_any(at.checked_sub(1)?, &[Atom::To]).is_none();
            // "We arrive between 17 and 19".
            let next = self
                .is_any(at + length, &[Atom::To, Atom::Until, Atom::And])
                .or(self.is_dash(at + length).then_some(1));
            let is_span = next.is_some_and(|next| self.is_figures(at + length + next))
                || self.preceded_by(at, &[Atom::To, Atom::And, Atom::Between]) && self.is_figures(at.checked_sub(2)?);
            (stands && !goes_on && !is_hour && !is_span).then_some((length, Said::DayOfMonth(day)))
        };
        // "Wir müssen am 20. abreisen".
        let before_end = || {
            let (length, day) =
                self.day_number(at).filter(|_| self.is_figures(at) && self.preceded_by(at, &[Atom::OnDay]))?;
            let next = at + length + usize::from(self.is_glued(at + length, &['.']));
            self.end_word(next).is_some().then_some((next - at, Said::DayOfMonth(day)))
        };
        let (length, said) = found.or_else(bare).or_else(before_end)?;
        if matches!(said, Said::Period(_) | Said::PartOf(..) | Said::Not(_) | Said::NotDate(_) | Said::InWeeks(_)) {
            return None;
        }
        let opener = (at.saturating_sub(3)..at).rev().find(|start| {
            let opens = [Atom::From, Atom::StartingOn, Atom::FromThen, Atom::To, Atom::Until];
            let length = self.is_any(*start, &opens).unwrap_or_default();
            length > 0
                && self.after_links(start + length) >= at
                && self.word(*start).is_some_and(|word| word.len() > 2 || word == "ab" || length > 1)
        });
        let is_until = opener.is_some_and(|at| {
            self.is_any(at, &[Atom::To, Atom::Until]).is_some()
                && self.is_any(at, &[Atom::From, Atom::StartingOn]).is_none()
                && self.word(at) != Some("auf")
        });
        let end = end.or(is_until.then_some(End::Departure));
        let is_weak = found.is_none() && self.preceded_by(at, &[Atom::At]);
        Some(Named { said, end, is_from: opener.is_some() && !is_until, is_weak, from: at, to: at + length })
    }

    fn nights_or_weeks(&self, at: usize) -> Option<usize> {
        let (length, _) = self.number(at)?;
        Some(length + self.is_any(at + length, &[Atom::Nights, Atom::Weeks])?)
    }

    /// A week, a weekend, a month: what days without one are of.
    fn days_spoken_of(&self, at: usize) -> Option<(usize, Vec<Date>)> {
        let (length, Piece::Day(said)) = self.day(at)? else { return None };
        if matches!(said, Said::Until(_) | Said::From(_)) || self.stay(at).is_some() {
            return None;
        }
        let dates = days(&[said], self.today.now.date())?.dates;
        (dates.len() > 1).then_some((length, dates))
    }

    /// `from the 24th to the 26th`, `22 a 27`, `Friday till Sunday`.
    fn day_to_day(&self, at: usize, end: Option<End>) -> Option<Both> {
        let read =
            [self.dates_between(at), self.days_of_named_month(at), self.weekdays_between(at), self.ends_between(at)];
        let read = read.into_iter().flatten().reduce(|best, other| if other.0 > best.0 { other } else { best });
        let numbers = self.numbers_between(at, end);
        let is_whole = |(length, _): (usize, Said)| numbers.is_none_or(|numbers| at + length > numbers.to);
        // "We arrive from 20 to 22" are hours.
        let has_name = |length| {
            (at..at + length).any(|at| self.month_name(at).is_some() || self.weekday_name(at).is_some())
                || (at..at + length).any(|at| self.ordinal(at).is_some() || self.is(at, Atom::DayWord).is_some())
        };
        let read = read.filter(|read| is_whole(*read) && (end.is_none() || has_name(read.0)));
        if let Some((length, Said::Between(from, to))) = read {
            let start = self.past(self.past(at, &[Atom::Between, Atom::From, Atom::Opens]), &[Atom::Link]);
            let has_week = (at..at + length).any(|at| self.is_any(at, &[Atom::Weeks, Atom::Months]).is_some());
            let weekday = self.weekday_name(start).filter(|_| !has_week && self.last_is_weekday(at + length));
            let dated = Both { first: Said::Date(from), last: Said::Date(to), from: at, to: at + length };
            return Some(match weekday {
                Some((_, day)) => Both { first: Said::Weekday(day), last: Said::Weekday(to.weekday()), ..dated },
                None => dated,
            });
        }
        numbers
    }

    /// Whether a weekday ends right before `end`, and no date.
    fn last_is_weekday(&self, end: usize) -> bool {
        let is_name = |atom| {
            let is_one = matches!(
                atom,
                Atom::Weekday(_) | Atom::WeekdayOrWord(_) | Atom::WeekdayShort(_) | Atom::WeekdayListed(_)
            );
            is_one.then_some(())
        };
        (end.saturating_sub(2)..end)
            .any(|start| self.find(start, is_name).is_some_and(|(length, ())| start + length == end))
    }

    /// Days of a month without its name: `17 to 20`, `the 12th to the 14th`, `monday 11 to thursday 14`.
    fn numbers_between(&self, at: usize, end: Option<End>) -> Option<Both> {
        let past_weekday = |at: usize| {
            let at = self.past(self.past(at, &[Atom::OnDay, Atom::Link]), &[Atom::DayWord, Atom::Link]);
            let next = self.weekday_name(at).map_or(at, |(length, _)| self.past_comma(at + length));
            (self.past(next, &[Atom::OnDay, Atom::Link]), next > at)
        };
        let opened = self.is_any(at, &[Atom::From, Atom::Between, Atom::Opens, Atom::StartingOn]);
        let (start, has_weekday) = past_weekday(at + opened.unwrap_or_default());
        let (length, first) = self.day_number(start)?;
        let point = |end: usize| {
            end + usize::from(self.is_glued(end, &['.']) && self.tokens.get(end + 1).is_none_or(|token| token.spaced))
        };
        let gap = point(start + length);
        let joins = if opened.is_some() { &[Atom::To, Atom::Until, Atom::And][..] } else { &[Atom::To, Atom::Until] };
        let joined = self.is_any(gap, joins).or(self.is_dash(gap).then_some(1))?;
        let (next, is_weekday_too) = past_weekday(gap + joined);
        let (more, last) = self.day_number(next)?;
        let to = point(next + more);
        let is_clock =
            |end: usize| self.half_or_oclock(end) || self.is_glued(end, &[':', '/', '%']) || self.counts(end);
        let is_counted = self.word(to).is_some_and(|word| PEOPLE.iter().any(|people| word.starts_with(people)));
        let digits_before =
            start.checked_sub(1).is_some_and(|before| self.is_figures(before) || self.is_glued(start, &['/', '.']));
        if is_clock(start + length)
            || is_clock(next + more)
            || is_counted
            || self.is(to, Atom::Nights).is_some()
            || digits_before
        {
            return None;
        }
        let is_day = |at: usize| self.ordinal(at).is_some() || self.preceded_by(at, &[Atom::OnDay, Atom::DayWord]);
        let is_dated = has_weekday && is_weekday_too || is_day(start) && is_day(next);
        // "We arrive between 17 and 20", "around 3 to 5", "9 to 11 then" are hours.
        let is_hours = end.is_some() || self.preceded_by(start, &[Atom::About]) || self.is(at, Atom::Between).is_some();
        let is_sure = is_dated || (!is_hours && first.max(last) > MAX_HOUR && (first < last || first > 24));
        (is_sure && first != last).then_some(Both {
            first: Said::DayOfMonth(first),
            last: Said::DayOfMonth(last),
            from: at,
            to,
        })
    }

    /// The dates of a span, as near as can be to the days that were spoken of. None where they leave open which week is meant.
    fn placed_ends(&self, both: &Both, around: &[Date]) -> (Option<Date>, Option<Date>) {
        let is_weekday = matches!(both.first, Said::Weekday(_));
        if is_weekday && around.len() > MAX_WEEK {
            return (None, None);
        }
        let first = self.first_day(both.first, around);
        let last = first.and_then(|first| last_day(both.last, first));
        if last.is_some() { (first, last) } else { (None, None) }
    }

    /// A day of arrival, as near as can be to the days that were spoken of.
    fn first_day(&self, said: Said, around: &[Date]) -> Option<Date> {
        let today = self.today.now.date();
        let near = |fits: &dyn Fn(Date) -> bool| {
            let begin = *around.first()?;
            let within = around.iter().copied().find(|date| fits(*date) && *date >= today);
            let nearby = (-31..=31).filter_map(|days| plus(begin, days)).filter(|date| fits(*date) && *date >= today);
            within.or_else(|| nearby.min_by_key(|date| (*date - begin).get_days().abs()))
        };
        match said {
            Said::Weekday(day) => near(&|date| date.weekday() == day).or_else(|| coming(today, day)),
            Said::DayOfMonth(day) => near(&|date| date.day() == day).or_else(|| day_of_month(today, day)),
            said => days(&[said], today)?.dates.first().copied().filter(|date| *date >= today),
        }
    }

    /// Which of the days that are named one by one are the ends of the stay.
    fn place_ends(&self, stay: &mut Stay, named: &[Named], around: &[Date], before: &StayBefore<'_>) {
        let of = |end: End| named.iter().rfind(|day| day.end == Some(end));
        let (arrival, departure) = (of(End::Arrival), of(End::Departure));
        let are_both = arrival.is_some() && departure.is_some();
        let is_sure = |day: &&Named| are_both || !day.is_weak;
        let loose = || named.iter().rfind(|day| day.end.is_none());
        // "From the 30th, two nights", and "a room for Friday, leaving on Sunday".
        let from = || {
            loose().filter(|day| {
                day.is_from && stay.nights.is_some() || departure.is_some_and(|other| other.from > day.from)
            })
        };
        let arrival = arrival.filter(is_sure).or_else(from);
        let said = |day: &Named| match (day.said, departure.map(|day| day.said)) {
            // "Entrada a 10 e saída a 12 de dezembro".
            (Said::DayOfMonth(number), Some(Said::Date(last))) => {
                month_of(last, number).filter(|date| *date < last).map_or(day.said, Said::Date)
            }
            _ => day.said,
        };
        let first = arrival.and_then(|day| self.first_day(said(day), around));
        stay.arrival = first;
        let begin = first.or_else(|| before.days.first().copied().filter(|_| before.days.len() <= 2));
        let last = departure.filter(is_sure).zip(begin).and_then(|(day, begin)| last_day(day.said, begin));
        stay.departure = last;
    }
}

/// The day of departure from a stay that begins on `first`.
fn last_day(said: Said, first: Date) -> Option<Date> {
    let after = |day: Weekday| coming(first, day);
    let date = match said {
        Said::Weekday(day) => after(day)?,
        Said::DayOfMonth(day) => day_of_month(first.tomorrow().ok()?, day)?,
        Said::Date(date) | Said::Near(date) => date,
        said => days(&[said], first)?.dates.first().copied()?,
    };
    (date > first && (date - first).get_days() <= MAX_NIGHTS).then_some(date)
}
