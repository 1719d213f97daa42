//! From what was said of a day to the days that fit.

use jiff::civil::{Date, Weekday};

pub(crate) use crate::reckon::{
    coming, easter, in_week, is_ahead, month, month_of, next_date, next_time, next_week_of_year, nth_weekday, plus,
    working_days,
};
use crate::reckon::{day_of_month, is_weekend, monday, span};
use crate::wish::{Choice, Day, Named, Time};

/// "From August to October" is one of so many days at most.
const MAX_SPAN_DAYS: i32 = 92;
/// "Any day but Tuesday" and "from Monday on" are one of so many days.
pub const OPEN_DAYS: i32 = 14;

/// Which part of a week or a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    Begin,
    Middle,
    End,
}

/// A period of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Period {
    /// The n-th week from this one.
    Week(i32),
    /// The n-th weekend from this one.
    Weekend(i32),
    /// The n-th month from this one.
    Month(i32),
}

/// One thing said of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    Weekday(Weekday),
    /// Of the n-th week from this one.
    WeekdayOf(Weekday, i32),
    Date(Date),
    /// Counted in days, weeks or months: a weekday said with it is the one nearest to it.
    Near(Date),
    DayOfMonth(i8),
    InWeeks(i32),
    Period(Period),
    PartOf(Period, Edge),
    /// One of so many days from tomorrow on.
    NextDays(i32),
    /// From one date to another.
    Between(Date, Date),
    /// That day or later.
    From(Date),
    /// From today to that day.
    Until(Date),
    WorkingDays,
    AnyDay,
    Not(Weekday),
    /// A date that does not fit.
    NotDate(Date),
}

impl Said {
    /// Whether it says of a day that it does not fit.
    pub(crate) fn refuses(self) -> bool {
        matches!(self, Self::Not(_) | Self::NotDate(_))
    }
}

/// The days that fit everything that was said; `None` where none does.
pub(crate) fn days(said: &[Said], today: Date) -> Option<Day> {
    let said = &paired(said, today)[..];
    let mut wanted: Vec<Said> = said.iter().copied().filter(|one| !one.refuses()).collect();
    if wanted.iter().any(|one| *one != Said::AnyDay) {
        // "Any day in the next month" is any of that month.
        wanted.retain(|one| *one != Said::AnyDay);
    }
    let mut day = match wanted.as_slice() {
        [] if said.is_empty() => return None,
        [] => any(today),
        [one] => alone(*one, today)?,
        several => together(several, today)?,
    };
    let is_refused = |date: Date| said.contains(&Said::Not(date.weekday())) || said.contains(&Said::NotDate(date));
    day.dates.retain(|date| is_ahead(*date, today) && !is_refused(*date));
    day.dates.sort_unstable();
    day.dates.dedup();
    (!day.dates.is_empty()).then_some(day)
}

/// One day or another, with "or" between them; `None` where there is none.
pub(crate) fn choice(said: &[Said], today: Date) -> Option<Day> {
    let said = &paired(said, today)[..];
    let single = said.iter().filter(|one| !matches!(one, Said::Period(_) | Said::PartOf(..)) && !one.refuses());
    let weeks: Vec<i32> =
        said.iter().filter_map(|one| if let Said::WeekdayOf(_, week) = one { Some(*week) } else { None }).collect();
    let are_parts = said.iter().all(|one| matches!(one, Said::PartOf(..)));
    if single.count() < said.len() && !are_parts {
        return days(said, today);
    }
    // "Next Monday or Tuesday" are of one week.
    let placed = |one: &Said| match (one, weeks.as_slice()) {
        (Said::Weekday(day), [week]) => Said::WeekdayOf(*day, *week),
        _ => *one,
    };
    let all: Vec<Day> = said.iter().filter_map(|one| alone(placed(one), today)).collect();
    let named = all.first()?.named;
    let named = if all.iter().all(|day| day.named == named) { named } else { Named::Date };
    let mut dates: Vec<Date> =
        all.into_iter().flat_map(|day| day.dates).filter(|date| is_ahead(*date, today)).collect();
    dates.sort_unstable();
    dates.dedup();
    (!dates.is_empty()).then_some(Day { dates, named, conflict: false })
}

/// "Monday the 7th or Tuesday the 8th" are two days: a weekday and its date behind it are one.
fn paired(said: &[Said], today: Date) -> Vec<Said> {
    let mut paired: Vec<Said> = Vec::with_capacity(said.len());
    for one in said {
        let date = match one {
            Said::Date(date) => Some(*date),
            Said::DayOfMonth(day) => day_of_month(today, *day),
            _ => None,
        };
        match (paired.last_mut(), date) {
            (Some(last), Some(date)) if *last == Said::Weekday(date.weekday()) => *last = Said::Date(date),
            _ => paired.push(*one),
        }
    }
    paired
}

/// The weekdays that do not fit.
pub(crate) fn excluded(said: &[Said]) -> Vec<Weekday> {
    said.iter().filter_map(|one| if let Said::Not(day) = one { Some(*day) } else { None }).collect()
}

