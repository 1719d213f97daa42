//! What cannot be read is told, costs little, and loses nothing else.

use super::{event, feed, times};
use crate::{MAX_BYTES, MAX_EVENTS, MAX_OCCURRENCES, MAX_TROUBLES, Unreadable, Why, busy};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::fmt::Write;

const GOOD: &str = "BEGIN:VEVENT\nUID:good\nDTSTART:20260310T090000Z\nDURATION:PT1H\nEND:VEVENT\n";

#[test]
fn one_bad_event_never_loses_the_rest() {
    for (lines, line, why) in [
        ("SUMMARY:x", 7, Why::NoStart),
        ("DTSTART:soon", 9, Why::Start),
        ("DTSTART:20260230T090000Z", 9, Why::Start),
        ("DTSTART:20260310T090000Z\nDTEND:later", 10, Why::End),
        ("DTSTART:20260310T090000Z\nDURATION:P999999999999999999W", 10, Why::Duration),
        ("DTSTART:20260310T090000Z\nDTEND:20260310T080000Z", 10, Why::EndsBeforeItStarts),
        ("DTSTART:20260310T090000Z\nDURATION:PT1H\nRRULE:FREQ=SECONDLY", 7, Why::TooMuch),
    ] {
        let feed = feed(&format!("{GOOD}BEGIN:VEVENT\nUID:bad\n{lines}\nEND:VEVENT"));
        assert_eq!(times(&feed), "0310T0900/0310T1000", "{lines}");
        let refused: Vec<_> =
            feed.refused.iter().map(|trouble| (trouble.uid.as_str(), trouble.line, trouble.why)).collect();
        assert_eq!(refused, [("bad", line, why)], "{lines}");
    }
    let feed = feed(&format!("BEGIN:VEVENT\nUID:bad\nDTSTART:20260310T090000Z\n{GOOD}"));
    assert_eq!((feed.busy.len(), feed.refused[0].why), (1, Why::NotClosed));
}

#[test]
fn of_a_rule_that_cannot_be_followed_the_first_time_is_taken() {
    let feed = event(
        "DTSTART:20260310T090000Z\nDURATION:PT1H\nRRULE:RSCALE=HEBREW;FREQ=YEARLY\nEXDATE:never\nRDATE:20260311T090000Z",
    );
    assert_eq!(times(&feed), "0310T0900/0310T1000 0311T0900/0311T1000");
    let whys: Vec<_> = feed.assumed.iter().map(|trouble| trouble.why).collect();
    assert_eq!(whys, [Why::Rule("it counts in a calendar other than the Gregorian"), Why::Date]);
}

fn read(bytes: &[u8]) -> Result<crate::Feed, Unreadable> {
    let range = "2026-01-01T00:00:00Z".parse::<Timestamp>().unwrap()..Timestamp::MAX;
    busy(bytes, &range, &TimeZone::UTC)
}

#[test]
fn what_is_no_calendar_or_not_all_of_one_is_refused() {
    for bytes in ["", "<!doctype html><p>Sign in: here", "BEGIN:VCARD\nFN:A\nEND:VCARD\n", "\u{0}\u{1}"] {
        assert_eq!(read(bytes.as_bytes()), Err(Unreadable::NotACalendar), "{bytes}");
    }
    assert_eq!(read(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2026"), Err(Unreadable::BreaksOff));
    assert_eq!(read(b"BEGIN:VCALENDAR\nEND:VCALENDAR\n"), Ok(crate::Feed::default()));
}

#[test]
fn a_hostile_feed_costs_no_more_than_its_size() {
    // An id of a megabyte, which each of a million empty dates would be told with.
    let long = format!(
        "BEGIN:VEVENT\nUID:{}\nDTSTART:20260310T090000Z\nRDATE:{}\nEND:VEVENT\n",
        "x".repeat(1 << 20),
        ",".repeat(1 << 20)
    );
    let told = feed(&long);
    assert!(told.assumed.len() <= 100 && told.assumed.iter().all(|trouble| trouble.uid.is_empty()));
    // Taken times without end, and one that is none in each place.
    let times = "20260310T090000Z/PT1H,".repeat(200_000);
    let told = feed(&format!("BEGIN:VFREEBUSY\nFREEBUSY:{times}\nEND:VFREEBUSY\n"));
    assert!(told.refused.iter().any(|trouble| trouble.why == Why::TooMuch), "{}", told.busy.len());
    let told = feed(&format!("BEGIN:VFREEBUSY\nFREEBUSY:{}\nEND:VFREEBUSY\n", ",".repeat(5_000)));
    assert_eq!((told.refused.len(), told.untold), (MAX_TROUBLES, 5_001 - MAX_TROUBLES));
    // Parts in parts, and lines without end.
    assert_eq!(read("BEGIN:A\n".repeat(500).as_bytes()), Err(Unreadable::TooDeep));
    assert_eq!(read("A:\n".repeat(500_001).as_bytes()), Err(Unreadable::TooLarge));
    // A thousand series of one id and a thousand times that replace some of theirs.
    let series = |at: &str| format!("BEGIN:VEVENT\nUID:a\n{at}DTSTART:20260310T090000Z\nEND:VEVENT\n");
    let masters = series("").repeat(9_000);
    let others = series("RECURRENCE-ID:20260310T090000Z\n").repeat(9_000);
    assert!(feed(&format!("{masters}{others}")).refused.iter().any(|trouble| trouble.why == Why::TooMuch));
}

#[test]
fn bytes_events_and_times_are_bounded() {
    assert_eq!(read(&vec![b'a'; MAX_BYTES + 1]), Err(Unreadable::TooLarge));
    let many = "BEGIN:VEVENT\nEND:VEVENT\n".repeat(MAX_EVENTS + 1);
    assert_eq!(read(format!("BEGIN:VCALENDAR\n{many}END:VCALENDAR").as_bytes()), Err(Unreadable::TooManyEvents));
    // Rules that each take all that one may, until the file may no more.
    let mut greedy = String::from("BEGIN:VCALENDAR\n");
    for n in 0..50 {
        writeln!(greedy, "BEGIN:VEVENT\nUID:{n}\nDTSTART:20260101T090000Z\nDURATION:PT1H\nRRULE:FREQ=MINUTELY;COUNT={MAX_OCCURRENCES}\nEND:VEVENT").unwrap();
    }
    let feed = read((greedy + "END:VCALENDAR").as_bytes()).unwrap();
    assert!(feed.busy.len() <= 10 * MAX_OCCURRENCES && feed.busy.len() >= 9 * MAX_OCCURRENCES);
    assert!(feed.refused.iter().all(|trouble| trouble.why == Why::TooMuch) && !feed.refused.is_empty());
}
