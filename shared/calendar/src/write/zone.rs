//! A zone's clocks as a `VTIMEZONE` (RFC 5545, 3.6.5), for the years of a visit.
//!
//! Where the clocks change twice a year on weekdays that can be counted, and did so the year before and will the year after,
//! two yearly rules say it, as Outlook and Google write them themselves. Elsewhere (Morocco, a government's late decree) every
//! change of these years is listed by its date.

use super::text::Lines;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, Zoned};

/// A change of the clocks, on the clock before it; or, with the same offset twice, how they stand.
struct Change {
    at: DateTime,
    before: Offset,
    after: Offset,
    summer: bool,
    name: String,
}

/// Writes the zone called `name`, so that every time from `start` to `end` is told right.
pub(crate) fn write(lines: &mut Lines, name: &str, start: &Zoned, end: &Zoned) {
    lines.raw("BEGIN:VTIMEZONE");
    lines.text("TZID", name);
    let zone = start.time_zone();
    let (first, last) = (start.year().saturating_sub(1), end.year().saturating_add(1));
    let changes = changes(zone, first, last);
    match yearly(&changes, first..=last) {
        Some(pair) => pair.iter().for_each(|(change, rule)| observance(lines, change, Some(rule))),
        None => standing(zone, first).iter().chain(&changes).for_each(|change| observance(lines, change, None)),
    }
    lines.raw("END:VTIMEZONE");
}

fn observance(lines: &mut Lines, change: &Change, rule: Option<&str>) {
    let kind = if change.summer { "DAYLIGHT" } else { "STANDARD" };
    lines.raw(&format!("BEGIN:{kind}"));
    lines.raw(&format!("DTSTART:{}", change.at.strftime("%Y%m%dT%H%M%S")));
    lines.raw(&format!("TZOFFSETFROM:{}", offset(change.before)));
    lines.raw(&format!("TZOFFSETTO:{}", offset(change.after)));
    if let Some(rule) = rule {
        lines.raw(rule);
    }
    lines.text("TZNAME", &change.name);
    lines.raw(&format!("END:{kind}"));
}

fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.abs();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { format!("{sign}{hours:02}{minutes:02}") } else { format!("{sign}{hours:02}{minutes:02}{rest:02}") }
}

fn new_year(zone: &TimeZone, year: i16) -> Option<Timestamp> {
    Date::new(year, 1, 1).ok().and_then(|day| zone.to_timestamp(day.into()).ok())
}

/// The changes of these years. A zone may change its name or its law without its clocks: those are none.
fn changes(zone: &TimeZone, first: i16, last: i16) -> Vec<Change> {
    let begin = new_year(zone, first).unwrap_or(Timestamp::MIN);
    let end = new_year(zone, last.saturating_add(1)).unwrap_or(Timestamp::MAX);
    zone.following(begin)
        .take_while(|change| change.timestamp() < end)
        .filter_map(|change| {
            let before = zone.to_offset(change.timestamp().checked_sub(SignedDuration::from_nanos(1)).ok()?);
            Some(Change {
                at: before.to_datetime(change.timestamp()),
                before,
                after: change.offset(),
                summer: change.dst().is_dst(),
                name: change.abbreviation().to_owned(),
            })
        })
        .filter(|change| change.before != change.after)
        .collect()
}

/// How the clocks stand when the year begins.
fn standing(zone: &TimeZone, year: i16) -> Option<Change> {
    let begin = new_year(zone, year)?;
    let info = zone.to_offset_info(begin);
    Some(Change {
        at: info.offset().to_datetime(begin),
        before: info.offset(),
        after: info.offset(),
        summer: info.dst().is_dst(),
        name: info.abbreviation().to_owned(),
    })
}

/// Two rules, if each of the years has two changes that the same two rules make. The first year's are their beginning.
fn yearly(changes: &[Change], years: std::ops::RangeInclusive<i16>) -> Option<[(&Change, String); 2]> {
    let (pairs, []) = changes.as_chunks::<2>() else { return None };
    let fits =
        pairs.iter().flat_map(|pair| pair.iter().map(|change| change.at.year())).eq(years.flat_map(|year| [year; 2]));
    let each = |nth: usize| pairs.iter().filter_map(|pair| pair.get(nth)).collect::<Vec<_>>();
    let (ones, others) = (each(0), each(1));
    fits.then(|| Some([(*ones.first()?, rule(&ones)?), (*others.first()?, rule(&others)?)]))?
}

/// The rule that makes all of these, if one does: the so many-th or the last weekday of a month.
fn rule(changes: &[&Change]) -> Option<String> {
    let first = changes.first()?;
    let same = |change: &&Change| {
        (change.before, change.after, change.at.time(), change.at.month(), change.at.weekday())
            == (first.before, first.after, first.at.time(), first.at.month(), first.at.weekday())
    };
    let nth = |change: &Change| (change.at.day() - 1) / 7 + 1;
    let is_last = |change: &Change| change.at.date().days_in_month() - change.at.day() < 7;
    let place = match () {
        () if !changes.iter().all(same) => return None,
        () if changes.iter().all(|change| is_last(change)) => -1,
        () if changes.iter().all(|change| nth(change) == nth(first)) => nth(first),
        () => return None,
    };
    Some(format!("RRULE:FREQ=YEARLY;BYMONTH={};BYDAY={place}{}", first.at.month(), short(first.at.weekday())))
}

fn short(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}
