//! Laws of opening hours, over zones with every kind of clock change.

use jiff::SignedDuration;
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
            ..Hours::default()
        },
    )
}

/// Hours with holidays and exceptions close to `t`, some of them open at night.
fn any_special_hours(zone: &TimeZone, t: Timestamp) -> impl Strategy<Value = Hours> + use<> {
    let today = t.to_zoned(zone.clone()).date();
    let spans = || prop::collection::vec((any_time(), any_time()).prop_map(|(open, close)| Span { open, close }), 0..3);
    let holiday = (-3_i32..4, any::<bool>(), spans()).prop_map(move |(days, moves, spans)| {
        let date = today.checked_add(days.days()).unwrap();
        let (day, nth) = if moves { (None, Some((date.day() - 1) / 7 + 1)) } else { (Some(date.day()), None) };
        let weekday = nth.map(|_| DAYS[date.weekday().to_monday_zero_offset() as usize]);
        Holiday { name: "Holiday".to_owned(), month: date.month(), day, weekday, nth, spans }
    });
    let exception = (-3_i32..4, prop::option::of(0_i32..5), spans()).prop_map(move |(days, length, spans)| {
        let date = today.checked_add(days.days()).unwrap();
        let until = length.map(|length| date.checked_add(length.days()).unwrap());
        Exception { date, until, name: "Exception".to_owned(), spans }
    });
    (any_hours(), prop::collection::vec(holiday, 0..3), prop::collection::vec(exception, 0..3))
        .prop_map(|(hours, holidays, exceptions)| Hours { holidays, exceptions, ..hours })
}

const DAYS: [Day; 7] =
    [Day::Monday, Day::Tuesday, Day::Wednesday, Day::Thursday, Day::Friday, Day::Saturday, Day::Sunday];

fn any_special_case() -> impl Strategy<Value = (TimeZone, Timestamp, Hours)> {
    any_instant().prop_flat_map(|(zone, t)| {
        let hours = any_special_hours(&zone, t);
        (Just(zone), Just(t), hours)
    })
}

/// What is open from two days before `t` to two days after it, minute by minute, told from nothing but what the clocks
/// show: a span opens at the first minute that shows its opening or later, and closes likewise.
fn walk(hours: &Hours, zone: &TimeZone, t: Timestamp) -> Vec<(Timestamp, bool)> {
    let minute = |offset: i64| Timestamp::from_second((t.as_second() / 60 + offset) * 60).unwrap();
    let minutes: Vec<Timestamp> = (-2 * 1_440..2 * 1_440).map(minute).collect();
    let shown: Vec<DateTime> = minutes.iter().map(|at| zone.to_datetime(*at)).collect();
    let mut open = vec![false; minutes.len()];
    // Spans of the day before reach in, and clocks that go back over midnight make the day after begin early.
    let mut date = shown[0].date().yesterday().unwrap();
    while date <= shown[shown.len() - 1].date().tomorrow().unwrap() {
        for span in spans_by_hand(hours, date) {
            let last = if span.close > span.open { date } else { date.tomorrow().unwrap() };
            let first_at = |moment: DateTime| shown.iter().position(|shown| *shown >= moment).unwrap_or(shown.len());
            let (from, until) = (first_at(date.to_datetime(span.open)), first_at(last.to_datetime(span.close)));
            open[from.min(until)..until].fill(true);
        }
        date = date.tomorrow().unwrap();
    }
    minutes.into_iter().zip(open).collect()
}

/// The spans of a date, told without the code under test.
fn spans_by_hand(hours: &Hours, date: Date) -> Vec<Span> {
    let mut exceptions: Vec<&Exception> = hours.exceptions.iter().collect();
    exceptions.sort_by_key(|exception| exception.date);
    for exception in exceptions.into_iter().rev() {
        if exception.date <= date && date <= exception.until.unwrap_or(exception.date) {
            return exception.spans.clone();
        }
    }
    for holiday in &hours.holidays {
        let same_weekday = |weekday| Weekday::from(weekday) == date.weekday();
        let moves = holiday.weekday.is_some_and(same_weekday) && holiday.nth == Some((date.day() - 1) / 7 + 1);
        if holiday.month == date.month() && (holiday.day == Some(date.day()) || moves) {
            return holiday.spans.clone();
        }
    }
    hours.spans(date.weekday()).to_vec()
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
    fn every_minute_is_open_as_the_clocks_on_the_wall_say((zone, t, hours) in any_special_case()) {
        // Close to its ends the walk cannot tell a time shown for the first time from one shown again.
        let inner = SignedDuration::from_hours(30);
        let walked = walk(&hours, &zone, t);
        let near = |at: &Timestamp| at.duration_since(t).abs() < inner;
        for (at, open) in walked.iter().filter(|(at, _)| near(at)) {
            prop_assert_eq!(hours.is_open_at(*at, &zone), *open, "at {}", at);
        }
        let start = walked.iter().position(|(at, _)| near(at)).unwrap();
        let (from, _) = walked[start];
        let first_open = walked[start..].iter().find(|(at, open)| *open && near(at)).map(|(at, _)| *at);
        let next = hours.next_opening(from, &zone);
        if let Some(first_open) = first_open {
            prop_assert_eq!(next, Some(first_open));
        } else {
            prop_assert!(next.is_none_or(|next| !near(&next)));
        }
    }

    #[test]
    fn holidays_and_exceptions_keep_the_laws((zone, t, hours) in any_special_case()) {
        let next = hours.next_opening(t, &zone);
        prop_assert_eq!(hours.is_open_at(t, &zone), next == Some(t));
        if let Some(next) = next {
            prop_assert!(next >= t && hours.is_open_at(next, &zone));
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