/// The days that do not fit, by their date, or with the hour that was said of one.
pub(crate) fn refused(said: &[Said], time: Option<Time>, today: Date) -> Vec<Choice> {
    let date = |one: &Said| match one {
        Said::NotDate(date) => Some(*date),
        Said::Not(day) if time.is_some() => coming(today, *day),
        _ => None,
    };
    said.iter().filter_map(date).map(|date| Choice { date, time }).collect()
}

fn any(today: Date) -> Day {
    Day { dates: span(today, 1, OPEN_DAYS), named: Named::Any, conflict: false }
}

fn alone(said: Said, today: Date) -> Option<Day> {
    let one = |date: Date, named| Some(Day { dates: vec![date], named, conflict: false });
    let several = |dates, named| Some(Day { dates, named, conflict: false });
    match said {
        Said::Weekday(day) => one(coming(today, day)?, Named::Weekday),
        Said::WeekdayOf(day, week) => one(in_week(today, day, week)?, Named::Date),
        Said::Date(date) | Said::Near(date) => one(date, Named::Date),
        Said::DayOfMonth(day) => one(day_of_month(today, day)?, Named::DayOfMonth),
        Said::InWeeks(weeks) => one(plus(today, 7 * weeks)?, Named::Date),
        Said::Period(period) => several(days_of(period, today)?, named(period)),
        Said::PartOf(period, edge) => several(part_of(period, edge, today)?, named(period)),
        Said::NextDays(count) => several(span(today, 1, count), Named::Span),
        Said::Between(from, to) => {
            let days = (to - from).get_days();
            several(span(from, 0, days.clamp(0, MAX_SPAN_DAYS) + 1), Named::Span)
        }
        Said::From(date) => several(span(date, 0, OPEN_DAYS), Named::Span),
        Said::Until(date) => {
            let days = (date - today).get_days();
            several(span(today, 0, days.clamp(-1, MAX_SPAN_DAYS) + 1), Named::Span)
        }
        Said::WorkingDays => {
            let mut days = any(today);
            days.dates.retain(|date| !is_weekend(*date));
            Some(days)
        }
        Said::AnyDay | Said::Not(_) | Said::NotDate(_) => Some(any(today)),
    }
}

fn named(period: Period) -> Named {
    if matches!(period, Period::Month(_)) { Named::Month } else { Named::Span }
}

/// The days of a period.
pub(crate) fn days_of(period: Period, today: Date) -> Option<Vec<Date>> {
    let monday = monday(today);
    Some(match period {
        Period::Week(week) => span(monday, 7 * week, 7),
        Period::Weekend(week) => span(monday, 7 * week + 5, 2),
        Period::Month(ahead) => {
            let first = month(today, ahead)?;
            span(first, 0, i32::from(first.days_in_month()))
        }
    })
}

fn part_of(period: Period, edge: Edge, today: Date) -> Option<Vec<Date>> {
    let mut days = days_of(period, today)?;
    // The beginning of the week or of the month that is over is that of the next.
    if edge == Edge::Begin && period == Period::Week(0) && today.weekday().to_monday_zero_offset() > 1 {
        days = days_of(Period::Week(1), today)?;
    }
    if edge == Edge::Middle && period == Period::Week(0) && today.weekday().to_monday_zero_offset() > 3 {
        days = days_of(Period::Week(1), today)?;
    }
    if edge != Edge::End && period == Period::Month(0) && today.day() > 20 - if edge == Edge::Begin { 10 } else { 0 } {
        days = days_of(Period::Month(1), today)?;
    }
    let length = days.len();
    let (from, to) = match (length, edge) {
        (2, _) => (0, 2),
        (7, Edge::Begin) => (0, 2),
        (7, Edge::Middle) => (2, 4),
        (7, Edge::End) => (3, 7),
        (_, Edge::Begin) => (0, 10),
        (_, Edge::Middle) => (9, 20),
        (_, Edge::End) => (20, length),
    };
    days.get(from..to).map(<[Date]>::to_vec)
}

/// Several things said of one day, or several days.
fn together(said: &[Said], today: Date) -> Option<Day> {
    let mut weekdays: Vec<Weekday> = Vec::new();
    let mut others: Vec<Said> = Vec::new();
    for one in said {
        match one {
            Said::Weekday(day) => weekdays.push(*day),
            _ => others.push(*one),
        }
    }
    others.dedup();
    weekdays.dedup();
    match (weekdays.as_slice(), others.as_slice()) {
        ([day], [other]) => weekday_and(*day, *other, today),
        ([_, ..], [other]) => {
            let within = alone(*other, today)?;
            let dates: Vec<Date> = within.dates.into_iter().filter(|date| weekdays.contains(&date.weekday())).collect();
            (!dates.is_empty()).then_some(Day { dates, named: Named::Date, conflict: false })
        }
        ([], [one, two]) => both(*one, *two, today),
        _ => {
            // One or the other.
            let all: Vec<Day> = said.iter().filter_map(|one| alone(*one, today)).collect();
            let named = all.first().map(|first| first.named).filter(|named| all.iter().all(|day| day.named == *named));
            let dates = all.into_iter().flat_map(|day| day.dates).collect();
            Some(Day { dates, named: named.unwrap_or(Named::Date), conflict: false })
        }
    }
}

