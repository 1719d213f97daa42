//! One `VEVENT`: when it begins, how long it takes, how it comes again.

use super::busy::Why;
use super::components::Component;
use super::lines::Line;
use super::rule::{self, Rule};
use super::value::{self, Length, Moment};
use super::zones::{Zone, Zones};
use jiff::Timestamp;
use jiff::civil::DateTime;

/// So much is told of one event.
const MAX_ASSUMED: usize = 100;

/// A time on the clock of a zone, or a whole day: then it is the day's first moment.
#[derive(Debug, Clone)]
pub(crate) struct When {
    pub(crate) at: DateTime,
    pub(crate) zone: Zone,
    pub(crate) whole_day: bool,
}

impl When {
    pub(crate) fn instant(&self) -> Option<Timestamp> {
        self.zone.instant(self.at)
    }

    pub(crate) fn moved_to(&self, at: DateTime) -> Self {
        Self { at, ..self.clone() }
    }

    /// The end of what begins here and takes so long: days on the calendar first, then time that passes.
    pub(crate) fn end(&self, length: Length) -> Option<Timestamp> {
        let day = value::days_later(self.at, length.days)?;
        self.zone.instant(day)?.checked_add(length.time).ok()
    }
}

#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) uid: String,
    pub(crate) number: usize,
    pub(crate) sequence: u32,
    pub(crate) start: When,
    pub(crate) length: Length,
    pub(crate) rules: Vec<Rule>,
    /// `RDATE`: more starts, some with a length of their own.
    pub(crate) dates: Vec<(When, Option<Length>)>,
    /// `EXDATE`: starts that do not take place.
    pub(crate) except: Vec<When>,
    /// `RECURRENCE-ID`: the start that this event stands in place of.
    pub(crate) replaces: Option<When>,
    /// Whether it also moves all starts after that (`RANGE=THISANDFUTURE`).
    pub(crate) and_later: bool,
    /// It takes up nobody's time: called off, or marked as free.
    pub(crate) free: bool,
    pub(crate) tentative: bool,
    /// What of it was left out or guessed.
    pub(crate) assumed: Vec<(usize, Why)>,
}

/// Reads an event.
///
/// # Errors
/// Why it cannot be told when it takes place, and the line.
pub(crate) fn read(component: &Component, zones: &Zones) -> Result<Event, (usize, Why)> {
    if !component.closed {
        return Err((component.number, Why::NotClosed));
    }
    let mut assumed = Vec::new();
    let line = component.first("DTSTART").ok_or((component.number, Why::NoStart))?;
    let start = when(line, &line.value, zones, &mut assumed).ok_or((line.number, Why::Start))?;
    let length = length(component, &start, zones, &mut assumed)?;
    let mut event = Event {
        uid: component.uid(),
        number: component.number,
        sequence: component.first("SEQUENCE").and_then(|line| line.value.trim().parse().ok()).unwrap_or(0),
        start,
        length,
        rules: Vec::new(),
        dates: Vec::new(),
        except: Vec::new(),
        replaces: None,
        and_later: false,
        free: is_free(component),
        tentative: component.first("STATUS").is_some_and(|line| line.word() == "TENTATIVE"),
        assumed,
    };
    for line in &component.lines {
        recurrence(&mut event, line, zones);
    }
    Ok(event)
}

/// Called off, marked as free, or so in Outlook's own words where the standard's are missing.
fn is_free(component: &Component) -> bool {
    let word = |name| component.first(name).map(Line::word);
    word("STATUS").is_some_and(|status| status == "CANCELLED")
        || match word("TRANSP") {
            Some(transparency) => transparency == "TRANSPARENT",
            None => word("X-MICROSOFT-CDO-BUSYSTATUS").is_some_and(|status| status == "FREE"),
        }
}

/// `DTEND` says how much time passes, `DURATION` may count days (RFC 5545, 3.8.5.3). Without either a date is that day and a
/// time takes none.
fn length(
    component: &Component,
    start: &When,
    zones: &Zones,
    assumed: &mut Vec<(usize, Why)>,
) -> Result<Length, (usize, Why)> {
    let least = if start.whole_day { Length::DAY } else { Length::NONE };
    let length = if let Some(line) = component.first("DTEND") {
        let end = when(line, &line.value, zones, assumed).ok_or((line.number, Why::End))?;
        (between(start, &end).ok_or((line.number, Why::End))?, line.number)
    } else if let Some(line) = component.first("DURATION") {
        (value::length(&line.value).ok_or((line.number, Why::Duration))?, line.number)
    } else {
        (least, component.number)
    };
    match length {
        (Length { days, time }, number) if days < 0 || time.is_negative() => Err((number, Why::EndsBeforeItStarts)),
        // Some programs end a day on itself.
        (Length::NONE, _) => Ok(least),
        (length, _) => Ok(length),
    }
}

