//! Opening hours: split shifts, spans across midnight, whole days, next opening.
//!
//! A timetable is in wall-clock times; questions are asked of instants. A wall-clock time stands for the first
//! instant at which the clocks of the zone show it or a later one. So a span is always one unbroken stretch: when
//! clocks jump over its opening it opens at the jump, when clocks go back over its close it closes the first time,
//! and a span that lies wholly within a jump does not take place that day.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::Failure;

/// A weekly timetable in the tenant's zone. A day without spans is closed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Hours {
    /// Spans that begin on Monday.
    pub monday: Vec<Span>,
    /// Spans that begin on Tuesday.
    pub tuesday: Vec<Span>,
    /// Spans that begin on Wednesday.
    pub wednesday: Vec<Span>,
    /// Spans that begin on Thursday.
    pub thursday: Vec<Span>,
    /// Spans that begin on Friday.
    pub friday: Vec<Span>,
    /// Spans that begin on Saturday.
    pub saturday: Vec<Span>,
    /// Spans that begin on Sunday.
    pub sunday: Vec<Span>,
}

/// One stretch of opening; `close` at or before `open` means the following day (`00:00` to `00:00` is the whole day).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// First open moment.
    pub open: Time,
    /// First closed moment.
    pub close: Time,
}

/// How many days ahead an opening is looked for: a week, and one more in case clocks jump over a week's only span.
const HORIZON_DAYS: i32 = 14;

impl Hours {
    /// The same span every day of the week.
    #[must_use]
    pub fn daily(span: Span) -> Self {
        let day = || vec![span];
        Self {
            monday: day(),
            tuesday: day(),
            wednesday: day(),
            thursday: day(),
            friday: day(),
            saturday: day(),
            sunday: day(),
        }
    }

    /// The spans that begin on `weekday`, as they were written.
    #[must_use]
    pub fn spans(&self, weekday: Weekday) -> &[Span] {
        match weekday {
            Weekday::Monday => &self.monday,
            Weekday::Tuesday => &self.tuesday,
            Weekday::Wednesday => &self.wednesday,
            Weekday::Thursday => &self.thursday,
            Weekday::Friday => &self.friday,
            Weekday::Saturday => &self.saturday,
            Weekday::Sunday => &self.sunday,
        }
    }

    /// Whether it is open at `at`.
    #[must_use]
    pub fn is_open_at(&self, at: Timestamp, zone: &TimeZone) -> bool {
        let today = at.to_zoned(zone.clone()).date();
        // Yesterday's spans may cross midnight; tomorrow's have begun when clocks go back over midnight.
        (-1..=1).any(|day| self.stretches(today, day, zone).any(|(open, close)| open <= at && at < close))
    }

    /// The earliest open moment that is not before `after`: `after` itself when it is open then, `None` when it never
    /// opens.
    #[must_use]
    pub fn next_opening(&self, after: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let today = after.to_zoned(zone.clone()).date();
        // Later days open later, so the first day with a stretch that is not over yet decides.
        (-1..=HORIZON_DAYS).find_map(|day| {
            self.stretches(today, day, zone).filter(|(_, close)| *close > after).map(|(open, _)| open.max(after)).min()
        })
    }

    /// Checks that no two spans overlap, across midnight too.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field, such as `hours.monday`, of the day on which two spans overlap.
    pub fn validate(&self) -> Result<(), Failure> {
        for day in Weekday::Monday.cycle_forward().take(7) {
            // `None`: open until midnight at least.
            let own = self.spans(day).iter().map(|span| (span.open, (span.close > span.open).then_some(span.close)));
            let after_midnight = self.spans(day.previous()).iter().filter(|span| span.close <= span.open);
            let mut spans: Vec<_> =
                own.chain(after_midnight.map(|span| (Time::midnight(), Some(span.close)))).collect();
            spans.retain(|(open, close)| close.is_none_or(|close| close > *open));
            spans.sort_unstable();
            let overlap = spans.iter().zip(spans.iter().skip(1)).any(|(a, b)| a.1.is_none_or(|close| close > b.0));
            if overlap {
                let day = name(day);
                return Err(Failure::invalid(
                    format!("hours.{day}"),
                    format!("two spans of hours.{day} overlap: end one before the next begins"),
                ));
            }
        }
        Ok(())
    }

    /// The stretches of opening that begin on the day that is `offset` days from `date`.
    fn stretches(
        &self,
        date: Date,
        offset: i32,
        zone: &TimeZone,
    ) -> impl Iterator<Item = (Timestamp, Timestamp)> + use<'_> {
        let zone = zone.clone();
        let date = date.checked_add(offset.days()).ok();
        let spans = date.map_or(&[][..], |date| self.spans(date.weekday()));
        spans.iter().filter_map(move |span| span.stretch(date?, &zone))
    }
}

impl Span {
    /// From when until when it is open, if it begins on `date`. `None` when clocks jump over all of it.
    fn stretch(&self, date: Date, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
        let last = if self.close > self.open { date } else { date.tomorrow().ok()? };
        let open = first_instant(date, self.open, zone)?;
        let close = first_instant(last, self.close, zone)?;
        (open < close).then_some((open, close))
    }
}

/// The first instant at which clocks show `time` on `date`, or a later time. `None` at the end of the calendar.
fn first_instant(date: Date, time: Time, zone: &TimeZone) -> Option<Timestamp> {
    let shown = date.to_datetime(time);
    match zone.to_ambiguous_timestamp(shown).offset() {
        AmbiguousOffset::Unambiguous { offset } | AmbiguousOffset::Fold { before: offset, .. } => {
            offset.to_timestamp(shown).ok()
        }
        // Read with the offset after the jump, a skipped time is an instant shortly before the jump.
        AmbiguousOffset::Gap { after, .. } => {
            let before_jump = after.to_timestamp(shown).ok()?;
            zone.following(before_jump).next().map(|jump| jump.timestamp())
        }
    }
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

#[cfg(test)]
mod tests;
