//! Which free times fit a wish best.

use dates::{Choice, Clock, Day, Named, Resolved, Time, Wish};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::conversations::offer::MAX_OFFERED;
use crate::scheduling::{Booking, Calendar, MAX_RANGE_DAYS};

/// So many days after a wished day are looked at for another time.
const DAYS_AFTER: i64 = 7;
/// And before it.
const DAYS_BEFORE: i64 = 3;
/// How far ahead is looked where no day was named.
const DAYS_AHEAD: i64 = 14;
/// The days of UTC around a place's day, with the longest visit and its buffers.
const MARGIN: i64 = 2;

/// The free times of a service within what was read.
pub(super) struct Free<'c> {
    pub(super) calendar: &'c Calendar<'c>,
    pub(super) span: (Timestamp, Timestamp),
    pub(super) zone: TimeZone,
}

/// From when to when free times are looked for, and the days that must be read for it.
pub(super) fn range(
    wish: Option<&Wish>,
    offered: &[Timestamp],
    now: Timestamp,
    zone: &TimeZone,
) -> ((Timestamp, Timestamp), (Date, Date)) {
    let today = now.to_zoned(zone.clone()).date();
    let offered = offered.iter().map(|at| at.to_zoned(zone.clone()).date());
    let wished = wish.and_then(|wish| wish.day.as_ref()).map(|day| day.dates.as_slice()).unwrap_or_default();
    let dates: Vec<Date> = wished.iter().copied().chain(offered).filter(|date| *date >= today).collect();
    let later = |date: Date, days: i64| date.checked_add(days.days()).unwrap_or(date);
    let (first, last) = match (dates.iter().min(), dates.iter().max()) {
        (Some(first), Some(last)) => (later(*first, -DAYS_BEFORE).max(today), later(*last, DAYS_AFTER)),
        _ => (today, later(today, DAYS_AHEAD)),
    };
    let last = last.min(later(first, MAX_RANGE_DAYS - 2 * MARGIN));
    let midnight = |date: Date| date.to_zoned(zone.clone()).map_or(now, |begin| begin.timestamp());
    ((midnight(first).max(now), midnight(later(last, 1))), (later(first, -MARGIN), later(last, MARGIN)))
}

/// The wish for exactly this time, which was `said`; of `choices` it is the one that is taken, and goes to their end.
pub(super) fn wish_at(at: Timestamp, zone: &TimeZone, said: Option<&Wish>, mut choices: Vec<Choice>) -> Wish {
    const HALF_A_DAY: u16 = 12 * 60;
    let local = at.to_zoned(zone.clone());
    let minute = u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute())).unwrap_or_default();
    let words = said.map_or_else(|| local.strftime("%Y-%m-%d %H:%M").to_string(), |said| said.words.clone());
    let time = Some(Time::At(Clock::sure(minute)));
    let is_hour = |said| matches!(said, Some(Time::At(said)) if said.minute % HALF_A_DAY == minute % HALF_A_DAY);
    match choices.iter().position(|choice| choice.date == local.date() && is_hour(choice.time)) {
        Some(place) => {
            choices.remove(place);
            choices.push(Choice { date: local.date(), time });
        }
        None => choices.clear(),
    }
    let day = Some(Day { dates: vec![local.date()], named: Named::Date, conflict: false });
    Wish { words, day, time, choices, ..Wish::default() }
}

