//! An event with the events that stand in place of some of its times, as times that are taken.

use super::busy::{Busy, MAX_OCCURRENCES, Why};
use super::event::{Event, When};
use super::expand::{self, Budget, Window};
use super::rule::Rule;
use super::value::{Length, Moment};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::collections::HashSet;
use std::ops::Range;

/// Starts that do not take place as the rule says. A date means the start on that day, and so does a time where the series has
/// whole days: programs mix the two.
#[derive(Default)]
struct Marks {
    instants: HashSet<Timestamp>,
    days: HashSet<Date>,
    all: HashSet<Date>,
}

impl Marks {
    fn of<'a>(marks: impl Iterator<Item = &'a When>) -> Self {
        let mut found = Self::default();
        for when in marks {
            found.all.insert(when.at.date());
            if when.whole_day {
                found.days.insert(when.at.date());
            } else {
                found.instants.extend(when.instant());
            }
        }
        found
    }

    fn contain(&self, when: &When, instant: Timestamp) -> bool {
        let day = when.at.date();
        if when.whole_day {
            self.all.contains(&day)
        } else {
            self.days.contains(&day) || self.instants.contains(&instant)
        }
    }
}

/// The times of `event` that touch `range`. `replacing`: the events that stand in place of some of its times.
///
/// # Errors
/// [`Why::TooMuch`] for a rule that asks for too much.
pub(crate) fn times(
    event: &Event,
    replacing: &[&Event],
    range: &Range<Timestamp>,
    budget: &mut Budget,
) -> Result<Vec<Busy>, Why> {
    // Each series of an id looks at all that stands in place of times of it.
    budget.spend_of_file(replacing.len())?;
    let marks = Marks::of(event.except.iter().chain(replacing.iter().filter_map(|other| other.replaces.as_ref())));
    let mut moves: Vec<_> =
        replacing.iter().filter(|other| other.and_later).filter_map(|other| Shift::of(other)).collect();
    moves.sort_by_key(|shift| shift.from);
    let window = window(event, &moves, range).ok_or(Why::TooMuch)?;
    let mut starts: Vec<(When, Option<Length>)> = Vec::new();
    if event.rules.is_empty() {
        starts.push((event.start.clone(), None));
    }
    for rule in &event.rules {
        let made = expand::starts(rule, event.start.at, &|at| ended(rule, &event.start, at), window, budget)?;
        starts.extend(made.into_iter().map(|at| (event.start.moved_to(at), None)));
    }
    starts.extend(event.dates.iter().cloned());
    let mut taken = Vec::new();
    for (start, length) in starts {
        let Some(instant) = start.instant() else { continue };
        if marks.contain(&start, instant) {
            continue;
        }
        let before = moves.partition_point(|shift| shift.from <= instant);
        let shift = before.checked_sub(1).and_then(|last| moves.get(last));
        if shift.map_or(event.free, |shift| shift.free) {
            continue;
        }
        let (start, own) = match shift {
            Some(shift) => (shift.apply(&start), shift.length),
            None => (start, event.length),
        };
        taken.extend(busy(event, &start, length.unwrap_or(own), range));
        if taken.len() > MAX_OCCURRENCES {
            return Err(Why::TooMuch);
        }
    }
    Ok(taken)
}

fn busy(event: &Event, start: &When, length: Length, range: &Range<Timestamp>) -> Option<Busy> {
    let (start, end) = (start.instant()?, start.end(length)?);
    (start < end && start < range.end && range.start < end).then(|| Busy {
        start,
        end,
        uid: event.uid.clone(),
        tentative: event.tentative,
    })
}

/// What an event with `RANGE=THISANDFUTURE` does to the times after it.
struct Shift {
    from: Timestamp,
    by: SignedDuration,
    length: Length,
    free: bool,
}

impl Shift {
    fn of(event: &Event) -> Option<Self> {
        let replaced = event.replaces.as_ref()?;
        // On the clock, so that ten o'clock stays ten o'clock over a change of the clocks.
        let by = event.start.at.duration_since(replaced.at);
        Some(Self { from: replaced.instant()?, by, length: event.length, free: event.free })
    }

    fn apply(&self, when: &When) -> When {
        when.at.checked_add(self.by).map_or_else(|_| when.clone(), |at| when.moved_to(at))
    }
}

/// The local times at which something may begin that touches the range: a day and more of room for the zone's offset.
fn window(event: &Event, moves: &[Shift], range: &Range<Timestamp>) -> Option<Window> {
    let local = |instant| TimeZone::UTC.to_datetime(instant);
    let longest = moves.iter().map(|shift| shift.length).chain([event.length]).map(hours).max()?;
    let furthest = moves.iter().map(|shift| shift.by.abs()).max().unwrap_or_default();
    let from = local(range.start).checked_sub(longest).and_then(|from| from.checked_sub(furthest));
    let from = from.and_then(|from| from.checked_sub(2.days())).unwrap_or(DateTime::MIN);
    let to = local(range.end).checked_add(furthest).and_then(|to| to.checked_add(2.days())).unwrap_or(DateTime::MAX);
    Some(Window { from, to })
}

fn hours(length: Length) -> SignedDuration {
    SignedDuration::from_hours(i64::from(length.days) * 24).saturating_add(length.time)
}

/// Whether a start is after the rule's `UNTIL`, which is meant as it is written: a date is that whole day, a time without a zone
/// is on the event's own clock.
fn ended(rule: &Rule, start: &When, at: DateTime) -> bool {
    match rule.until {
        None => false,
        Some(until) if start.whole_day => at.date() > until.written_date(),
        Some(Moment::Day(until)) => at.date() > until,
        Some(Moment::Local(until)) => at > until,
        Some(Moment::Utc(until)) => start.zone.instant(at).is_none_or(|instant| instant > until),
    }
}
