//! Legal holidays of the states that forbid advertising by text message on them.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// A day of the year.
enum Day {
    /// The same date each year; when it falls on a Saturday the Friday before is free too, on a Sunday the Monday
    /// after.
    Fixed(i8, i8),
    /// The so-manieth weekday of a month; -1 is the last.
    Nth(i8, i8, Weekday),
    /// So many days after Easter Sunday.
    Easter(i32),
}

/// Those of the federation (5 USC 6103), which all these states keep.
static FEDERAL: [Day; 11] = [
    Day::Fixed(1, 1),
    Day::Nth(1, 3, Weekday::Monday),
    Day::Nth(2, 3, Weekday::Monday),
    Day::Nth(5, -1, Weekday::Monday),
    Day::Fixed(6, 19),
    Day::Fixed(7, 4),
    Day::Nth(9, 1, Weekday::Monday),
    Day::Nth(10, 2, Weekday::Monday),
    Day::Fixed(11, 11),
    Day::Nth(11, 4, Weekday::Thursday),
    Day::Fixed(12, 25),
];

/// Their own, beside those.
fn own(state: &str) -> &'static [Day] {
    match state {
        // Code of Alabama 1-3-8: Mardi Gras, Confederate Memorial Day, Jefferson Davis' birthday.
        "AL" => &[Day::Easter(-47), Day::Nth(4, 4, Weekday::Monday), Day::Nth(6, 1, Weekday::Monday)],
        // Louisiana Revised Statutes 1:55: Battle of New Orleans, Robert E. Lee Day, Mardi Gras, Good Friday, All
        // Saints' Day.
        "LA" => &[Day::Fixed(1, 8), Day::Fixed(1, 19), Day::Easter(-47), Day::Easter(-2), Day::Fixed(11, 1)],
        // Mississippi Code 3-3-7: Confederate Memorial Day.
        "MS" => &[Day::Nth(4, -1, Weekday::Monday)],
        // Rhode Island General Laws 25-1-1: Rhode Island Independence Day, Victory Day.
        "RI" => &[Day::Fixed(5, 4), Day::Nth(8, 2, Weekday::Monday)],
        // Utah Code 63G-1-301: Pioneer Day.
        "UT" => &[Day::Fixed(7, 24)],
        _ => &[],
    }
}

/// Whether `date` is a holiday in `state`.
pub(super) fn is_holiday(state: &str, date: Date) -> bool {
    FEDERAL.iter().chain(own(state)).any(|day| day.falls_on(date))
}

impl Day {
    fn falls_on(&self, date: Date) -> bool {
        match *self {
            Self::Fixed(month, day) => {
                let is = |date: Option<Date>| date.is_some_and(|date| (date.month(), date.day()) == (month, day));
                let observed = match date.weekday() {
                    Weekday::Monday => is(date.yesterday().ok()),
                    Weekday::Friday => is(date.tomorrow().ok()),
                    _ => false,
                };
                is(Some(date)) || observed
            }
            Self::Nth(month, nth, weekday) => {
                date.month() == month && date.nth_weekday_of_month(nth, weekday).is_ok_and(|day| day == date)
            }
            Self::Easter(days) => {
                easter(date.year()).and_then(|easter| easter.checked_add(days.days()).ok()) == Some(date)
            }
        }
    }
}

/// Easter Sunday by the Gregorian calendar (Meeus, Jones and Butcher's method).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let day = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(day / 31).ok()?, i8::try_from(day % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn easter_is_when_the_church_says() {
        for easter_sunday in [
            date(2000, 4, 23),
            date(2008, 3, 23),
            date(2024, 3, 31),
            date(2026, 4, 5),
            date(2027, 3, 28),
            date(2038, 4, 25),
        ] {
            assert_eq!(easter(easter_sunday.year()), Some(easter_sunday));
        }
    }

    #[test]
    fn holidays_fall_on_their_days() {
        for (state, day, free) in [
            ("AL", date(2026, 11, 26), true),
            ("AL", date(2026, 11, 27), false),
            ("AL", date(2026, 7, 3), true),
            ("AL", date(2027, 7, 5), true),
            ("AL", date(2026, 7, 6), false),
            ("AL", date(2026, 2, 17), true),
            ("UT", date(2026, 2, 17), false),
            ("UT", date(2026, 7, 24), true),
            ("LA", date(2026, 4, 3), true),
            ("RI", date(2026, 8, 10), true),
            ("MS", date(2026, 4, 27), true),
            ("MS", date(2026, 5, 25), true),
            ("MS", date(2026, 1, 19), true),
        ] {
            assert_eq!(is_holiday(state, day), free, "{state} {day}");
        }
    }
}