impl Free<'_> {
    pub(super) fn is_free(&self, at: Timestamp) -> bool {
        (self.span.0..self.span.1).contains(&at) && self.calendar.choose(at, &[]).is_ok()
    }

    /// Whether nothing is free, and something would be if nothing were booked.
    pub(super) fn is_full(&self) -> bool {
        let empty = Calendar { days: &[], ..self.calendar.clone() };
        let any = |calendar: &Calendar<'_>| !calendar.slots(self.span.0, self.span.1, 1).is_empty();
        !any(self.calendar) && any(&empty)
    }

    /// All of them.
    fn all(&self) -> Vec<Timestamp> {
        let slots = self.calendar.slots(self.span.0, self.span.1, usize::MAX);
        slots.iter().map(|slot| slot.starts_at).collect()
    }

    /// The next ones after `at`.
    pub(super) fn after(&self, at: Timestamp) -> Vec<Timestamp> {
        self.all().into_iter().filter(|free| *free > at).take(MAX_OFFERED).collect()
    }

    /// The last ones before `at`.
    pub(super) fn before(&self, at: Timestamp) -> Vec<Timestamp> {
        let mut before: Vec<Timestamp> = self.all().into_iter().filter(|free| *free < at).collect();
        before.split_off(before.len().saturating_sub(MAX_OFFERED))
    }

    /// The nearest to `at`.
    pub(super) fn nearest(&self, at: Timestamp) -> Vec<Timestamp> {
        let mut free = self.all();
        free.sort_by_key(|start| start.duration_since(at).abs());
        free.truncate(MAX_OFFERED);
        free.sort_unstable();
        free
    }

    /// Others than the time of `visit`: on each of the nearest days the one that is nearest to its hour.
    pub(super) fn apart_from(&self, visit: &Booking) -> Vec<Timestamp> {
        let lasts = visit.ends_at.duration_since(visit.starts_at);
        let local = |at: Timestamp| at.to_zoned(self.zone.clone()).datetime();
        let (day, hour) = (local(visit.starts_at).date(), local(visit.starts_at).time());
        let mut free = self.all();
        free.retain(|at| at.duration_since(visit.starts_at).abs() >= lasts);
        free.sort_by_key(|at| {
            let (date, time) = (local(*at).date(), local(*at).time());
            (date.duration_since(day).abs(), date, time.duration_since(hour).abs())
        });
        free.dedup_by_key(|at| local(*at).date());
        free.truncate(MAX_OFFERED);
        free.sort_unstable();
        free
    }

    /// Those that fit `wish` best, in order; where none does, the nearest, and `false`. `None`: nothing is free.
    pub(super) fn fitting(&self, wish: &Wish, resolved: &Resolved) -> Option<(Vec<Timestamp>, bool)> {
        let is_wished = |at: &Timestamp| {
            let local = at.to_zoned(self.zone.clone());
            let (date, time) = (local.date(), local.time());
            wish.day.as_ref().is_none_or(|day| day.dates.contains(&date))
                && !wish.refuses(date)
                && resolved.time.is_none_or(|wished| wished == time)
                && resolved.window.is_none_or(|(from, until)| from <= time && time < until)
        };
        let all = self.all();
        let fit: Vec<Timestamp> = all.iter().copied().filter(is_wished).collect();
        if fit.is_empty() {
            let middle = self.middle(wish, resolved)?;
            if resolved.time.or(resolved.window.map(|(from, _)| from)).is_some() {
                return Some((self.nearest(middle), false)).filter(|(nearest, _)| !nearest.is_empty());
            }
            // Any hour of the day would have done: so it will of the nearest day.
            let date = |at: &Timestamp| at.to_zoned(self.zone.clone()).date();
            let nearest = all.iter().min_by_key(|at| at.duration_since(middle).abs()).map(date)?;
            let of_day: Vec<Timestamp> = all.iter().copied().filter(|at| date(at) == nearest).collect();
            return Some((self.spread(&of_day), false));
        }
        Some((if wish.soon { fit.into_iter().take(MAX_OFFERED).collect() } else { self.spread(&fit) }, true))
    }

    /// About when they would like to come.
    fn middle(&self, wish: &Wish, resolved: &Resolved) -> Option<Timestamp> {
        const NOON: i8 = 12;
        let today = self.calendar.now.to_zoned(self.zone.clone()).date();
        let date = wish.day.as_ref().and_then(|day| day.dates.first().copied()).unwrap_or(today);
        let noon = jiff::civil::Time::new(NOON, 0, 0, 0).ok()?;
        let time = resolved.time.or(resolved.window.map(|(from, _)| from)).unwrap_or(noon);
        self.zone.to_timestamp(date.to_datetime(time)).ok()
    }

    /// A few of many, apart from each other: of one day its first, middle and last, of several days the first of each.
    fn spread(&self, fit: &[Timestamp]) -> Vec<Timestamp> {
        let date = |at: &Timestamp| at.to_zoned(self.zone.clone()).date();
        let mut first: Vec<Timestamp> = fit.to_vec();
        first.dedup_by_key(|at| date(at));
        if first.len() > 1 {
            first.truncate(MAX_OFFERED);
            return first;
        }
        let last = fit.len().saturating_sub(1);
        let mut times: Vec<Timestamp> =
            [0, last / 2, last].iter().filter_map(|index| fit.get(*index).copied()).collect();
        times.dedup();
        times
    }
}
