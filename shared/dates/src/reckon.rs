//! Reckoning with dates: weeks, months, feasts and working days.

use jiff::ToSpan as _;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// How far ahead a day without a year is looked for: 29 February comes after eight years at the latest.
const YEARS_AHEAD: i16 = 8;
/// How far ahead a day may be wished for.
const HORIZON_DAYS: i32 = 400;

pub(crate) fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
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
    let is_work = |date: &Date| !is_weekend(*date);
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

/// The Monday of the week.
pub(crate) fn monday(today: Date) -> Date {
    plus(today, -i32::from(today.weekday().to_monday_zero_offset())).unwrap_or(today)
}

/// That weekday of the n-th week from this one.
pub(crate) fn in_week(today: Date, day: Weekday, week: i32) -> Option<Date> {
    plus(monday(today), 7 * week + i32::from(day.to_monday_zero_offset()))
}

/// So many days from a date on, without the first `skip`.
pub(crate) fn span(from: Date, skip: i32, count: i32) -> Vec<Date> {
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

/// The next such day of a month, `today` included.
pub(crate) fn day_of_month(today: Date, day: i8) -> Option<Date> {
    (0..=12).find_map(|ahead| month_of(month(today, ahead)?, day).filter(|date| *date >= today))
}
