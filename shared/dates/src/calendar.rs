//! From what was said of a day to the days that fit.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::wish::{Days, Named, is_ahead};

/// How far ahead a day without a year is looked for: 29 February comes after eight years at the latest.
const YEARS_AHEAD: i16 = 8;
/// "Any day but Tuesday" is one of so many days.
const ANY_DAYS: i32 = 14;

/// Which part of a week or a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    Begin,
    Middle,
    End,
}

/// One thing said of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    Weekday(Weekday),
    /// Of this week where it is still to come, else the coming one.
    ThisWeekday(Weekday),
    /// Of the n-th week from this one.
    WeekdayOf(Weekday, i32),
    /// So many coming ones on: "3 Fridays from now" is the third.
    NthComing(Weekday, i32),
    /// The n-th of a month.
    NthOfMonth(i8, Weekday, i8),
    /// The last of the n-th month from this one.
    LastOfMonth(Weekday, i32),
    Date(Date),
    DayOfMonth(i8),
    /// Of the n-th month from this one.
    DayOfMonthAhead(i8, i32),
    /// The n-th week from this one.
    Week(i32),
    WeekEdge(i32, Edge),
    /// So many weeks from today.
    InWeeks(i32),
    Weekend(i32),
    Month(i8),
    MonthAhead(i32),
    MonthEdge(i32, Edge),
    /// One of so many days from tomorrow on.
    NextDays(i8),
    /// From one date to another.
    Between(Date, Date),
    /// Monday to Friday.
    WorkingDays,
    AnyDay,
    Not(Weekday),
}

/// The days that fit everything that was said; `None` where none does.
pub(crate) fn days(said: &[Said], today: Date) -> Option<Days> {
    let excluded: Vec<Weekday> =
        said.iter().filter_map(|one| if let Said::Not(day) = one { Some(*day) } else { None }).collect();
    let wanted: Vec<Said> = said.iter().copied().filter(|one| !matches!(one, Said::Not(_))).collect();
    let mut days = match wanted.as_slice() {
        [] if excluded.is_empty() => return None,
        [] => any(today),
        [one] => alone(*one, today)?,
        several => together(several, today)?,
    };
    if !excluded.is_empty() {
        days.dates.retain(|date| !excluded.contains(&date.weekday()));
        days.named = Named::Any;
    }
    days.dates.retain(|date| is_ahead(*date, today));
    days.dates.sort_unstable();
    days.dates.dedup();
    (!days.dates.is_empty()).then_some(days)
}

fn any(today: Date) -> Days {
    Days { dates: span(today, 1, ANY_DAYS), named: Named::Any, conflict: false }
}

fn alone(said: Said, today: Date) -> Option<Days> {
    let monday = monday(today);
    let one = |date: Date, named| Some(Days { dates: vec![date], named, conflict: false });
    let several = |dates| Some(Days { dates, named: Named::Span, conflict: false });
    match said {
        Said::Weekday(day) => one(coming(today, day)?, Named::Weekday),
        Said::ThisWeekday(day) => {
            let this = in_week(monday, day, 0)?;
            one(if this >= today { this } else { coming(today, day)? }, Named::Date)
        }
        Said::WeekdayOf(day, week) => one(in_week(monday, day, week)?, Named::Date),
        Said::NthComing(day, count) => one(plus(coming(today, day)?, 7 * (count - 1))?, Named::Date),
        Said::NthOfMonth(nth, day, month) => {
            let found = (0..=1).filter_map(|ahead| {
                let first = Date::new(today.year() + ahead, month, 1).ok()?;
                first.nth_weekday_of_month(nth, day).ok()
            });
            one(found.into_iter().find(|date| *date >= today)?, Named::Date)
        }
        Said::LastOfMonth(day, ahead) => one(month(today, ahead)?.nth_weekday_of_month(-1, day).ok()?, Named::Date),
        Said::Date(date) => one(date, Named::Date),
        Said::DayOfMonth(day) => one(day_of_month(today, day)?, Named::Date),
        Said::DayOfMonthAhead(day, ahead) => {
            let first = month(today, ahead)?;
            one(Date::new(first.year(), first.month(), day).ok()?, Named::Date)
        }
        Said::Week(week) => several(span(monday, 7 * week, 7)),
        Said::WeekEdge(week, edge) => {
            let (from, count) = match edge {
                Edge::Begin => (0, 2),
                Edge::Middle => (2, 2),
                Edge::End => (3, 4),
            };
            several(span(monday, 7 * week + from, count))
        }
        Said::InWeeks(weeks) => one(plus(today, 7 * weeks)?, Named::Date),
        Said::Weekend(week) => several(span(monday, 7 * week + 5, 2)),
        Said::Month(number) => {
            let year = if number < today.month() { today.year() + 1 } else { today.year() };
            several(whole_month(Date::new(year, number, 1).ok()?))
        }
        Said::MonthAhead(ahead) => several(whole_month(month(today, ahead)?)),
        Said::MonthEdge(ahead, edge) => {
            let days = whole_month(month(today, ahead)?);
            let end = days.len();
            let (from, to) = match edge {
                Edge::Begin => (0, 7),
                Edge::Middle => (10, 20),
                Edge::End => (end.saturating_sub(7), end),
            };
            several(days.get(from..to)?.to_vec())
        }
        Said::NextDays(count) => several(span(today, 1, count.into())),
        Said::Between(from, to) => {
            let days = from.until(to).ok()?.get_days();
            several(span(from, 0, days.clamp(0, 30) + 1))
        }
        Said::WorkingDays => {
            let days = span(today, 1, ANY_DAYS);
            let works = |date: &Date| !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
            Some(Days { dates: days.into_iter().filter(works).collect(), named: Named::Any, conflict: false })
        }
        Said::AnyDay | Said::Not(_) => Some(any(today)),
    }
}

