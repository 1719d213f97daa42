//! Whole files, written here, and the times that they take.

mod feeds;
mod refusals;
mod zones;

use super::busy::{Feed, busy};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The file with these lines as its calendar, read in New York for the year 2026.
pub(crate) fn feed(lines: &str) -> Feed {
    read(lines, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")
}

pub(crate) fn read(lines: &str, from: &str, to: &str) -> Feed {
    let file = format!("BEGIN:VCALENDAR\r\n{}\r\nEND:VCALENDAR\r\n", lines.trim().replace('\n', "\r\n"));
    let range = from.parse::<Timestamp>().unwrap()..to.parse().unwrap();
    busy(file.as_bytes(), &range, &TimeZone::get("America/New_York").unwrap()).unwrap()
}

/// One event with these lines.
pub(crate) fn event(lines: &str) -> Feed {
    feed(&format!("BEGIN:VEVENT\nUID:a\n{}\nEND:VEVENT", lines.trim()))
}

/// What is taken, as `month-day hour:minute` of both ends in UTC.
pub(crate) fn times(feed: &Feed) -> String {
    let times =
        feed.busy.iter().map(|busy| format!("{}/{}", busy.start.strftime("%m%dT%H%M"), busy.end.strftime("%m%dT%H%M")));
    times.collect::<Vec<_>>().join(" ")
}

/// What is taken by a file in which nothing is wrong.
pub(crate) fn clean(feed: &Feed) -> String {
    assert_eq!((feed.refused.as_slice(), feed.assumed.as_slice()), ([].as_slice(), [].as_slice()));
    times(feed)
}
