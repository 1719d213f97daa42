//! The times that a recurrence rule makes (RFC 5545, 3.3.10 and 3.8.5.3), on the clock of the event's own zone.
//!
//! The first time is the event's own start, whether or not it fits the rule: it counts. Then period by period, as long as the
//! rule's frequency says: the days of the period that pass every filter, times the times of the day, and of these the places
//! that `BYSETPOS` names. A rule without `COUNT` begins shortly before the times that were asked for, however old it is.

use super::busy::Why;
use super::rule::{Frequency, Rule};
use jiff::civil::{Date, DateTime, Time};
use jiff::{ToSpan, Unit};

/// How much one rule, and one file, may cost: a unit is a day looked at, or a time made.
pub(crate) struct Budget {
    file: u32,
    rule: u32,
}

impl Budget {
    /// A yearly rule over four centuries needs a twentieth of it, a file of a thousand daily rules a fifth.
    pub(crate) fn new() -> Self {
        Self { file: 5_000_000, rule: 0 }
    }

    fn begin_rule(&mut self) {
        self.rule = 300_000;
    }

    fn spend(&mut self, units: usize) -> Result<(), Why> {
        self.rule = self.rule.checked_sub(u32::try_from(units).map_err(|_| Why::TooMuch)?).ok_or(Why::TooMuch)?;
        self.spend_of_file(units)
    }

    /// What is no work of a rule's.
    pub(crate) fn spend_of_file(&mut self, units: usize) -> Result<(), Why> {
        self.file = self.file.checked_sub(u32::try_from(units).map_err(|_| Why::TooMuch)?).ok_or(Why::TooMuch)?;
        Ok(())
    }
}

/// The local times that are asked for, both ends included.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window {
    pub(crate) from: DateTime,
    pub(crate) to: DateTime,
}

/// The starts in the window, ascending. `ended` tells of a time whether it is after the rule's `UNTIL`.
///
/// # Errors
/// [`Why::TooMuch`] when the rule asks for more work than it may.
pub(crate) fn starts(
    rule: &Rule,
    first: DateTime,
    ended: &dyn Fn(DateTime) -> bool,
    window: Window,
    budget: &mut Budget,
) -> Result<Vec<DateTime>, Why> {
    budget.begin_rule();
    let defaults = Defaults::of(rule, first);
    let mut found = Vec::new();
    if (window.from..=window.to).contains(&first) {
        found.push(first);
    }
    let (mut count, mut index) = (1, if rule.count.is_some() { 0 } else { skipped(rule, first, window.from) });
    while let Some(period) = period(rule, first, index).filter(|start| *start <= window.to) {
        for at in defaults.within(period, budget)? {
            if at <= first {
                continue;
            }
            count += 1;
            if at > window.to || ended(at) || rule.count.is_some_and(|most| count > most) {
                return Ok(found);
            }
            if at >= window.from {
                found.push(at);
            }
        }
        index += i64::from(rule.interval);
    }
    Ok(found)
}

/// The start of the `index`-th period after that of the first time.
fn period(rule: &Rule, first: DateTime, index: i64) -> Option<DateTime> {
    let date = first.date();
    let time = first.time();
    let moved = |at: DateTime, span: Option<jiff::Span>| at.checked_add(span?).ok();
    match rule.frequency {
        Frequency::Yearly => moved(date.first_of_year().into(), jiff::Span::new().try_years(index).ok()),
        Frequency::Monthly => moved(date.first_of_month().into(), jiff::Span::new().try_months(index).ok()),
        Frequency::Weekly => {
            let into_week = date.weekday().since(rule.week_start);
            moved(date.checked_sub(i32::from(into_week).days()).ok()?.into(), jiff::Span::new().try_weeks(index).ok())
        }
        Frequency::Daily => moved(date.into(), jiff::Span::new().try_days(index).ok()),
        Frequency::Hourly => {
            moved(date.to_datetime(Time::new(time.hour(), 0, 0, 0).ok()?), jiff::Span::new().try_hours(index).ok())
        }
        Frequency::Minutely => moved(
            date.to_datetime(Time::new(time.hour(), time.minute(), 0, 0).ok()?),
            jiff::Span::new().try_minutes(index).ok(),
        ),
        Frequency::Secondly => moved(first, jiff::Span::new().try_seconds(index).ok()),
    }
}

