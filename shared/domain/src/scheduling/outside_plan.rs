//! What a reading of an outside calendar changes in the days of the resources: pure. The same reading again changes nothing,
//! whatever was booked meanwhile.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

use super::day::{CalendarDay, DayKey, DayOwner, Span, utc_days};
use super::outside::HORIZON_DAYS;
use crate::ids::{AppointmentId, OutsideCalendarId, ResourceId};
use crate::tenancy::start_of_day;

/// The most stretches of one calendar in one day. A day with more is kept in quarters of an hour, which are fewer.
const MAX_SPANS: usize = 48;
const QUARTER: i64 = 15 * 60;

/// What is known of an outside calendar: nothing any more, where it is not connected.
#[derive(Debug, Clone)]
pub struct CalendarReading<'a> {
    /// Which.
    pub calendar: OutsideCalendarId,
    /// Whose time it takes.
    pub resources: &'a [ResourceId],
    /// What it says is taken.
    pub busy: &'a [Span],
    /// When it was read.
    pub now: Timestamp,
}

/// What is to be written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutsidePlan {
    /// The days that become other than they were.
    pub days: Vec<CalendarDay>,
    /// The visits that stand where the calendar says so for the first time that something else takes place.
    pub clashes: BTreeSet<AppointmentId>,
}

impl CalendarReading<'_> {
    /// The first and the last day that a reading at `now` speaks of.
    #[must_use]
    pub fn dates(now: Timestamp) -> (Date, Date) {
        let first = now.to_zoned(TimeZone::UTC).date();
        (first, first.checked_add(HORIZON_DAYS.days()).unwrap_or(first))
    }

    /// The time that a reading at `now` speaks of: whole days in UTC.
    #[must_use]
    pub fn range(now: Timestamp) -> Span {
        let (first, last) = Self::dates(now);
        let begins = |date: Date| start_of_day(date, &TimeZone::UTC);
        Span { from: begins(first), to: begins(last.tomorrow().unwrap_or(last)) }
    }

    /// What it lays over the days, as a digest: with the same one [`CalendarReading::plan`] changes nothing.
    #[must_use]
    pub fn digest(&self) -> String {
        let resources = self.resources.iter().map(ResourceId::as_str).collect::<BTreeSet<_>>();
        let text = format!("{:?}{resources:?}{:?}", Self::dates(self.now), self.by_date());
        Uuid::new_v5(&Uuid::nil(), text.as_bytes()).to_string()
    }

    /// What becomes of the days between [`CalendarReading::dates`] that were `seen`; days that were not are empty.
    #[must_use]
    pub fn plan(&self, seen: &[CalendarDay]) -> OutsidePlan {
        let by_date = self.by_date();
        let (first, last) = Self::dates(self.now);
        let owned = |date: Date| {
            let owners = self.resources.iter().map(|id| DayOwner::Resource(id.clone()));
            owners.map(move |owner| DayKey { date, owner })
        };
        let there = seen.iter().filter(|day| day.outside.contains_key(&self.calendar)).map(|day| day.key.clone());
        let keys: BTreeSet<DayKey> = by_date.keys().flat_map(|date| owned(*date)).chain(there).collect();
        let seen: BTreeMap<&DayKey, &CalendarDay> = seen.iter().map(|day| (&day.key, day)).collect();
        let mut plan = OutsidePlan::default();
        for key in keys.into_iter().filter(|key| (first..=last).contains(&key.date)) {
            let is_owned = matches!(&key.owner, DayOwner::Resource(id) if self.resources.contains(id));
            let wanted = by_date.get(&key.date).filter(|_| is_owned).cloned().unwrap_or_default();
            let day = seen.get(&key).map_or_else(|| CalendarDay::empty(key.clone()), |day| (*day).clone());
            self.change(day, wanted, &mut plan);
        }
        plan
    }

    fn change(&self, mut day: CalendarDay, wanted: Vec<Span>, plan: &mut OutsidePlan) {
        let before = day.outside.remove(&self.calendar).unwrap_or_default();
        if before == wanted {
            return;
        }
        let visits = day.entries.iter().filter(|(_, entry)| entry.held_until.is_none() && entry.to > self.now);
        let over = |spans: &[Span], visit: Span| spans.iter().any(|span| span.overlaps(visit));
        let clashes = visits.filter(|(_, entry)| over(&wanted, entry.span()) && !over(&before, entry.span()));
        plan.clashes.extend(clashes.map(|(id, _)| *id));
        if !wanted.is_empty() {
            day.outside.insert(self.calendar, wanted);
        }
        plan.days.push(day);
    }

    /// What is taken on each day, cut at its ends, in order and without overlaps.
    fn by_date(&self) -> BTreeMap<Date, Vec<Span>> {
        let range = Self::range(self.now);
        let mut days: BTreeMap<Date, Vec<Span>> = BTreeMap::new();
        for busy in self.busy {
            let (from, to) = (busy.from.max(range.from), busy.to.min(range.to));
            if from >= to {
                continue;
            }
            for date in utc_days(from, to) {
                let begins = start_of_day(date, &TimeZone::UTC);
                let ends = start_of_day(date.tomorrow().unwrap_or(date), &TimeZone::UTC);
                let span = Span { from: from.max(begins), to: to.min(ends) };
                days.entry(date).or_default().push(span);
            }
        }
        days.into_iter().map(|(date, spans)| (date, bounded(spans))).collect()
    }
}

/// What is taken within a stretch of time where a scheduler says when someone is free: all that is not `open`, but for those of our own
/// `visits` that stand there, which take their time by themselves. So a time that closed because a visit of ours stands in it never looks
/// like a clash with that visit.
#[must_use]
pub fn closed(open: Vec<Span>, visits: impl IntoIterator<Item = Span>, within: Span) -> Vec<Span> {
    let (mut closed, mut from) = (Vec::new(), within.from);
    for free in merged(open.into_iter().chain(visits).filter(|span| span.from < span.to).collect()) {
        if free.from.min(within.to) > from {
            closed.push(Span { from, to: free.from.min(within.to) });
        }
        from = from.max(free.to);
    }
    if from < within.to {
        closed.push(Span { from, to: within.to });
    }
    closed
}

fn bounded(spans: Vec<Span>) -> Vec<Span> {
    let merged = merged(spans);
    if merged.len() <= MAX_SPANS {
        return merged;
    }
    let quarter = |second: i64| Timestamp::from_second(second * QUARTER);
    let coarse = merged.into_iter().map(|span| {
        let last = span.to.as_second() + i64::from(span.to.subsec_nanosecond() > 0);
        let from = quarter(span.from.as_second().div_euclid(QUARTER)).unwrap_or(span.from);
        Span { from, to: quarter((last + QUARTER - 1).div_euclid(QUARTER)).unwrap_or(span.to) }
    });
    self::merged(coarse.collect())
}

fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            _ => merged.push(span),
        }
    }
    merged
}

#[cfg(test)]
#[path = "tests/outside.rs"]
mod tests;
