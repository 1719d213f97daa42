//! A visit as a file for a customer's calendar.
//!
//! Times are written in the zone of the place with that zone's `VTIMEZONE`, not in UTC: a visit at three stays at three when a
//! government moves the clocks after it was booked, and a guest who is elsewhere sees the hour of the place. UTC would be
//! enough to place the visit once, and is used where local time cannot: in a zone without a name (a fixed offset), and in the
//! hour that comes twice when the clocks go back.

use super::text::{self, Lines};
use super::zone;
use jiff::{SignedDuration, Timestamp, Zoned};

/// What the file asks of the calendar that gets it (RFC 5546).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Take it, and answer the organizer: the customer's calendar shows yes and no.
    Request,
    /// It does not take place any more.
    Cancel,
    /// Here it is; nobody waits for an answer.
    Publish,
}

impl Method {
    fn word(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
            Self::Publish => "PUBLISH",
        }
    }
}

/// Whether the visit is settled. What is called off says so by [`Method::Cancel`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Both know that it takes place.
    Confirmed,
    /// Somebody has yet to say yes.
    Tentative,
}

/// Who invites, or who is invited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Party<'a> {
    /// What the calendar shows.
    pub name: &'a str,
    /// An e-mail address.
    pub address: &'a str,
}

/// A visit. Any text may come from a stranger: none of it may start a new line of the file.
#[derive(Debug, Clone)]
pub struct CalendarEvent<'a> {
    /// The same for as long as the visit exists, whenever it is moved, and nobody else's in the world.
    pub uid: &'a str,
    /// Raised each time that the visit is moved or called off; calendars pass over what is not newer than what they have.
    pub sequence: u32,
    /// When this was said.
    pub stamp: Timestamp,
    /// When it begins, in the zone of the place.
    pub start: &'a Zoned,
    /// When it ends. Its own zone is not looked at.
    pub end: Timestamp,
    /// What the calendar shows in its grid.
    pub summary: &'a str,
    /// Where, as one would tell a driver.
    pub location: Option<&'a str>,
    /// All else; lines are kept.
    pub description: Option<&'a str>,
    /// The business.
    pub organizer: Party<'a>,
    /// The customer. Not written with [`Method::Publish`], which has no guests.
    pub attendee: Party<'a>,
    /// Whether it is settled.
    pub status: Status,
    /// How long before the start the calendar reminds of it; not at all without.
    pub alarm: Option<SignedDuration>,
}

/// A file on its way with an e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The file's name.
    pub name: String,
    /// What it is, for the header of the same name. Without the method there mail programs show no buttons.
    pub content_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl CalendarEvent<'_> {
    /// The file, as it goes with an e-mail.
    #[must_use]
    pub fn attachment(&self, method: Method) -> Attachment {
        Attachment {
            name: "invite.ics".to_owned(),
            content_type: format!("text/calendar; method={}; charset=utf-8", method.word()),
            bytes: self.file(method).into_bytes(),
        }
    }

    /// The file.
    #[must_use]
    pub fn file(&self, method: Method) -> String {
        let mut lines = Lines::default();
        lines.raw("BEGIN:VCALENDAR");
        lines.raw("VERSION:2.0");
        lines.raw("PRODID:-//Porchlight//Visits//EN");
        lines.raw(&format!("METHOD:{}", method.word()));
        let zone = self.start.time_zone();
        let name = self.zone_name();
        if let Some(name) = name {
            zone::write(&mut lines, name, self.start, &self.end.to_zoned(zone.clone()));
        }
        self.event(&mut lines, method, name);
        lines.raw("END:VCALENDAR");
        lines.finish()
    }

    /// The zone that the times are written in, if it is not UTC.
    fn zone_name(&self) -> Option<&str> {
        let zone = self.start.time_zone();
        // In the hour that comes twice a year local time cannot say which is meant.
        let clear = |at: Timestamp| zone.to_timestamp(zone.to_datetime(at)).is_ok_and(|read| read == at);
        let name = zone.iana_name().filter(|name| !matches!(*name, "UTC" | "Etc/UTC" | "Etc/Unknown"))?;
        (clear(self.start.timestamp()) && clear(self.end)).then_some(name)
    }

    fn event(&self, lines: &mut Lines, method: Method, zone: Option<&str>) {
        lines.raw("BEGIN:VEVENT");
        lines.text("UID", self.uid);
        lines.raw(&format!("SEQUENCE:{}", self.sequence));
        lines.raw(&format!("DTSTAMP:{}", utc(self.stamp)));
        self.time(lines, "DTSTART", self.start.timestamp(), zone);
        self.time(lines, "DTEND", self.end, zone);
        lines.text("SUMMARY", self.summary);
        for (name, text) in [("LOCATION", self.location), ("DESCRIPTION", self.description)] {
            if let Some(text) = text {
                lines.text(name, text);
            }
        }
        lines.raw(&party("ORGANIZER", "", &self.organizer));
        let guest = match (method, self.status) {
            (Method::Publish, _) => None,
            (Method::Cancel, _) => Some(";ROLE=REQ-PARTICIPANT"),
            // They asked for this very time: their calendar need not ask them again.
            (Method::Request, Status::Confirmed) => Some(";ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE"),
            (Method::Request, Status::Tentative) => Some(";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"),
        };
        if let Some(params) = guest {
            lines.raw(&party("ATTENDEE", params, &self.attendee));
        }
        lines.raw(match (method, self.status) {
            (Method::Cancel, _) => "STATUS:CANCELLED",
            (_, Status::Confirmed) => "STATUS:CONFIRMED",
            (_, Status::Tentative) => "STATUS:TENTATIVE",
        });
        lines.raw("TRANSP:OPAQUE");
        if method != Method::Cancel {
            self.alarm(lines);
        }
        lines.raw("END:VEVENT");
    }

    fn time(&self, lines: &mut Lines, property: &str, at: Timestamp, zone: Option<&str>) {
        lines.raw(&match zone {
            Some(name) => {
                let local = self.start.time_zone().to_datetime(at);
                format!("{property};TZID={name}:{}", local.strftime("%Y%m%dT%H%M%S"))
            }
            None => format!("{property}:{}", utc(at)),
        });
    }

    fn alarm(&self, lines: &mut Lines) {
        let Some(minutes) = self.alarm.map(|before| before.as_mins()).filter(|minutes| *minutes > 0) else { return };
        lines.raw("BEGIN:VALARM");
        lines.raw("ACTION:DISPLAY");
        lines.raw(&format!("TRIGGER:-PT{minutes}M"));
        lines.text("DESCRIPTION", self.summary);
        lines.raw("END:VALARM");
    }
}

fn party(property: &str, params: &str, party: &Party<'_>) -> String {
    format!("{property};CN={}{params}:{}", text::quoted(party.name), text::mailto(party.address))
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
