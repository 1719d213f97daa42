//! Time that counts while it is open.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{HORIZON_DAYS, Hours};

impl Hours {
    /// When it has been open for `length` since `from`; `None` when that does not come about within 400 days.
    ///
    /// A moment at which two stretches overlap counts once.
    #[must_use]
    pub fn after_open(&self, from: Timestamp, length: SignedDuration, zone: &TimeZone) -> Option<Timestamp> {
        let today = from.to_zoned(zone.clone()).date();
        let (mut at, mut left) = (from, length);
        for day in -1..=HORIZON_DAYS {
            let mut stretches: Vec<_> = self.stretches(today, day, zone).collect();
            stretches.sort_unstable();
            for (open, close) in stretches {
                let begin = open.max(at);
                let open_for = close.duration_since(begin);
                if open_for >= left && close > begin {
                    return begin.checked_add(left).ok();
                }
                if close > begin {
                    left -= open_for;
                    at = close;
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{dentist, roofer};
    use crate::tenancy::{Exception, Span};
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn minutes(count: i64) -> SignedDuration {
        SignedDuration::from_mins(count)
    }

    #[test]
    fn only_open_time_counts() {
        // Denver is at UTC-7 in November; the roofer is open weekdays 8 to 5 and Saturday 9 to 12:30.
        let (hours, zone) = (roofer().hours, roofer().time_zone());
        for (from, length, until) in [
            ("2026-11-20T17:00:00Z", 15, "2026-11-20T17:15:00Z"),
            // Ten minutes before closing on Friday: the rest is on Saturday morning.
            ("2026-11-20T23:50:00Z", 15, "2026-11-21T16:05:00Z"),
            // It ends with the day.
            ("2026-11-20T23:50:00Z", 10, "2026-11-21T00:00:00Z"),
            // Saturday noon: what is left after half an hour is on Monday.
            ("2026-11-21T19:00:00Z", 60, "2026-11-23T15:30:00Z"),
            ("2026-11-22T12:00:00Z", 15, "2026-11-23T15:15:00Z"),
        ] {
            assert_eq!(hours.after_open(at(from), minutes(length), &zone), Some(at(until)), "{from} {length}");
        }
    }

    #[test]
    fn a_lunch_break_and_a_holiday_stop_it() {
        let (mut hours, zone) = (dentist().hours, dentist().time_zone());
        // San Antonio is at UTC-6; open 8 to 12 and 13 to 17.
        let from = at("2026-11-19T17:50:00Z");
        assert_eq!(hours.after_open(from, minutes(15), &zone), Some(at("2026-11-19T19:05:00Z")));
        let date = jiff::civil::date(2026, 11, 20);
        hours.exceptions.push(Exception { date, until: None, name: "Training".to_owned(), spans: Vec::new() });
        let late = at("2026-11-19T22:50:00Z");
        assert_eq!(hours.after_open(late, minutes(15), &zone), Some(at("2026-11-23T14:05:00Z")));
    }

    #[test]
    fn an_hour_is_an_hour_on_the_days_that_clocks_change() {
        let zone = roofer().time_zone();
        let night = Span { open: jiff::civil::time(0, 0, 0, 0), close: jiff::civil::time(4, 0, 0, 0) };
        let hours = Hours::daily(night);
        // In March the night has three hours, in November five.
        let (spring, autumn) = (at("2026-03-08T07:00:00Z"), at("2026-11-01T06:00:00Z"));
        assert_eq!(hours.after_open(spring, minutes(180), &zone), Some(at("2026-03-08T10:00:00Z")));
        assert_eq!(hours.after_open(spring, minutes(181), &zone), Some(at("2026-03-09T06:01:00Z")));
        assert_eq!(hours.after_open(autumn, minutes(300), &zone), Some(at("2026-11-01T11:00:00Z")));
    }

    #[test]
    fn a_business_that_never_opens_never_gets_there() {
        let zone = roofer().time_zone();
        assert_eq!(Hours::default().after_open(at("2026-11-20T17:00:00Z"), minutes(1), &zone), None);
    }

    proptest! {
        #[test]
        fn time_counts_once_and_in_any_portions(from in 1_790_000_000_i64..1_830_000_000, a in 1_i64..2_000, b in 1_i64..2_000) {
            let (hours, zone) = (dentist().hours, dentist().time_zone());
            let from = Timestamp::from_second(from).unwrap();
            let half = hours.after_open(from, minutes(a), &zone).unwrap();
            let whole = hours.after_open(from, minutes(a + b), &zone).unwrap();
            prop_assert_eq!(hours.after_open(half, minutes(b), &zone), Some(whole));
            prop_assert!(half > from && whole > half);
            prop_assert!(half.duration_since(from) >= minutes(a));
        }
    }
}
