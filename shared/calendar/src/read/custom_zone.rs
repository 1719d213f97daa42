//! A zone that the file itself defines (`VTIMEZONE`, RFC 5545, 3.6.5), as the instants at which its clocks change.

use super::components::Component;
use super::expand::{self, Budget, Window};
use super::rule;
use super::value::{self, Moment};
use jiff::civil::{DateTime, date};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use std::sync::Arc;

/// A change of the clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Change {
    at: Timestamp,
    before: Offset,
    after: Offset,
}

/// The changes, the first first. Before the first, its own `before` holds.
#[derive(Debug, Clone)]
pub(crate) struct CustomZone(Arc<[Change]>);

impl CustomZone {
    /// The zone, with its changes until `to`. `None` if nothing of it can be read, or it asks for too much work.
    pub(crate) fn read(zone: &Component, to: DateTime, budget: &mut Budget) -> Option<Self> {
        let mut changes = Vec::new();
        for observance in zone.parts.iter().filter(|part| matches!(part.name.as_str(), "STANDARD" | "DAYLIGHT")) {
            changes.extend(self::changes(observance, to, budget)?);
        }
        changes.sort_unstable();
        changes.dedup();
        (!changes.is_empty()).then(|| Self(changes.into()))
    }

    /// The instant at which the zone's clocks show this. Of a time that comes twice the first; a time that is skipped as if
    /// the clocks had not been changed yet (RFC 5545, 3.3.5).
    pub(crate) fn instant(&self, at: DateTime) -> Option<Timestamp> {
        // The larger offset makes both right: it ends a gap, and it is the first of the two offsets of a time that comes twice.
        let passed = |change: &Change| {
            change.before.max(change.after).to_timestamp(at).is_ok_and(|instant| instant >= change.at)
        };
        let offset = match self.0.partition_point(passed).checked_sub(1) {
            Some(last) => self.0.get(last)?.after,
            None => self.0.first()?.before,
        };
        offset.to_timestamp(at).ok()
    }
}

/// When one observance begins, again and again.
fn changes(observance: &Component, to: DateTime, budget: &mut Budget) -> Option<Vec<Change>> {
    let before = value::offset(&observance.first("TZOFFSETFROM")?.value)?;
    let after = value::offset(&observance.first("TZOFFSETTO")?.value)?;
    let first = local(value::moment(&observance.first("DTSTART")?.value)?, before);
    let mut starts = vec![first];
    for line in observance.all("RRULE") {
        let rule = rule::read(&line.value).ok()?;
        let until = rule.until.map(|until| local(until, before));
        // What was before 1970 matters only where nothing came after it; two years hold the last change of any rule.
        let from = until.unwrap_or(DateTime::MAX).min(date(1970, 1, 1).into()).checked_sub(2.years()).ok()?;
        let ended = |at| until.is_some_and(|until| at > until);
        starts.extend(expand::starts(&rule, first, &ended, Window { from, to }, budget).ok()?);
    }
    for line in observance.all("RDATE") {
        starts.extend(line.value.split(',').filter_map(value::moment).map(|moment| local(moment, before)));
    }
    Some(
        starts.into_iter().filter_map(|at| Some(Change { at: before.to_timestamp(at).ok()?, before, after })).collect(),
    )
}

fn local(moment: Moment, offset: Offset) -> DateTime {
    match moment {
        Moment::Day(date) => date.into(),
        Moment::Local(at) => at,
        Moment::Utc(at) => offset.to_datetime(at),
    }
}
