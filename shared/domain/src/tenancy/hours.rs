//! Opening hours: split shifts, spans across midnight, whole days, holidays, exceptions, next opening.
//!
//! On each date an exception beats a holiday, and a holiday the weekly timetable; what beats them replaces all spans that
//! begin on that date. A span that began the evening before goes on past midnight whatever the new day is.
//!
//! A timetable is in wall-clock times; questions are asked of instants. A wall-clock time stands for the first
//! instant at which the clocks of the zone show it or a later one. So a span is always one unbroken stretch: when
//! clocks jump over its opening it opens at the jump, when clocks go back over its close it closes the first time,
//! and a span that lies wholly within a jump does not take place that day.

mod check;
mod counting;
mod special;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use special::{Day, Exception, Holiday};

/// A weekly timetable in the tenant's zone, with the days that differ. A day without spans is closed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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
    /// Days that differ every year.
    pub holidays: Vec<Holiday>,
    /// Days that differ once.
    pub exceptions: Vec<Exception>,
}

/// One stretch of opening; `close` at or before `open` means the following day (`00:00` to `00:00` is the whole day).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// First open moment.
    #[schema(value_type = String, example = "08:00")]
    pub open: Time,
    /// First closed moment.
    #[schema(value_type = String, example = "17:00")]
    pub close: Time,
}

/// How many days ahead an opening is looked for: a business that is closed for longer than a year and a month has no
/// next opening.
const HORIZON_DAYS: i32 = 400;

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
            ..Self::default()
        }
    }

    /// The spans that begin on `date`: the exception's, else the holiday's, else the weekday's.
    ///
    /// Of several exceptions in force the one that began last counts, of several holidays the first in the list.
    #[must_use]
    pub fn spans_on(&self, date: Date) -> &[Span] {
        self.special_on(date).map_or_else(|| self.spans(date.weekday()), |(_, spans)| spans)
    }

    /// What makes `date` differ from its usual week, where anything does: its name, and the spans that begin on it.
    #[must_use]
    pub fn special_on(&self, date: Date) -> Option<(&str, &[Span])> {
        let in_force = self.exceptions.iter().filter(|exception| exception.holds_on(date));
        let exception = in_force.max_by_key(|exception| exception.date);
        let exception = exception.map(|exception| (exception.name.as_str(), exception.spans.as_slice()));
        let holiday = || self.holidays.iter().find(|holiday| holiday.falls_on(date));
        exception.or_else(|| holiday().map(|holiday| (holiday.name.as_str(), holiday.spans.as_slice())))
    }

    /// The days from `from` on, so many of them, that differ from their usual week: each with its name and spans.
    pub fn specials(&self, from: Date, days: usize) -> impl Iterator<Item = (Date, &str, &[Span])> {
        let dates = std::iter::successors(Some(from), |date| date.tomorrow().ok()).take(days);
        dates.filter_map(|date| self.special_on(date).map(|(name, spans)| (date, name, spans)))
    }

    /// The spans that begin on `weekday` in a usual week, as they were written.
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

    /// The earliest open moment that is not before `after`: `after` itself when it is open then, `None` when it does
    /// not open within 400 days.
    #[must_use]
    pub fn next_opening(&self, after: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let today = after.to_zoned(zone.clone()).date();
        // Later days open later, so the first day with a stretch that is not over yet decides.
        (-1..=HORIZON_DAYS).find_map(|day| {
            self.stretches(today, day, zone).filter(|(_, close)| *close > after).map(|(open, _)| open.max(after)).min()
        })
    }

    /// The stretches of opening that end after `from` and begin before `to`, in order; those that touch are one.
    #[must_use]
    pub fn open_between(&self, from: Timestamp, to: Timestamp, zone: &TimeZone) -> Vec<(Timestamp, Timestamp)> {
        let (first, last) = (from.to_zoned(zone.clone()).date(), to.to_zoned(zone.clone()).date());
        // Yesterday's spans may cross midnight; tomorrow's have begun when clocks go back over midnight.
        let days = (last - first).get_days() + 1;
        let mut open: Vec<_> = (-1..=days).flat_map(|day| self.stretches(first, day, zone)).collect();
        open.retain(|(begins, ends)| *ends > from && *begins < to);
        open.sort_unstable();
        open.dedup_by(|next, before| {
            let touches = next.0 <= before.1;
            before.1 = if touches { before.1.max(next.1) } else { before.1 };
            touches
        });
        open
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
        let spans = date.map_or(&[][..], |date| self.spans_on(date));
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

/// The first instant of a day where clocks show `zone`; the last of all at the end of the calendar.
#[must_use]
pub fn start_of_day(date: Date, zone: &TimeZone) -> Timestamp {
    first_instant(date, Time::midnight(), zone).unwrap_or(Timestamp::MAX)
}

/// The first instant at which clocks show `time` on `date`, or a later time. `None` at the end of the calendar.
pub(crate) fn first_instant(date: Date, time: Time, zone: &TimeZone) -> Option<Timestamp> {
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

#[cfg(test)]
mod tests;
