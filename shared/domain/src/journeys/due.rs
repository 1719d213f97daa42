//! When a step is due.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::{Journey, Level, Run, Wait};
use crate::tenancy::first_instant;

/// The moment that `wait` stands for, which may be past already (UTC). `None`: there is nothing to count from, such as an
/// appointment.
///
/// `previous` is when the step before was done, or when the enrollment began. Times of day are on the clocks of `zone`: a
/// time that they jump over is the first moment after the jump, one that they show twice the first of the two.
#[must_use]
pub fn due(wait: &Wait, run: &Run, journey: &Journey, zone: &TimeZone, previous: Timestamp) -> Option<Timestamp> {
    let appointment = || journey.appointment(&run.subject);
    let due_at = || journey.invoice(&run.subject).and_then(|invoice| invoice.due_at);
    match *wait {
        Wait::After { minutes } => later(previous, minutes.into()),
        Wait::OnDay { day, at } => on_day(run.started_at, day.into(), at, zone),
        Wait::BeforeAppointment { minutes } => later(appointment()?.starts_at, -i64::from(minutes)),
        Wait::AppointmentDay { at } => on_day(appointment()?.starts_at, 0, at, zone),
        Wait::AfterAppointment { minutes } => later(appointment()?.ends_at, minutes.into()),
        Wait::BeforeDueDate { days, at } => on_day(due_at()?, -i64::from(days), at, zone),
        Wait::AfterDueDate { days, at } => on_day(due_at()?, days.into(), at, zone),
        Wait::AsTheyReact { at } => on_day(previous, pace(journey.engagement.level()), at, zone),
    }
}

/// The same local day as `due`, at `hour` of the clock: where the time of day may move to when a person reacts best.
/// It may be earlier than `due`. An hour that there is not leaves `due` as it is.
#[must_use]
pub fn at_best_hour(due: Timestamp, hour: u8, zone: &TimeZone) -> Timestamp {
    let time = i8::try_from(hour).ok().and_then(|hour| Time::new(hour, 0, 0, 0).ok());
    time.and_then(|time| first_instant(local_day(due, zone), time, zone)).unwrap_or(due)
}

/// How many days lie between two messages (seed 001, 4.3 B: daily, every two or three days, weekly).
fn pace(level: Level) -> i64 {
    match level {
        Level::High => 1,
        Level::Medium => 3,
        Level::Low => 7,
    }
}

fn later(from: Timestamp, minutes: i64) -> Option<Timestamp> {
    from.checked_add(SignedDuration::from_mins(minutes)).ok()
}

/// `days` after the local day of `from`, at that time of day.
fn on_day(from: Timestamp, days: i64, at: Time, zone: &TimeZone) -> Option<Timestamp> {
    let date = local_day(from, zone).checked_add(days.days()).ok()?;
    first_instant(date, at, zone)
}

fn local_day(at: Timestamp, zone: &TimeZone) -> Date {
    at.to_zoned(zone.clone()).date()
}

#[cfg(test)]
mod tests;
