//! The times that a calendar file says are taken.

use super::components::{self, Calendar, Component};
use super::event::{self, Event};
use super::expand::Budget;
use super::lines;
use super::series;
use super::value::Length;
use super::zones::Zones;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::collections::BTreeMap;
use std::ops::Range;

/// The most bytes that a file may have: a busy person's ten years are below it.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;
/// The most events that a file may have.
pub const MAX_EVENTS: usize = 20_000;
/// The most times that one event may take in the range that is asked for, and that all may take together ten times over.
pub const MAX_OCCURRENCES: usize = 10_000;
/// So many troubles are told of each kind; all are counted.
pub const MAX_TROUBLES: usize = 1_000;
/// More lines than any calendar of [`MAX_EVENTS`] events has.
const MAX_LINES: usize = 500_000;

/// Time that is taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Busy {
    /// When it begins; may be before the range that was asked for.
    pub start: Timestamp,
    /// When it ends, after `start`.
    pub end: Timestamp,
    /// The event's own id, by which one's own events are known again. Empty if it has none.
    pub uid: String,
    /// Whether it is not settled yet.
    pub tentative: bool,
}

/// What a file says about a range of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// What is taken, by start. Times may overlap; they are not cut at the ends of the range.
    pub busy: Vec<Busy>,
    /// The events that are not in `busy` because they cannot be read.
    pub refused: Vec<Trouble>,
    /// What was assumed, or left out, of events that are in `busy`.
    pub assumed: Vec<Trouble>,
    /// How many more there were of either than [`MAX_TROUBLES`].
    pub untold: usize,
}

impl Feed {
    fn refuse(&mut self, trouble: Trouble) {
        keep(&mut self.refused, &mut self.untold, trouble);
    }

    fn assume(&mut self, trouble: Trouble) {
        keep(&mut self.assumed, &mut self.untold, trouble);
    }
}

fn keep(troubles: &mut Vec<Trouble>, untold: &mut usize, trouble: Trouble) {
    if troubles.len() < MAX_TROUBLES {
        troubles.push(trouble);
    } else {
        *untold += 1;
    }
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The event's own id, empty if it has none. It is the calendar's text: not for logs.
    pub uid: String,
    /// The line of the file, from 1.
    pub line: usize,
    /// What is wrong.
    pub why: Why,
}

/// What is wrong with an event, or a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// The file ends in the middle of it, or another event begins.
    #[error("its END is missing")]
    NotClosed,
    /// There is no `DTSTART`.
    #[error("it has no DTSTART")]
    NoStart,
    /// `DTSTART` is no date or time.
    #[error("its DTSTART is no date or time")]
    Start,
    /// `DTEND` is no date or time.
    #[error("its DTEND is no date or time")]
    End,
    /// `DURATION` is none.
    #[error("its DURATION is none")]
    Duration,
    /// It ends before it starts.
    #[error("it ends before it starts")]
    EndsBeforeItStarts,
    /// An `RDATE`, `EXDATE`, `RECURRENCE-ID` or `FREEBUSY` that cannot be read. It was left out.
    #[error("one of its dates is none and was left out")]
    Date,
    /// A zone that is neither known nor defined in the file. The calendar's own was taken, or an offset that its name tells.
    #[error("its zone is unknown; the calendar's own was taken, or the offset in the name")]
    Zone,
    /// A rule that cannot be followed. Only the first time, and what it names by date, was taken.
    #[error("its rule cannot be followed ({0}); only its first time was taken")]
    Rule(&'static str),
    /// It asks for more times, or more work, than one event or file may.
    #[error("it comes too often")]
    TooMuch,
}

/// Why a whole file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// More than [`MAX_BYTES`], or than half a million lines.
    #[error("the file is larger than {MAX_BYTES} bytes, or has more than {MAX_LINES} lines")]
    TooLarge,
    /// Parts stand in each other deeper than in any calendar.
    #[error("the file's parts stand in each other too deep")]
    TooDeep,
    /// More than [`MAX_EVENTS`].
    #[error("the file has more than {MAX_EVENTS} events")]
    TooManyEvents,
    /// No calendar and no event in it: a page of a web site, an empty answer.
    #[error("the file is no calendar")]
    NotACalendar,
    /// The file ends inside a calendar: a download that broke off. What is missing nobody knows.
    #[error("the file breaks off")]
    BreaksOff,
}

