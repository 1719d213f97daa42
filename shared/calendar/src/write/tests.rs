//! What is written is read back: by our own reader, and line by line.

use super::text;
use crate::read::lines::{self, Line};
use crate::{CalendarEvent, Method, Party, Status, busy};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use proptest::prelude::*;

fn visit<'a>(start: &'a Zoned, summary: &'a str, description: &'a str) -> CalendarEvent<'a> {
    CalendarEvent {
        uid: "01J-visit@porchlight",
        sequence: 2,
        stamp: Timestamp::UNIX_EPOCH,
        start,
        end: start.timestamp() + SignedDuration::from_mins(90),
        summary,
        location: Some("12 Elm St, Springfield"),
        description: Some(description),
        organizer: Party { name: "Acme \"Heating\"", address: "office@acme.example" },
        attendee: Party { name: "Ann; Lee", address: "ann@mail.example" },
        status: Status::Confirmed,
        alarm: Some(SignedDuration::from_hours(2)),
    }
}

fn at(text: &str) -> Zoned {
    text.parse().unwrap()
}

/// Text as it was before it was escaped.
fn unescaped(value: &str) -> String {
    let mut text = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        text.push(match c {
            '\\' => chars.next().map(|c| if c == 'n' { '\n' } else { c }).unwrap(),
            c => c,
        });
    }
    text
}

fn value<'a>(lines: &'a [Line], name: &str) -> &'a str {
    &lines.iter().find(|line| line.name == name).unwrap().value
}

#[test]
fn a_visit_is_written_with_its_zone() {
    let start = at("2026-06-04T15:00:00-04:00[America/New_York]");
    let file = visit(&start, "Boiler, yearly check", "Bring:\n- the key").file(Method::Request);
    let expected = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Porchlight//Visits//EN\nMETHOD:REQUEST\n\
        BEGIN:VTIMEZONE\nTZID:America/New_York\n\
        BEGIN:DAYLIGHT\nDTSTART:20250309T020000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\nTZNAME:EDT\nEND:DAYLIGHT\n\
        BEGIN:STANDARD\nDTSTART:20251102T020000\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\nTZNAME:EST\nEND:STANDARD\n\
        END:VTIMEZONE\n\
        BEGIN:VEVENT\nUID:01J-visit@porchlight\nSEQUENCE:2\nDTSTAMP:19700101T000000Z\n\
        DTSTART;TZID=America/New_York:20260604T150000\nDTEND;TZID=America/New_York:20260604T163000\n\
        SUMMARY:Boiler\\, yearly check\nLOCATION:12 Elm St\\, Springfield\nDESCRIPTION:Bring:\\n- the key\n\
        ORGANIZER;CN=\"Acme 'Heating'\":mailto:office@acme.example\n\
        ATTENDEE;CN=\"Ann; Lee\";ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:ma\n ilto:ann@mail.example\n\
        STATUS:CONFIRMED\nTRANSP:OPAQUE\n\
        BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT120M\nDESCRIPTION:Boiler\\, yearly check\nEND:VALARM\n\
        END:VEVENT\nEND:VCALENDAR\n";
    assert_eq!(file, expected.replace('\n', "\r\n"));
}

#[test]
fn calling_off_says_so_and_reminds_nobody() {
    let start = at("2026-06-04T15:00:00-04:00[America/New_York]");
    let lines = lines::read(&visit(&start, "a", "b").file(Method::Cancel));
    assert_eq!((value(&lines, "METHOD"), value(&lines, "STATUS")), ("CANCEL", "CANCELLED"));
    assert!(lines.iter().all(|line| line.value != "VALARM"));
}

#[test]
fn publishing_has_no_guests() {
    let start = at("2026-06-04T15:00:00-04:00[America/New_York]");
    let lines = lines::read(&visit(&start, "a", "b").file(Method::Publish));
    assert_eq!(value(&lines, "METHOD"), "PUBLISH");
    assert!(lines.iter().any(|line| line.name == "ORGANIZER") && lines.iter().all(|line| line.name != "ATTENDEE"));
}

#[test]
fn a_zone_without_a_name_is_written_in_utc() {
    for start in ["2026-06-04T15:00:00+02:00[+02:00]", "2026-06-04T13:00:00+00:00[UTC]"] {
        let file = visit(&at(start), "a", "b").file(Method::Publish);
        assert!(file.contains("DTSTART:20260604T130000Z\r\n") && !file.contains("VTIMEZONE"), "{file}");
    }
}

#[test]
fn an_attachment_says_what_it_is() {
    let start = at("2026-06-04T15:00:00-04:00[America/New_York]");
    let visit = visit(&start, "a", "b");
    let attachment = visit.attachment(Method::Request);
    assert_eq!(
        (attachment.name.as_str(), attachment.content_type.as_str()),
        ("invite.ics", "text/calendar; method=REQUEST; charset=utf-8")
    );
    assert_eq!(attachment.bytes, visit.file(Method::Request).into_bytes());
}

