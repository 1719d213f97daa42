//! From what was said of a day to the days that fit.

use jiff::ToSpan as _;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::wish::{Day, Named};

/// How far ahead a day without a year is looked for: 29 February comes after eight years at the latest.
const YEARS_AHEAD: i16 = 8;
/// How far ahead a day may be wished for.
const HORIZON_DAYS: i32 = 400;
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
}

/// The days that fit everything that was said; `None` where none does.
pub(crate) fn days(said: &[Said], today: Date) -> Option<Day> {
    let except = excluded(said);
    let mut wanted: Vec<Said> = said.iter().copied().filter(|one| !matches!(one, Said::Not(_))).collect();
    if wanted.iter().any(|one| *one != Said::AnyDay) {
        // "Any day in the next month" is any of that month.
        wanted.retain(|one| *one != Said::AnyDay);
    }
    let mut day = match wanted.as_slice() {
        [] if except.is_empty() => return None,
        [] => any(today),
        [one] => alone(*one, today)?,
        several => together(several, today)?,
    };
    day.dates.retain(|date| is_ahead(*date, today) && !except.contains(&date.weekday()));
    day.dates.sort_unstable();
    day.dates.dedup();
    (!day.dates.is_empty()).then_some(day)
}

/// One day or another, with "or" between them; `None` where there is none.
pub(crate) fn choice(said: &[Said], today: Date) -> Option<Day> {
    let single = said.iter().filter(|one| !matches!(one, Said::Period(_) | Said::PartOf(..) | Said::Not(_)));
    let weeks: Vec<i32> =
        said.iter().filter_map(|one| if let Said::WeekdayOf(_, week) = one { Some(*week) } else { None }).collect();
    if single.count() < said.len() {
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

/// The weekdays that do not fit.
pub(crate) fn excluded(said: &[Said]) -> Vec<Weekday> {
    said.iter().filter_map(|one| if let Said::Not(day) = one { Some(*day) } else { None }).collect()
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
            days.dates.retain(|date| !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday));
            Some(days)
        }
        Said::AnyDay | Said::Not(_) => Some(any(today)),
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

/// The next such date, `today` included.
pub(crate) fn next_date(today: Date, month: i8, day: i8) -> Option<Date> {
    let date = |ahead| Date::new(today.year() + ahead, month, day).ok();
    (0..=YEARS_AHEAD).filter_map(date).find(|date| *date >= today)
}

/// The first date of this year or the next that is not over, of one that comes every year.
pub(crate) fn next_time(today: Date, of_year: impl Fn(i16) -> Option<Date>) -> Option<Date> {
    (0..=1).filter_map(|ahead| of_year(today.year().checked_add(ahead)?)).find(|date| *date >= today)
}

/// The n-th weekday of a month, the last where `nth` is -1, and so many days after.
pub(crate) fn nth_weekday(year: i16, nth: i8, month: i8, day: Weekday, after: i8) -> Option<Date> {
    let first = Date::new(year, month, 1).ok()?;
    plus(first.nth_weekday_of_month(nth, day).ok()?, i32::from(after))
}

/// Easter Sunday, by the rule of Meeus, Jones and Butcher.
pub(crate) fn easter(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let (golden, century, rest) = (year_number % 19, year_number / 100, year_number % 100);
    let moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    let days = moon + sunday - 7 * late + 114;
    Date::new(year, i8::try_from(days / 31).ok()?, i8::try_from(days % 31 + 1).ok()?).ok()
}

/// The Monday of a week of the year, next time.
pub(crate) fn next_week_of_year(today: Date, week: i8) -> Option<Date> {
    let first = next_time(today, |year| plus(ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date(), 6))?;
    plus(first, -6)
}

/// So many working days after a date, or before it where `count` is negative: from Monday to Friday, whatever the feasts.
pub(crate) fn working_days(date: Date, count: i32) -> Option<Date> {
    let is_work = |date: &Date| !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    let step = count.signum().days();
    let mut after = date.series(step).skip(1).filter(is_work);
    match usize::try_from(count.abs()).ok()? {
        0 => Some(date),
        nth => after.nth(nth - 1),
    }
}

pub(crate) fn plus(date: Date, days: i32) -> Option<Date> {
    date.checked_add(days.days()).ok()
}

/// Whether a date is not before today and not too far ahead.
pub(crate) fn is_ahead(date: Date, today: Date) -> bool {
    date >= today && plus(today, HORIZON_DAYS).is_none_or(|end| date <= end)
}

/// The next such weekday after today.
pub(crate) fn coming(today: Date, day: Weekday) -> Option<Date> {
    today.nth_weekday(1, day).ok()
}

fn monday(today: Date) -> Date {
    plus(today, -i32::from(today.weekday().to_monday_zero_offset())).unwrap_or(today)
}

/// That weekday of the n-th week from this one.
pub(crate) fn in_week(today: Date, day: Weekday, week: i32) -> Option<Date> {
    plus(monday(today), 7 * week + i32::from(day.to_monday_zero_offset()))
}

fn span(from: Date, skip: i32, count: i32) -> Vec<Date> {
    (skip..skip.saturating_add(count)).filter_map(|ahead| plus(from, ahead)).collect()
}

/// The first day of the n-th month from this one.
pub(crate) fn month(today: Date, ahead: i32) -> Option<Date> {
    today.first_of_month().checked_add(ahead.months()).ok()
}

/// That day of the month of a date.
pub(crate) fn month_of(date: Date, day: i8) -> Option<Date> {
    Date::new(date.year(), date.month(), day).ok()
}

fn day_of_month(today: Date, day: i8) -> Option<Date> {
    (0..=12).find_map(|ahead| month_of(month(today, ahead)?, day).filter(|date| *date >= today))
}