/// How many periods, a multiple of the interval, surely end before `from`.
fn skipped(rule: &Rule, first: DateTime, from: DateTime) -> i64 {
    let unit = match rule.frequency {
        Frequency::Yearly => Unit::Year,
        Frequency::Monthly => Unit::Month,
        Frequency::Weekly => Unit::Week,
        Frequency::Daily => Unit::Day,
        Frequency::Hourly => Unit::Hour,
        Frequency::Minutely => Unit::Minute,
        Frequency::Secondly => Unit::Second,
    };
    let between = first.until((unit, from)).ok().map_or(0, |span| match unit {
        Unit::Year => i64::from(span.get_years()),
        Unit::Month => i64::from(span.get_months()),
        Unit::Week => i64::from(span.get_weeks()),
        Unit::Day => i64::from(span.get_days()),
        Unit::Hour => i64::from(span.get_hours()),
        Unit::Minute => span.get_minutes(),
        _ => span.get_seconds(),
    });
    let interval = i64::from(rule.interval);
    ((between - 1) / interval * interval).max(0)
}

/// A rule with what it takes from the first time where it says nothing itself.
struct Defaults<'a> {
    rule: &'a Rule,
    /// The day of the month of the first time, if the rule names no day of month or year.
    month_day: Option<i8>,
    month: Option<i8>,
    weekday: Option<jiff::civil::Weekday>,
    hours: Vec<i16>,
    minutes: Vec<i16>,
    seconds: Vec<i16>,
}

impl<'a> Defaults<'a> {
    fn of(rule: &'a Rule, first: DateTime) -> Self {
        let names_day = !(rule.year_days.is_empty() && rule.month_days.is_empty() && rule.weekdays.is_empty());
        let yearly = rule.frequency == Frequency::Yearly;
        let by_month_day = !names_day && rule.weeks.is_empty() && (yearly || rule.frequency == Frequency::Monthly);
        let by_weekday = !names_day && (rule.frequency == Frequency::Weekly || !rule.weeks.is_empty());
        let or = |list: &Vec<i16>, own: i8| if list.is_empty() { vec![i16::from(own)] } else { list.clone() };
        Self {
            rule,
            month_day: by_month_day.then(|| first.day()),
            month: (by_month_day && yearly && rule.months.is_empty()).then(|| first.month()),
            weekday: by_weekday.then(|| first.weekday()),
            hours: or(&rule.hours, first.hour()),
            minutes: or(&rule.minutes, first.minute()),
            seconds: or(&rule.seconds, first.second()),
        }
    }

    /// The times of the period that begins here.
    fn within(&self, period: DateTime, budget: &mut Budget) -> Result<Vec<DateTime>, Why> {
        let days = self.days(period, budget)?;
        let (hour, minute, second) = (i16::from(period.hour()), i16::from(period.minute()), i16::from(period.second()));
        // A part of the day that the frequency steps through is filtered, a smaller one is filled in.
        let one =
            |list: &Vec<i16>, own: i16| if list.is_empty() || list.contains(&own) { vec![own] } else { Vec::new() };
        let frequency = self.rule.frequency;
        let hours = if frequency <= Frequency::Hourly { one(&self.rule.hours, hour) } else { self.hours.clone() };
        let minutes =
            if frequency <= Frequency::Minutely { one(&self.rule.minutes, minute) } else { self.minutes.clone() };
        let seconds =
            if frequency == Frequency::Secondly { one(&self.rule.seconds, second) } else { self.seconds.clone() };
        budget.spend(days.len() * hours.len() * minutes.len() * seconds.len())?;
        let mut times = Vec::new();
        for day in days {
            for hour in &hours {
                for minute in &minutes {
                    times.extend(seconds.iter().filter_map(|second| at(day, *hour, *minute, *second)));
                }
            }
        }
        Ok(if self.rule.positions.is_empty() { times } else { positions(&times, &self.rule.positions) })
    }

    /// The days of the period that pass every filter.
    fn days(&self, period: DateTime, budget: &mut Budget) -> Result<Vec<Date>, Why> {
        let start = period.date();
        let length = match self.rule.frequency {
            Frequency::Yearly => return self.days_of_year(start, budget),
            Frequency::Monthly => i32::from(start.days_in_month()),
            Frequency::Weekly => 7,
            _ => 1,
        };
        self.fitting(start, length, budget)
    }

