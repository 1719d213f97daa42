//! With the opening hours. Today is Wednesday, 25 November 2026, nine in the morning.

use jiff::civil::{Date, Time, Weekday, date, time};

use super::{NOW, today};
use crate::Language::{De, En};
use crate::{Hours, Language, Problem, Resolved, read_best};

/// Nine to six on working days, nine to noon on Saturdays.
struct Shop;

impl Hours for Shop {
    fn open_on(&self, date: Date) -> Vec<(Time, Time)> {
        match date.weekday() {
            Weekday::Sunday => Vec::new(),
            Weekday::Saturday => vec![(time(9, 0, 0, 0), time(12, 0, 0, 0))],
            _ => vec![(time(9, 0, 0, 0), time(13, 0, 0, 0)), (time(14, 0, 0, 0), time(18, 0, 0, 0))],
        }
    }
}

/// Open in the evening.
struct Bar;

impl Hours for Bar {
    fn open_on(&self, _: Date) -> Vec<(Time, Time)> {
        vec![(time(17, 0, 0, 0), time(0, 0, 0, 0))]
    }
}

#[track_caller]
fn resolved(text: &str, language: Language, hours: &dyn Hours) -> Resolved {
    read_best(text, language, &today(language)).unwrap_or_else(|| panic!("{text}")).resolve(hours, NOW)
}

mod hours {
    use super::*;

    #[test]
    fn an_hour_without_its_half_is_the_one_at_which_it_is_open() {
        for (text, expected) in [
            ("Thursday at 3", time(15, 0, 0, 0)),
            ("Thursday at 10", time(10, 0, 0, 0)),
            ("Thursday at 5:30", time(17, 30, 0, 0)),
            ("Saturday at 11", time(11, 0, 0, 0)),
            ("Thursday at noon", time(12, 0, 0, 0)),
        ] {
            let resolved = resolved(text, En, &Shop);
            assert_eq!((resolved.time, resolved.problem), (Some(expected), None), "{text}");
        }
        assert_eq!(resolved("Thursday at 9", En, &Bar).time, Some(time(21, 0, 0, 0)));
        assert_eq!(resolved("am Donnerstag um halb vier", De, &Shop).time, Some(time(15, 30, 0, 0)));
    }

    #[test]
    fn without_a_day_the_next_open_one_says_it() {
        assert_eq!(resolved("at 3", En, &Shop).time, Some(time(15, 0, 0, 0)));
        assert_eq!(resolved("at 3", En, &Shop).date, None);
    }

    #[test]
    fn spans_are_windows() {
        let window = |text| resolved(text, En, &Shop).window.unwrap();
        assert_eq!(window("Thursday between 3 and 5"), (time(15, 0, 0, 0), time(17, 0, 0, 0)));
        assert_eq!(window("Thursday between 10 and 1"), (time(10, 0, 0, 0), time(13, 0, 0, 0)));
        assert_eq!(window("Thursday after 3"), (time(15, 0, 0, 0), time(18, 0, 0, 0)));
        assert_eq!(window("Thursday until 11"), (time(9, 0, 0, 0), time(11, 0, 0, 0)));
        assert_eq!(window("Thursday morning"), (time(5, 0, 0, 0), time(12, 0, 0, 0)));
    }
}

mod days {
    use super::*;

    #[test]
    fn one_day_is_left_where_the_others_are_closed() {
        let weekend = resolved("this weekend", En, &Shop);
        assert_eq!((weekend.date, weekend.problem), (Some(date(2026, 11, 28)), None));
        let week = resolved("next week", En, &Shop);
        assert_eq!((week.date, week.dates.len()), (None, 6));
    }
}

mod problems {
    use super::*;

    #[test]
    fn what_stands_against_it_is_said() {
        let problem = |text| resolved(text, En, &Shop).problem;
        assert_eq!(problem("Sunday at 3"), Some(Problem::Closed(date(2026, 11, 29))));
        assert_eq!(problem("Thursday at 8pm"), Some(Problem::OutsideHours(date(2026, 11, 26))));
        assert_eq!(problem("Thursday at 1:30pm"), Some(Problem::OutsideHours(date(2026, 11, 26))));
        assert_eq!(problem("Saturday afternoon"), Some(Problem::OutsideHours(date(2026, 11, 28))));
        assert_eq!(problem("Monday, December 3rd"), Some(Problem::Conflict));
        assert_eq!(problem("Thursday at 3"), None);
    }

    #[test]
    fn an_hour_that_is_over_is_past() {
        assert_eq!(resolved("today at 8am", En, &Shop).problem, Some(Problem::Past));
        let wish = read_best("today at 10am", En, &today(En)).unwrap();
        assert_eq!(wish.resolve(&Shop, NOW).problem, None);
        assert_eq!(wish.resolve(&Shop, date(2026, 11, 25).at(11, 0, 0, 0)).problem, Some(Problem::Past));
        assert_eq!(wish.resolve(&Shop, date(2026, 11, 26).at(8, 0, 0, 0)).problem, Some(Problem::Past));
    }
}

mod documentation {
    use super::*;

    #[test]
    fn the_example_is_right() {
        let first = read_best("Could you come next Thursday?", En, &today(En)).unwrap();
        let later = read_best("at half past three", En, &today(En)).unwrap();
        let met = first.completed_by(&later, NOW).resolve(&Shop, NOW);
        assert_eq!((met.date, met.time), (Some(date(2026, 12, 3)), Some(time(15, 30, 0, 0))));
    }
}
