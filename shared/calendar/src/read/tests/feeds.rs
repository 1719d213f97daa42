//! Events as calendars hand them out.

use super::{clean, event, feed, read, times};

#[test]
fn a_time_is_taken_in_its_own_zone_in_utc_or_in_the_readers() {
    assert_eq!(
        clean(&event("DTSTART;TZID=Europe/Berlin:20260310T090000\nDTEND;TZID=Europe/Berlin:20260310T100000")),
        "0310T0800/0310T0900"
    );
    assert_eq!(clean(&event("DTSTART:20260310T090000Z\nDURATION:PT45M")), "0310T0900/0310T0945");
    assert_eq!(clean(&event("DTSTART:20260310T090000\nDTEND:20260310T100000")), "0310T1300/0310T1400");
}

#[test]
fn the_files_own_zone_goes_before_the_readers() {
    let times =
        clean(&feed("X-WR-TIMEZONE:Asia/Tokyo\nBEGIN:VEVENT\nDTSTART:20260310T090000\nDURATION:PT1H\nEND:VEVENT"));
    assert_eq!(times, "0310T0000/0310T0100");
}

#[test]
fn a_whole_day_is_from_midnight_to_midnight_even_where_the_clocks_change() {
    // New York, a day of 23 hours.
    assert_eq!(clean(&event("DTSTART;VALUE=DATE:20260308")), "0308T0500/0309T0400");
    assert_eq!(clean(&event("DTSTART;VALUE=DATE:20260308\nDTEND;VALUE=DATE:20260310")), "0308T0500/0310T0400");
    assert_eq!(clean(&event("DTSTART;VALUE=DATE:20260308\nDURATION:P1D")), "0308T0500/0309T0400");
    assert_eq!(clean(&event("DTSTART;VALUE=DATE:20260308\nDTEND;VALUE=DATE:20260308")), "0308T0500/0309T0400");
}

#[test]
fn what_is_called_off_or_free_takes_no_time() {
    for line in ["STATUS:CANCELLED", "TRANSP:TRANSPARENT", "transp:transparent", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"] {
        assert_eq!(
            clean(&event(&format!("DTSTART:20260310T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY\n{line}"))),
            "",
            "{line}"
        );
    }
    assert_eq!(clean(&event("DTSTART:20260310T090000Z")), "", "an instant");
    assert_eq!(clean(&feed("METHOD:CANCEL\nBEGIN:VEVENT\nDTSTART:20260310T090000Z\nDURATION:PT1H\nEND:VEVENT")), "");
}

#[test]
fn a_series_keeps_its_hour_over_a_change_of_the_clocks() {
    let series = "DTSTART;TZID=America/New_York:20260306T090000\nDTEND;TZID=America/New_York:20260306T100000\nRRULE:FREQ=DAILY;COUNT=4";
    assert_eq!(
        clean(&event(series)),
        "0306T1400/0306T1500 0307T1400/0307T1500 0308T1300/0308T1400 0309T1300/0309T1400"
    );
}

#[test]
fn an_hour_that_the_clocks_skip_is_read_as_before_and_one_that_comes_twice_as_the_first() {
    let at = |time: &str| clean(&event(&format!("DTSTART;TZID=America/New_York:{time}\nDURATION:PT10M")));
    assert_eq!(at("20260308T023000"), "0308T0730/0308T0740");
    assert_eq!(at("20261101T013000"), "1101T0530/1101T0540");
}

#[test]
fn dtend_is_time_that_passes_and_duration_counts_days() {
    // Over the night in which the clocks go forward.
    let end = "DTSTART;TZID=America/New_York:20260306T090000\nDTEND;TZID=America/New_York:20260307T090000\nRRULE:FREQ=DAILY;COUNT=2";
    assert_eq!(clean(&event(end)), "0306T1400/0307T1400 0307T1400/0308T1400");
    let duration = "DTSTART;TZID=America/New_York:20260306T090000\nDURATION:P1D\nRRULE:FREQ=DAILY;COUNT=2";
    assert_eq!(clean(&event(duration)), "0306T1400/0307T1400 0307T1400/0308T1300");
}

#[test]
fn until_is_inclusive_however_it_is_written() {
    for until in ["20260312T130000Z", "20260312T090000", "20260312"] {
        let series =
            format!("DTSTART;TZID=America/New_York:20260310T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL={until}");
        assert_eq!(event(&series).busy.len(), 3, "{until}");
    }
    let before =
        "DTSTART;TZID=America/New_York:20260310T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20260312T125959Z";
    assert_eq!(event(before).busy.len(), 2);
    assert_eq!(event("DTSTART;VALUE=DATE:20260310\nRRULE:FREQ=DAILY;UNTIL=20260312T235959Z").busy.len(), 3);
}

#[test]
fn dates_are_added_and_left_out() {
    let series = "DTSTART;TZID=Europe/Berlin:20260701T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=4\n\
        EXDATE:20260702T070000Z\nEXDATE;VALUE=DATE:20260703\n\
        RDATE;TZID=Europe/Berlin:20260710T090000\nRDATE;VALUE=PERIOD:20260711T070000Z/PT2H,20260712T070000Z/20260712T073000Z";
    assert_eq!(
        clean(&event(series)),
        "0701T0700/0701T0800 0704T0700/0704T0800 0710T0700/0710T0800 0711T0700/0711T0900 0712T0700/0712T0730"
    );
    let days = "DTSTART;VALUE=DATE:20260701\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260702T000000";
    assert_eq!(clean(&event(days)), "0701T0400/0702T0400 0703T0400/0704T0400");
}