#[test]
fn no_text_adds_a_line() {
    let start = at("2026-06-04T15:00:00-04:00[America/New_York]");
    let bad =
        "x\r\nATTENDEE:mailto:eve@evil.example\rBEGIN:VEVENT\nDTSTART:20260101T000000Z\u{2028}\u{85}\u{b}\u{c}\0\"";
    let mut visit = visit(&start, bad, bad);
    let names = |visit: &CalendarEvent<'_>| -> Vec<String> {
        lines::read(&visit.file(Method::Request)).into_iter().map(|line| line.name).collect()
    };
    let before = names(&visit);
    visit.uid = bad;
    visit.location = Some(bad);
    visit.organizer = Party { name: bad, address: bad };
    visit.attendee = visit.organizer;
    assert_eq!(names(&visit), before);
    assert_eq!(before.iter().filter(|name| *name == "ATTENDEE").count(), 1);
}

/// Every zone that the tz database names.
fn zones() -> Vec<String> {
    jiff::tz::db().available().map(|name| name.to_string()).collect()
}

/// The two weeks around a time.
fn around(start: &Zoned) -> std::ops::Range<Timestamp> {
    let week = SignedDuration::from_hours(7 * 24);
    start.timestamp() - week..start.timestamp() + week
}

/// The file read again with its zone under a name that nobody knows, so that only what the file defines can count.
fn start_by_definition(file: &str, start: &Zoned) -> Timestamp {
    let zone = start.time_zone().iana_name().unwrap();
    let file = file.replace("\r\n ", "").replace(zone, "Nowhere");
    let feed = busy(file.as_bytes(), &around(start), &TimeZone::UTC).unwrap();
    assert!(feed.refused.is_empty() && feed.assumed.is_empty(), "{feed:?}\n{file}");
    feed.busy[0].start
}

#[test]
fn in_every_zone_the_definition_alone_tells_the_time_all_year() {
    let zones = zones();
    assert!(zones.len() > 400);
    for (index, name) in zones.iter().filter(|name| name.len() > 3).enumerate() {
        let zone = TimeZone::get(name).unwrap();
        // Each zone this year and in one other, all the years in some zone.
        for (year, months) in [(1996 + i16::try_from(index % 42).unwrap(), [2, 7]), (2026, [5, 12])] {
            for month in months {
                let start = jiff::civil::date(year, month, 11).at(9, 0, 0, 0).to_zoned(zone.clone()).unwrap();
                let file = visit(&start, "a", "b").file(Method::Publish);
                if file.contains("TZID") {
                    assert_eq!(start_by_definition(&file, &start), start.timestamp(), "{start}\n{file}");
                }
            }
        }
    }
}

#[test]
fn around_every_change_of_the_clocks_the_definition_tells_the_time() {
    for name in [
        "America/New_York",
        "Europe/Berlin",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Asia/Tehran",
        "Pacific/Fiji",
        "America/Sao_Paulo",
        "Europe/Dublin",
    ] {
        let zone = TimeZone::get(name).unwrap();
        let begin = "2015-01-01T00:00:00Z".parse::<Timestamp>().unwrap();
        for change in zone
            .following(begin)
            .take_while(|change| change.timestamp() < begin + SignedDuration::from_hours(24 * 365 * 12))
        {
            for minutes in [-1500, -1, 0, 61] {
                let start = (change.timestamp() + SignedDuration::from_mins(minutes)).to_zoned(zone.clone());
                let file = visit(&start, "a", "b").file(Method::Publish);
                assert_eq!(start_by_definition(&file, &start), start.timestamp(), "{start}\n{file}");
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_back_as_it_was(text in any::<String>(), zone in 0_usize..400, second in 0_i64..2_000_000_000) {
        let start = Timestamp::from_second(second).unwrap().in_tz(&zones().swap_remove(zone)).unwrap();
        let file = visit(&start, &text, &text).file(Method::Request);
        // No control characters but line ends and tabs are in a calendar.
        let kept: String = text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect();
        let lines = lines::read(&file);
        prop_assert_eq!(unescaped(value(&lines, "SUMMARY")), kept.clone());
        prop_assert_eq!(unescaped(value(&lines, "DESCRIPTION")), kept);
        for line in file.split_terminator("\r\n") {
            prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{:?}", line);
        }
        prop_assert!(file.ends_with("\r\n"));
        let feed = busy(file.as_bytes(), &around(&start), &TimeZone::UTC).unwrap();
        prop_assert!(feed.refused.is_empty() && feed.assumed.is_empty());
        prop_assert_eq!((feed.busy[0].start, feed.busy[0].end), (start.timestamp(), start.timestamp() + SignedDuration::from_mins(90)));
        prop_assert_eq!(&feed.busy[0].uid, "01J-visit@porchlight");
    }

    #[test]
    fn no_address_leaves_its_place(address in any::<String>()) {
        let uri = text::mailto(&address);
        prop_assert!(uri.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b';' | b',')), "{}", uri);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut file = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101T000000Z\nRRULE:".to_vec();
        file.extend(&bytes);
        file.extend(b"\nEND:VEVENT\nEND:VCALENDAR\n");
        let range = Timestamp::UNIX_EPOCH..Timestamp::MAX;
        let _ = busy(&bytes, &range, &TimeZone::UTC);
        let _ = busy(&file, &range, &TimeZone::UTC);
    }
}