pub(crate) fn between(start: &When, end: &When) -> Option<Length> {
    if start.whole_day && end.whole_day {
        let days = end.at.date().since(start.at.date()).ok()?.get_days();
        return Some(Length { days, ..Length::NONE });
    }
    Some(Length::time(end.instant()?.duration_since(start.instant()?)))
}

/// Keeps what was assumed; of more than [`MAX_ASSUMED`] nobody reads the last.
fn note(assumed: &mut Vec<(usize, Why)>, trouble: (usize, Why)) {
    if assumed.len() < MAX_ASSUMED {
        assumed.push(trouble);
    }
}

/// One line about how the event comes again. A line that cannot be read is left out, and what of it is left out is told: time
/// is then taken that may be free, never the other way round, except by a rule, after whose first time nothing is known.
fn recurrence(event: &mut Event, line: &Line, zones: &Zones) {
    match line.name.as_str() {
        "RRULE" => match rule::read(&line.value) {
            Ok(rule) => event.rules.push(rule),
            Err(why) => note(&mut event.assumed, (line.number, Why::Rule(why))),
        },
        "RDATE" => {
            for text in line.value.split(',') {
                match date(line, text, zones, &mut event.assumed) {
                    Some(date) => event.dates.push(date),
                    None => note(&mut event.assumed, (line.number, Why::Date)),
                }
            }
        }
        "EXDATE" => {
            for text in line.value.split(',') {
                match when(line, text, zones, &mut event.assumed) {
                    Some(when) => event.except.push(when),
                    None => note(&mut event.assumed, (line.number, Why::Date)),
                }
            }
        }
        "RECURRENCE-ID" => {
            event.replaces = when(line, &line.value, zones, &mut event.assumed);
            event.and_later = line.param("RANGE").is_some_and(|range| range.eq_ignore_ascii_case("THISANDFUTURE"));
            if event.replaces.is_none() {
                note(&mut event.assumed, (line.number, Why::Date));
            }
        }
        _ => {}
    }
}

/// A date, a time, or a period with its own length.
pub(crate) fn date(
    line: &Line,
    text: &str,
    zones: &Zones,
    assumed: &mut Vec<(usize, Why)>,
) -> Option<(When, Option<Length>)> {
    let Some((start, end)) = text.split_once('/') else {
        return Some((when(line, text, zones, assumed)?, None));
    };
    let start = when(line, start, zones, assumed)?;
    let length = match value::length(end) {
        Some(length) => length,
        None => between(&start, &when(line, end, zones, assumed)?)?,
    };
    Some((start, Some(length)))
}

/// The time that a line means by a text in it.
fn when(line: &Line, text: &str, zones: &Zones, assumed: &mut Vec<(usize, Why)>) -> Option<When> {
    // A name with a colon that should have been in quotation marks, `TZID=(UTC-05:00) Eastern Time:2020…`.
    let moment = value::moment(text.rsplit(':').next()?)?;
    let (at, whole_day) = match moment {
        Moment::Utc(at) => {
            let zone = jiff::tz::TimeZone::UTC;
            return Some(When { at: zone.to_datetime(at), zone: Zone::Known(zone), whole_day: false });
        }
        Moment::Local(at) => (at, false),
        Moment::Day(date) => (date.into(), true),
    };
    let named = line.param("TZID").filter(|_| !whole_day);
    let found = named.map(|name| zones.named(name));
    let is_guess = found.as_ref().is_some_and(|found| !matches!(found, Some((_, true))));
    if is_guess && !assumed.iter().any(|(_, why)| *why == Why::Zone) {
        note(assumed, (line.number, Why::Zone));
    }
    let zone = found.flatten().map_or_else(|| zones.default.clone(), |(zone, _)| zone);
    Some(When { at, zone, whole_day })
}
