//! What a timetable must hold before it is stored.

use jiff::civil::{Date, Time, Weekday, time};

use super::{Exception, Holiday, Hours, Span};
use crate::Failure;
use crate::tenancy::check::{ensure, text, unique};

/// The most spans that begin on one day.
const MAX_SPANS: usize = 12;
/// The most holidays.
const MAX_HOLIDAYS: usize = 60;
/// The most exceptions.
const MAX_EXCEPTIONS: usize = 200;
/// A span that closes the next day closes by this time: a later one is taken for a slip of the pen.
const LATEST_NIGHT: Time = time(6, 0, 0, 0);

/// From when until when within one day. `None`: until midnight at least.
type Stay = (Time, Option<Time>);

impl Hours {
    /// Checks that every span ends after it begins (by 06:00, where that is the next day) and that no two overlap, across
    /// midnight of the weekly timetable too; that holidays and exceptions name days that exist, each once.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field: `hours.monday[0]` for a span that ends before it begins, `hours.monday`
    /// for the day on which two overlap, `hours.exceptions[2].until` and the like.
    pub fn validate(&self) -> Result<(), Failure> {
        for day in Weekday::Monday.cycle_forward().take(7) {
            let field = format!("hours.{}", name(day));
            check_each(&field, self.spans(day))?;
            let after_midnight = self.spans(day.previous()).iter().filter(|span| span.close <= span.open);
            let spilled = after_midnight.map(|span| (Time::midnight(), Some(span.close)));
            check_apart(&field, self.spans(day).iter().map(stay).chain(spilled).collect())?;
        }
        self.check_holidays()?;
        self.check_exceptions()
    }

    fn check_holidays(&self) -> Result<(), Failure> {
        let few = self.holidays.len() <= MAX_HOLIDAYS;
        ensure(few, "hours.holidays", format!("there may be at most {MAX_HOLIDAYS} holidays"))?;
        for (index, holiday) in self.holidays.iter().enumerate() {
            let field = format!("hours.holidays[{index}]");
            holiday.validate().map_err(|failure| failure.within(&field))?;
            check_spans(&format!("{field}.spans"), &holiday.spans)?;
        }
        Ok(())
    }

    fn check_exceptions(&self) -> Result<(), Failure> {
        let few = self.exceptions.len() <= MAX_EXCEPTIONS;
        ensure(few, "hours.exceptions", format!("there may be at most {MAX_EXCEPTIONS} exceptions"))?;
        for (index, exception) in self.exceptions.iter().enumerate() {
            let field = format!("hours.exceptions[{index}]");
            exception.validate().map_err(|failure| failure.within(&field))?;
            check_spans(&format!("{field}.spans"), &exception.spans)?;
        }
        let dates = self.exceptions.iter().enumerate();
        unique(dates.map(|(index, exception)| (format!("hours.exceptions[{index}].date"), exception.date)))
    }
}

impl Holiday {
    fn validate(&self) -> Result<(), Failure> {
        text("name", &self.name, 1..=80)?;
        ensure((1..=12).contains(&self.month), "month", "a month is 1 to 12")?;
        match (self.day, self.weekday, self.nth) {
            (Some(day), None, None) => {
                // 29 February is a day, in leap years.
                let exists = Date::new(2024, self.month, day).is_ok();
                ensure(exists, "day", "this month has no such day")
            }
            (None, Some(_), Some(nth)) => {
                ensure((1..=5).contains(&nth) || nth == -1, "nth", "nth is 1 to 5, or -1 for the last of the month")
            }
            (None, Some(_), None) => Err(Failure::invalid("nth", "a holiday with a weekday needs nth: 1 to 5, or -1")),
            (None, None, Some(_)) => Err(Failure::invalid("weekday", "a holiday with nth needs a weekday")),
            _ => Err(Failure::invalid("day", "a holiday has either a day, or a weekday and nth")),
        }
    }
}

impl Exception {
    fn validate(&self) -> Result<(), Failure> {
        text("name", &self.name, 1..=80)?;
        ensure(self.until.is_none_or(|until| until >= self.date), "until", "until must not be before date")
    }
}

/// Checks the spans that begin on one date by themselves.
fn check_spans(field: &str, spans: &[Span]) -> Result<(), Failure> {
    check_each(field, spans)?;
    check_apart(field, spans.iter().map(stay).collect())
}

fn check_each(field: &str, spans: &[Span]) -> Result<(), Failure> {
    ensure(spans.len() <= MAX_SPANS, field, format!("a day may have at most {MAX_SPANS} spans"))?;
    for (index, span) in spans.iter().enumerate() {
        let ends = span.close >= span.open || span.close <= LATEST_NIGHT;
        let slip = "it closes before it opens: a span that goes on past midnight must close by 06:00";
        ensure(ends, format!("{field}[{index}]"), slip)?;
    }
    Ok(())
}

fn stay(span: &Span) -> Stay {
    (span.open, (span.close > span.open).then_some(span.close))
}

fn check_apart(field: &str, mut stays: Vec<Stay>) -> Result<(), Failure> {
    stays.retain(|(open, close)| close.is_none_or(|close| close > *open));
    stays.sort_unstable();
    let overlap = stays.iter().zip(stays.iter().skip(1)).any(|(a, b)| a.1.is_none_or(|close| close > b.0));
    ensure(!overlap, field, "two spans overlap: end one before the next begins")
}

/// The field of a day.
fn name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "monday",
        Weekday::Tuesday => "tuesday",
        Weekday::Wednesday => "wednesday",
        Weekday::Thursday => "thursday",
        Weekday::Friday => "friday",
        Weekday::Saturday => "saturday",
        Weekday::Sunday => "sunday",
    }
}
