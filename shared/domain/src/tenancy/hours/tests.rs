//! Behaviour of opening hours; their laws are in `laws`.

mod laws;

use jiff::civil::{DateTime, date};

use super::*;
use crate::Failure;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn span(open: &str, close: &str) -> Span {
    Span { open: open.parse().unwrap(), close: close.parse().unwrap() }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn fixed(name: &str, month: i8, day: i8) -> Holiday {
    Holiday { name: name.to_owned(), month, day: Some(day), weekday: None, nth: None, spans: Vec::new() }
}

fn moving(name: &str, month: i8, weekday: Day, nth: i8) -> Holiday {
    Holiday { name: name.to_owned(), month, day: None, weekday: Some(weekday), nth: Some(nth), spans: Vec::new() }
}

fn exception(date: &str, until: Option<&str>, spans: Vec<Span>) -> Exception {
    let until = until.map(|until| until.parse().unwrap());
    Exception { date: date.parse().unwrap(), until, name: "Away".to_owned(), spans }
}

fn refused(hours: &Hours) -> String {
    match hours.validate() {
        Err(Failure::Rejected { field, .. }) => field.unwrap(),
        other => panic!("{other:?}"),
    }
}

/// The moment that clocks in `zone` show.
fn local(text: &str, zone: &TimeZone) -> Timestamp {
    zone.to_timestamp(text.parse::<DateTime>().unwrap()).unwrap()
}

#[test]
fn split_shifts_close_for_lunch() {
    let denver = zone("America/Denver");
    let hours = Hours { monday: vec![span("09:00", "12:00"), span("13:00", "17:00")], ..Hours::default() };
    let open = |text| hours.is_open_at(local(text, &denver), &denver);
    assert!(open("2026-03-02T09:00") && open("2026-03-02T11:59:59") && open("2026-03-02T13:00"));
    assert!(!open("2026-03-02T08:59:59") && !open("2026-03-02T12:00") && !open("2026-03-02T17:00"));
    assert!(!open("2026-03-03T10:00"));
    let next = |text| hours.next_opening(local(text, &denver), &denver).unwrap();
    assert_eq!(next("2026-03-02T12:30"), local("2026-03-02T13:00", &denver));
    assert_eq!(next("2026-03-02T17:00"), local("2026-03-09T09:00", &denver));
    assert_eq!(next("2026-03-02T10:15"), local("2026-03-02T10:15", &denver), "open already");
}

#[test]
fn a_span_across_midnight_belongs_to_the_day_it_began() {
    let lisbon = zone("Europe/Lisbon");
    let hours = Hours { friday: vec![span("18:00", "02:00")], ..Hours::default() };
    assert!(hours.is_open_at(local("2026-05-09T01:59", &lisbon), &lisbon), "Saturday night");
    assert!(!hours.is_open_at(local("2026-05-08T01:59", &lisbon), &lisbon), "Friday night");
    assert!(!hours.is_open_at(local("2026-05-09T02:00", &lisbon), &lisbon));
}

#[test]
fn midnight_to_midnight_is_the_whole_day_and_an_empty_week_never_opens() {
    let utc = TimeZone::UTC;
    let always = Hours::daily(span("00:00", "00:00"));
    for text in ["2026-01-01T00:00:00Z", "2026-01-01T12:00:00Z", "2026-12-31T23:59:59.999Z"] {
        assert!(always.is_open_at(at(text), &utc));
        assert_eq!(Hours::default().next_opening(at(text), &utc), None);
        assert!(!Hours::default().is_open_at(at(text), &utc));
    }
}

#[test]
fn an_opening_that_clocks_jump_over_is_at_the_jump() {
    // New York, 8 March 2026: 02:00 becomes 03:00 at 07:00 UTC.
    let new_york = zone("America/New_York");
    let hours = Hours::daily(span("02:30", "11:00"));
    assert_eq!(hours.next_opening(at("2026-03-08T06:59:00Z"), &new_york), Some(at("2026-03-08T07:00:00Z")));
    // A weekly span within the jump does not take place: the next one is a week later.
    let lost = Hours { sunday: vec![span("02:15", "02:45")], ..Hours::default() };
    assert_eq!(lost.next_opening(at("2026-03-08T05:00:00Z"), &new_york), Some(at("2026-03-15T06:15:00Z")));
}

#[test]
fn a_close_that_clocks_show_twice_is_the_first_one() {
    // New York, 1 November 2026: 02:00 becomes 01:00 at 06:00 UTC, so 01:30 is at 05:30 and at 06:30 UTC.
    let new_york = zone("America/New_York");
    let hours = Hours::daily(span("20:00", "01:30"));
    assert!(hours.is_open_at(at("2026-11-01T05:29:59Z"), &new_york));
    assert!(!hours.is_open_at(at("2026-11-01T05:30:00Z"), &new_york));
    assert!(!hours.is_open_at(at("2026-11-01T06:15:00Z"), &new_york), "the second 01:15");
}

#[test]
fn a_day_that_the_calendar_skips_has_no_hours() {
    // Samoa had no 30 December 2011, a Friday.
    let apia = zone("Pacific/Apia");
    let hours = Hours { friday: vec![span("09:00", "17:00")], ..Hours::default() };
    let next = hours.next_opening(local("2011-12-29T12:00", &apia), &apia);
    assert_eq!(next, Some(local("2012-01-06T09:00", &apia)));
}

#[test]
fn overlapping_spans_are_refused_by_the_name_of_the_day() {
    let overlapping = vec![span("09:00", "13:00"), span("12:00", "17:00")];
    assert_eq!(refused(&Hours { tuesday: overlapping, ..Hours::default() }), "hours.tuesday");
    let twice = vec![span("22:00", "02:00"), span("23:00", "23:30")];
    assert_eq!(refused(&Hours { friday: twice, ..Hours::default() }), "hours.friday");
    let spill =
        Hours { sunday: vec![span("22:00", "02:00")], monday: vec![span("01:00", "05:00")], ..Hours::default() };
    assert_eq!(refused(&spill), "hours.monday");
    let after_whole = vec![span("00:00", "00:00"), span("09:00", "10:00")];
    assert_eq!(refused(&Hours { sunday: after_whole, ..Hours::default() }), "hours.sunday");
}

#[test]
fn spans_that_touch_are_accepted() {
    let touching = vec![span("12:00", "17:00"), span("06:00", "12:00"), span("17:00", "06:00")];
    assert_eq!(Hours { monday: touching, ..Hours::default() }.validate(), Ok(()));
    assert_eq!(Hours::daily(span("00:00", "00:00")).validate(), Ok(()));
    assert_eq!(Hours::default().validate(), Ok(()));
}

#[test]
fn a_span_past_midnight_closes_by_six_and_any_other_must_close_after_it_opens() {
    for slip in [span("17:00", "09:00"), span("09:00", "08:59"), span("22:00", "06:01"), span("06:30", "06:15")] {
        let weekly = Hours { monday: vec![span("07:00", "08:00"), slip], ..Hours::default() };
        assert_eq!(refused(&weekly), "hours.monday[1]", "{slip:?}");
    }
    for night in [span("22:00", "06:00"), span("05:00", "04:00"), span("09:00", "09:00"), span("00:00", "00:00")] {
        assert_eq!(Hours { monday: vec![night], ..Hours::default() }.validate(), Ok(()), "{night:?}");
    }
}

#[test]
fn an_exception_beats_a_holiday_and_a_holiday_the_week() {
    let denver = zone("America/Denver");
    let hours = Hours {
        holidays: vec![moving("Thanksgiving", 11, Day::Thursday, 4), fixed("New Year's Eve", 12, 31)],
        exceptions: vec![
            exception("2026-12-20", Some("2027-01-03"), vec![span("10:00", "12:00")]),
            exception("2026-12-24", None, vec![]),
        ],
        ..Hours::daily(span("09:00", "17:00"))
    };
    assert_eq!(hours.validate(), Ok(()));
    let on = |year, month, day| hours.spans_on(date(year, month, day));
    assert!(on(2026, 11, 26).is_empty() && on(2027, 11, 25).is_empty(), "the fourth Thursday of each November");
    assert_eq!(on(2026, 11, 19), [span("09:00", "17:00")]);
    assert_eq!(on(2026, 12, 31), [span("10:00", "12:00")], "the exception beats the holiday");
    assert!(on(2027, 12, 31).is_empty());
    assert!(on(2026, 12, 24).is_empty(), "the exception that began last counts");
    assert_eq!(on(2027, 1, 4), [span("09:00", "17:00")]);
    let next = hours.next_opening(local("2026-12-23T12:00", &denver), &denver);
    assert_eq!(next, Some(local("2026-12-25T10:00", &denver)));
}

#[test]
fn the_last_weekday_and_leap_days_are_found() {
    let memorial = moving("Memorial Day", 5, Day::Monday, -1);
    assert!(memorial.falls_on(date(2026, 5, 25)) && !memorial.falls_on(date(2026, 5, 18)));
    let fifth = moving("Fifth Friday", 1, Day::Friday, 5);
    assert!(
        fifth.falls_on(date(2027, 1, 29))
            && !(1..=31).any(|day| fifth.falls_on(date(2026, 1, 1).with().day(day).build().unwrap()) && day < 29)
    );
    let leap = fixed("Leap day", 2, 29);
    assert!(leap.falls_on(date(2028, 2, 29)) && !leap.falls_on(date(2027, 3, 1)));
}

#[test]
fn a_night_that_began_before_a_closed_day_goes_on_into_it() {
    let utc = TimeZone::UTC;
    let hours =
        Hours { exceptions: vec![exception("2026-05-09", None, vec![])], ..Hours::daily(span("18:00", "02:00")) };
    assert!(hours.is_open_at(at("2026-05-09T01:59:00Z"), &utc));
    assert!(!hours.is_open_at(at("2026-05-09T20:00:00Z"), &utc));
    assert!(!hours.is_open_at(at("2026-05-10T01:00:00Z"), &utc));
}

#[test]
fn a_closure_of_more_than_400_days_has_no_next_opening() {
    let utc = TimeZone::UTC;
    let closed_until = |until| {
        let exceptions = vec![exception("2026-01-01", Some(until), vec![])];
        Hours { exceptions, ..Hours::daily(span("09:00", "17:00")) }
    };
    let now = at("2026-01-01T00:00:00Z");
    assert_eq!(closed_until("2027-02-04").next_opening(now, &utc), Some(at("2027-02-05T09:00:00Z")));
    assert_eq!(closed_until("2027-02-05").next_opening(now, &utc), None);
}

#[test]
fn holidays_and_exceptions_that_cannot_be_are_refused_by_name() {
    let holiday = |holiday| refused(&Hours { holidays: vec![holiday], ..Hours::default() });
    let of = |change: fn(&mut Holiday)| {
        let mut day = moving("Day", 11, Day::Thursday, 4);
        change(&mut day);
        holiday(day)
    };
    assert_eq!(holiday(fixed("Never", 2, 30)), "hours.holidays[0].day");
    assert_eq!(holiday(fixed("Never", 13, 1)), "hours.holidays[0].month");
    assert_eq!(of(|day| day.nth = Some(6)), "hours.holidays[0].nth");
    assert_eq!(of(|day| day.nth = Some(0)), "hours.holidays[0].nth");
    assert_eq!(of(|day| day.nth = None), "hours.holidays[0].nth");
    assert_eq!(of(|day| day.weekday = None), "hours.holidays[0].weekday");
    assert_eq!(of(|day| day.day = Some(1)), "hours.holidays[0].day");
    assert_eq!(of(|day| day.name.clear()), "hours.holidays[0].name");
    assert_eq!(of(|day| day.spans = vec![span("17:00", "09:00")]), "hours.holidays[0].spans[0]");
    let days = |exceptions| refused(&Hours { exceptions, ..Hours::default() });
    let overlapping = vec![span("09:00", "13:00"), span("12:00", "17:00")];
    assert_eq!(days(vec![exception("2026-05-09", None, overlapping)]), "hours.exceptions[0].spans");
    assert_eq!(days(vec![exception("2026-05-09", Some("2026-05-08"), vec![])]), "hours.exceptions[0].until");
    let twice = || exception("2026-05-09", None, vec![]);
    assert_eq!(days(vec![twice(), twice()]), "hours.exceptions[1].date");
}

#[test]
fn the_ends_of_the_calendar_are_taken() {
    let hours = Hours::daily(span("09:00", "17:00"));
    // The first moment is in the night before an opening, and after the last one none comes.
    for (edge, next) in [(Timestamp::MIN, true), (Timestamp::MAX, false)] {
        assert!(!hours.is_open_at(edge, &TimeZone::UTC), "{edge}");
        assert_eq!(hours.next_opening(edge, &TimeZone::UTC).is_some(), next, "{edge}");
    }
}
