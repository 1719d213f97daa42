//! A recurrence rule as it is written (`RRULE`, RFC 5545, 3.3.10).

use super::value::{self, Moment};
use jiff::civil::Weekday;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Frequency {
    Secondly,
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// What a rule says. Lists are empty where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) frequency: Frequency,
    pub(crate) interval: i32,
    pub(crate) count: Option<u32>,
    pub(crate) until: Option<Moment>,
    pub(crate) week_start: Weekday,
    pub(crate) months: Vec<i16>,
    pub(crate) weeks: Vec<i16>,
    pub(crate) year_days: Vec<i16>,
    pub(crate) month_days: Vec<i16>,
    /// Weekdays; with a number other than 0, only the so many-th of the month or year, from its end if negative.
    pub(crate) weekdays: Vec<(i16, Weekday)>,
    pub(crate) hours: Vec<i16>,
    pub(crate) minutes: Vec<i16>,
    pub(crate) seconds: Vec<i16>,
    pub(crate) positions: Vec<i16>,
}

impl Rule {
    fn of(frequency: Frequency) -> Self {
        Self {
            frequency,
            interval: 1,
            count: None,
            until: None,
            week_start: Weekday::Monday,
            months: Vec::new(),
            weeks: Vec::new(),
            year_days: Vec::new(),
            month_days: Vec::new(),
            weekdays: Vec::new(),
            hours: Vec::new(),
            minutes: Vec::new(),
            seconds: Vec::new(),
            positions: Vec::new(),
        }
    }
}

/// Reads a rule.
///
/// # Errors
/// What is wrong with it, in a few words: an unknown part, a number out of its range, a combination that the standard
/// forbids, another calendar than the Gregorian (RFC 7529).
pub(crate) fn read(text: &str) -> Result<Rule, &'static str> {
    let text = text.trim().trim_end_matches(';').to_ascii_uppercase();
    let parts: Vec<_> =
        text.split(';').map(|part| part.split_once('=').ok_or("a part has no value")).collect::<Result<_, _>>()?;
    let frequency = parts.iter().find(|(name, _)| *name == "FREQ").ok_or("there is no FREQ")?.1;
    let mut rule = Rule::of(self::frequency(frequency).ok_or("its FREQ is none")?);
    for (name, value) in parts {
        take(&mut rule, name, value)?;
    }
    check(&rule)?;
    Ok(rule)
}

fn take(rule: &mut Rule, name: &str, value: &str) -> Result<(), &'static str> {
    match name {
        "FREQ" => {}
        "INTERVAL" => rule.interval = value.parse().ok().filter(|n| *n > 0).ok_or("INTERVAL is not above 0")?,
        "COUNT" => rule.count = Some(value.parse().ok().filter(|n| *n > 0).ok_or("COUNT is not above 0")?),
        "UNTIL" => rule.until = Some(value::moment(value).ok_or("UNTIL is no date")?),
        "WKST" => rule.week_start = weekday(value).ok_or("WKST is no weekday")?,
        "BYMONTH" => rule.months = numbers(value, 1, 12).ok_or("BYMONTH is no month")?,
        "BYWEEKNO" => rule.weeks = signed(value, 53).ok_or("BYWEEKNO is no week")?,
        "BYYEARDAY" => rule.year_days = signed(value, 366).ok_or("BYYEARDAY is no day of a year")?,
        "BYMONTHDAY" => rule.month_days = signed(value, 31).ok_or("BYMONTHDAY is no day of a month")?,
        "BYDAY" => {
            rule.weekdays =
                value.split(',').map(numbered_weekday).collect::<Option<_>>().ok_or("BYDAY is no weekday")?;
        }
        "BYHOUR" => rule.hours = numbers(value, 0, 23).ok_or("BYHOUR is no hour")?,
        "BYMINUTE" => rule.minutes = numbers(value, 0, 59).ok_or("BYMINUTE is no minute")?,
        // A second of 60 is the 59th, as in a time.
        "BYSECOND" => {
            rule.seconds =
                numbers(value, 0, 60).ok_or("BYSECOND is no second")?.into_iter().map(|s| s.min(59)).collect();
        }
        "BYSETPOS" => rule.positions = signed(value, 366).ok_or("BYSETPOS is no position")?,
        "RSCALE" if value == "GREGORIAN" => {}
        "RSCALE" => return Err("it counts in a calendar other than the Gregorian"),
        "SKIP" if value == "OMIT" => {}
        "SKIP" => return Err("SKIP moves days that do not exist"),
        _ if name.starts_with("X-") => {}
        _ => return Err("a part is unknown"),
    }
    Ok(())
}