/// Reads what of `range` is taken. `default` is the zone of whole days and of times that name none, unless the file names one.
///
/// # Errors
/// When nothing of the file may be trusted; a single event that cannot be read is in [`Feed::refused`].
pub fn busy(bytes: &[u8], range: &Range<Timestamp>, default: &TimeZone) -> Result<Feed, Unreadable> {
    if bytes.len() > MAX_BYTES || bytes.split(|byte| *byte == b'\n').count() > MAX_LINES {
        return Err(Unreadable::TooLarge);
    }
    let calendars = components::sort(lines::read(&String::from_utf8_lossy(bytes))).ok_or(Unreadable::TooDeep)?;
    if calendars.is_empty() {
        return Err(Unreadable::NotACalendar);
    }
    if calendars.iter().any(|calendar| !calendar.closed) {
        return Err(Unreadable::BreaksOff);
    }
    if calendars.iter().map(|calendar| calendar.events.len() + calendar.busy.len()).sum::<usize>() > MAX_EVENTS {
        return Err(Unreadable::TooManyEvents);
    }
    let mut reader = Reader { range, budget: Budget::new(), feed: Feed::default() };
    for calendar in calendars.iter().filter(|calendar| !calendar.cancels) {
        reader.calendar(calendar, default);
    }
    let mut feed = reader.feed;
    feed.busy.sort_unstable();
    feed.busy.dedup();
    Ok(feed)
}

struct Reader<'a> {
    range: &'a Range<Timestamp>,
    budget: Budget,
    feed: Feed,
}

impl Reader<'_> {
    fn calendar(&mut self, calendar: &Calendar, default: &TimeZone) {
        // A zone's changes are worked out beyond the range, for events that are moved into it.
        let end = TimeZone::UTC.to_datetime(self.range.end);
        let to = end.checked_add(1.year()).unwrap_or(end);
        let zones = Zones::of(calendar, default, to, &mut self.budget);
        let mut series: BTreeMap<String, Vec<Event>> = BTreeMap::new();
        for (index, component) in calendar.events.iter().enumerate() {
            match event::read(component, &zones) {
                Ok(event) => {
                    // Events without an id have nothing to do with one another.
                    let key = if event.uid.is_empty() { format!("\n{index}") } else { event.uid.clone() };
                    series.entry(key).or_default().push(event);
                }
                Err((line, why)) => {
                    let uid = component.uid();
                    self.feed.refuse(Trouble { uid, line, why });
                }
            }
        }
        for events in series.into_values() {
            self.series(&newest(events));
        }
        for component in &calendar.busy {
            self.free_busy(component, &zones);
        }
    }

    /// The events of one id: each that replaces nothing is a series, the others stand in place of its times.
    fn series(&mut self, events: &[Event]) {
        let replacing: Vec<&Event> = events.iter().filter(|event| event.replaces.is_some()).collect();
        for event in events {
            let others = if event.replaces.is_none() { replacing.as_slice() } else { &[] };
            let trouble = |(line, why): &(usize, Why)| Trouble { uid: event.uid.clone(), line: *line, why: *why };
            event.assumed.iter().map(trouble).for_each(|trouble| self.feed.assume(trouble));
            if event.free && !others.iter().any(|other| other.and_later) {
                continue;
            }
            match series::times(event, others, self.range, &mut self.budget) {
                Ok(times) if self.feed.busy.len() + times.len() <= 10 * MAX_OCCURRENCES => self.feed.busy.extend(times),
                Ok(_) => self.feed.refuse(trouble(&(event.number, Why::TooMuch))),
                Err(why) => self.feed.refuse(trouble(&(event.number, why))),
            }
        }
    }

    /// A list of taken times without events (`VFREEBUSY`).
    fn free_busy(&mut self, component: &Component, zones: &Zones) {
        let uid = component.uid();
        for line in component.all("FREEBUSY") {
            let kind = line.param("FBTYPE").unwrap_or("BUSY").to_ascii_uppercase();
            if kind == "FREE" {
                continue;
            }
            for text in line.value.split(',') {
                let mut assumed = Vec::new();
                let period = event::date(line, text, zones, &mut assumed);
                let times = period
                    .and_then(|(start, length)| Some((start.instant()?, start.end(length.unwrap_or(Length::NONE))?)));
                match times {
                    Some((start, end)) if start < end => {
                        if self.feed.busy.len() >= 10 * MAX_OCCURRENCES {
                            self.feed.refuse(Trouble { uid, line: line.number, why: Why::TooMuch });
                            return;
                        }
                        if start < self.range.end && self.range.start < end {
                            let tentative = kind == "BUSY-TENTATIVE";
                            self.feed.busy.push(Busy { start, end, uid: uid.clone(), tentative });
                        }
                    }
                    _ => self.feed.refuse(Trouble { uid: uid.clone(), line: line.number, why: Why::Date }),
                }
            }
        }
    }
}

/// The events of one id without the versions that a later one (`SEQUENCE`) took the place of.
fn newest(events: Vec<Event>) -> Vec<Event> {
    // What an event replaces tells versions of one time from versions of another.
    let slot = |event: &Event| event.replaces.as_ref().map(|when| (when.instant(), when.at.date()));
    let mut latest = BTreeMap::new();
    for event in &events {
        let known = latest.entry(slot(event)).or_insert(event.sequence);
        *known = event.sequence.max(*known);
    }
    events.into_iter().filter(|event| latest.get(&slot(event)) == Some(&event.sequence)).collect()
}