/// Two things that are no weekdays: "the 15th of next month", or one day or the other.
fn both(one: Said, two: Said, today: Date) -> Option<Day> {
    let (first, second) = (alone(one, today)?, alone(two, today)?);
    let of_week = match (one, two) {
        (Said::Period(week @ Period::Week(_)), Said::Between(..)) => Some((week, &second)),
        (Said::Between(..), Said::Period(week @ Period::Week(_))) => Some((week, &first)),
        _ => None,
    };
    if let Some((week, days)) = of_week {
        // "This week, from Tuesday to Thursday".
        let fits = |date: &Date| days.dates.iter().any(|day| day.weekday() == date.weekday());
        let dates = days_of(week, today)?.into_iter().filter(fits).collect();
        return Some(Day { dates, named: Named::Span, conflict: false });
    }
    // "This weekend, Friday to Sunday".
    let of_weekend = match (one, two) {
        (Said::Period(Period::Weekend(_)), Said::Between(..)) => Some((&first, &second)),
        (Said::Between(..), Said::Period(Period::Weekend(_))) => Some((&second, &first)),
        _ => None,
    };
    if let Some((weekend, days)) = of_weekend
        && weekend.dates.iter().any(|date| days.dates.contains(date))
    {
        return Some(days.clone());
    }
    // "Weekends in December", "weekday mornings in January".
    let of_month = |kind: Said, month: &Day| {
        let is_free = match kind {
            Said::Period(Period::Weekend(0)) => true,
            Said::WorkingDays => false,
            _ => return None,
        };
        let dates = month.dates.iter().copied().filter(|date| is_weekend(*date) == is_free).collect();
        (month.named == Named::Month).then_some(Day { dates, named: Named::Date, conflict: false })
    };
    if let Some(day) = of_month(one, &second).or_else(|| of_month(two, &first)) {
        return Some(day);
    }
    let number = |wide: &Day, narrow: &Day| {
        let wanted = narrow.dates.first()?.day();
        let date = wide.dates.iter().copied().find(|date| date.day() == wanted)?;
        (narrow.named == Named::DayOfMonth && matches!(wide.named, Named::Month | Named::Span)).then_some(date)
    };
    if let Some(date) = number(&first, &second).or_else(|| number(&second, &first)) {
        return Some(Day { dates: vec![date], named: Named::Date, conflict: false });
    }
    let named = if first.named == second.named { first.named } else { Named::Date };
    let shared: Vec<Date> = first.dates.iter().copied().filter(|date| second.dates.contains(date)).collect();
    if !shared.is_empty() {
        return Some(Day { dates: shared, named, conflict: false });
    }
    // "Next month, from the 4th to the 23rd".
    if let (Named::Month, Named::Span) | (Named::Span, Named::Month) = (first.named, second.named) {
        let (month, days) = if first.named == Named::Month { (&first, &second) } else { (&second, &first) };
        let fits = |date: &Date| days.dates.iter().any(|day| day.day() == date.day());
        return Some(Day {
            dates: month.dates.iter().copied().filter(fits).collect(),
            named: Named::Span,
            conflict: false,
        });
    }
    let dates = first.dates.into_iter().chain(second.dates).collect();
    Some(Day { dates, named, conflict: false })
}

/// "Monday the 15th", "Tuesday next week", "Monday two weeks from now".
fn weekday_and(day: Weekday, other: Said, today: Date) -> Option<Day> {
    let one = |date, conflict| Some(Day { dates: vec![date], named: Named::Date, conflict });
    match other {
        Said::DayOfMonth(number) => {
            let months = (0..=12).filter_map(|ahead| month_of(month(today, ahead)?, number));
            let ahead: Vec<Date> = months.filter(|date| *date >= today).collect();
            match ahead.iter().find(|date| date.weekday() == day) {
                Some(date) => one(*date, false),
                None => one(*ahead.first()?, true),
            }
        }
        Said::InWeeks(weeks) => one(in_week(today, day, weeks)?, false),
        // People miscount days, and know their weekday.
        Said::Near(date) => one(plus(date, -4)?.nth_weekday(1, day).ok()?.max(coming(today, day)?), false),
        other => {
            let mut within = alone(other, today)?;
            let mut fitting = within.dates.iter().copied().filter(|date| date.weekday() == day && *date >= today);
            if let Some(first) = fitting.next() {
                let rest = fitting.filter(|_| within.named == Named::Month);
                let dates = std::iter::once(first).chain(rest).collect();
                return Some(Day { dates, named: Named::Date, conflict: false });
            }
            if let [date] = within.dates.as_slice() {
                within.conflict = date.weekday() != day;
                return Some(within);
            }
            None
        }
    }
}