/// Several things said of one day, or several days.
fn together(said: &[Said], today: Date) -> Option<Days> {
    let weekdays: Vec<Weekday> = said
        .iter()
        .filter_map(|one| match one {
            Said::Weekday(day) | Said::ThisWeekday(day) => Some(*day),
            _ => None,
        })
        .collect();
    let others: Vec<Said> =
        said.iter().copied().filter(|one| !matches!(one, Said::Weekday(_) | Said::ThisWeekday(_))).collect();
    if let ([day], [other]) = (weekdays.as_slice(), others.as_slice()) {
        return weekday_and(*day, *other, today);
    }
    if let (false, [other]) = (weekdays.is_empty(), others.as_slice())
        && let Some(within) = alone(*other, today).filter(|days| days.named == Named::Span)
    {
        let dates: Vec<Date> = within.dates.into_iter().filter(|date| weekdays.contains(&date.weekday())).collect();
        return (!dates.is_empty()).then_some(Days { dates, named: Named::Date, conflict: false });
    }
    // One or the other.
    let all: Vec<Days> = said.iter().filter_map(|one| alone(*one, today)).collect();
    let named = all.iter().map(|days| days.named).max_by_key(|named| u8::from(*named == Named::Date))?;
    Some(Days { dates: all.into_iter().flat_map(|days| days.dates).collect(), named, conflict: false })
}

/// "Monday the 15th", "Tuesday next week", "Monday two weeks from now".
fn weekday_and(day: Weekday, other: Said, today: Date) -> Option<Days> {
    let one = |date, conflict| Some(Days { dates: vec![date], named: Named::Date, conflict });
    match other {
        Said::DayOfMonth(number) => {
            let months = (0..=12).filter_map(|ahead| {
                let first = month(today, ahead)?;
                Date::new(first.year(), first.month(), number).ok()
            });
            let ahead: Vec<Date> = months.filter(|date| *date >= today).collect();
            match ahead.iter().find(|date| date.weekday() == day) {
                Some(date) => one(*date, false),
                None => one(*ahead.first()?, true),
            }
        }
        Said::InWeeks(weeks) => one(in_week(monday(today), day, weeks)?, false),
        other => {
            let within = alone(other, today)?;
            let fitting: Vec<Date> = within.dates.iter().copied().filter(|date| date.weekday() == day).collect();
            match (fitting.is_empty(), within.named) {
                (false, _) => {
                    // Of a month, the coming one.
                    let dates = if matches!(other, Said::Month(_) | Said::MonthAhead(_)) {
                        fitting
                    } else {
                        fitting.into_iter().take(1).collect()
                    };
                    Some(Days { dates, named: Named::Date, conflict: false })
                }
                (true, Named::Date) => Some(Days { conflict: true, ..within }),
                _ => None,
            }
        }
    }
}

/// The next such date, `today` included.
pub(crate) fn next_date(today: Date, month: i8, day: i8) -> Option<Date> {
    let date = |ahead| Date::new(today.year() + ahead, month, day).ok();
    (0..=YEARS_AHEAD).filter_map(date).find(|date| *date >= today)
}

/// The n-th weekday of a month, and so many days after, next time.
pub(crate) fn moving(today: Date, nth: i8, month: i8, day: Weekday, after: i8) -> Option<Date> {
    let found = (0..=1).filter_map(|ahead| {
        let first = Date::new(today.year() + ahead, month, 1).ok()?;
        plus(first.nth_weekday_of_month(nth, day).ok()?, i32::from(after))
    });
    found.into_iter().find(|date| *date >= today)
}

pub(crate) fn plus(date: Date, days: i32) -> Option<Date> {
    date.checked_add(days.days()).ok()
}

fn coming(today: Date, day: Weekday) -> Option<Date> {
    today.nth_weekday(1, day).ok()
}

fn monday(today: Date) -> Date {
    plus(today, -i32::from(today.weekday().to_monday_zero_offset())).unwrap_or(today)
}

fn in_week(monday: Date, day: Weekday, week: i32) -> Option<Date> {
    plus(monday, 7 * week + i32::from(day.to_monday_zero_offset()))
}

fn span(from: Date, skip: i32, count: i32) -> Vec<Date> {
    (skip..skip + count).filter_map(|ahead| plus(from, ahead)).collect()
}

fn month(today: Date, ahead: i32) -> Option<Date> {
    today.first_of_month().checked_add(ahead.months()).ok()
}

fn whole_month(first: Date) -> Vec<Date> {
    span(first, 0, i32::from(first.days_in_month()))
}

fn day_of_month(today: Date, day: i8) -> Option<Date> {
    (0..=12).find_map(|ahead| {
        let first = month(today, ahead)?;
        Date::new(first.year(), first.month(), day).ok().filter(|date| *date >= today)
    })
}
