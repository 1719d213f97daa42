//! The values of times: `DATE`, `DATE-TIME`, `DURATION`, `PERIOD` and `UTC-OFFSET` (RFC 5545, 3.3).

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// A date or a time as it is written, before anybody asks for its zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    Day(Date),
    Local(DateTime),
    Utc(Timestamp),
}

impl Moment {
    /// The date in the text, whatever its zone.
    pub(crate) fn written_date(self) -> Date {
        match self {
            Self::Day(date) => date,
            Self::Local(at) => at.date(),
            Self::Utc(at) => Offset::UTC.to_datetime(at).date(),
        }
    }
}

/// How long something takes. Days are days of the calendar, the rest is time that passes (RFC 5545, 3.3.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Length {
    pub(crate) days: i32,
    pub(crate) time: SignedDuration,
}

impl Length {
    pub(crate) const NONE: Self = Self { days: 0, time: SignedDuration::ZERO };
    pub(crate) const DAY: Self = Self { days: 1, time: SignedDuration::ZERO };

    pub(crate) fn time(time: SignedDuration) -> Self {
        Self { days: 0, time }
    }
}

/// `20260301`, `20260301T090000` or `20260301T090000Z`. A second of 60 is the 59th: no clock here shows it.
pub(crate) fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    let (text, utc) = text.strip_suffix(['Z', 'z']).map_or((text, false), |text| (text, true));
    let Some((date, time)) = text.split_once(['T', 't']) else {
        // Google once wrote `20131210Z` for the dates of birthdays.
        return Some(Moment::Day(date(text)?));
    };
    let at = self::date(date)?.to_datetime(self::time(time)?);
    if utc { Offset::UTC.to_timestamp(at).ok().map(Moment::Utc) } else { Some(Moment::Local(at)) }
}

fn date(text: &str) -> Option<Date> {
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    if day.len() != 2 {
        return None;
    }
    Date::new(digits(year)?, digits(month)?, digits(day)?).ok()
}

fn time(text: &str) -> Option<Time> {
    let (hour, rest) = text.split_at_checked(2)?;
    let (minute, second) = rest.split_at_checked(2)?;
    if second.len() != 2 {
        return None;
    }
    Time::new(digits(hour)?, digits(minute)?, digits::<i8>(second)?.min(59), 0).ok()
}

/// A number of nothing but digits: `parse` alone takes a sign.
fn digits<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// `P1DT2H`, `PT90M`, `P2W`. Weeks after the `T` and units in another order are taken too: what they mean is clear.
pub(crate) fn length(text: &str) -> Option<Length> {
    let text = text.trim();
    let (text, sign) = match text.strip_prefix('-') {
        Some(text) => (text, -1),
        None => (text.strip_prefix('+').unwrap_or(text), 1),
    };
    let (mut days, mut seconds, mut rest) = (0, 0, text.strip_prefix('P')?);
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            rest = after;
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        // Up to 999,999 of anything, so that no sum overflows.
        let number: i32 = rest.get(..end).filter(|number| number.len() <= 6)?.parse().ok()?;
        let unit = rest.get(end..end + 1)?;
        match unit {
            "W" => days += number * 7,
            "D" => days += number,
            "H" => seconds += i64::from(number) * 3600,
            "M" => seconds += i64::from(number) * 60,
            "S" => seconds += i64::from(number),
            _ => return None,
        }
        if days > 1_000_000 {
            return None;
        }
        rest = rest.get(end + 1..)?;
    }
    Some(Length { days: sign * days, time: SignedDuration::from_secs(i64::from(sign) * seconds) })
}

/// `+0100`, `-0330` or `+013045`.
pub(crate) fn offset(text: &str) -> Option<Offset> {
    let text = text.trim();
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (hours, rest) = rest.split_at_checked(2)?;
    let (minutes, seconds) = rest.split_at_checked(2)?;
    let seconds = if seconds.is_empty() { 0 } else { digits::<i32>(seconds)? };
    let total = digits::<i32>(hours)? * 3600 + digits::<i32>(minutes)? * 60 + seconds;
    Offset::from_seconds(sign * total).ok()
}

/// A local time so much later: days on the calendar; the time that passes is the caller's to add to the instant.
pub(crate) fn days_later(at: DateTime, days: i32) -> Option<DateTime> {
    at.checked_add(days.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_read_as_they_are_written() {
        assert_eq!(moment("20260301"), Some(Moment::Day(Date::constant(2026, 3, 1))));
        assert_eq!(moment("20260301T093015"), Some(Moment::Local(DateTime::constant(2026, 3, 1, 9, 30, 15, 0))));
        assert_eq!(moment("20260301T093015Z"), "2026-03-01T09:30:15Z".parse().ok().map(Moment::Utc));
        assert_eq!(moment("20161231T235960Z"), "2016-12-31T23:59:59Z".parse().ok().map(Moment::Utc));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in
            ["", "2026030", "20260230", "20260301T25", "20260301T0930", "+0260301", "20260301T", "März2026", "2026030é"]
        {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn lengths_keep_days_and_time_apart() {
        let length = |text| length(text).map(|length| (length.days, length.time.as_secs()));
        assert_eq!(length("P1DT2H3M4S"), Some((1, 7384)));
        assert_eq!(length("P2W"), Some((14, 0)));
        assert_eq!(length("-PT15M"), Some((0, -900)));
        for text in ["1D", "P1", "P1Y", "PT99999999H", "P999999999999999999W", "P1é"] {
            assert_eq!(length(text), None, "{text}");
        }
    }

    #[test]
    fn offsets_have_hours_minutes_and_perhaps_seconds() {
        assert_eq!(offset("-0330").map(Offset::seconds), Some(-12_600));
        assert_eq!(offset("+013045").map(Offset::seconds), Some(5445));
        assert_eq!(offset("-0000").map(Offset::seconds), Some(0));
        for text in ["", "+1", "+99", "+9900", "+01é0"] {
            assert_eq!(offset(text), None, "{text}");
        }
    }
}
