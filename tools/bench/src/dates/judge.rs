//! Whether an expression was read as it is meant.
//!
//! - Days: all that were read are among those meant. Of days one of which is wanted, at least half are the same; those that
//!   are over do not count. Where an hour was said without a day, the day is today or tomorrow.
//! - Hours: the same to the minute; an hour whose half of the day is open is right if either half is. The ends of a span may
//!   differ by an hour, since corpora disagree on whether its last hour is in it. A part of the day is right if half of the shorter
//!   of the two spans is in the other: where an evening begins is a matter of taste. An hour that stands for a part of the day
//!   ("at lunch": 12:00) is right if it is in it, and the last minute of a day ("the end of Friday": 23:59) if it is after noon.
//!   Days counted from now ("in 7 days") are right without an hour where the hour that it is now is annotated.

use dates::{Clock, Part, Time, Wish};
use jiff::civil::{Date, DateTime};

use super::line::{Hour, Line, Meant};

const DAY: i32 = 24 * 60;
/// By how many minutes the ends of a span may differ.
const SLACK: i32 = 60;

pub(super) fn is_right(read: Option<&Wish>, meant: &[Meant], line: &Line) -> bool {
    let read = read.filter(|wish| wish.day.is_some() || wish.time.is_some());
    let Some(wish) = read else { return meant.is_empty() };
    let has_figures = line.text.contains(|c: char| c.is_ascii_digit());
    meant.iter().any(|meant| {
        let is_counted = wish.day.is_some() && wish.time.is_none() && is_the_hour_of(meant.hour.as_ref(), line.now);
        let hour_fits = is_counted || hour_fits(wish.time, meant.hour.as_ref(), has_figures);
        hour_fits && days_fit(wish, meant, line.now.date())
    })
}

fn days_fit(wish: &Wish, meant: &Meant, today: Date) -> bool {
    let read: &[Date] = wish.day.as_ref().map(|day| day.dates.as_slice()).unwrap_or_default();
    match (read, meant.days.as_slice()) {
        (_, []) => true,
        ([], days) => days.iter().all(|day| *day == today || today.tomorrow().is_ok_and(|next| *day == next)),
        (read, days) if meant.is_choice => {
            let ahead: Vec<&Date> = days.iter().filter(|day| **day >= today).collect();
            let shared = read.iter().filter(|day| ahead.contains(day)).count();
            shared > 0 && shared * 2 >= read.len().max(ahead.len())
        }
        (read, days) => read.iter().all(|day| days.contains(day)),
    }
}

fn hour_fits(read: Option<Time>, meant: Option<&Hour>, has_figures: bool) -> bool {
    let (Some(read), Some(meant)) = (read, meant) else { return read.is_none() && meant.is_none() };
    let start = |time: &jiff::civil::Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
    // Midnight, as an end, is that of the day's end.
    let end = |time: &jiff::civil::Time| if start(time) == 0 { DAY } else { start(time) };
    match (read, meant) {
        (Time::At(clock), Hour::At(times)) => times.iter().any(|time| is(clock, start(time), 0)),
        (Time::Part(part), Hour::At(times)) => {
            let (from, to) = window(part);
            let is_late = |minute: i32| minute == DAY - 1 && from >= DAY / 2;
            let is_in = |minute: i32| (from..to).contains(&minute) || is_late(minute);
            !has_figures && times.iter().any(|time| is_in(start(time)))
        }
        (Time::Between(from, to), Hour::Between(times, until)) => {
            times.iter().any(|time| is(from, start(time), SLACK)) && is(to, end(until), SLACK)
        }
        (Time::From(clock), Hour::Between(times, _)) => times.iter().any(|time| is(clock, start(time), 0)),
        (Time::Part(part), Hour::Between(times, until)) => {
            times.iter().any(|time| is_half_shared((start(time), end(until)), window(part)))
        }
        (Time::From(clock), Hour::From(time)) | (Time::Until(clock), Hour::Until(time)) => is(clock, start(time), 0),
        _ => false,
    }
}

/// Whether the hour at which it was said is meant.
fn is_the_hour_of(hour: Option<&Hour>, now: DateTime) -> bool {
    matches!(hour, Some(Hour::At(times)) if times.iter().any(|time| time.hour() == now.hour() && time.minute() == 0))
}

/// Whether a clock shows a minute of the day, in either half where that is open.
fn is(clock: Clock, minute: i32, slack: i32) -> bool {
    let halves = if clock.either { vec![0, DAY / 2] } else { vec![0] };
    halves.iter().any(|half| {
        let apart = (minute - i32::from(clock.minute) - half).rem_euclid(DAY);
        apart.min(DAY - apart) <= slack
    })
}

fn window(part: Part) -> (i32, i32) {
    let (from, to) = part.window();
    (i32::from(from), i32::from(to))
}

/// Whether half of the shorter span is in the other. One that ends before it begins is of two days.
fn is_half_shared((from, to): (i32, i32), (begin, until): (i32, i32)) -> bool {
    let to = if to <= from { to + DAY } else { to };
    let shared = to.min(until) - from.max(begin);
    shared * 2 >= (to - from).min(until - begin)
}
