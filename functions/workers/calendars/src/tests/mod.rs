//! What calendar files say, and what of it takes time.

use super::*;
use domain::scheduling::uid;
use std::path::PathBuf;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    at("2026-12-01T08:00:00Z")
}

fn denver() -> TimeZone {
    TimeZone::get("America/Denver").unwrap()
}

/// What a file with these events says, each its lines.
fn said(events: &[&str]) -> Result<Reading, String> {
    let events = events.iter().map(|lines| format!("BEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\n"));
    let file = format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", events.collect::<String>());
    taken(file.as_bytes(), &denver(), now())
}

#[test]
fn whole_days_and_times_without_a_zone_are_of_the_place_and_series_come_as_often_as_they_do() {
    let reading = said(&[
        "UID:a\r\nDTSTART;VALUE=DATE:20261203",
        "UID:b\r\nDTSTART:20261204T090000\r\nDTEND:20261204T100000",
        "UID:c\r\nDTSTART:20261207T150000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=2",
    ]);
    let span = |from, to| Span { from: at(from), to: at(to) };
    let expected = [
        span("2026-12-03T07:00:00Z", "2026-12-04T07:00:00Z"),
        span("2026-12-04T16:00:00Z", "2026-12-04T17:00:00Z"),
        span("2026-12-07T15:00:00Z", "2026-12-07T16:00:00Z"),
        span("2026-12-14T15:00:00Z", "2026-12-14T16:00:00Z"),
    ];
    assert_eq!(reading.unwrap().busy, expected);
}

#[test]
fn what_is_free_called_off_ours_over_or_unreadable_takes_no_time() {
    let ours = uid(AppointmentId::derive(&TenantId::new("acme").unwrap(), &["a"]));
    let hour = "DTSTART:20261204T090000Z\r\nDTEND:20261204T100000Z";
    let reading = said(&[
        &format!("UID:a\r\n{hour}\r\nTRANSP:TRANSPARENT"),
        &format!("UID:b\r\n{hour}\r\nSTATUS:CANCELLED"),
        &format!("UID:{ours}\r\n{hour}"),
        "UID:d\r\nDTSTART:20261130T090000Z\r\nDTEND:20261130T100000Z",
        "UID:e\r\nDTSTART:tomorrow",
    ]);
    assert_eq!(reading, Ok(Reading { unreadable: 1, ..Reading::default() }));
}

#[test]
fn a_page_that_is_no_calendar_is_told_of_in_words() {
    let why = taken(b"<html>Sign in</html>", &denver(), now()).unwrap_err();
    assert_eq!(why, "the file is no calendar: connect the address of a calendar");
    assert!(taken(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", &denver(), now()).unwrap_err().contains("breaks off"));
}

#[test]
#[ignore = "needs calendars of other programs: PORCHLIGHT_FIXTURES=<folder> make fixtures"]
fn calendars_of_other_programs_are_read_and_laid_over_the_days_once() {
    let folder = PathBuf::from(std::env::var_os("PORCHLIGHT_FIXTURES").unwrap()).join("icalendar");
    let (tenant, ana) = (TenantId::new("acme").unwrap(), [ResourceId::new("ana").unwrap()]);
    let calendar = domain::ids::OutsideCalendarId::derive(&tenant, &["c"]);
    let mut read = 0;
    for file in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
        if file.extension().is_none_or(|extension| extension != "ics") {
            continue;
        }
        let bytes = std::fs::read(&file).unwrap();
        // Their events lie anywhere in the last 30 years.
        for year in 1995..2027 {
            let now = at(&format!("{year}-03-01T00:00:00Z"));
            // Broken events are told of one by one; no file is refused as a whole.
            let Reading { busy, .. } =
                taken(&bytes, &denver(), now).unwrap_or_else(|why| panic!("{}: {why}", file.display()));
            let outside = CalendarReading { calendar, resources: &ana, busy: &busy, now };
            let plan = outside.plan(&[]);
            assert_eq!(outside.plan(&plan.days).days, [], "{}", file.display());
            read += 1;
        }
    }
    assert!(read >= 32 * 60, "{read}");
}
