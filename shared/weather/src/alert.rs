//! Official alerts, and what makes many messages one event.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Whether an alert is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertStatus {
    /// It is.
    Actual,
    /// An exercise, a test, a draft, talk between systems, or a word of a newer version: it is not.
    Unreal,
}

/// What a message does to its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageType {
    /// Begins it, or goes on with it.
    Alert,
    /// Changes it.
    Update,
    /// Calls it off, or says that it is over.
    Cancel,
}

/// What names an event of the weather service through all messages about it (NWS Directive 10-1703, Valid Time Event Code).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Vtec {
    /// The office: `KTAE`.
    pub office: String,
    /// What it is about: `SV` severe thunderstorm, `TO` tornado, `HW` high wind.
    pub phenomenon: String,
    /// `W` warning, `A` watch, `Y` advisory, `S` statement.
    pub significance: String,
    /// Its number; the office counts from one each year.
    pub number: u16,
}

/// An alert for a point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// The id of this message, which every update changes.
    pub id: String,
    /// Its name: `Severe Thunderstorm Warning`.
    pub event: String,
    /// Whether it is meant.
    pub status: AlertStatus,
    /// What it does to its event.
    pub message: MessageType,
    /// Its VTEC, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vtec: Option<Vtec>,
    /// The first message about the same event, of those it refers to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_message: Option<String>,
    /// When the event begins.
    pub onset: Timestamp,
    /// When the event ends; where that is not said, when the message does.
    pub ends: Timestamp,
    /// Hail of this diameter, in tenths of a millimetre, where it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hail_tenths_mm: Option<i32>,
    /// Gusts of this strength, in tenths of a kilometre an hour, where it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gust_tenths_kmh: Option<i32>,
}

impl Vtec {
    /// Reads `/O.NEW.KTAE.SV.W.0012.191019T1812Z-191019T1900Z/`; `None`: it is none, or none that is operational (`O`).
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.trim().trim_matches('/').split('.');
        let mut next = || parts.next().filter(|part| part.bytes().all(|b| b.is_ascii_alphanumeric()));
        let (class, _action, office) = (next()?, next()?, next()?);
        let (phenomenon, significance, number) = (next()?, next()?, next()?);
        let fits = class == "O" && office.len() == 4 && phenomenon.len() == 2 && significance.len() == 1;
        fits.then_some(())?;
        let owned = str::to_owned;
        Some(Self {
            office: owned(office),
            phenomenon: owned(phenomenon),
            significance: owned(significance),
            number: number.parse().ok()?,
        })
    }

    /// Whether it warns of hail or wind that damages: a warning, of a severe thunderstorm, tornado, high or extreme wind, or a tropical storm.
    #[must_use]
    pub fn is_storm(&self) -> bool {
        self.significance == "W" && matches!(self.phenomenon.as_str(), "SV" | "TO" | "HW" | "EW" | "HU" | "TR" | "TI")
    }
}

/// `KTAE.SV.W.0012`.
impl fmt::Display for Vtec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}.{:04}", self.office, self.phenomenon, self.significance, self.number)
    }
}

impl Alert {
    /// What is the same in all messages about one event: the VTEC with its year, else the first message's id.
    #[must_use]
    pub fn event_id(&self) -> String {
        match &self.vtec {
            // Offices count from one each year.
            Some(vtec) => format!("{vtec}.{}", self.onset.to_zoned(jiff::tz::TimeZone::UTC).year()),
            None => self.first_message.clone().unwrap_or_else(|| self.id.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vtec_names_its_event() {
        let new = Vtec::read("/O.NEW.KTAE.SV.W.0012.191019T1812Z-191019T1900Z/").unwrap();
        let later = Vtec::read("/O.CON.KTAE.SV.W.0012.000000T0000Z-191019T1900Z/").unwrap();
        assert_eq!(new, later);
        assert_eq!(new.to_string(), "KTAE.SV.W.0012");
        assert!(new.is_storm());
        assert!(!Vtec::read("/O.CON.KPQR.FA.A.0004.000000T0000Z-191222T1800Z/").unwrap().is_storm());
        for bad in
            ["", "/", "/T.NEW.KTAE.SV.W.0012.x/", "/O.NEW.KTAE.SV.W/", "/O.NEW.KTAE.SV.W.12x.y/", "/O.NEW.é.SV.W.0012/"]
        {
            assert_eq!(Vtec::read(bad), None, "{bad}");
        }
    }
}