/// A daily visit at nine in UTC, three times, and these events beside it.
fn moved(others: &[&str]) -> String {
    let series = "BEGIN:VEVENT\nUID:a\nDTSTART:20260701T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT\n";
    let other = |lines: &&str| format!("BEGIN:VEVENT\nUID:a\n{lines}\nEND:VEVENT\n");
    // Before the series, as Google does it.
    clean(&feed(&(others.iter().map(other).collect::<String>() + series)))
}

#[test]
fn an_event_stands_in_place_of_one_time_of_its_series() {
    assert_eq!(
        moved(&["RECURRENCE-ID:20260702T090000Z\nDTSTART:20260702T140000Z\nDURATION:PT2H"]),
        "0701T0900/0701T1000 0702T1400/0702T1600 0703T0900/0703T1000"
    );
    assert_eq!(
        moved(&[
            "RECURRENCE-ID;TZID=Europe/Berlin:20260702T110000\nDTSTART:20260702T090000Z\nDURATION:PT1H\nSTATUS:CANCELLED"
        ]),
        "0701T0900/0701T1000 0703T0900/0703T1000"
    );
    assert_eq!(
        moved(&["RECURRENCE-ID;RANGE=THISANDFUTURE:20260702T090000Z\nDTSTART:20260702T100000Z\nDURATION:PT30M"]),
        "0701T0900/0701T1000 0702T1000/0702T1030 0703T1000/0703T1030"
    );
}

#[test]
fn of_two_versions_the_later_counts() {
    let other = |sequence: &str, hour: &str| {
        format!("RECURRENCE-ID:20260702T090000Z\nSEQUENCE:{sequence}\nDTSTART:20260702T{hour}0000Z\nDURATION:PT1H")
    };
    let expected = "0701T0900/0701T1000 0702T1500/0702T1600 0703T0900/0703T1000";
    assert_eq!(moved(&[&other("1", "14"), &other("2", "15")]), expected);
    assert_eq!(moved(&[&other("2", "15"), &other("1", "14")]), expected);
}

#[test]
fn a_time_that_was_moved_into_the_range_is_found_and_one_moved_out_of_it_is_not() {
    let file = "BEGIN:VEVENT\nUID:a\nDTSTART:20250701T090000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;COUNT=2\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20250701T090000Z\nDTSTART:20260105T090000Z\nDURATION:PT1H\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20260701T090000Z\nDTSTART:20270105T090000Z\nDURATION:PT1H\nEND:VEVENT";
    assert_eq!(clean(&feed(file)), "0105T0900/0105T1000");
}

#[test]
fn events_of_different_ids_and_of_none_do_not_touch_one_another() {
    let file = "BEGIN:VEVENT\nDTSTART:20260701T090000Z\nDURATION:PT1H\nEND:VEVENT\n\
        BEGIN:VEVENT\nSEQUENCE:3\nDTSTART:20260702T090000Z\nDURATION:PT1H\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:b\nRECURRENCE-ID:20260701T090000Z\nSTATUS:CANCELLED\nDTSTART:20260701T090000Z\nEND:VEVENT";
    assert_eq!(clean(&feed(file)), "0701T0900/0701T1000 0702T0900/0702T1000");
}

#[test]
fn lists_of_taken_times_are_read_but_for_the_free_ones() {
    let file = "BEGIN:VFREEBUSY\nFREEBUSY:20260701T090000Z/PT1H,20260702T090000Z/20260702T100000Z\n\
        FREEBUSY;FBTYPE=FREE:20260703T090000Z/PT1H\nFREEBUSY;FBTYPE=BUSY-TENTATIVE:20260704T090000Z/PT1H\nEND:VFREEBUSY";
    let feed = feed(file);
    assert_eq!(clean(&feed), "0701T0900/0701T1000 0702T0900/0702T1000 0704T0900/0704T1000");
    assert_eq!(feed.busy.iter().map(|busy| busy.tentative).collect::<Vec<_>>(), [false, false, true]);
}

#[test]
fn what_touches_the_range_is_there_and_is_not_cut() {
    let file = "BEGIN:VEVENT\nDTSTART:20260701T080000Z\nDURATION:PT2H\nRRULE:FREQ=DAILY\nEND:VEVENT";
    let read = |from, to| times(&read(file, from, to));
    assert_eq!(read("2026-07-05T09:00:00Z", "2026-07-05T09:30:00Z"), "0705T0800/0705T1000");
    assert_eq!(read("2026-07-05T10:00:00Z", "2026-07-06T08:00:00Z"), "");
    let long = "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260701\nDTEND;VALUE=DATE:20260801\nRRULE:FREQ=YEARLY\nEND:VEVENT";
    assert_eq!(times(&super::read(long, "2028-07-20T00:00:00Z", "2028-07-21T00:00:00Z")), "0701T0400/0801T0400");
}