    /// A year month by month, so that the months that are not asked for cost nothing.
    fn days_of_year(&self, start: Date, budget: &mut Budget) -> Result<Vec<Date>, Why> {
        let mut days = Vec::new();
        budget.spend(1)?;
        for month in 1..=12 {
            if self.month_fits(month)
                && let Ok(first) = Date::new(start.year(), month, 1)
            {
                days.extend(self.fitting(first, i32::from(first.days_in_month()), budget)?);
            }
        }
        Ok(days)
    }

    fn fitting(&self, start: Date, length: i32, budget: &mut Budget) -> Result<Vec<Date>, Why> {
        budget.spend(usize::try_from(length).unwrap_or(0))?;
        Ok((0..length).filter_map(|n| start.checked_add(n.days()).ok()).filter(|day| self.fits(*day)).collect())
    }

    fn month_fits(&self, month: i8) -> bool {
        self.month.is_none_or(|own| own == month) && listed(&self.rule.months, i16::from(month))
    }

    fn fits(&self, day: Date) -> bool {
        let rule = self.rule;
        let from_end = |number: i16, length: i16| number - length - 1;
        let (month_day, month_length) = (i16::from(day.day()), i16::from(day.days_in_month()));
        let (year_day, year_length) = (day.day_of_year(), day.days_in_year());
        self.month_fits(day.month())
            && self.month_day.is_none_or(|own| own == day.day())
            && self.weekday.is_none_or(|own| own == day.weekday())
            && either(&rule.month_days, month_day, from_end(month_day, month_length))
            && either(&rule.year_days, year_day, from_end(year_day, year_length))
            && (rule.weeks.is_empty() || {
                let (week, weeks) = week_of(day, rule.week_start);
                either(&rule.weeks, week, from_end(week, weeks))
            })
            && (rule.weekdays.is_empty() || self.weekday_fits(day))
    }

    fn weekday_fits(&self, day: Date) -> bool {
        let in_month = self.rule.frequency == Frequency::Monthly || !self.rule.months.is_empty();
        let (place, length) = if in_month {
            (i16::from(day.day()), i16::from(day.days_in_month()))
        } else {
            (day.day_of_year(), day.days_in_year())
        };
        let (nth, nth_last) = ((place - 1) / 7 + 1, -((length - place) / 7 + 1));
        self.rule.weekdays.iter().any(|(wanted, weekday)| {
            *weekday == day.weekday() && (*wanted == 0 || *wanted == nth || *wanted == nth_last)
        })
    }
}

fn listed(list: &[i16], number: i16) -> bool {
    list.is_empty() || list.contains(&number)
}

fn either(list: &[i16], number: i16, from_end: i16) -> bool {
    list.is_empty() || list.contains(&number) || list.contains(&from_end)
}

fn at(day: Date, hour: i16, minute: i16, second: i16) -> Option<DateTime> {
    let part = |number: i16| i8::try_from(number).ok();
    Some(day.to_datetime(Time::new(part(hour)?, part(minute)?, part(second)?, 0).ok()?))
}

/// The times at these places, counted from 1, or from the end.
fn positions(times: &[DateTime], places: &[i16]) -> Vec<DateTime> {
    let length = times.len();
    let place = |place: &i16| {
        let back = usize::from(place.unsigned_abs());
        if *place > 0 { back.checked_sub(1) } else { length.checked_sub(back) }
    };
    let mut places: Vec<_> = places.iter().filter_map(place).collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().filter_map(|place| times.get(place).copied()).collect()
}

/// The number of the week and how many its year has. The first week of a year is the first with four days in it.
fn week_of(day: Date, week_start: jiff::civil::Weekday) -> (i16, i16) {
    // The fourth day of a week is in the year that the week belongs to.
    let into_week = i32::from(day.weekday().since(week_start));
    let Ok(middle) = day.checked_add((3 - into_week).days()) else { return (0, 0) };
    let week = (middle.day_of_year() - 1) / 7 + 1;
    let last = i32::from(middle.days_in_year() - middle.day_of_year()) / 7;
    (week, week + i16::try_from(last).unwrap_or(0))
}

#[cfg(test)]
#[path = "tests/expand.rs"]
mod tests;
