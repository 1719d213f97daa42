//! Names of zones, and zones that the file defines.

use super::{clean, event, feed, times};
use crate::Why;
use crate::read::zones::Zones;
use crate::read::{components::Calendar, expand::Budget};
use jiff::tz::TimeZone;

fn start_in(zone: &str) -> String {
    clean(&event(&format!("DTSTART;TZID={zone}:20260710T090000\nDURATION:PT1H")))
}

#[test]
fn a_zone_is_known_by_many_names() {
    for zone in [
        "Europe/Berlin",
        "europe/berlin",
        "W. Europe Standard Time",
        "\"W. Europe Standard Time\"",
        "/mozilla.org/20070129_1/Europe/Berlin",
        "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin",
        "UTC+02:00",
        "GMT+2",
    ] {
        assert_eq!(start_in(zone), "0710T0700/0710T0800", "{zone}");
    }
    assert_eq!(start_in("Eastern Standard Time"), "0710T1300/0710T1400");
    assert_eq!(start_in("/x/America/Argentina/Buenos_Aires"), "0710T1200/0710T1300");
}

#[test]
fn every_name_of_windows_has_a_zone_that_exists() {
    let zones =
        Zones::of(&Calendar::default(), &TimeZone::UTC, jiff::civil::date(2026, 1, 1).into(), &mut Budget::new());
    let names: Vec<_> = include_str!("../windows_zones.txt").lines().collect();
    assert!(names.len() > 130 && names.is_sorted_by_key(|line| line.to_ascii_lowercase()));
    for line in names {
        let (windows, name) = line.split_once('\t').unwrap();
        assert!(TimeZone::get(name).is_ok() && zones.named(windows).is_some(), "{line}");
    }
}

#[test]
fn an_unknown_zone_is_taken_for_the_calendars_own_and_told_once() {
    let feed = event("DTSTART;TZID=Bob's:20260710T090000\nDTEND;TZID=Bob's:20260710T100000");
    assert_eq!(times(&feed), "0710T1300/0710T1400");
    assert_eq!(feed.assumed.iter().map(|trouble| (trouble.line, trouble.why)).collect::<Vec<_>>(), [(4, Why::Zone)]);
}

#[test]
fn a_name_that_windows_shows_is_a_guess_by_its_offset_of_winter() {
    let start = |zone: &str| {
        let feed = event(&format!("DTSTART;TZID=\"{zone}\":20260710T090000\nDURATION:PT1H"));
        assert_eq!(feed.assumed.iter().map(|trouble| trouble.why).collect::<Vec<_>>(), [Why::Zone]);
        times(&feed)
    };
    // The reader's own zone has this offset in winter, so it is that one.
    assert_eq!(start("(UTC-05:00) Eastern Time (US & Canada)"), "0710T1300/0710T1400");
    assert_eq!(start("(GMT+10:00) Canberra, Melbourne, Sydney"), "0709T2300/0710T0000");
}

/// Central Europe under another name.
const DEFINED: &str = "BEGIN:VTIMEZONE\nTZID:Workshop\n\
    BEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\n\
    BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\n\
    END:VTIMEZONE\n";

#[test]
fn a_zone_that_the_file_defines_counts_also_where_its_clocks_change() {
    for (local, utc) in [
        ("20260301T090000", "0301T0800"),
        // Skipped, and right after.
        ("20260329T023000", "0329T0130"),
        ("20260329T030000", "0329T0100"),
        ("20260710T090000", "0710T0700"),
        // Twice, and right after.
        ("20261025T023000", "1025T0030"),
        ("20261025T030000", "1025T0200"),
    ] {
        let file = format!("BEGIN:VEVENT\nDTSTART;TZID=Workshop:{local}\nDURATION:PT1H\nEND:VEVENT\n{DEFINED}");
        assert!(clean(&feed(&file)).starts_with(utc), "{local}");
    }
}

#[test]
fn a_definition_of_rules_that_ended_and_of_dates_is_followed() {
    let zone = "BEGIN:VTIMEZONE\nTZID:Odd\n\
        BEGIN:DAYLIGHT\nDTSTART:20000402T020000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\nRRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20250406T070000Z\nEND:DAYLIGHT\n\
        BEGIN:STANDARD\nDTSTART:20001029T020000\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nRDATE:20251026T020000,20260601T020000\nEND:STANDARD\n\
        BEGIN:DAYLIGHT\nDTSTART:20260201T020000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0300\nEND:DAYLIGHT\nEND:VTIMEZONE\n";
    for (local, utc) in
        [("20260101T090000", "0101T1400"), ("20260301T090000", "0301T1200"), ("20260701T090000", "0701T1400")]
    {
        let file = format!("{zone}BEGIN:VEVENT\nDTSTART;TZID=Odd:{local}\nDURATION:PT1H\nEND:VEVENT");
        assert!(clean(&feed(&file)).starts_with(utc), "{local}");
    }
}
