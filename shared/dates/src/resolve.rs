//! From a wish to a day and an hour, by the opening hours.

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, Time as Civil};

use crate::wish::{Clock, DAY, HALF, Part, Time, Wish};

/// Of so many days at most one may be left by the others being closed: "this weekend" where Sunday is closed.
const MAX_CHOICE: usize = 3;

/// When a business is open.
pub trait Hours {
    /// The spans in which it is open on a day, in order; empty: closed.
    fn open_on(&self, date: Date) -> Vec<(Civil, Civil)>;
}

/// Why a wish cannot be met as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Closed on that day, or on all of them: the first.
    Closed(Date),
    /// Open on that day, not at that time.
    OutsideHours(Date),
    /// It has been.
    Past,
    /// The weekday is not that of the date.
    Conflict,
}

/// A wish with the opening hours.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolved {
    /// The one day that fits; `None`: none or several.
    pub date: Option<Date>,
    /// The days that fit and are open, where several do.
    pub dates: Vec<Date>,
    /// The time.
    pub time: Option<Civil>,
    /// From when to when, where a part of the day or a span was said.
    pub window: Option<(Civil, Civil)>,
    /// Why it cannot be so.
    pub problem: Option<Problem>,
}

impl Wish {
    /// The day and the hour that are meant, and what stands against them at `now`.
    ///
    /// `3` without its half of the day is the 3 o'clock at which the business is open. Where it is open at both or at neither,
    /// 8 to 11 are the morning's and 12 to 7 the afternoon's.
    #[must_use]
    pub fn resolve(&self, hours: &dyn Hours, now: DateTime) -> Resolved {
        let all = self.day.as_ref().map(|day| day.dates.as_slice()).unwrap_or_default();
        let mut open: Vec<Date> = all.iter().copied().filter(|date| !hours.open_on(*date).is_empty()).collect();
        // Of "Friday or Saturday at 5" those count that are open at 5.
        let fits = |date: &Date| self.fits_in(&hours.open_on(*date));
        let unfit =
            open.first().copied().filter(|_| all.len() <= MAX_CHOICE && open.len() > 1 && !open.iter().any(fits));
        if all.len() <= MAX_CHOICE && open.iter().any(fits) {
            open.retain(fits);
        }
        let date = self.date().or(match open.as_slice() {
            [only] if all.len() <= MAX_CHOICE => Some(*only),
            _ => None,
        });
        // Without one day, what "3" is follows from the next open one.
        let from = all.first().copied().unwrap_or(now.date());
        let spans = date.map_or_else(|| next_spans(hours, from), |date| hours.open_on(date));
        let (time, window) = on(self.time, &spans);
        let problem = self.problem(date, all, &open, time, window, &spans, now);
        let problem = problem.or(unfit.filter(|_| date.is_none()).map(Problem::OutsideHours));
        let dates = if date.is_some() { Vec::new() } else { open };
        let window = window.map(|(from, to)| (civil(from), civil(to)));
        Resolved { date, dates, time: time.map(civil), window, problem }
    }

    #[expect(clippy::too_many_arguments, reason = "all that was found out, for one question")]
    fn problem(
        &self,
        date: Option<Date>,
        all: &[Date],
        open: &[Date],
        time: Option<u16>,
        window: Option<(u16, u16)>,
        spans: &[(Civil, Civil)],
        now: DateTime,
    ) -> Option<Problem> {
        if self.day.as_ref().is_some_and(|day| day.conflict) {
            return Some(Problem::Conflict);
        }
        let Some(date) = date else {
            let first = all.first().filter(|_| open.is_empty())?;
            return Some(if all.iter().all(|date| *date < now.date()) {
                Problem::Past
            } else {
                Problem::Closed(*first)
            });
        };
        let minute = minutes(now.time());
        let passed = time.is_some_and(|time| time <= minute) || window.is_some_and(|(_, to)| to <= minute);
        if date < now.date() || (date == now.date() && passed) {
            return Some(Problem::Past);
        }
        if spans.is_empty() {
            return Some(Problem::Closed(date));
        }
        (!is_within(time, window, spans)).then_some(Problem::OutsideHours(date))
    }