/// What the standard forbids to combine, because nobody could say what it means.
fn check(rule: &Rule) -> Result<(), &'static str> {
    use Frequency::{Daily, Monthly, Weekly, Yearly};
    let numbered = rule.weekdays.iter().any(|(nth, _)| *nth != 0);
    let by_other =
        [&rule.months, &rule.weeks, &rule.year_days, &rule.month_days, &rule.hours, &rule.minutes, &rule.seconds];
    match rule.frequency {
        frequency if numbered && frequency != Monthly && frequency != Yearly => {
            Err("a numbered weekday needs a month or year")
        }
        Yearly if numbered && !rule.weeks.is_empty() => Err("a numbered weekday in a numbered week"),
        Weekly if !rule.month_days.is_empty() => Err("BYMONTHDAY in a weekly rule"),
        Daily | Weekly | Monthly if !rule.year_days.is_empty() => Err("BYYEARDAY in a daily, weekly or monthly rule"),
        frequency if !rule.weeks.is_empty() && frequency != Yearly => Err("BYWEEKNO in a rule that is not yearly"),
        _ if !rule.positions.is_empty() && rule.weekdays.is_empty() && by_other.iter().all(|list| list.is_empty()) => {
            Err("BYSETPOS alone")
        }
        _ => Ok(()),
    }
}

fn frequency(text: &str) -> Option<Frequency> {
    Some(match text {
        "SECONDLY" => Frequency::Secondly,
        "MINUTELY" => Frequency::Minutely,
        "HOURLY" => Frequency::Hourly,
        "DAILY" => Frequency::Daily,
        "WEEKLY" => Frequency::Weekly,
        "MONTHLY" => Frequency::Monthly,
        "YEARLY" => Frequency::Yearly,
        _ => return None,
    })
}

fn weekday(text: &str) -> Option<Weekday> {
    Some(match text {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}

/// `MO`, `2TU` or `-1FR`.
fn numbered_weekday(text: &str) -> Option<(i16, Weekday)> {
    let text = text.trim();
    let (number, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let nth = if number.is_empty() { 0 } else { signed(number, 53)?.first().copied()? };
    Some((nth, weekday(day)?))
}

/// Numbers from `least` to `most`, in order and each once.
fn numbers(text: &str, least: i16, most: i16) -> Option<Vec<i16>> {
    let number = |part: &str| part.trim().parse().ok().filter(|number| (least..=most).contains(number));
    let mut numbers: Vec<i16> = text.split(',').map(number).collect::<Option<_>>()?;
    numbers.sort_unstable();
    numbers.dedup();
    Some(numbers)
}

/// Numbers from 1 to `most`, or from the end.
fn signed(text: &str, most: i16) -> Option<Vec<i16>> {
    numbers(text, -most, most).filter(|numbers| !numbers.contains(&0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_read_whatever_the_order_of_its_parts() {
        let rule = read("BYDAY=-1FR,mo;COUNT=3;BYMONTH=2,1,2;FREQ=MONTHLY;INTERVAL=2;WKST=SU;X-A=1;").unwrap();
        assert_eq!((rule.frequency, rule.interval, rule.count), (Frequency::Monthly, 2, Some(3)));
        assert_eq!(rule.weekdays, [(-1, Weekday::Friday), (0, Weekday::Monday)]);
        assert_eq!((rule.months.as_slice(), rule.week_start), ([1, 2].as_slice(), Weekday::Sunday));
    }

    #[test]
    fn what_the_standard_forbids_is_refused() {
        for text in [
            "",
            "FREQ",
            "COUNT=1",
            "FREQ=SOMETIMES",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;COUNT=0",
            "FREQ=DAILY;UNTIL=soon",
            "FREQ=YEARLY;BYMONTH=13",
            "FREQ=YEARLY;BYYEARDAY=0",
            "FREQ=DAILY;BYHOUR=24",
            "FREQ=WEEKLY;BYDAY=1MO",
            "FREQ=WEEKLY;BYMONTHDAY=1",
            "FREQ=MONTHLY;BYYEARDAY=1",
            "FREQ=MONTHLY;BYWEEKNO=1",
            "FREQ=DAILY;BYSETPOS=1",
            "FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO",
            "RSCALE=HEBREW;FREQ=YEARLY",
            "FREQ=DAILY;SKIP=FORWARD",
            "FREQ=DAILY;BYEASTER=1",
            "RRULE:ANY;FREQ=DAILY",
            "FREQ=WEEKLY;BYDAY=É",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
