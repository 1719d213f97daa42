//! Which zone a `TZID` means.
//!
//! In this order: a name of the tz database; a zone that the file defines; a name of Windows (Outlook, Exchange); the end of a
//! longer name (`/mozilla.org/20070129_1/America/New_York`); an offset in the name (`UTC+01:00`). A name of the tz database
//! goes before the file's own definition, because files often hold this year's rules only.

use super::components::Calendar;
use super::custom_zone::CustomZone;
use super::expand::Budget;
use super::value;
use jiff::Timestamp;
use jiff::civil::{DateTime, date};
use jiff::tz::{Offset, TimeZone};
use std::collections::HashMap;

/// Windows' names and the zones of the tz database, one pair a line, sorted by the name in small letters.
const WINDOWS: &str = include_str!("windows_zones.txt");

/// A zone in which a local time is an instant.
#[derive(Debug, Clone)]
pub(crate) enum Zone {
    Known(TimeZone),
    Custom(CustomZone),
}

impl Zone {
    /// Of a time that comes twice the first; a time that the clocks skip, as before they were changed.
    pub(crate) fn instant(&self, at: DateTime) -> Option<Timestamp> {
        match self {
            Self::Known(zone) => zone.to_timestamp(at).ok(),
            Self::Custom(zone) => zone.instant(at),
        }
    }
}

/// The zones of one calendar.
pub(crate) struct Zones {
    /// Of what names no zone.
    pub(crate) default: Zone,
    custom: HashMap<String, CustomZone>,
}

impl Zones {
    /// `to`: until when the definitions in the file are worked out.
    pub(crate) fn of(calendar: &Calendar, default: &TimeZone, to: DateTime, budget: &mut Budget) -> Self {
        let mut custom = HashMap::new();
        for zone in &calendar.zones {
            let names = || zone.all("TZID").map(|line| plain(&line.value)).filter(|name| TimeZone::get(name).is_err());
            if names().next().is_some()
                && let Some(read) = CustomZone::read(zone, to, budget)
            {
                custom.extend(names().map(|name| (name, read.clone())));
            }
        }
        let mut zones = Self { default: Zone::Known(default.clone()), custom };
        if let Some((named, _)) = calendar.zone.as_deref().and_then(|name| zones.named(name)) {
            zones.default = named;
        }
        zones
    }

    /// The zone of this name, or none that we know; and whether that is sure.
    pub(crate) fn named(&self, name: &str) -> Option<(Zone, bool)> {
        let name = plain(name);
        if let Ok(zone) = TimeZone::get(&name) {
            return Some((Zone::Known(zone), true));
        }
        if let Some(zone) = self.custom.get(&name) {
            return Some((Zone::Custom(zone.clone()), true));
        }
        if let Some(zone) = windows(&name).or_else(|| end_of(&name)) {
            return Some((Zone::Known(zone), true));
        }
        let offset = offset_in(&name)?;
        // `(UTC-05:00) Eastern Time` is what Windows shows; the offset is that of winter, of a summer time it says nothing.
        let shown = name.starts_with('(');
        let own = || matches!(&self.default, Zone::Known(own) if winter(own) == Some(offset));
        if shown && own() {
            return Some((self.default.clone(), false));
        }
        Some((Zone::Known(TimeZone::fixed(offset)), !shown))
    }
}

/// The offset of a zone without summer time, as it was lately.
fn winter(zone: &TimeZone) -> Option<Offset> {
    let at = |month| Some(zone.to_offset(zone.to_timestamp(date(2025, month, 1).into()).ok()?));
    Some(at(1)?.min(at(7)?))
}

/// A name as it was meant: parameters are not escaped, and some programs escape the commas in them all the same.
fn plain(name: &str) -> String {
    name.trim().trim_matches('"').replace('\\', "")
}

fn windows(name: &str) -> Option<TimeZone> {
    let pair =
        WINDOWS.lines().filter_map(|line| line.split_once('\t')).find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    TimeZone::get(pair.1).ok()
}

fn end_of(name: &str) -> Option<TimeZone> {
    name.match_indices('/').filter_map(|(at, _)| name.get(at + 1..)).find_map(|end| TimeZone::get(end).ok())
}

fn offset_in(name: &str) -> Option<Offset> {
    let name = name.strip_prefix('(').unwrap_or(name);
    let rest = name.strip_prefix("UTC").or_else(|| name.strip_prefix("GMT"))?;
    let number: String =
        rest.chars().take_while(|c| matches!(c, '+' | '-' | ':' | '0'..='9')).filter(|c| *c != ':').collect();
    let (sign, digits) = number.split_at_checked(1)?;
    let digits = match digits.len() {
        1 => format!("0{digits}00"),
        2 => format!("{digits}00"),
        _ => digits.to_owned(),
    };
    value::offset(&format!("{sign}{digits}"))
}
