//! Behaviour and laws of opening hours, over zones with every kind of clock change.

use jiff::civil::{DateTime, time};
use proptest::prelude::*;

use super::*;

/// Half-hour changes, changes at midnight, no changes, far east, south of the equator, a skipped day.
const ZONES: [&str; 10] = [
    "America/New_York",
    "America/Denver",
    "America/Havana",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Europe/Lisbon",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "UTC",
];

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn span(open: &str, close: &str) -> Span {
    Span { open: open.parse().unwrap(), close: close.parse().unwrap() }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
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
    let refused = |hours: Hours| match hours.validate() {
        Err(Failure::Rejected { field, .. }) => field.unwrap(),
        other => panic!("{other:?}"),
    };
    let overlapping = vec![span("09:00", "13:00"), span("12:00", "17:00")];
    assert_eq!(refused(Hours { tuesday: overlapping, ..Hours::default() }), "hours.tuesday");
    let twice = vec![span("22:00", "02:00"), span("23:00", "23:30")];
    assert_eq!(refused(Hours { friday: twice, ..Hours::default() }), "hours.friday");
    let spill =
        Hours { sunday: vec![span("22:00", "02:00")], monday: vec![span("01:00", "05:00")], ..Hours::default() };
    assert_eq!(refused(spill), "hours.monday");
    let after_whole = vec![span("00:00", "00:00"), span("09:00", "10:00")];
    assert_eq!(refused(Hours { sunday: after_whole, ..Hours::default() }), "hours.sunday");
}

#[test]
fn spans_that_touch_are_taken() {
    let touching = vec![span("12:00", "17:00"), span("08:00", "12:00"), span("17:00", "08:00")];
    assert_eq!(Hours { monday: touching, ..Hours::default() }.validate(), Ok(()));
    assert_eq!(Hours::daily(span("00:00", "00:00")).validate(), Ok(()));
    assert_eq!(Hours::default().validate(), Ok(()));
}

#[test]
fn the_ends_of_the_calendar_are_taken() {
    let hours = Hours::daily(span("09:00", "17:00"));
    for edge in [Timestamp::MIN, Timestamp::MAX] {
        let _ = hours.is_open_at(edge, &TimeZone::UTC);
        let _ = hours.next_opening(edge, &TimeZone::UTC);
    }
}

fn any_time() -> impl Strategy<Value = Time> {
    (0_i8..24, prop::sample::select(vec![0_i8, 1, 15, 30, 59])).prop_map(|(hour, minute)| time(hour, minute, 0, 0))
}

fn any_hours() -> impl Strategy<Value = Hours> {
    let day = || prop::collection::vec((any_time(), any_time()).prop_map(|(open, close)| Span { open, close }), 0..3);
    (day(), day(), day(), day(), day(), day(), day()).prop_map(
        |(monday, tuesday, wednesday, thursday, friday, saturday, sunday)| Hours {
            monday,
            tuesday,
            wednesday,
            thursday,
            friday,
            saturday,
            sunday,
        },
    )
}

/// A zone and an instant in it from 2000 to 2037, half of them within a day of a clock change.
pub(crate) fn any_instant() -> impl Strategy<Value = (TimeZone, Timestamp)> {
    let seconds = 946_684_800_i64..2_145_916_800;
    (prop::sample::select(ZONES.to_vec()), seconds, any::<bool>(), -86_400_i64..86_400).prop_map(
        |(name, second, near_change, distance)| {
            let zone = zone(name);
            let anywhere = Timestamp::from_second(second).unwrap();
            let change = zone.preceding(anywhere).next().filter(|_| near_change).map(|change| change.timestamp());
            let moved = change.map(|change| Timestamp::from_second(change.as_second() + distance).unwrap());
            (zone, moved.unwrap_or(anywhere))
        },
    )
}

/// Whether clocks of `zone` change within two days of `at`.
fn changes_near(at: Timestamp, zone: &TimeZone) -> bool {
    let noon = |days: i64| Timestamp::from_second(at.as_second() + days * 86_400).unwrap();
    let change = zone.following(noon(-2)).next();
    change.is_some_and(|change| change.timestamp() <= noon(2))
}

proptest! {
    #[test]
    fn it_is_open_at_the_next_opening((zone, t) in any_instant(), hours in any_hours()) {
        if let Some(next) = hours.next_opening(t, &zone) {
            prop_assert!(next >= t);
            prop_assert!(hours.is_open_at(next, &zone));
        }
    }

    #[test]
    fn nothing_is_open_before_the_next_opening(
        (zone, t) in any_instant(), hours in any_hours(), steps in prop::collection::vec(0_i64..i64::MAX, 8),
    ) {
        let wait = hours.next_opening(t, &zone).map_or(8 * 86_400, |next| next.as_second() - t.as_second());
        for step in steps.into_iter().filter(|_| wait > 0) {
            let between = Timestamp::from_second(t.as_second() + step % wait).unwrap();
            prop_assert!(!hours.is_open_at(between, &zone), "open at {}", between);
        }
    }

    #[test]
    fn an_open_moment_is_its_own_next_opening((zone, t) in any_instant(), hours in any_hours()) {
        prop_assert_eq!(hours.is_open_at(t, &zone), hours.next_opening(t, &zone) == Some(t));
    }

    #[test]
    fn only_a_week_without_spans_never_opens((zone, t) in any_instant(), hours in any_hours()) {
        let empty = Weekday::Monday.cycle_forward().take(7).all(|day| hours.spans(day).is_empty());
        prop_assert_eq!(hours.next_opening(t, &zone).is_none(), empty);
    }

    #[test]
    fn away_from_clock_changes_the_wall_clock_decides((zone, t) in any_instant(), hours in any_hours()) {
        let shown = t.to_zoned(zone.clone()).datetime();
        let (now, day) = (shown.time(), shown.weekday());
        let today = hours.spans(day).iter().any(|s| s.open <= now && (s.close <= s.open || now < s.close));
        let spilled = hours.spans(day.previous()).iter().any(|s| s.close <= s.open && now < s.close);
        prop_assert!(changes_near(t, &zone) || hours.is_open_at(t, &zone) == (today || spilled));
    }
}