    /// Whether its time lies in these opening hours, or touches them.
    fn fits_in(&self, spans: &[(Civil, Civil)]) -> bool {
        let (time, window) = on(self.time, spans);
        is_within(time, window, spans)
    }
}

fn is_within(time: Option<u16>, window: Option<(u16, u16)>, spans: &[(Civil, Civil)]) -> bool {
    let touches =
        |(from, to): (u16, u16)| spans.iter().any(|(open, close)| from < minutes_until(*close) && minutes(*open) < to);
    time.is_none_or(|time| is_open(time, spans)) && window.is_none_or(touches)
}

/// The minute, or the first and the last, that are meant on a day with these hours.
fn on(time: Option<Time>, spans: &[(Civil, Civil)]) -> (Option<u16>, Option<(u16, u16)>) {
    let opens = || spans.first().map_or(0, |(from, _)| minutes(*from));
    let closes = || spans.last().map_or(DAY - 1, |(_, to)| minutes_until(*to).min(DAY - 1));
    match time {
        None => (None, None),
        Some(Time::At(clock)) => (Some(minute_in(clock, spans)), None),
        Some(Time::Between(from, to)) => {
            let from = minute_in(from, spans);
            let ends = [to.minute, to.minute + if to.either { HALF } else { 0 }];
            (None, Some((from, ends.into_iter().find(|end| *end > from).unwrap_or(DAY - 1))))
        }
        Some(Time::From(clock)) => {
            let from = minute_in(clock, spans);
            (None, Some((from, closes().max(from))))
        }
        Some(Time::Until(clock)) => {
            let to = minute_in(clock, spans);
            (None, Some((opens().min(to), to)))
        }
        // Where they close over lunch, the afternoon is from then to the end.
        Some(Time::Part(Part::Afternoon)) => {
            let opens_late = |(from, _): &&(Civil, Civil)| minutes(*from) > HALF;
            let split = spans.last().filter(opens_late).filter(|_| spans.len() > 1);
            let split = split.map(|(from, to)| (minutes(*from), minutes_until(*to).min(DAY - 1)));
            (None, Some(split.unwrap_or(Part::Afternoon.window())))
        }
        Some(Time::Part(part)) => (None, Some(part.window())),
    }
}

/// The minute that is meant: the one of the two at which the business is open, else that of usual hours.
fn minute_in(clock: Clock, spans: &[(Civil, Civil)]) -> u16 {
    if !clock.either {
        return clock.minute;
    }
    let (early, late) = (clock.minute, (clock.minute + HALF) % DAY);
    match (is_open(early, spans), is_open(late, spans)) {
        (true, false) => early,
        (false, true) => late,
        _ if (8 * 60..HALF).contains(&early) => early,
        _ => late,
    }
}

fn is_open(minute: u16, spans: &[(Civil, Civil)]) -> bool {
    spans.iter().any(|(from, to)| (minutes(*from)..minutes_until(*to)).contains(&minute))
}

fn next_spans(hours: &dyn Hours, from: Date) -> Vec<(Civil, Civil)> {
    let days = (0..7).filter_map(|ahead: i32| from.checked_add(ahead.days()).ok());
    days.map(|date| hours.open_on(date)).find(|spans| !spans.is_empty()).unwrap_or_default()
}

pub(crate) fn minutes(time: Civil) -> u16 {
    u16::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).unwrap_or_default()
}

/// Midnight, as an end, is that of the day's end.
fn minutes_until(time: Civil) -> u16 {
    if time == Civil::midnight() { DAY } else { minutes(time) }
}

fn civil(minute: u16) -> Civil {
    let minute = minute.min(DAY - 1);
    let part = |value: u16| i8::try_from(value).unwrap_or_default();
    Civil::new(part(minute / 60), part(minute % 60), 0, 0).unwrap_or(Civil::midnight())
}
